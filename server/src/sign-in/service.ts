// Turns a proved identity into a session, and ends it again. Whoever may not sign in any more by the time that the session is written
// gets none, whatever they proved a moment ago.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { type Instant, later, MINUTE } from '#kernel/instant.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import type { PolicyPerson } from '#policies/choose-policy.ts'
import type { Policies } from '#policies/policy.ts'
import { readPolicyPerson } from '#policies/service.ts'
import { decideSignOn } from '#policies/sign-on.ts'
import { rolesOf } from '#roles/service.ts'
import { createSession, endSession } from '#sessions/service.ts'
import type { ProvedAt, Session } from '#sessions/session.ts'
import { logChange } from '#system-log/service.ts'
import { findUser, recordLogin, resetAttempts } from '#users/service.ts'
import { actorOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { finish, type Situation } from './engine-service.ts'
import { keepDevice } from './remembered-device.ts'
import { isProofStillGood, redeemSessionToken } from './session-token.ts'
import { amrOf, provedAt, provedEach } from './standing.ts'

export interface StartedSession {
  readonly session: Session
  /** What opens it: the value of its cookies. */
  readonly cookieValue: string
}

export interface SessionWish {
  /** What the browser had before: a new proof makes a new session, so that a planted one is worth nothing. */
  readonly former: Session | undefined
}

/**
 * For a sign-in that is done. One commit: it is used up, the former session ends, the new one begins, the attempts are forgotten, the
 * event is written. Undefined, and nothing changed, where the person was locked out or suspended, given another password, or denied by the
 * global session policy meanwhile, or the sign-in was finished already.
 */
export async function startSession(
  deps: Deps,
  caller: Caller,
  situation: Situation,
  { former }: SessionWish,
): Promise<StartedSession | undefined> {
  const { user, kept } = situation
  const { standing } = kept
  if (situation.step.kind !== 'done') throw new Error(`a sign-in at ${situation.step.kind} is no session`)
  const draft = await draftSession(deps, caller)
  const session = await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    const current = yield* findUser(tx, user.id)
    const person = yield* readPolicyPerson(tx, user.id)
    if (!isProofStillGood(current, user) || decideSignOn(draft.policies, person).access === 'DENY') return undefined
    if (!(yield* finish(tx, situation))) return undefined
    if (former) yield* endSession(tx, former.id)
    yield* resetAttempts(tx, user.id)
    yield* keepDevice(tx, situation, draft.now)
    const proof = { amr: amrOf(standing), authenticated: provedAt(standing), proved: provedEach(standing) }
    return yield* begin(tx, deps, caller, draft, {
      user: current,
      person,
      ...proof,
      persistent: standing.keepMeSignedIn,
    })
  })
  return session && { session, cookieValue: draft.cookieValue }
}

/** Starts a session with a one-time token of the authentication API; undefined for one that is used, expired or unknown. */
export async function startSessionByToken(
  deps: Deps,
  caller: Caller,
  hash: string,
): Promise<StartedSession | undefined> {
  const draft = await draftSession(deps, caller)
  const session = await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    const proof = yield* redeemSessionToken(tx, hash, draft.now)
    const user = proof && (yield* findUser(tx, proof.userId))
    if (!proof || user?.status !== 'ACTIVE') return undefined
    const person = yield* readPolicyPerson(tx, user.id)
    return yield* begin(tx, deps, caller, draft, { ...proof, user, person, persistent: false })
  })
  return session && { session, cookieValue: draft.cookieValue }
}

interface Draft {
  readonly id: string
  readonly cookieValue: string
  readonly now: Instant
  readonly policies: Policies
}

/** Somebody who may sign in, and how and when they proved it. */
interface Proof {
  readonly user: User
  readonly person: PolicyPerson
  readonly amr: readonly string[]
  readonly authenticated: Instant
  readonly proved: ProvedAt
  readonly persistent: boolean
}

async function draftSession(deps: Pick<Deps, 'now' | 'random' | 'config'>, caller: Caller): Promise<Draft> {
  const { policies } = await deps.config.fresh(caller.org)
  const now = deps.now()
  return { id: newId('session', now, deps.random), cookieValue: randomToken(deps.random), now, policies }
}

function* begin(
  tx: OrgDb,
  deps: Deps,
  caller: Caller,
  { id, cookieValue, now, policies }: Draft,
  { user, person, amr, authenticated, proved, persistent: isWished }: Proof,
): Unit<Session | undefined> {
  const signOn = decideSignOn(policies, person)
  if (signOn.access === 'DENY') return undefined
  const { session: rule } = signOn
  const persistent = (isWished || rule.persistent) && (yield* rolesOf(tx, user.id)).length === 0
  const ends = rule.lifetimeMinutes === 0 ? undefined : later(now, rule.lifetimeMinutes * MINUTE)
  const { userAgent } = caller.client
  const session = {
    id,
    userId: user.id,
    amr,
    authenticated,
    proved,
    idleMinutes: rule.idleMinutes,
    ends,
    persistent,
    userAgent,
  }
  yield* createSession(tx, { ...session, tokenHash: tokenHash(cookieValue), now })
  yield* recordLogin(tx, user.id, now)
  yield* logChange(tx, deps, caller, { eventType: 'user.session.start', actor: actorOf(user), sessionId: id })
  return { ...session, created: now, lastActive: now }
}

/** Ends the session, if there is one. */
export async function signOut(deps: Deps, caller: Caller, session: Session | undefined): Promise<void> {
  if (!session) return
  await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    // Of two requests that sign out at once, one has something to tell.
    if (!(yield* endSession(tx, session.id))) return
    const user = yield* findUser(tx, session.userId)
    yield* logChange(tx, deps, caller, {
      eventType: 'user.session.end',
      sessionId: session.id,
      ...(user ? { actor: actorOf(user) } : {}),
    })
  })
}
