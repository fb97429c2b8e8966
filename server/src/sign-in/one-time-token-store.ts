// The only SQL on `one_time_token`: values that are good for one use, found by their hash.
import type { OrgDb } from '#db/org-db.ts'
import { first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'

export interface OneTimeToken {
  readonly userId: string
  readonly amr: readonly string[]
  /** When the person proved who they are. */
  readonly authenticated: Instant
}

export function* insertSessionToken(tx: OrgDb, hash: string, token: OneTimeToken, expires: Instant): Unit<void> {
  const facts = JSON.stringify({ v: 1, amr: token.amr })
  const { userId, authenticated } = token
  yield* run(
    tx.insert('one_time_token', { token_hash: hash, kind: 'session', user_id: userId, created: authenticated, expires, facts }),
  )
}

/** One statement: of any number of redemptions one gets the token, and none does after its end. */
export function* takeSessionToken(tx: OrgDb, hash: string, now: Instant): Unit<OneTimeToken | undefined> {
  const row = yield* first(
    tx
      .deleteFrom('one_time_token')
      .where('token_hash', '=', hash)
      .where('kind', '=', 'session')
      .returning(['user_id', 'created', 'expires', 'facts']),
  )
  if (!row || row.expires <= now) return undefined
  const { amr } = JSON.parse(row.facts) as { amr: readonly string[] }
  return { userId: row.user_id, amr, authenticated: instant(row.created) }
}
