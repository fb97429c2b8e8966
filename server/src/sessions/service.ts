// Sessions, for other rooms: units that begin and end them, and who is behind a cookie. A session opens doors
// only while it is alive and its person may still be signed in; both are asked at every use, and nothing here extends it unasked.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Actor } from '#kernel/caller.ts'
import { keptText } from '#kernel/control-characters.ts'
import type { OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { tokenHash as hashOf } from '#kernel/secret.ts'
import { rolesOf } from '#roles/service.ts'
import { findUser } from '#users/service.ts'
import { displayNameOf } from '#users/user.ts'
import { keepsAccess } from '#users/user-status.ts'
import type { Deps } from '../deps.ts'
import { activityIsWorthWriting, isAlive, type ProvedAt, type Session } from './session.ts'
import {
  insertParticipant,
  insertSession,
  type Participant,
  removeDeadSessions,
  removeSession,
  removeSessionsOfUser,
  selectSession,
  selectSessionByToken,
  updateActivity,
} from './store.ts'

type Doors = Pick<Deps, 'db' | 'now'>

const COOKIE_CHARACTERS_MAX = 200
const USER_AGENT_MAX = 500

export interface NewSession {
  readonly id: string
  readonly tokenHash: string
  readonly userId: string
  readonly now: Instant
  readonly amr: readonly string[]
  readonly idleMinutes: number
  /** The absolute end, if there is one. */
  readonly ends: Instant | undefined
  readonly persistent: boolean
  /** Of the browser that begins it. */
  readonly userAgent: string
  /** When the person proved who they are, where that was before now. */
  readonly authenticated?: Instant
  readonly proved: ProvedAt
}

/** Begins a session; what the person left behind of dead ones goes. */
export function* createSession(tx: OrgDb, { tokenHash, now, ...draft }: NewSession): Unit<void> {
  yield* removeDeadSessions(tx, draft.userId, now)
  const userAgent = draft.userAgent === '' ? undefined : keptText(draft.userAgent, USER_AGENT_MAX)
  yield* insertSession(tx, { authenticated: now, ...draft, userAgent, created: now, lastActive: now }, tokenHash)
}

/** The session whether it is alive or not. */
export const findSession = (tx: OrgDb, id: string): Unit<Session | undefined> => selectSession(tx, id)

/** The living session that a cookie's value opens. */
export async function resolveSessionCookie(deps: Doors, org: OrgId, cookie: string): Promise<Session | undefined> {
  if (!isPlausible(cookie)) return undefined
  const session = await deps.db.read(selectSessionByToken(deps.db.for(org), hashOf(cookie)))
  return session && isAlive(session, deps.now()) ? session : undefined
}

/** The person whom a cookie speaks for, with the roles that they hold now; undefined when the session or the person may not any more. */
export async function sessionActor(deps: Doors, org: OrgId, cookie: string): Promise<Actor | undefined> {
  return isPlausible(cookie) ? deps.db.read(actorOf(deps.db.for(org), hashOf(cookie), deps.now())) : undefined
}

function* actorOf(tx: OrgDb, tokenHash: string, now: Instant): Unit<Actor | undefined> {
  const session = yield* selectSessionByToken(tx, tokenHash)
  if (!session || !isAlive(session, now)) return undefined
  const user = yield* findUser(tx, session.userId)
  if (!user || !keepsAccess(user.status)) return undefined
  const roles = yield* rolesOf(tx, user.id)
  return {
    kind: 'session',
    sessionId: session.id,
    userId: user.id,
    login: user.login,
    displayName: displayNameOf(user),
    roles,
  }
}

/** Restarts the idle window at a real use of the session; costs a commit only once in a twentieth of the window. */
export async function touchSession(deps: Doors, org: OrgId, session: Session): Promise<void> {
  const now = deps.now()
  if (!activityIsWorthWriting(session, now)) return
  await deps.db.write(() => updateActivity(deps.db.for(org), session.id, now), { isolation: 'readCommitted' })
}

/** Part of what a session gives: restarts its idle window, and holds it until the unit commits. False for one that has ended meanwhile. */
export const useSession = (tx: OrgDb, id: string, now: Instant): Unit<boolean> => updateActivity(tx, id, now)

/** False for a session that had ended already. */
export const endSession = (tx: OrgDb, id: string): Unit<boolean> => removeSession(tx, id)

/** All of them, but for the one that is named. */
export const endSessionsOfUser = (tx: OrgDb, userId: string, exceptId?: string): Unit<void> =>
  removeSessionsOfUser(tx, userId, exceptId)

/** Remembers which client took part in a session. */
export const recordParticipant = (tx: OrgDb, participant: Participant): Unit<void> => insertParticipant(tx, participant)

const isPlausible = (cookie: string): boolean => cookie !== '' && cookie.length <= COOKIE_CHARACTERS_MAX
