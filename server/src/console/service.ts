// Sessions of the Admin Console: they begin with a code that the org's own server gave for it, and open the management API to the
// console and to nothing else. The session cookie of the org never does that.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { type Actor, type Caller, personOf, type RoleType } from '#kernel/caller.ts'
import { newId, type OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { type Permission, permissionsOf } from '#kernel/permission.ts'
import { Refusal } from '#kernel/refusal.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import type { MailMode } from '#mail/mail.ts'
import { mailModeOf } from '#mail/service.ts'
import type { Org } from '#orgs/org.ts'
import { rolesOf } from '#roles/service.ts'
import { findSession, useSession } from '#sessions/service.ts'
import { isAlive as isAliveSession, type Session } from '#sessions/session.ts'
import { logChange } from '#system-log/service.ts'
import { findUser } from '#users/service.ts'
import { actorOf, type User } from '#users/user.ts'
import { keepsAccess } from '#users/user-status.ts'
import type { Deps } from '../deps.ts'
import { activityIsWorthWriting, type Ends, endOf, endsOf, isAlive } from './console-session.ts'
import {
  insertConsoleSession,
  removeConsoleSession,
  removeIdleConsoleSessions,
  updateConsoleActivity,
} from './store.ts'
import { type Administrator, selectAdministrator } from './view.ts'

const COOKIE_CHARACTERS_MAX = 200
const OPENED = 'user.session.access_admin_app'

type Doors = Pick<Deps, 'db' | 'now'>

/** The administrator whom a console cookie speaks for. It is a use: what the idle times count from moves, at most once in a twentieth. */
export async function consoleActor(deps: Doors, org: OrgId, cookie: string): Promise<Actor | undefined> {
  const found = await findAdministrator(deps, org, cookie)
  if (!found) return undefined
  const { consoleSession, person } = found
  const now = deps.now()
  if (activityIsWorthWriting(consoleSession, now)) {
    const tx = deps.db.for(org)
    await deps.db.write(
      function* () {
        yield* updateConsoleActivity(tx, consoleSession.id, now)
        yield* useSession(tx, consoleSession.session.id, now)
      },
      { isolation: 'readCommitted' },
    )
  }
  return { kind: 'console', consoleSessionId: consoleSession.id, sessionId: consoleSession.session.id, ...person }
}

async function findAdministrator(deps: Doors, org: OrgId, cookie: string): Promise<Administrator | undefined> {
  if (cookie === '' || cookie.length > COOKIE_CHARACTERS_MAX) return undefined
  const found = await deps.db.read(selectAdministrator(deps.db.for(org), tokenHash(cookie)))
  return found && isAlive(found.consoleSession, deps.now()) ? found : undefined
}

/** Who signed in, as the redeemed code says. */
export interface Identity {
  readonly userId: string
  readonly sessionId: string
}

/**
 * Begins a session of the console. @returns the value of its cookie; undefined where the session of the org has ended meanwhile
 * @throws {Refusal} forbidden for somebody who administers nothing
 */
export async function startConsoleSession(
  deps: Deps,
  caller: Caller,
  { userId, sessionId }: Identity,
): Promise<string | undefined> {
  const now = deps.now()
  const cookie = randomToken(deps.random)
  const id = newId('consoleSession', now, deps.random)
  const tx = deps.db.for(caller.org)
  const outcome = await deps.db.write(function* () {
    const user = yield* findUser(tx, userId)
    const session = yield* findSession(tx, sessionId)
    if (!user || !keepsAccess(user.status) || !session || session.userId !== userId || !isAliveSession(session, now))
      return { kind: 'gone' as const }
    if ((yield* rolesOf(tx, userId)).length === 0) return { kind: 'no-role' as const, user }
    yield* insertConsoleSession(tx, {
      id,
      userId,
      sessionId,
      tokenHash: tokenHash(cookie),
      created: now,
      ends: endOf(now),
    })
    yield* logChange(tx, deps, caller, { eventType: OPENED, actor: actorOf(user), sessionId })
    return { kind: 'begun' as const }
  })
  if (outcome.kind === 'no-role') throw notAnAdministrator(deps, caller, outcome.user, sessionId)
  return outcome.kind === 'begun' ? cookie : undefined
}

function notAnAdministrator(deps: Deps, caller: Caller, user: User, sessionId: string): Refusal {
  deps.events.record(caller, {
    eventType: OPENED,
    outcome: 'FAILURE',
    reason: 'forbidden',
    severity: 'WARN',
    actor: actorOf(user),
    sessionId,
  })
  return new Refusal('forbidden')
}

/** Ends the session of a console cookie. @returns the session of the org below it, which is the caller's to end */
export async function endConsoleSession(deps: Doors, org: OrgId, cookie: string): Promise<Session | undefined> {
  const tx = deps.db.for(org)
  return deps.db.write(function* () {
    const sessionId = yield* removeConsoleSession(tx, tokenHash(cookie))
    return sessionId === undefined ? undefined : yield* findSession(tx, sessionId)
  })
}

/** Housekeeping: one chunk of sessions that nobody can use. @returns how many went */
export const sweepConsoleSessions = (tx: OrgDb, now: Instant, most: number): Unit<number> =>
  removeIdleConsoleSessions(tx, now, most)

/** What a caller may know of themselves: who they are and what they may do. */
export interface Self {
  readonly userId: string
  readonly login: string
  readonly name: string
  readonly firstName: string
  readonly roles: readonly RoleType[]
  readonly permissions: readonly Permission[]
  readonly org: Org
  readonly mail: MailMode
  /** Of the console's session, for a caller that came with one. */
  readonly ends: Ends | undefined
}

/** @param cookie the console's, where the caller came with it. @throws {Refusal} forbidden for a caller that is nobody */
export async function getSelf(deps: Deps, caller: Caller, cookie: string | undefined): Promise<Self> {
  const person = personOf(caller)
  if (!person) throw new Refusal('forbidden')
  const user = await deps.db.read(findUser(deps.db.for(caller.org), person.userId))
  const found =
    caller.actor.kind === 'console' && cookie !== undefined
      ? await findAdministrator(deps, caller.org, cookie)
      : undefined
  const { firstName } = user?.profile ?? {}
  const { org } = await deps.config.get(caller.org)
  return {
    userId: person.userId,
    login: person.login,
    name: person.displayName,
    firstName: typeof firstName === 'string' ? firstName : '',
    roles: person.roles,
    permissions: permissionsOf(person.roles),
    org,
    mail: mailModeOf(deps),
    ends: found && endsOf(found.consoleSession),
  }
}
