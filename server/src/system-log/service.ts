// The System Log's use cases: events are written with the change that they tell of or a moment later in one batch, and read in pages.
import { setTimeout as wait } from 'node:timers/promises'
import type { Db } from '#db/db.ts'
import { delayedWrite } from '#db/delayed-write.ts'
import type { OrgDb } from '#db/org-db.ts'
import { StoreUnavailable, type Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import type { Deps } from '../deps.ts'
import type { EventSink, LogEntry } from './event.ts'
import { expandEvent, type LogEvent } from './expand.ts'
import { conditionsOf, passes } from './log-filter.ts'
import { comparePositions, type LogQuery, type Position, START } from './log-query.ts'
import { type EventsByOrg, pendingEvents } from './pending-events.ts'
import { recordedEvent } from './recorded-event.ts'
import {
  deleteEvents,
  type EventRange,
  findByPersistence,
  findByTime,
  findHorizon,
  findTip,
  insertEvents,
  type PlacedEvent,
} from './store.ts'

/** Expanding and looking at so many takes a few milliseconds, in which nobody else is served. */
export const FILTERED_ROWS_AT_ONCE = 100
/** A query that finds little looks at so many rows and answers a short page; the next one goes on from there. */
const ROWS_SCANNED_MAX = 20_000

/** Writes an event in the unit of the change that it tells of: never lost. */
export function* logChange(tx: OrgDb, deps: Pick<Deps, 'now' | 'random'>, caller: Caller, entry: LogEntry): Unit<void> {
  const now = deps.now()
  // A unit that is run again makes another id; the first one was never committed.
  yield* insertEvents(tx, [recordedEvent(newId('event', now, deps.random), now, caller, entry)])
}

/** Collects events of no change and writes them together, at most 200 ms later. */
export function eventSink(deps: Pick<Deps, 'db' | 'now' | 'random' | 'log'>): EventSink {
  const pending = pendingEvents()
  async function writePending(): Promise<void> {
    const { events, lost } = pending.drain()
    if (lost > 0) deps.log.warn({ lost }, 'events of the System Log were not kept: too many came at once')
    if (events.size === 0) return
    try {
      await deps.db.write(() => insertAll(deps.db, events), { isolation: 'readCommitted' })
    } catch (error) {
      if (error instanceof StoreUnavailable) pending.putBack(events)
      throw error
    }
  }

  const { schedule, flush } = delayedWrite({
    write: writePending,
    isEmpty: () => pending.isEmpty,
    onError: (error) => deps.log.error({ err: error }, 'events of the System Log could not be written'),
  })

  return {
    record(caller, entry) {
      const now = deps.now()
      pending.add(caller.org, recordedEvent(newId('event', now, deps.random), now, caller, entry))
      schedule()
    },
    flush,
  }
}

function* insertAll(db: Db, events: EventsByOrg): Unit<void> {
  for (const [org, list] of events) yield* insertEvents(db.for(org), list)
}

export interface EventPage {
  readonly events: readonly LogEvent[]
  /** Where the next page begins: after this place. Polling always has one; a bounded query has none at its end. */
  readonly next: Position | undefined
}

interface PlacedLogEvent {
  readonly event: LogEvent
  readonly position: Position
}

/** The events that were asked for; what waits in memory is written first, so that a reader finds what they have just caused. */
export async function listEvents(
  deps: Pick<Deps, 'db' | 'events'>,
  caller: Caller,
  query: LogQuery,
): Promise<EventPage> {
  await deps.events.flush()
  const tx = deps.db.for(caller.org)
  const isPolling = query.kind === 'polling'
  const start = query.after ?? (isPolling ? START : undefined)
  if (query.limit === 0) return { events: [], next: isPolling ? start : undefined }
  const horizon = isPolling ? await settledHorizon(deps, tx) : 0

  const range: EventRange = {
    since: query.since,
    until: query.until,
    conditions: query.filter ? conditionsOf(query.filter) : [],
    // Each row is at least one event; the first may be known already, and one more tells that there is a next page.
    limit: query.filter || query.keywords.length > 0 ? FILTERED_ROWS_AT_ONCE : query.limit + 2,
  }
  const found: PlacedLogEvent[] = []
  let reached = start
  for (let scanned = 0; scanned < ROWS_SCANNED_MAX; scanned += range.limit) {
    const rows = await deps.db.scan(findRows(tx, query.kind, { ...range, ...(reached && { from: reached }) }, horizon))
    const placed = rows
      .flatMap((row) => expandPlaced(row, query.kind))
      .filter(({ position }) => isPast(query.kind, position, reached))
    found.push(...placed.filter(({ event }) => passes(event, query.filter, query.keywords)))
    if (found.length > query.limit) return cutPage(found, query.limit)
    const last = placed.at(-1)
    if (rows.length < range.limit || !last) {
      const settled: Position = { major: horizon, seq: 0, part: 0 }
      const seen = comparePositions(settled, reached ?? START) > 0 ? settled : reached
      return { events: found.map(({ event }) => event), next: isPolling ? seen : undefined }
    }
    reached = last.position
  }
  return { events: found.map(({ event }) => event), next: reached }
}

/** Milliseconds between looks. A transaction that takes longer than all of them is not waited for: its rows come at the next time. */
const LOOKS = [1, 2, 4, 8, 16, 32, 64, 128]

/** The horizon, once what the reader may have caused is below it: transactions that have nothing to do with the log may hold it back. */
async function settledHorizon({ db }: Pick<Deps, 'db'>, tx: OrgDb): Promise<number> {
  const tip = await db.scan(findTip(tx))
  let horizon = await db.scan(findHorizon(tx))
  for (const pause of LOOKS) {
    if (horizon >= tip) break
    await wait(pause)
    horizon = await db.scan(findHorizon(tx))
  }
  return horizon
}

function cutPage(found: readonly PlacedLogEvent[], limit: number): EventPage {
  const shown = found.slice(0, limit)
  return { events: shown.map(({ event }) => event), next: shown.at(-1)?.position }
}

function findRows(tx: OrgDb, kind: LogQuery['kind'], range: EventRange, horizon: number): Unit<readonly PlacedEvent[]> {
  if (kind === 'polling') return findByPersistence(tx, range, horizon)
  return findByTime(tx, range, kind === 'descending' ? 'desc' : 'asc')
}

function expandPlaced({ event, position }: PlacedEvent, kind: LogQuery['kind']): readonly PlacedLogEvent[] {
  const placed = expandEvent(event).map((one, part) => ({ event: one, position: { ...position, part } }))
  return kind === 'descending' ? placed.toReversed() : placed
}

function isPast(kind: LogQuery['kind'], position: Position, reached: Position | undefined): boolean {
  if (reached === undefined) return true
  const order = comparePositions(position, reached)
  return kind === 'descending' ? order < 0 : order > 0
}

/** Housekeeping: one chunk of events older than the retention. @returns how many went */
export const sweepLog = (tx: OrgDb, publishedBefore: Instant, most: number): Unit<number> =>
  deleteEvents(tx, publishedBefore, most)
