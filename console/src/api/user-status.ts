// The states of people, in the words of Okta's console.
import type { User } from './types.ts'

export type UserStatus = User['status']

export const STATUS_WORDS: Readonly<Record<UserStatus, string>> = {
  STAGED: 'Staged',
  PROVISIONED: 'Pending user action',
  ACTIVE: 'Active',
  RECOVERY: 'Password reset',
  PASSWORD_EXPIRED: 'Password expired',
  LOCKED_OUT: 'Locked out',
  SUSPENDED: 'Suspended',
  DEPROVISIONED: 'Deactivated',
}
