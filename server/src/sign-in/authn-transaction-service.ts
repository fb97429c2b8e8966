// A transaction of the authentication API that waits for something: today for an expired password to be changed. Its state token is good
// for five minutes and for this one person and password.
import type { Caller } from '#kernel/caller.ts'
import { type Instant, later, MINUTE } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import type { PasswordPolicy } from '#policies/password-policy.ts'
import { currentPasswordPolicy } from '#policies/service.ts'
import { findUser, resetAttempts } from '#users/service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { insertToken, selectToken, takeToken } from './one-time-token-store.ts'

const LIFETIME = 5 * MINUTE

export interface Transaction {
  readonly stateToken: string
  readonly expires: Instant
  readonly relayState: string | undefined
  readonly user: User
  readonly policy: PasswordPolicy
}

/** For somebody whose expired password was right; their attempts are forgotten in the same commit. */
export async function openTransaction(
  deps: Deps,
  caller: Caller,
  user: User,
  relayState: string | undefined,
): Promise<Transaction> {
  const now = deps.now()
  const stateToken = randomToken(deps.random)
  const expires = later(now, LIFETIME)
  const facts = { passwordChanged: user.passwordChanged ?? null, ...(relayState === undefined ? {} : { relayState }) }
  const tx = deps.db.for(caller.org)
  await deps.db.write(function* () {
    const token = { tokenHash: tokenHash(stateToken), kind: 'transaction', userId: user.id, created: now } as const
    yield* insertToken(tx, { ...token, expires, facts })
    yield* resetAttempts(tx, user.id)
  })
  return {
    stateToken,
    expires,
    relayState,
    user,
    policy: await currentPasswordPolicy(deps, caller, { userId: user.id }),
  }
}

/** @throws {Refusal} invalid_token for one that is unknown, over, or whose password is not the expired one any more */
export async function getTransaction(deps: Deps, caller: Caller, stateToken: string): Promise<Transaction> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const found = await deps.db.read(
    (function* () {
      const token = yield* selectToken(tx, tokenHash(stateToken), ['transaction'], now)
      const user = token && (yield* findUser(tx, token.userId))
      return token && user && { token, user }
    })(),
  )
  if (!found) throw new Refusal('invalid_token')
  const { token, user } = found
  const { passwordChanged, relayState } = token.facts as {
    readonly passwordChanged: number | null
    readonly relayState?: string
  }
  if (user.status !== 'PASSWORD_EXPIRED' || (user.passwordChanged ?? null) !== passwordChanged)
    throw new Refusal('invalid_token')
  const policy = await currentPasswordPolicy(deps, caller, { userId: user.id })
  return { stateToken, expires: token.expires, relayState, user, policy }
}

export async function closeTransaction(deps: Deps, caller: Caller, stateToken: string): Promise<void> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  await deps.db.write(() => takeToken(tx, tokenHash(stateToken), ['transaction'], now))
}
