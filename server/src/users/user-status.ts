// What may be done to a person in which state, and where it leads (spec of sign-in: 4.2, 4.5). Pure: stores repeat the states that a
// change may start from in the statement that makes it.
import { invalid, Refusal } from '#kernel/refusal.ts'
import type { UserStatus } from './user.ts'

export const LIFECYCLE_ACTIONS = [
  'activate',
  'reactivate',
  'deactivate',
  'suspend',
  'unsuspend',
  'unlock',
  'expire_password',
] as const
export type LifecycleAction = (typeof LIFECYCLE_ACTIONS)[number]

export type Transition =
  | { readonly kind: 'move'; readonly to: UserStatus }
  /** What was asked for is so already. */
  | { readonly kind: 'stay' }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }

const move = (to: UserStatus): Transition => ({ kind: 'move', to })
const refuse = (refusal: Refusal): Transition => ({ kind: 'refuse', refusal })

export interface Standing {
  readonly status: UserStatus
  readonly hasPassword: boolean
}

export function decideTransition(action: LifecycleAction, { status, hasPassword }: Standing): Transition {
  switch (action) {
    case 'activate':
      if (status !== 'STAGED' && status !== 'DEPROVISIONED') return refuse(new Refusal('user_already_active'))
      return move(hasPassword ? 'ACTIVE' : 'PROVISIONED')
    case 'reactivate':
      if (status === 'PROVISIONED') return { kind: 'stay' }
      return status === 'RECOVERY' ? move('PROVISIONED') : refuse(new Refusal('operation_not_allowed'))
    case 'deactivate':
      return status === 'DEPROVISIONED' ? { kind: 'stay' } : move('DEPROVISIONED')
    case 'suspend':
      return status === 'ACTIVE' ? move('SUSPENDED') : refuse(wrongStatus('Cannot suspend a user that is not active'))
    case 'unsuspend':
      if (status === 'SUSPENDED') return move('ACTIVE')
      return refuse(wrongStatus('Cannot unsuspend a user that is not suspended'))
    case 'unlock':
      // An expired password stays one, whatever its guesses cost: they are given back, and nothing else.
      if (status === 'PASSWORD_EXPIRED') return { kind: 'stay' }
      return status === 'LOCKED_OUT' ? move('ACTIVE') : refuse(new Refusal('user_not_locked'))
    case 'expire_password':
      if (status === 'PASSWORD_EXPIRED') return { kind: 'stay' }
      return status === 'ACTIVE' && hasPassword
        ? move('PASSWORD_EXPIRED')
        : refuse(new Refusal('operation_not_allowed'))
  }
}

const wrongStatus = (sentence: string): Refusal => invalid('status', `status: ${sentence}`)

const KEEPING: readonly UserStatus[] = ['ACTIVE', 'LOCKED_OUT', 'PASSWORD_EXPIRED', 'RECOVERY']

/**
 * Whether a person in this state keeps what opens things: sessions, API tokens, what apps hold. A lockout and an expired password keep
 * them from signing in and take nothing else away, or any stranger could sign them out everywhere; what an administrator does to them may.
 */
export const keepsAccess = (status: UserStatus): boolean => KEEPING.includes(status)

/** What an operator's reset ends. A suspension and a deactivation are another administrator's decision, and stay. */
export const ENDED_BY_RESET: readonly UserStatus[] = [
  'ACTIVE',
  'STAGED',
  'PROVISIONED',
  'RECOVERY',
  'PASSWORD_EXPIRED',
  'LOCKED_OUT',
]

/** The states in which a person may give the old password for a new one. */
export const mayChangePassword = (status: UserStatus): boolean =>
  status === 'STAGED' || status === 'ACTIVE' || status === 'PASSWORD_EXPIRED' || status === 'RECOVERY'

/**
 * The states in which an administrator may take the password away and give a link, or another password, in its place, and in which such a
 * link is good: whoever used it is active, and a lockout is over.
 */
export const mayResetPassword = (status: UserStatus): boolean => RESETTABLE.includes(status)

const RESETTABLE: readonly UserStatus[] = ['PROVISIONED', 'ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT']

/** The states in which a person may sign in with a password, if only to change it. */
export const maySignIn = (status: UserStatus): boolean => status === 'ACTIVE' || status === 'PASSWORD_EXPIRED'

/** Where a new password leads: it completes what waited for one. A lockout, a suspension and a deactivation outlast it. */
export const statusWithNewPassword = (status: UserStatus): UserStatus =>
  status === 'PROVISIONED' || status === 'RECOVERY' || status === 'PASSWORD_EXPIRED' ? 'ACTIVE' : status

/** Whether a new password is the first that the person has to themselves: nobody is told of that one by mail. */
export const isFirstPassword = ({ status, hasPassword }: Standing): boolean =>
  !hasPassword || status === 'STAGED' || status === 'PROVISIONED'

export interface Creation {
  readonly activate: boolean
  readonly hasPassword: boolean
  /** `nextLogin=changePassword`. */
  readonly mustChangePassword: boolean
}

/** The state that a person begins in. @throws {Refusal} password_needed, activation_needed */
export function initialStatus({ activate, hasPassword, mustChangePassword }: Creation): UserStatus {
  if (mustChangePassword && !hasPassword) throw new Refusal('password_needed')
  if (mustChangePassword && !activate) throw new Refusal('activation_needed')
  if (!activate) return 'STAGED'
  if (!hasPassword) return 'PROVISIONED'
  return mustChangePassword ? 'PASSWORD_EXPIRED' : 'ACTIVE'
}
