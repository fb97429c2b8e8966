// The only SQL on `refused_request`.
import { sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import type { RefusedRequestRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import type { RefusedQuery } from './refused-query.ts'
import { KEPT_OF_ONE, KEPT_OF_ORG, type Reason, type RefusedRequest } from './refused-request.ts'

/** Few shapes of INSERT, so that prepared statements don't pile up. */
const ROWS_AT_ONCE = [32, 8, 1] as const

/** Counts them into the rows of their kinds, and lets go what was seen longest ago where there are too many. */
export function* countRefused(tx: OrgDb, requests: readonly RefusedRequest[]): Unit<void> {
  // In one order everywhere, so that no two nodes wait for each other.
  const rows = requests.map(toRow).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  let done = 0
  for (const size of ROWS_AT_ONCE)
    for (; rows.length - done >= size; done += size) yield* run(counted(tx, rows.slice(done, done + size)))
  const groups = Map.groupBy(rows, ({ client_id, reason }) => `${reason} ${client_id}`)
  for (const [group] of groups.values()) if (group) yield* trim(tx, KEPT_OF_ONE, group)
  yield* trim(tx, KEPT_OF_ORG)
}

const counted = (tx: OrgDb, rows: readonly Omit<RefusedRequestRow, 'org_id'>[]) =>
  tx.insert('refused_request', rows).onConflict((conflict) =>
    conflict.columns(['org_id', 'id']).doUpdateSet({
      count: sql<number>`refused_request.count + excluded.count`,
      first_seen: sql<number>`CASE WHEN excluded.first_seen < refused_request.first_seen
        THEN excluded.first_seen ELSE refused_request.first_seen END`,
      last_seen: sql<number>`CASE WHEN excluded.last_seen > refused_request.last_seen
        THEN excluded.last_seen ELSE refused_request.last_seen END`,
      user_login: sql<string | null>`excluded.user_login`,
      ip: sql<string>`excluded.ip`,
      user_agent: sql<string>`excluded.user_agent`,
    }),
  )

function* trim(tx: OrgDb, most: number, group?: Pick<RefusedRequestRow, 'client_id' | 'reason'>): Unit<void> {
  let rows = tx.from('refused_request').select(['last_seen', 'id'])
  let rest = tx.deleteFrom('refused_request')
  if (group) {
    rows = rows.where('client_id', '=', group.client_id).where('reason', '=', group.reason)
    rest = rest.where('client_id', '=', group.client_id).where('reason', '=', group.reason)
  }
  const beyond = yield* first(rows.orderBy('last_seen', 'desc').orderBy('id', 'desc').limit(1).offset(most))
  if (beyond) yield* run(rest.where(sql<boolean>`(last_seen, id) <= (${beyond.last_seen}, ${beyond.id})`))
}

/** What was seen last comes first; one more than was asked for where there are more. */
export function* selectRefused(
  tx: OrgDb,
  { since, after, limit }: RefusedQuery,
  clientId: string | undefined,
): Unit<readonly RefusedRequest[]> {
  let query = tx.from('refused_request').selectAll().where('last_seen', '>=', since)
  if (clientId !== undefined) query = query.where('client_id', '=', clientId)
  if (after) query = query.where(sql<boolean>`(last_seen, id) < (${after.lastSeen}, ${after.id})`)
  const rows = yield* all(
    query
      .orderBy('last_seen', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1),
  )
  return rows.map(toRefused)
}

/** How many kinds of refused requests were seen since. */
export function* countRefusedSince(tx: OrgDb, since: Instant): Unit<number> {
  const row = yield* first(
    tx
      .from('refused_request')
      .select(({ fn }) => fn.countAll<number>().as('kinds'))
      .where('last_seen', '>=', since),
  )
  return row?.kinds ?? 0
}

export function* deleteRefused(tx: OrgDb, id: string): Unit<RefusedRequest | undefined> {
  const row = yield* first(tx.deleteFrom('refused_request').where('id', '=', id).returningAll())
  return row && toRefused(row)
}

/** @returns how many went */
export function* deleteOldRefused(tx: OrgDb, seenBefore: Instant, most: number): Unit<number> {
  const old = tx
    .from('refused_request')
    .select('id')
    .where('last_seen', '<', seenBefore)
    .orderBy('last_seen')
    .limit(most)
  return (yield* all(tx.deleteFrom('refused_request').where('id', 'in', old).returning('id'))).length
}

const toRow = (request: RefusedRequest): Omit<RefusedRequestRow, 'org_id'> => ({
  id: request.id,
  reason: request.reason,
  client_id: request.clientId ?? '',
  endpoint: request.endpoint,
  sent_name: request.sent.name,
  sent_value: request.sent.value,
  whole: request.whole ? 1 : 0,
  user_id: request.person?.id ?? null,
  user_login: request.person?.login ?? null,
  count: request.count,
  first_seen: request.firstSeen,
  last_seen: request.lastSeen,
  ip: request.ip,
  user_agent: request.userAgent,
})

const toRefused = (row: RefusedRequestRow): RefusedRequest => ({
  id: row.id,
  reason: row.reason as Reason,
  ...(row.client_id === '' ? {} : { clientId: row.client_id }),
  endpoint: row.endpoint,
  sent: { name: row.sent_name, value: row.sent_value },
  whole: row.whole === 1,
  ...(row.user_id === null ? {} : { person: { id: row.user_id, login: row.user_login ?? '' } }),
  count: row.count,
  firstSeen: instant(row.first_seen),
  lastSeen: instant(row.last_seen),
  ip: row.ip,
  userAgent: row.user_agent,
})
