// What may be done to a person as they are. The API says what their state allows in `_links`.
import type { User } from '../../api/types.ts'
import type { UserStatus } from '../../api/user-status.ts'

export type PersonAction =
  | 'activate'
  | 'activationLink'
  | 'resetPassword'
  | 'temporaryPassword'
  | 'expirePassword'
  | 'unlock'
  | 'suspend'
  | 'unsuspend'
  | 'clearSessions'
  | 'revokeTokens'
  | 'deactivate'
  | 'delete'

/** The states in which somebody may have sessions and tokens. */
const MAY_BE_IN: readonly UserStatus[] = ['ACTIVE', 'LOCKED_OUT', 'PASSWORD_EXPIRED', 'RECOVERY']

interface Allowed {
  /** `okta.users.manage`. */
  readonly manage: boolean
  /** `okta.sessions.manage`. */
  readonly endSessions: boolean
}

/** In the order in which they are shown. */
export function actionsOf({ status, _links: links }: User, { manage, endSessions }: Allowed): readonly PersonAction[] {
  const isIn = MAY_BE_IN.includes(status)
  const offered: readonly (readonly [PersonAction, boolean])[] = [
    ['activate', manage && 'activate' in links],
    ['activationLink', manage && 'reactivate' in links && status === 'PROVISIONED'],
    ['unlock', manage && 'unlock' in links],
    ['unsuspend', manage && 'unsuspend' in links],
    ['resetPassword', manage && 'resetPassword' in links && status !== 'PROVISIONED'],
    ['temporaryPassword', manage && 'resetPassword' in links],
    ['expirePassword', manage && 'expirePassword' in links],
    ['clearSessions', endSessions && isIn],
    ['revokeTokens', manage && isIn],
    ['suspend', manage && 'suspend' in links],
    ['deactivate', manage && 'deactivate' in links],
    ['delete', manage],
  ]
  return offered.filter(([, isOffered]) => isOffered).map(([action]) => action)
}

/** The one that stands beside the menu: what their state asks for first. */
export const mainAction = (actions: readonly PersonAction[]): PersonAction | undefined =>
  (['activate', 'activationLink', 'unlock', 'unsuspend', 'resetPassword'] as const).find((one) => actions.includes(one))
