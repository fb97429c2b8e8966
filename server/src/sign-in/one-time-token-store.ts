// The only SQL on `one_time_token`: values that are good for one use. Only their hashes are kept, and a use is one statement.
import type { OrgDb } from '#db/org-db.ts'
import type { OneTimeTokenRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'

/**
 * `session` becomes a session; `recovery` and `activation` are links to the page where a password is chosen, `unlock` to the one where a
 * lockout ends.
 */
export type TokenKind = OneTimeTokenRow['kind']

export interface OneTimeToken {
  readonly tokenHash: string
  readonly kind: TokenKind
  readonly userId: string
  readonly created: Instant
  readonly expires: Instant
  /** What the kind needs to know besides; opaque here. */
  readonly facts: Readonly<Record<string, unknown>>
}

const VERSION = 1

/** Adds a token; those of its kind that have expired go. */
export function* insertToken(
  tx: OrgDb,
  { tokenHash, kind, userId, created, expires, facts }: OneTimeToken,
): Unit<void> {
  yield* run(tx.deleteFrom('one_time_token').where('kind', '=', kind).where('expires', '<', created))
  yield* run(
    tx.insert('one_time_token', {
      token_hash: tokenHash,
      kind,
      user_id: userId,
      created,
      expires,
      facts: JSON.stringify({ v: VERSION, ...facts }),
    }),
  )
}

/** Looks at a token and leaves it; undefined for one that is used, expired or unknown. */
export function* selectToken(
  tx: OrgDb,
  tokenHash: string,
  kinds: readonly TokenKind[],
  now: Instant,
): Unit<OneTimeToken | undefined> {
  const row = yield* first(
    tx.from('one_time_token').selectAll().where('token_hash', '=', tokenHash).where('kind', 'in', kinds),
  )
  return row && row.expires > now ? toToken(row) : undefined
}

/** Uses a token up; of any number of simultaneous uses one gets it. Undefined for one that is used, expired or unknown. */
export function* takeToken(
  tx: OrgDb,
  tokenHash: string,
  kinds: readonly TokenKind[],
  now: Instant,
): Unit<OneTimeToken | undefined> {
  const row = yield* first(
    tx.deleteFrom('one_time_token').where('token_hash', '=', tokenHash).where('kind', 'in', kinds).returningAll(),
  )
  return row && row.expires > now ? toToken(row) : undefined
}

/** Whether the person was given one of these kinds since then. */
export function* wasGivenSince(tx: OrgDb, userId: string, kinds: readonly TokenKind[], since: Instant): Unit<boolean> {
  const row = yield* first(
    tx
      .from('one_time_token')
      .select('created')
      .where('user_id', '=', userId)
      .where('kind', 'in', kinds)
      .where('created', '>', since),
  )
  return row !== undefined
}

const toToken = (row: OneTimeTokenRow): OneTimeToken => ({
  tokenHash: row.token_hash,
  kind: row.kind,
  userId: row.user_id,
  created: instant(row.created),
  expires: instant(row.expires),
  facts: JSON.parse(row.facts) as OneTimeToken['facts'],
})

/** What a person holds of these kinds goes. */
export function* removeTokensOf(tx: OrgDb, userId: string, kinds: readonly TokenKind[]): Unit<void> {
  yield* run(tx.deleteFrom('one_time_token').where('user_id', '=', userId).where('kind', 'in', kinds))
}

/** @returns how many expired tokens went */
export function* removeExpiredTokens(tx: OrgDb, now: Instant, most: number): Unit<number> {
  const old = tx.from('one_time_token').select('token_hash').where('expires', '<=', now).limit(most)
  return (yield* all(tx.deleteFrom('one_time_token').where('token_hash', 'in', old).returning('token_hash'))).length
}
