// A group of people. The built-in group Everyone holds every person of the org: nobody changes it or its members.
import type { Instant } from '#kernel/instant.ts'

export const GROUP_TYPES = ['OKTA_GROUP', 'BUILT_IN', 'APP_GROUP'] as const
export type GroupType = (typeof GROUP_TYPES)[number]

export const EVERYONE = 'Everyone'

export interface Group {
  readonly id: string
  readonly type: GroupType
  readonly name: string
  /** Everything of the profile but the name: `description` and the org's own attributes. */
  readonly profile: Readonly<Record<string, unknown>>
  readonly created: Instant
  readonly lastUpdated: Instant
  readonly lastMembershipUpdated: Instant
}

/** Who put a person into a group. Only what was done by hand is undone by hand. */
export const MANUAL = 'MANUAL'
