// Administrator roles that people hold, and who may act on whom.
import { ROLE_TYPES, type RoleType } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'

export interface RoleAssignment {
  readonly id: string
  readonly userId: string
  readonly type: RoleType
  readonly created: Instant
  readonly lastUpdated: Instant
}

export const ROLE_LABELS: Readonly<Record<RoleType, string>> = {
  SUPER_ADMIN: 'Super Administrator',
  ORG_ADMIN: 'Organizational Administrator',
  APP_ADMIN: 'Application Administrator',
  USER_ADMIN: 'User Administrator',
  HELP_DESK_ADMIN: 'Help Desk Administrator',
  GROUP_MEMBERSHIP_ADMIN: 'Group Membership Administrator',
  READ_ONLY_ADMIN: 'Read Only Administrator',
  REPORT_ADMIN: 'Report Administrator',
  API_ACCESS_MANAGEMENT_ADMIN: 'API Access Management Administrator',
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 §6, without padding. */
function base32(text: string): string {
  const bits = Array.from(Buffer.from(text), (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** The id of an assignment: as in Okta's answers, that of a super administrator is its own and any other's is its type in base32. */
export const assignmentId = (type: RoleType, fresh: string): string => (type === 'SUPER_ADMIN' ? fresh : base32(type))

export const isRoleType = (type: string): type is RoleType => ROLE_TYPES.some((known) => known === type)

/**
 * Whether someone may change a person who holds `held`: else who may set passwords could take over who may do more. A super
 * administrator may change anybody, an org administrator all but super administrators, others only those who administer nothing.
 */
export function mayChangeHolderOf(held: readonly RoleType[], own: readonly RoleType[]): boolean {
  if (own.includes('SUPER_ADMIN') || held.length === 0) return true
  return own.includes('ORG_ADMIN') && !held.includes('SUPER_ADMIN')
}
