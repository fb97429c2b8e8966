/** Where the pages with which a sign-in begins send what was typed. */
export const ENTRANCE_PATHS = {
  /** Identifier and password together. */
  signIn: '/signin',
  identify: '/signin/identify',
  password: '/signin/password',
  /** Back to the identifier. */
  rename: '/signin/another-username',
  /** Back from the pages that were asked for on the way. */
  again: '/signin/again',
} as const
