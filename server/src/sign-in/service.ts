// Turns a proved identity into a session, and ends it again.
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import { createSession, endSession } from '#sessions/service.ts'
import { DEFAULT_IDLE_MINUTES, type Session } from '#sessions/session.ts'
import { logChange } from '#system-log/service.ts'
import { findUser, recordLogin, resetAttempts } from '#users/service.ts'
import { displayNameOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { redeemSessionToken } from './session-token.ts'

export interface StartedSession {
  readonly session: Session
  /** What opens it: the value of its cookies. */
  readonly cookieValue: string
}

export interface SessionWish {
  /** "Keep me signed in". */
  readonly persistent: boolean
  /** What the browser had before: a new proof makes a new session, so that a planted one is worth nothing. */
  readonly former: Session | undefined
  readonly amr?: readonly string[]
  /** When the person proved who they are, where that was before now. */
  readonly authenticated?: Instant
}

/** One commit: the former session ends, the new one begins, the attempts are forgotten, the event is written. */
export async function startSession(deps: Deps, caller: Caller, user: User, wish: SessionWish): Promise<StartedSession> {
  const now = deps.now()
  const cookieValue = randomToken(deps.random)
  const session: Session = {
    id: newId('session', now, deps.random),
    userId: user.id,
    created: now,
    lastActive: now,
    idleMinutes: DEFAULT_IDLE_MINUTES,
    ends: undefined,
    persistent: wish.persistent,
    authenticated: wish.authenticated ?? now,
    amr: wish.amr ?? ['pwd'],
  }
  const { id, idleMinutes, ends, persistent, amr, authenticated } = session
  await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    if (wish.former) yield* endSession(tx, wish.former.id)
    yield* createSession(tx, {
      id,
      tokenHash: tokenHash(cookieValue),
      userId: user.id,
      now,
      amr,
      idleMinutes,
      ends,
      persistent,
      authenticated,
    })
    yield* resetAttempts(tx, user.id)
    yield* recordLogin(tx, user.id, now)
    yield* logChange(tx, deps, caller, {
      eventType: 'user.session.start',
      actor: { id: user.id, type: 'User', alternateId: user.login, displayName: displayNameOf(user) },
      sessionId: id,
    })
  })
  return { session, cookieValue }
}

/** Starts a session with a one-time token of the authentication API; undefined for one that is used, expired or unknown. */
export async function startSessionByToken(
  deps: Deps,
  caller: Caller,
  hash: string,
): Promise<StartedSession | undefined> {
  const tx = deps.db.for(caller.org)
  const now = deps.now()
  const redeemed = await deps.db.write(() => redeemSessionToken(tx, hash, now), { isolation: 'readCommitted' })
  const user = redeemed && (await deps.db.read(findUser(tx, redeemed.userId)))
  if (!redeemed || user?.status !== 'ACTIVE') return undefined
  const { amr, authenticated } = redeemed
  return startSession(deps, caller, user, { persistent: false, former: undefined, amr, authenticated })
}

/** Ends the session, if there is one. */
export async function signOut(deps: Deps, caller: Caller, session: Session | undefined): Promise<void> {
  if (!session) return
  const user = await deps.db.read(findUser(deps.db.for(caller.org), session.userId))
  await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    yield* endSession(tx, session.id)
    yield* logChange(tx, deps, caller, {
      eventType: 'user.session.end',
      sessionId: session.id,
      ...(user
        ? { actor: { id: user.id, type: 'User', alternateId: user.login, displayName: displayNameOf(user) } }
        : {}),
    })
  })
}
