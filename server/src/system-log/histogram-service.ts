// How much happened when: the log counted by time, severity and outcome, on the reader thread. A token grant counts once, with all its
// tokens. Without a filter the database counts; with one the events are looked at, and what would take too long is left uncounted,
// which the answer says.
import type { Caller } from '#kernel/caller.ts'
import { type Instant, later, SECOND } from '#kernel/instant.ts'
import type { Deps } from '../deps.ts'
import type { Outcome, Severity, Tally } from './event.ts'
import { expandEvent } from './expand.ts'
import type { BoundedQuery, HistogramQuery } from './histogram-query.ts'
import { conditionsOf, passes } from './log-filter.ts'
import type { Position } from './log-query.ts'
import { FILTERED_ROWS_AT_ONCE as ROWS_AT_ONCE } from './service.ts'
import { countByTime, findByTime, type PlacedEvent } from './store.ts'

const ROWS_MAX = 50_000
const TIME_MAX = 5 * SECOND

export interface Bucket {
  readonly from: Instant
  readonly total: number
  readonly severity: Readonly<Partial<Record<Severity, number>>>
  readonly outcome: Readonly<Partial<Record<Outcome, number>>>
}

export interface Histogram {
  readonly buckets: readonly Bucket[]
  /** Where counting stopped before the end. */
  readonly countedUntil: Instant | undefined
}

type Doors = Pick<Deps, 'db' | 'now' | 'events'>

export async function countEvents(deps: Doors, caller: Caller, histogram: HistogramQuery): Promise<Histogram> {
  await deps.events.flush()
  const { query, width } = histogram
  if (query.filter || query.keywords.length > 0) return countMatching(deps, caller, histogram)
  const tallies = await deps.db.scan(countByTime(deps.db.for(caller.org), query, width))
  return { buckets: bucketsOf(histogram, tallies), countedUntil: undefined }
}

async function countMatching(deps: Doors, caller: Caller, histogram: HistogramQuery): Promise<Histogram> {
  const { query, width } = histogram
  const tallies: Tally[] = []
  const began = deps.now()
  let reached: Position | undefined
  for (let scanned = 0; scanned < ROWS_MAX && deps.now() - began < TIME_MAX; scanned += ROWS_AT_ONCE) {
    const rows = await nextRows(deps, caller, query, reached)
    for (const { event } of rows) {
      const { severity, outcome, published } = event
      if (expandEvent(event).some((one) => passes(one, query.filter, query.keywords)))
        tallies.push({ bucket: Math.floor((published - query.since) / width), severity, outcome, count: 1 })
    }
    const last = rows.at(-1)
    if (rows.length < ROWS_AT_ONCE || !last) return { buckets: bucketsOf(histogram, tallies), countedUntil: undefined }
    reached = last.position
  }
  return { buckets: bucketsOf(histogram, tallies), countedUntil: (reached?.major ?? query.since) as Instant }
}

/** The rows after that place. */
async function nextRows(
  deps: Doors,
  caller: Caller,
  { since, until, filter }: BoundedQuery,
  reached: Position | undefined,
): Promise<readonly PlacedEvent[]> {
  const range = {
    since,
    until,
    conditions: filter ? conditionsOf(filter) : [],
    ...(reached ? { from: { ...reached, seq: reached.seq + 1 } } : {}),
    limit: ROWS_AT_ONCE,
  }
  return deps.db.scan(findByTime(deps.db.for(caller.org), range, 'asc'))
}

function bucketsOf({ query, width, buckets }: HistogramQuery, tallies: readonly Tally[]): readonly Bucket[] {
  const byBucket = Map.groupBy(tallies, ({ bucket }) => bucket)
  return Array.from({ length: buckets }, (_, at) => {
    const own = byBucket.get(at) ?? []
    return {
      from: later(query.since, at * width),
      total: own.reduce((sum, { count }) => sum + count, 0),
      severity: sums(own, 'severity'),
      outcome: sums(own, 'outcome'),
    }
  })
}

function sums<K extends 'severity' | 'outcome'>(tallies: readonly Tally[], key: K): Partial<Record<Tally[K], number>> {
  const counts: Partial<Record<Tally[K], number>> = {}
  for (const tally of tallies) counts[tally[key]] = (counts[tally[key]] ?? 0) + tally.count
  return counts
}
