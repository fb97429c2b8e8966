// The only SQL on `log_event`.

import { type RawBuilder, sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import type { LogEventRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import type { EventActor, Outcome, RecordedEvent, Severity, Tally, Target } from './event.ts'
import type { Condition } from './log-filter.ts'
import type { Position } from './log-query.ts'

const VERSION = 1
/** Few shapes of INSERT, so that prepared statements don't pile up. */
const ROWS_AT_ONCE = [64, 8, 1] as const

interface DetailDoc {
  readonly data: Readonly<Record<string, string>>
  readonly apiToken?: string
}

export function* insertEvents(tx: OrgDb, events: readonly RecordedEvent[]): Unit<void> {
  let done = 0
  for (const size of ROWS_AT_ONCE) {
    for (; events.length - done >= size; done += size)
      yield* run(tx.insert('log_event', events.slice(done, done + size).map(toRow)))
  }
}

export interface EventRange {
  readonly since: Instant | undefined
  readonly until: Instant | undefined
  readonly conditions: readonly Condition[]
  /** The row to begin with: itself and what follows it. */
  readonly from?: Position
  readonly limit: number
}

export interface PlacedEvent {
  readonly event: RecordedEvent
  readonly position: Position
}

/**
 * In the order in which rows became visible, up to the horizon: what is still being written by another transaction, and what came after
 * that one began, is left for the next time, so that a reader who goes on from the last row misses none.
 */
export function* findByPersistence(tx: OrgDb, range: EventRange, horizon: number): Unit<readonly PlacedEvent[]> {
  let query = within(tx, range).where('commit_order', '<', horizon)
  if (range.from) query = query.where(sql<boolean>`(commit_order, seq) >= (${range.from.major}, ${range.from.seq})`)
  const rows = yield* all(query.orderBy('commit_order').orderBy('seq').limit(range.limit))
  return rows.map((row) => ({ event: toEvent(row), position: { major: row.commit_order, seq: row.seq, part: 0 } }))
}

export function* findByTime(tx: OrgDb, range: EventRange, direction: 'asc' | 'desc'): Unit<readonly PlacedEvent[]> {
  let query = within(tx, range)
  const from = range.from
  if (from && direction === 'asc') query = query.where(sql<boolean>`(published, seq) >= (${from.major}, ${from.seq})`)
  if (from && direction === 'desc') query = query.where(sql<boolean>`(published, seq) <= (${from.major}, ${from.seq})`)
  const rows = yield* all(query.orderBy('published', direction).orderBy('seq', direction).limit(range.limit))
  return rows.map((row) => ({ event: toEvent(row), position: { major: row.published, seq: row.seq, part: 0 } }))
}

/** Every row below it is settled: none can still appear there. 0 for an org without events. */
export const findHorizon = (tx: OrgDb): Unit<number> => findBound(tx, sql<number>`(SELECT horizon FROM log_horizon)`)

/** Every row that is there now is below it. 0 for an org without events. */
export const findTip = (tx: OrgDb): Unit<number> => findBound(tx, sql<number>`(SELECT tip FROM log_tip)`)

function* findBound(tx: OrgDb, bound: RawBuilder<number>): Unit<number> {
  const row = yield* first(tx.from('log_event').select(bound.as('bound')).limit(1))
  return row?.bound ?? 0
}

/** How many rows each bucket of `width` milliseconds has, by severity and outcome. */
export function* countByTime(
  tx: OrgDb,
  { since, until }: { readonly since: Instant; readonly until: Instant },
  width: number,
): Unit<readonly Tally[]> {
  const rows = yield* all(
    tx
      .from('log_event')
      .select(['severity', 'outcome'])
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .select(sql<number>`CAST((published - ${since}) / ${width} AS INTEGER)`.as('bucket'))
      .where('published', '>=', since)
      .where('published', '<=', until)
      .groupBy(['bucket', 'severity', 'outcome']),
  )
  return rows.map((row) => ({ ...row, severity: row.severity as Severity, outcome: row.outcome as Outcome }))
}

function within(tx: OrgDb, { since, until, conditions }: EventRange) {
  let query = tx.from('log_event').selectAll()
  if (since !== undefined) query = query.where('published', '>=', since)
  if (until !== undefined) query = query.where('published', '<=', until)
  for (const { column, values } of conditions) query = query.where(column, 'in', [...values])
  return query
}

function toRow(event: RecordedEvent) {
  const doc: DetailDoc = {
    data: event.detail,
    ...(event.apiTokenId === undefined ? {} : { apiToken: event.apiTokenId }),
  }
  return {
    id: event.id,
    published: event.published,
    event_type: event.eventType,
    severity: event.severity,
    outcome: event.outcome,
    reason: event.reason ?? null,
    actor_id: event.actor.id,
    actor_type: event.actor.type,
    actor_alternate_id: event.actor.alternateId,
    actor_name: event.actor.displayName,
    ip: event.ip,
    user_agent: event.userAgent,
    request_id: event.requestId,
    path: event.path,
    session_id: event.sessionId ?? null,
    targets: JSON.stringify({ v: VERSION, list: event.targets }),
    detail: JSON.stringify({ v: VERSION, ...doc }),
  }
}

function toEvent(row: LogEventRow | Omit<LogEventRow, 'seq' | 'commit_order'>): RecordedEvent {
  const detail = JSON.parse(row.detail) as DetailDoc
  const targets = JSON.parse(row.targets) as { readonly list: readonly Target[] }
  return {
    id: row.id,
    published: instant(row.published),
    eventType: row.event_type,
    severity: row.severity as Severity,
    outcome: row.outcome as Outcome,
    reason: row.reason ?? undefined,
    actor: {
      id: row.actor_id,
      type: row.actor_type as EventActor['type'],
      alternateId: row.actor_alternate_id,
      displayName: row.actor_name,
    },
    apiTokenId: detail.apiToken,
    ip: row.ip,
    userAgent: row.user_agent,
    requestId: row.request_id,
    path: row.path,
    sessionId: row.session_id ?? undefined,
    targets: targets.list,
    detail: detail.data,
  }
}

/** @returns how many events went */
export function* deleteEvents(tx: OrgDb, publishedBefore: Instant, most: number): Unit<number> {
  const old = tx
    .from('log_event')
    .select('seq')
    .where('published', '<', publishedBefore)
    .orderBy('published')
    .limit(most)
  return (yield* all(tx.deleteFrom('log_event').where('seq', 'in', old).returning('seq'))).length
}
