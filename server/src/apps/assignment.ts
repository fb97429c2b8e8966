// Who may use an app: people assigned to it themselves (scope USER), and the members of groups assigned to it (scope GROUP). A direct
// assignment wins; among groups the lowest priority does.
import { hasControlCharacters } from '#kernel/control-characters.ts'
import type { Instant } from '#kernel/instant.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import type { User } from '#users/user.ts'

export type AppProfile = Readonly<Record<string, unknown>>

/** What a person is to an app: the outcome of all assignments. */
export interface Assignment {
  readonly userName: string
  readonly scope: 'USER' | 'GROUP'
  readonly profile: AppProfile
}

export interface AppUser extends Assignment {
  readonly userId: string
  /** The group that the assignment comes by. */
  readonly groupId: string | undefined
  readonly created: Instant
  readonly lastUpdated: Instant
}

export interface AppGroup {
  readonly groupId: string
  readonly priority: number
  readonly profile: AppProfile
  readonly created: Instant
  readonly lastUpdated: Instant
}

/** What is said of a person in an app; undefined is unsaid. */
export interface AppUserDraft {
  readonly scope: 'USER' | 'GROUP' | undefined
  readonly userName: string | undefined
  readonly profile: AppProfile | undefined
}

export interface AppGroupDraft {
  /** The next free one when unsaid; another group that has it moves back. */
  readonly priority: number | undefined
  readonly profile: AppProfile | undefined
}

/** Where a group stands among the groups of an app. */
export type GroupOrder = Pick<AppGroup, 'priority' | 'groupId'>

export const groupCursor = ({ priority, groupId }: GroupOrder): string => `${priority}:${groupId}`

/** @throws {Refusal} invalid_paging */
export function parseGroupCursor(cursor: string): GroupOrder {
  const [, priority, groupId] = /^(\d{1,10}):(\w{1,100})$/.exec(cursor) ?? []
  if (priority === undefined || groupId === undefined) throw new Refusal('invalid_paging')
  return { priority: Number(priority), groupId }
}

/** How a direct assignment was made; others (imports, rules) may follow. */
export const MANUAL = 'MANUAL'

/** The template of an app that names none: people are called in it as they sign in. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Okta's expression language, not ours
export const LOGIN_TEMPLATE = '${source.login}'

const USER_NAME_MAX = 100
/** As JSON. */
const PROFILE_MAX = 20_000
const SOURCE = /^\$\{source\.(\w{1,100})\}$/

/** A name that an administrator chose for somebody in an app. @throws {Refusal} validation_failed */
export function checkUserName(userName: string): void {
  const fault = (sentence: string) => invalid('userName', `userName: ${sentence}`)
  if (userName.trim() === '') throw fault('The field cannot be left blank')
  if (userName.length > USER_NAME_MAX) throw fault(`The field must have at most ${USER_NAME_MAX} characters`)
  if (hasControlCharacters(userName) || !userName.isWellFormed())
    throw fault('The field must not contain control characters')
}

/** @throws {Refusal} validation_failed for a profile that lists, which show hundreds of them, could not hold */
export function checkAppProfile(profile: AppProfile | undefined): void {
  if (JSON.stringify(profile ?? {}).length > PROFILE_MAX)
    throw invalid('profile', `profile: The field must have at most ${PROFILE_MAX} characters`)
}

/** The name by an app's template, such as `${source.email}`; the login where the template is another expression or gives nothing. */
export function userNameFrom(template: string, user: Pick<User, 'login' | 'profile'>): string {
  const attribute = SOURCE.exec(template)?.[1]
  const value = attribute === undefined ? undefined : user.profile[attribute]
  return attribute !== 'login' && typeof value === 'string' && value !== '' ? value : user.login
}

/** People who were deactivated can't be given anything. */
export const assignable = (user: Pick<User, 'status'>): boolean => user.status !== 'DEPROVISIONED'
