/** Where the pages of a sign-in that is under way send their answers. */
export const STEP_PATHS = {
  changePassword: '/signin/change-password',
  challenge: '/signin/challenge',
  verify: '/signin/verify',
  enroll: '/signin/enroll',
  activate: '/signin/activate',
  resend: '/signin/resend',
  back: '/signin/back',
  choosePassword: '/signin/choose-password',
  answer: '/signin/answer',
  skip: '/signin/skip',
  cancel: '/signin/cancel',
} as const
