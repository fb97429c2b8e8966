// Who may have a link that they asked for themselves, by the policy of their password. Pure.
import type { PasswordPolicy } from '#policies/password-policy.ts'
import type { User } from '#users/user.ts'

export type RecoveryPurpose = 'recovery' | 'unlock'

export function mayRecover(
  purpose: RecoveryPurpose,
  user: Pick<User, 'status' | 'hasPassword'>,
  policy: PasswordPolicy,
): boolean {
  return policy.recovery.email.isActive && mayRecoverByApp(purpose, user, policy)
}

/** The same, where no mail is needed: an app brings it to the person. */
export function mayRecoverByApp(
  purpose: RecoveryPurpose,
  { status, hasPassword }: Pick<User, 'status' | 'hasPassword'>,
  { actions }: PasswordPolicy,
): boolean {
  if (purpose === 'unlock') return actions.mayUnlock && status === 'LOCKED_OUT'
  if (!actions.mayReset) return false
  // A lockout ends with the new password, where the policy lets people end it at all.
  if (status === 'LOCKED_OUT') return actions.mayUnlock
  return (status === 'ACTIVE' && hasPassword) || status === 'PASSWORD_EXPIRED' || status === 'RECOVERY'
}
