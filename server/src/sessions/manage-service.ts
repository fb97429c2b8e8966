// What people and administrators do to sessions through the API.
import { factorsOf } from '#authenticators/service.ts'
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { type Caller, personOf } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import { notFound, Refusal } from '#kernel/refusal.ts'
import { assertMayChange } from '#roles/service.ts'
import { endSessionTokensOfUser } from '#sign-in/session-token.ts'
import { logChange } from '#system-log/service.ts'
import { findUser, findUserByLogin } from '#users/service.ts'
import { targetOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { isAlive, type Session } from './session.ts'
import { removeSession, removeSessionsOfUser, selectSession, selectSessionsOf, updateActivity } from './store.ts'

/** A living session and whose it is. */
export interface OwnedSession {
  readonly session: Session
  readonly user: User
  /** Whether they have a factor beside the password, whatever this session was begun with. */
  readonly hasFactor: boolean
}

/** @throws {Refusal} not_found, also for a session that has ended */
export async function getSession(deps: Deps, caller: Caller, id: string): Promise<OwnedSession> {
  const found = await deps.db.read(findLiving(deps.db.for(caller.org), id, deps.now()))
  if (!found) throw notFound(id, 'AppSession')
  return found
}

/**
 * The session of the cookie that came with the request.
 * @throws {Refusal} not_found where none came or it has ended, forbidden for API tokens, which have no session
 */
export async function getOwnSession(deps: Deps, caller: Caller): Promise<OwnedSession> {
  const { actor } = caller
  if (actor.kind === 'api-token') throw new Refusal('forbidden')
  const id = actor.kind === 'session' || actor.kind === 'console' ? actor.sessionId : undefined
  const found = id === undefined ? undefined : await deps.db.read(findLiving(deps.db.for(caller.org), id, deps.now()))
  if (!found) throw notFound('me', 'Session')
  return found
}

/** The living sessions of the person who asks, the one that was used last first. @throws {Refusal} forbidden for whoever is no person */
export async function listOwnSessions(deps: Deps, caller: Caller): Promise<readonly Session[]> {
  const person = personOf(caller)
  if (!person) throw new Refusal('forbidden')
  const now = deps.now()
  const sessions = await deps.db.read(selectSessionsOf(deps.db.for(caller.org), person.userId))
  return sessions.filter((session) => isAlive(session, now))
}

/** @throws {Refusal} not_found for one that has ended or is somebody else's */
export async function endOwnSession(deps: Deps, caller: Caller, id: string): Promise<void> {
  const owned = await getSession(deps, caller, id)
  if (owned.user.id !== personOf(caller)?.userId) throw notFound(id, 'AppSession')
  await revokeSession(deps, caller, owned)
}

function* findLiving(tx: OrgDb, id: string, now: Instant): Unit<OwnedSession | undefined> {
  // No key holds the character NUL, and PostgreSQL refuses to be asked for it.
  const session = id.includes('\0') ? undefined : yield* selectSession(tx, id)
  if (!session || !isAlive(session, now)) return undefined
  const user = yield* findUser(tx, session.userId)
  if (!user) return undefined
  const hasFactor = (yield* factorsOf(tx, user.id)).some(({ status }) => status === 'ACTIVE')
  return { session, user, hasFactor }
}

/**
 * Restarts the idle window; the absolute end stays.
 * @throws {Refusal} not_found for a session that was ended meanwhile, forbidden for that of somebody who may do more than the caller
 */
export async function refreshSession(deps: Deps, caller: Caller, owned: OwnedSession): Promise<OwnedSession> {
  const { session, user } = owned
  const now = deps.now()
  const isThere = await deps.db.write(
    function* () {
      const tx = deps.db.for(caller.org)
      yield* assertMayChange(tx, caller, user.id)
      return yield* updateActivity(tx, session.id, now)
    },
    { isolation: 'readCommitted' },
  )
  if (!isThere) throw notFound(session.id, 'AppSession')
  return { ...owned, session: { ...session, lastActive: now } }
}

/** @throws {Refusal} not_found for a session that was ended meanwhile, forbidden for that of somebody who may do more than the caller */
export async function revokeSession(deps: Deps, caller: Caller, { session, user }: OwnedSession): Promise<void> {
  const removed = await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    yield* assertMayChange(tx, caller, user.id)
    if (!(yield* removeSession(tx, session.id))) return false
    yield* logChange(tx, deps, caller, {
      eventType: 'user.session.end',
      targets: [targetOf(user)],
      sessionId: session.id,
    })
    return true
  })
  if (!removed) throw notFound(session.id, 'AppSession')
}

/** Ends all sessions of a person named by id or login, and with `oauthTokens` what apps hold of them. @throws {Refusal} not_found, forbidden */
export async function revokeUserSessions(
  deps: Deps,
  caller: Caller,
  name: string,
  { oauthTokens }: { readonly oauthTokens: boolean },
): Promise<void> {
  const now = deps.now()
  await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    const user = name.includes('\0') ? undefined : ((yield* findUser(tx, name)) ?? (yield* findUserByLogin(tx, name)))
    if (!user) throw notFound(name, 'User')
    yield* assertMayChange(tx, caller, user.id)
    yield* clearSessions(tx, deps, caller, user)
    if (oauthTokens) yield* deps.revocation.ofUser(tx, user.id, now)
  })
}

/** Ends the caller's own sessions, but for the one that asks where `keepCurrent` says so. @throws {Refusal} invalid_session, forbidden */
export async function revokeOwnSessions(
  deps: Deps,
  caller: Caller,
  { keepCurrent }: { readonly keepCurrent: boolean },
): Promise<void> {
  const { actor } = caller
  if (actor.kind !== 'session' && actor.kind !== 'console')
    throw new Refusal(personOf(caller) ? 'forbidden' : 'invalid_session')
  await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    const user = yield* findUser(tx, actor.userId)
    if (user) yield* clearSessions(tx, deps, caller, user, keepCurrent ? actor.sessionId : undefined)
  })
}

function* clearSessions(tx: OrgDb, deps: Deps, caller: Caller, user: User, exceptId?: string): Unit<void> {
  yield* removeSessionsOfUser(tx, user.id, exceptId)
  // What would become a session in the next five minutes is one.
  yield* endSessionTokensOfUser(tx, user.id)
  yield* logChange(tx, deps, caller, { eventType: 'user.session.clear', targets: [targetOf(user)] })
}
