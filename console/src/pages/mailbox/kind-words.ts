import type { MailboxEntry } from '../../api/types.ts'

export const KIND_WORDS: Readonly<Record<MailboxEntry['kind'], string>> = {
  'forgot-password': 'Password reset',
  'password-changed': 'Password changed',
  activation: 'Activation',
  'unlock-account': 'Account unlock',
  'account-locked': 'Account locked',
  'email-code': 'Sign-in code',
  'email-enroll-code': 'Address confirmation',
  'factor-enrolled': 'Security method added',
  'factor-reset': 'Security method removed',
  test: 'Test',
}
