// The directory's people, for other rooms: finding them, and the facts that signing in reads and writes. A person's login is unique
// in the org under its folded key. What an administrator does to people stands in the other services of this room.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { type Instant, later, MINUTE } from '#kernel/instant.ts'
import { notFound } from '#kernel/refusal.ts'
import type { QueuedMail } from '#mail/mail.ts'
import { queueMail } from '#mail/service.ts'
import type { SeedContext } from '#orgs/service.ts'
import type { Lockout as PolicyLockout } from '#policies/password-policy.ts'
import type { EventActor } from '#system-log/event.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { assertMayRead, getAddressee } from './addressee.ts'
import { type NoticeDoors, sealNotice } from './notice-mail-service.ts'
import {
  type AttemptBudget,
  clearAttempts,
  insertUser,
  selectCredentials,
  selectPasswordHash,
  selectUser,
  selectUserByLogin,
  selectUsersById,
  takeAttempt,
  updateLastLogin,
  updateStatus,
} from './store.ts'
import { LOCAL_PROVIDER, targetOf, type User, type UserStatus } from './user.ts'
import { selectUserByShortName } from './view.ts'

export const findUser = (tx: OrgDb, id: string): Unit<User | undefined> => selectUser(tx, id)

/** Those of the ids that are somebody's, in no order; a page of them at most. */
export const findUsers = (tx: OrgDb, ids: readonly string[]): Unit<readonly User[]> => selectUsersById(tx, ids)

/** @throws {Refusal} not_found */
export function* getUser(tx: OrgDb, id: string): Unit<User> {
  // No key holds the character NUL, and PostgreSQL refuses to be asked for it.
  const user = id.includes('\0') ? undefined : yield* selectUser(tx, id)
  if (!user) throw notFound(id, 'User')
  return user
}

/** By login, whatever its case, width and accents. */
export const findUserByLogin = (tx: OrgDb, login: string): Unit<User | undefined> => selectUserByLogin(tx, login)

/**
 * The person whom a request names by id, login or `me`, where the caller may read them: oneself, or anybody with an administrator's token.
 * @throws {Refusal} forbidden, not_found
 */
export async function readUser(deps: Pick<Deps, 'db'>, caller: Caller, name: string): Promise<User> {
  assertMayRead(caller, name)
  return getAddressee(deps, caller, name)
}

/** By the login, or by its part before the `@` where only one person's begins so. */
export function* findUserByName(tx: OrgDb, name: string): Unit<User | undefined> {
  const byLogin = yield* findUserByLogin(tx, name)
  return byLogin || name.includes('@') ? byLogin : yield* selectUserByShortName(tx, name)
}

export interface AdministratorSeed {
  readonly userId: string
  readonly login: string
  readonly passwordHash: string
}

/** The first person of a fresh org: active, with a password. Membership and role are the seeds of their rooms. */
export function* seedAdministrator(tx: OrgDb, { now }: SeedContext, seed: AdministratorSeed): Unit<void> {
  const { userId, login, passwordHash } = seed
  const user: User = {
    id: userId,
    status: 'ACTIVE',
    login,
    created: now,
    activated: now,
    statusChanged: now,
    lastLogin: undefined,
    lastUpdated: now,
    passwordChanged: now,
    profile: { firstName: 'Keystead', lastName: 'Administrator', login, email: login },
    hasPassword: true,
    recoveryQuestion: undefined,
    provider: LOCAL_PROVIDER,
  }
  yield* insertUser(tx, { user, passwordHash, credentials: { provider: LOCAL_PROVIDER } })
}

export const recordLogin = (tx: OrgDb, userId: string, now: Instant): Unit<void> => updateLastLogin(tx, userId, now)

export interface Lockout {
  readonly user: User
  readonly now: Instant
  /** How many attempts lock somebody out. */
  readonly max: number
  /** Who tried, where the caller is nobody yet. */
  readonly actor?: EventActor
  /** What tells the person, where their policy says so. */
  readonly notice?: QueuedMail | undefined
}

// Unlocking makes active: an expired password would be good again. Its guesses are used up all the same.
const LOCKABLE = ['ACTIVE', 'RECOVERY'] as const

/** The mail for `lockOut`, where that will lock somebody out whose policy tells them by mail. */
export const lockoutNotice = async (
  deps: NoticeDoors,
  caller: Pick<Caller, 'org'>,
  { notifyByEmail }: PolicyLockout,
  user: User,
  attempt: number | undefined,
): Promise<QueuedMail | undefined> => {
  // Who got an attempt while they were locked out is not any more.
  const willBe = attempt !== undefined || LOCKABLE.some((status) => status === user.status)
  return notifyByEmail && willBe ? sealNotice(deps, caller, 'account-locked', user) : undefined
}

/**
 * Locks a person out whose attempts are used up, with its event. Nothing happens to one who can't sign in anyway, nor where a right
 * password, compared meanwhile, has given the attempts back.
 */
export function* lockOut(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random'>,
  caller: Caller,
  { user, now, max, actor, notice }: Lockout,
): Unit<void> {
  const locked = yield* updateStatus(tx, { id: user.id, from: LOCKABLE, to: 'LOCKED_OUT', now, attempts: max })
  if (!locked) return
  yield* logChange(tx, deps, caller, {
    eventType: 'user.account.lock',
    outcome: 'FAILURE',
    reason: 'LOCKED_OUT',
    ...(actor && { actor }),
    targets: [targetOf(user)],
  })
  if (notice) yield* queueMail(tx, notice)
}

export const readPasswordHash = (
  tx: OrgDb,
  userId: string,
): Unit<{ readonly hash: string | undefined; readonly status: UserStatus } | undefined> =>
  selectPasswordHash(tx, userId)

/** What the policy of a person allows now, as a budget. A policy that counts nothing leaves more than anybody can use. */
export const attemptBudget = ({ maxAttempts, autoUnlockMinutes }: PolicyLockout, now: Instant): AttemptBudget => ({
  max: maxAttempts === 0 ? Number.MAX_SAFE_INTEGER : maxAttempts,
  now,
  lockedBefore: autoUnlockMinutes === 0 ? undefined : later(now, -autoUnlockMinutes * MINUTE),
})

/**
 * Takes an attempt before a password is compared: its number, or undefined when none is left. Whoever's lockout is over by the clock is
 * active again, with its event.
 */
export function* reserveAttempt(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random'>,
  caller: Caller,
  user: User,
  budget: AttemptBudget,
): Unit<number | undefined> {
  const taken = yield* takeAttempt(tx, user.id, budget)
  if (taken?.status === 'LOCKED_OUT') {
    yield* updateStatus(tx, { id: user.id, from: ['LOCKED_OUT'], to: 'ACTIVE', now: budget.now })
    yield* logChange(tx, deps, caller, { eventType: 'user.account.unlock', targets: [targetOf(user)] })
  }
  return taken?.number
}

/** What the answer to the person's recovery question is compared with. */
export function* readAnswerHash(tx: OrgDb, userId: string): Unit<string | undefined> {
  return (yield* selectCredentials(tx, userId))?.recoveryQuestion?.answerHash
}

export const resetAttempts = (tx: OrgDb, userId: string): Unit<void> => clearAttempts(tx, userId)
