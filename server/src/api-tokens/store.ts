// The only SQL on `api_token`.
import type { OrgDb } from '#db/org-db.ts'
import type { ApiTokenRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import type { ApiToken } from './api-token.ts'

const ANYWHERE = JSON.stringify({ v: 1, connection: 'ANYWHERE' })

const toApiToken = (row: Omit<ApiTokenRow, 'org_id' | 'token_hash' | 'network'>): ApiToken => ({
  id: row.id,
  name: row.name,
  userId: row.user_id,
  created: instant(row.created),
  lastUpdated: instant(row.last_updated),
  expires: instant(row.expires),
})

const COLUMNS = ['id', 'name', 'user_id', 'created', 'last_updated', 'expires'] as const

export function* insertApiToken(tx: OrgDb, token: ApiToken, tokenHash: string): Unit<void> {
  yield* run(
    tx.insert('api_token', {
      id: token.id,
      token_hash: tokenHash,
      name: token.name,
      user_id: token.userId,
      created: token.created,
      last_updated: token.lastUpdated,
      expires: token.expires,
      network: ANYWHERE,
    }),
  )
}

export function* selectApiToken(tx: OrgDb, id: string): Unit<ApiToken | undefined> {
  const row = yield* first(tx.from('api_token').select(COLUMNS).where('id', '=', id))
  return row && toApiToken(row)
}

export function* selectApiTokenByHash(tx: OrgDb, tokenHash: string): Unit<ApiToken | undefined> {
  const row = yield* first(tx.from('api_token').select(COLUMNS).where('token_hash', '=', tokenHash))
  return row && toApiToken(row)
}

/** Those that can still be used, in the order of their ids; one more than `limit` where there is one more. */
export function* selectLivingApiTokens(
  tx: OrgDb,
  now: Instant,
  { after, limit }: { readonly after?: string; readonly limit: number },
): Unit<readonly ApiToken[]> {
  let query = tx.from('api_token').select(COLUMNS).where('expires', '>', now)
  if (after !== undefined) query = query.where('id', '>', after)
  const rows = yield* all(query.orderBy('id').limit(limit + 1))
  return rows.map(toApiToken)
}

/** Changes nothing for a token that was revoked meanwhile. */
export function* renewApiToken(tx: OrgDb, id: string, now: Instant, expires: Instant): Unit<void> {
  yield* run(tx.update('api_token').set({ last_updated: now, expires }).where('id', '=', id).where('expires', '>', now))
}

/** False for a token that was revoked already. */
export function* removeApiToken(tx: OrgDb, id: string): Unit<boolean> {
  const removed = yield* first(tx.deleteFrom('api_token').where('id', '=', id).returning('id'))
  return removed !== undefined
}

export function* removeApiTokensOf(tx: OrgDb, userId: string): Unit<void> {
  yield* run(tx.deleteFrom('api_token').where('user_id', '=', userId))
}

/** Sweeps a person's tokens that nobody can use any more. */
export function* removeDeadApiTokensOf(tx: OrgDb, userId: string, now: Instant): Unit<void> {
  yield* run(tx.deleteFrom('api_token').where('user_id', '=', userId).where('expires', '<=', now))
}
