// The log as it goes into a file: the pages of the list, up to so many events.
import type { Caller } from '#kernel/caller.ts'
import type { Deps } from '../deps.ts'
import type { LogEvent } from './expand.ts'
import type { BoundedQuery } from './histogram-query.ts'
import type { Position } from './log-query.ts'
import { listEvents } from './service.ts'

const PAGE = 1_000
const EVENTS_MAX = 10_000
const PAGES_MAX = 25

export interface Export {
  readonly events: readonly LogEvent[]
  /** Whether all that was asked for is in it. */
  readonly whole: boolean
}

export async function exportEvents(
  deps: Pick<Deps, 'db' | 'events'>,
  caller: Caller,
  query: BoundedQuery,
): Promise<Export> {
  const events: LogEvent[] = []
  let after: Position | undefined
  for (let page = 0; page < PAGES_MAX && events.length < EVENTS_MAX; page++) {
    const found = await listEvents(deps, caller, { ...query, after, limit: Math.min(PAGE, EVENTS_MAX - events.length) })
    events.push(...found.events)
    after = found.next
    if (after === undefined) return { events, whole: true }
  }
  return { events, whole: false }
}
