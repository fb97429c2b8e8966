// Session tokens: what the authentication API gives for a proved identity, to be turned into a session once, within five minutes.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { type Instant, later, MINUTE } from '#kernel/instant.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { insertSessionToken, type OneTimeToken, takeSessionToken } from './one-time-token-store.ts'

const SESSION_TOKEN_MILLISECONDS = 5 * MINUTE

export interface IssuedSessionToken {
  readonly token: string
  readonly expires: Instant
}

export async function issueSessionToken(
  deps: Pick<Deps, 'db' | 'now' | 'random'>,
  caller: Caller,
  user: User,
): Promise<IssuedSessionToken> {
  const now = deps.now()
  const token = randomToken(deps.random)
  const expires = later(now, SESSION_TOKEN_MILLISECONDS)
  const facts = { userId: user.id, amr: ['pwd'], authenticated: now }
  await deps.db.write(() => insertSessionToken(deps.db.for(caller.org), tokenHash(token), facts, expires))
  return { token, expires }
}

/** Undefined for a token that is unknown, expired or has been redeemed. */
export const redeemSessionToken = (tx: OrgDb, hash: string, now: Instant): Unit<OneTimeToken | undefined> =>
  takeSessionToken(tx, hash, now)
