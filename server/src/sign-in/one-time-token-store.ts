// The only SQL on `one_time_token`: values that are good for one use. Only their hashes are kept, and a use is one statement.
import type { OrgDb } from '#db/org-db.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'

export interface OneTimeToken {
  readonly tokenHash: string
  readonly userId: string
  readonly created: Instant
  readonly expires: Instant
  readonly amr: readonly string[]
  readonly authenticated: Instant
}

interface Facts {
  readonly v: 1
  readonly amr: readonly string[]
  readonly authenticated: number
}

const KIND = 'session'

/** Adds a token; those of the org that have expired go. */
export function* insertSessionToken(tx: OrgDb, token: OneTimeToken): Unit<void> {
  const facts: Facts = { v: 1, amr: token.amr, authenticated: token.authenticated }
  yield* run(tx.deleteFrom('one_time_token').where('kind', '=', KIND).where('expires', '<', token.created))
  yield* run(
    tx.insert('one_time_token', {
      token_hash: token.tokenHash,
      kind: KIND,
      user_id: token.userId,
      created: token.created,
      expires: token.expires,
      facts: JSON.stringify(facts),
    }),
  )
}

/** Uses a token up; of any number of simultaneous uses one gets it. Undefined for one that is used, expired or unknown. */
export function* takeSessionToken(tx: OrgDb, tokenHash: string, now: Instant): Unit<OneTimeToken | undefined> {
  const row = yield* first(
    tx
      .deleteFrom('one_time_token')
      .where('token_hash', '=', tokenHash)
      .where('kind', '=', KIND)
      .returning(['user_id', 'created', 'expires', 'facts']),
  )
  if (!row || row.expires <= now) return undefined
  const { amr, authenticated } = JSON.parse(row.facts) as Facts
  const times = { created: instant(row.created), expires: instant(row.expires), authenticated: instant(authenticated) }
  return { tokenHash, userId: row.user_id, amr, ...times }
}

/** Part of ending a person's access. */
export function* removeSessionTokensOf(tx: OrgDb, userId: string): Unit<void> {
  yield* run(tx.deleteFrom('one_time_token').where('kind', '=', KIND).where('user_id', '=', userId))
}

/** @returns how many expired tokens went */
export function* removeExpiredTokens(tx: OrgDb, now: Instant, most: number): Unit<number> {
  const old = tx.from('one_time_token').select('token_hash').where('expires', '<=', now).limit(most)
  return (yield* all(tx.deleteFrom('one_time_token').where('token_hash', 'in', old).returning('token_hash'))).length
}
