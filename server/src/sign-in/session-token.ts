// The session token of the authentication API: what a proved password is worth until the browser brings it to `/authorize`, to
// `/login/sessionCookieRedirect` or to the sessions API. Good for one use within five minutes.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { type Instant, instant, later, MINUTE } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { tokenHash as hashOf, randomToken } from '#kernel/secret.ts'
import type { ProvedAt } from '#sessions/session.ts'
import { findUser, resetAttempts } from '#users/service.ts'
import { actorOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { finish, type Situation } from './engine-service.ts'
import { removeInteractionsOf } from './interaction-store.ts'
import { insertToken, removeExpiredTokens, removeTokensOf, takeToken } from './one-time-token-store.ts'
import { keepDevice } from './remembered-device.ts'
import { forgetDevicesOf } from './remembered-device-store.ts'
import { amrOf, provedAt, provedEach } from './standing.ts'

const LIFETIME = 5 * MINUTE

export interface IssuedSessionToken {
  /** The value; only its hash is kept. */
  readonly token: string
  readonly expires: Instant
}

/** Whether a password that was right for `proved` opens anything for the person as they are now: it may be the old one already. */
export const isProofStillGood = (current: User | undefined, proved: User): current is User =>
  current?.status === 'ACTIVE' && current.passwordChanged === proved.passwordChanged

/**
 * A token for a sign-in that is done, which is used up by it; the person's attempts are forgotten in the same commit.
 * @throws {Refusal} authentication_failed for one who was locked out or suspended, or given another password, meanwhile
 */
export async function issueSessionToken(deps: Deps, caller: Caller, situation: Situation): Promise<IssuedSessionToken> {
  const { user, kept } = situation
  if (situation.step.kind !== 'done') throw new Error(`a sign-in at ${situation.step.kind} is no session`)
  const now = deps.now()
  const token = randomToken(deps.random)
  const expires = later(now, LIFETIME)
  const row = { tokenHash: hashOf(token), kind: 'session', userId: user.id, created: now, expires } as const
  const facts = { amr: amrOf(kept.standing), authenticated: provedAt(kept.standing), proved: provedEach(kept.standing) }
  const tx = deps.db.for(caller.org)
  await deps.db.write(
    function* () {
      // First, since it holds the person's row: whoever ends their access meanwhile comes before all of this or after it.
      yield* resetAttempts(tx, user.id)
      if (!isProofStillGood(yield* findUser(tx, user.id), user)) throw new Refusal('authentication_failed')
      if (!(yield* finish(tx, situation))) throw new Refusal('invalid_token')
      yield* keepDevice(tx, situation, now)
      yield* insertToken(tx, { ...row, facts })
    },
    { isolation: 'readCommitted' },
  )
  deps.events.record(caller, { eventType: 'user.authentication.verify', actor: actorOf(user) })
  return { token, expires }
}

export interface RedeemedSessionToken {
  readonly userId: string
  readonly amr: readonly string[]
  /** When the password was proved: `auth_time`. */
  readonly authenticated: Instant
  readonly proved: ProvedAt
}

interface KeptFacts {
  readonly amr: readonly string[]
  readonly authenticated: number
  /** A former release, which may still run, doesn't tell. */
  readonly proved?: { readonly password?: number; readonly factor?: number }
}

/** Uses a token up, in one statement; undefined for one that is used, expired or unknown. */
export function* redeemSessionToken(
  tx: OrgDb,
  tokenHash: string,
  now: Instant,
): Unit<RedeemedSessionToken | undefined> {
  const taken = yield* takeToken(tx, tokenHash, ['session'], now)
  if (!taken) return undefined
  const { amr, authenticated, proved } = taken.facts as unknown as KeptFacts
  const at = (value: number | undefined) => (value === undefined ? undefined : instant(value))
  const each = { password: at(proved?.password), factor: at(proved?.factor) }
  return { userId: taken.userId, amr, authenticated: instant(authenticated), proved: each }
}

/** Part of ending a person's sessions: what would become one in the next minutes is one, and no browser is remembered. */
export function* endSessionTokensOfUser(tx: OrgDb, userId: string): Unit<void> {
  yield* removeTokensOf(tx, userId, ['session'])
  yield* removeInteractionsOf(tx, userId)
  yield* forgetDevicesOf(tx, userId)
}

/** Housekeeping: one chunk of expired one-time tokens of every kind. @returns how many went */
export const sweepOneTimeTokens = (tx: OrgDb, now: Instant, most: number): Unit<number> =>
  removeExpiredTokens(tx, now, most)
