import type { Language } from './words.ts'

const ACCOUNT = 'Account: ${login}'
const GOOD_FOR = 'The link can be used once, within ${validFor}.'
const CODE_GOOD_FOR = 'The code can be used once, within ${validFor}.'
const TELL_NOBODY = 'Nobody from ${orgName} will ask you for it.'
const INSTEAD = 'Enter a code instead:'
const NOT_YOU = 'If this was not you, tell the administrators of ${orgName} at once.'

export const ENGLISH: Language = {
  greeting: 'Hello ${firstName},',
  footer: 'This mail was sent by ${orgName}, ${orgUrl}',
  factors: {},
  mails: {
    'forgot-password': {
      subject: 'Reset your password',
      lead: ['Somebody asked to reset the password of your account at ${orgName}.', ACCOUNT],
      button: 'Reset password',
      instead: INSTEAD,
      closing: [GOOD_FOR, 'If this was not you, do nothing: your password stays as it is.'],
    },
    'password-changed': {
      subject: 'Your password was changed',
      lead: ['The password of your account at ${orgName} was changed.', ACCOUNT],
      closing: [NOT_YOU],
    },
    activation: {
      subject: 'Welcome to ${orgName}',
      lead: ['An account at ${orgName} was made for you.', ACCOUNT],
      button: 'Activate account',
      instead: INSTEAD,
      closing: [GOOD_FOR],
    },
    'unlock-account': {
      subject: 'Unlock your account',
      lead: ['Somebody asked to unlock your account at ${orgName}.', ACCOUNT],
      button: 'Unlock account',
      instead: INSTEAD,
      closing: [GOOD_FOR, 'If this was not you, do nothing.'],
    },
    'account-locked': {
      subject: 'Your account was locked',
      lead: ['Your account at ${orgName} was locked after too many wrong passwords.', ACCOUNT],
      closing: [
        'You can unlock it from the sign-in page where that is offered, or ask your administrator.',
        'If this was not you, somebody may be trying to guess your password.',
      ],
    },
    'email-code': {
      subject: 'Your sign-in code',
      lead: ['You are signing in to ${appLabel}.'],
      code: 'Your verification code:',
      button: 'Sign in',
      instead: INSTEAD,
      closing: [CODE_GOOD_FOR, TELL_NOBODY, 'If you are not signing in, somebody may know your password: change it.'],
    },
    'email-enroll-code': {
      subject: 'Confirm your e-mail address',
      lead: ['You are adding this address to your account at ${orgName}.'],
      code: 'Your verification code:',
      button: 'Confirm address',
      instead: INSTEAD,
      closing: [CODE_GOOD_FOR, TELL_NOBODY, 'If this was not you, do nothing.'],
    },
    'factor-enrolled': {
      subject: 'A security method was added',
      lead: ['${factorName} was added to your account at ${orgName}.', ACCOUNT],
      closing: [NOT_YOU],
    },
    'factor-reset': {
      subject: 'A security method was removed',
      lead: ['A security method was removed from your account at ${orgName}.', 'Method: ${factorName}', ACCOUNT],
      closing: [NOT_YOU],
    },
    test: {
      subject: 'A test from ${orgName}',
      lead: ['This is a test: mail from ${orgName} reaches you.'],
      closing: [],
    },
  },
}
