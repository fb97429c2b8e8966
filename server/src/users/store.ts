// The rows of `user` and `user_attribute`. The profile stands whole in the user's row; what lists are searched by stands once more,
// as search keys, in the attribute table, and both are written here together.
import { sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import { prepared } from '#db/prepared.ts'
import type { UserRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import { loginKey } from '#kernel/login-key.ts'
import { attributeKeys } from './attribute-keys.ts'
import { keepPassword, removeHistory } from './history-store.ts'
import type { ChosenPassword, Credentials, NewUser, Profile, User, UserStatus } from './user.ts'

const VERSION = 1

const writeProfile = (profile: Profile): string => JSON.stringify({ v: VERSION, profile })
const writeCredentials = (credentials: Credentials): string => JSON.stringify({ v: VERSION, ...credentials })

const optional = (time: number | null): Instant | undefined => (time === null ? undefined : instant(time))

export function toUser(row: UserRow): User {
  const { profile } = JSON.parse(row.profile) as { profile: Profile }
  const { recoveryQuestion, provider } = JSON.parse(row.credentials) as Credentials
  return {
    id: row.id,
    status: row.status as UserStatus,
    login: row.login,
    created: instant(row.created),
    activated: optional(row.activated),
    statusChanged: optional(row.status_changed),
    lastLogin: optional(row.last_login),
    lastUpdated: instant(row.last_updated),
    passwordChanged: optional(row.password_changed),
    profile,
    hasPassword: row.password_hash !== null,
    recoveryQuestion: recoveryQuestion?.question,
    provider,
  }
}

const byId = prepared((tx, { id }: { id: string }) => tx.from('user').selectAll().where('id', '=', id))

export function* selectUser(tx: OrgDb, id: string): Unit<User | undefined> {
  const row = yield* first(byId(tx, { id }))
  return row && toUser(row)
}

export function* selectUsersById(tx: OrgDb, ids: readonly string[]): Unit<readonly User[]> {
  if (ids.length === 0) return []
  const rows = yield* all(tx.from('user').selectAll().where('id', 'in', ids))
  return rows.map(toUser)
}

export function* selectUserByLogin(tx: OrgDb, login: string): Unit<User | undefined> {
  const row = yield* first(tx.from('user').selectAll().where('login_key', '=', loginKey(login)))
  return row && toUser(row)
}

/** @throws {Conflict} on `login_key` */
export function* insertUser(tx: OrgDb, { user, passwordHash, credentials }: NewUser): Unit<void> {
  yield* run(
    tx.insert('user', {
      id: user.id,
      status: user.status,
      login: user.login,
      login_key: loginKey(user.login),
      created: user.created,
      activated: user.activated ?? null,
      status_changed: user.statusChanged ?? null,
      last_login: user.lastLogin ?? null,
      last_updated: user.lastUpdated,
      password_changed: user.passwordChanged ?? null,
      profile: writeProfile(user.profile),
      password_hash: passwordHash ?? null,
      credentials: writeCredentials(credentials),
      attempts: 0,
      last_attempt: 0,
    }),
  )
  yield* insertAttributes(tx, user.id, user.profile)
}

function* insertAttributes(tx: OrgDb, userId: string, profile: Profile): Unit<void> {
  const rows = attributeKeys(profile).map(([attribute, key]) => ({ attribute, value_key: key, user_id: userId }))
  if (rows.length > 0) yield* run(tx.insert('user_attribute', rows))
}

/** Writes profile, login and their search keys. @throws {Conflict} on `login_key` */
export function* updateProfile(tx: OrgDb, id: string, login: string, profile: Profile, now: Instant): Unit<void> {
  const row = { login, login_key: loginKey(login), profile: writeProfile(profile), last_updated: now }
  yield* run(tx.update('user').set(row).where('id', '=', id))
  yield* run(tx.deleteFrom('user_attribute').where('user_id', '=', id))
  yield* insertAttributes(tx, id, profile)
}

export interface StatusChange {
  readonly id: string
  readonly from: readonly UserStatus[]
  readonly to: UserStatus
  readonly now: Instant
  /** The person can sign in from now on for the first time, or again. */
  readonly activates?: boolean
  /** Only where so many attempts are used up. */
  readonly attempts?: number
}

/** Moves a person from one state to another in one statement; false when they were in none of `from`. */
export function* updateStatus(
  tx: OrgDb,
  { id, from, to, now, activates = false, attempts = 0 }: StatusChange,
): Unit<boolean> {
  const row = { status: to, status_changed: now, last_updated: now, ...(activates ? { activated: now } : {}) }
  const moved = yield* first(
    tx
      .update('user')
      .set(row)
      .where('id', '=', id)
      .where('status', 'in', from)
      .where('attempts', '>=', attempts)
      .returning('id'),
  )
  return moved !== undefined
}

export function* updatePassword(tx: OrgDb, id: string, { hash, kept }: ChosenPassword, now: Instant): Unit<void> {
  yield* keepPassword(tx, id, now, kept)
  const row = { password_hash: hash, password_changed: now, last_updated: now, attempts: 0 }
  yield* run(tx.update('user').set(row).where('id', '=', id))
}

export function* updateCredentials(tx: OrgDb, id: string, credentials: Credentials, now: Instant): Unit<void> {
  const row = { credentials: writeCredentials(credentials), last_updated: now }
  yield* run(tx.update('user').set(row).where('id', '=', id))
}

export function* selectCredentials(tx: OrgDb, id: string): Unit<Credentials | undefined> {
  const row = yield* first(tx.from('user').select('credentials').where('id', '=', id))
  if (!row) return undefined
  const { recoveryQuestion, provider } = JSON.parse(row.credentials) as Credentials
  return recoveryQuestion ? { recoveryQuestion, provider } : { provider }
}

export function* updateLastLogin(tx: OrgDb, id: string, now: Instant): Unit<void> {
  yield* run(tx.update('user').set({ last_login: now }).where('id', '=', id))
}

export function* selectPasswordHash(
  tx: OrgDb,
  id: string,
): Unit<{ readonly hash: string | undefined; readonly status: UserStatus } | undefined> {
  const row = yield* first(tx.from('user').select(['password_hash', 'status']).where('id', '=', id))
  return row && { hash: row.password_hash ?? undefined, status: row.status as UserStatus }
}

/** How many attempts there are, and when those that were used up are given back. */
export interface AttemptBudget {
  readonly max: number
  readonly now: Instant
  /** A lockout whose last attempt is older is over; absent where only an administrator ends one. */
  readonly lockedBefore: Instant | undefined
}

/** One of the attempts; a person whose lockout is over by the clock is still `LOCKED_OUT` and is to be unlocked. */
export interface TakenAttempt {
  readonly number: number
  readonly status: UserStatus
}

/** Takes an attempt, by one statement; undefined when none is left. */
export function* takeAttempt(
  tx: OrgDb,
  id: string,
  { max, now, lockedBefore }: AttemptBudget,
): Unit<TakenAttempt | undefined> {
  // Before the beginning of time: never.
  const isOver = sql<boolean>`((attempts >= ${max} OR status = 'LOCKED_OUT') AND last_attempt <= ${lockedBefore ?? -1})`
  const taken = yield* first(
    tx
      .update('user')
      .set({ attempts: sql<number>`CASE WHEN ${isOver} THEN 1 ELSE attempts + 1 END`, last_attempt: now })
      .where('id', '=', id)
      .where(sql<boolean>`(${isOver} OR (attempts < ${max} AND status <> 'LOCKED_OUT'))`)
      .returning(['attempts', 'status']),
  )
  return taken && { number: taken.attempts, status: taken.status as UserStatus }
}

export function* clearAttempts(tx: OrgDb, id: string): Unit<void> {
  yield* run(tx.update('user').set({ attempts: 0 }).where('id', '=', id).where('attempts', '>', 0))
}

/** The last thing of a deletion: what refers to the person has gone before. */
export function* removeUser(tx: OrgDb, id: string): Unit<void> {
  yield* run(tx.deleteFrom('user_attribute').where('user_id', '=', id))
  yield* removeHistory(tx, id)
  yield* run(tx.deleteFrom('user').where('id', '=', id))
}
