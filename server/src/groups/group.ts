// A group of people. The built-in group Everyone holds every person of the org: nobody changes it or its members.
import { hasControlCharacters } from '#kernel/control-characters.ts'
import type { Instant } from '#kernel/instant.ts'
import { searchKey } from '#kernel/login-key.ts'
import { invalid } from '#kernel/refusal.ts'
import type { Target } from '#system-log/event.ts'
import { isOwnValue } from '#users/profile.ts'

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

export interface GroupStats {
  readonly usersCount: number
  readonly appsCount: number
}

/** Who put a person into a group. Only what was done by hand is undone by hand. */
export const MANUAL = 'MANUAL'

/** The key under which a name is unique and found. PostgreSQL's text cannot hold the character NUL. */
export const nameKey = (name: string): string => searchKey(name).replaceAll('\0', '')

export interface GroupDraft {
  readonly name: string
  readonly profile: Group['profile']
}

const NAME_MAX = 255
const DESCRIPTION_MAX = 1024
const ATTRIBUTE = /^[A-Za-z][A-Za-z0-9_]{0,99}$/
/** Of all attributes together as JSON: lists show up to ten thousand groups with all that they have. */
const ATTRIBUTES_MAX = 10_000

/** A group's profile as it will be stored; empty attributes other than the description are left out. @throws {Refusal} validation_failed */
export function checkGroup(sent: Readonly<Record<string, unknown>>): GroupDraft {
  const { name, description, ...rest } = sent
  if (typeof name !== 'string' || name.trim() === '') throw invalid('name', 'name: The field cannot be left blank')
  if (Array.from(name).length > NAME_MAX)
    throw invalid('name', `name: The field cannot have more than ${NAME_MAX} characters`)
  if (hasControlCharacters(name)) throw invalid('name', 'name: The field must not hold control characters')
  const own = Object.entries(rest).filter(([, value]) => value !== null)
  if (JSON.stringify(own).length > ATTRIBUTES_MAX)
    throw invalid('profile', `profile: At most ${ATTRIBUTES_MAX} characters of attributes can be kept of a group`)
  return {
    name,
    profile: { description: checkDescription(description), ...Object.fromEntries(own.map(checkAttribute)) },
  }
}

function checkDescription(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string' || hasControlCharacters(value))
    throw invalid('description', 'description: The field must be text')
  if (Array.from(value).length <= DESCRIPTION_MAX) return value
  throw invalid('description', `description: The field cannot have more than ${DESCRIPTION_MAX} characters`)
}

function checkAttribute([name, value]: [string, unknown]): [string, unknown] {
  if (!ATTRIBUTE.test(name) || !isOwnValue(value))
    throw invalid('profile', 'profile: Attributes are text, numbers, true, false or lists of these')
  return [name, value]
}

/** How the System Log names a group. */
export const targetOf = ({ id, name }: Pick<Group, 'id' | 'name'>): Target => ({
  id,
  type: 'UserGroup',
  displayName: name,
})
