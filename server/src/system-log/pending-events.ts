// Events that wait in memory for the next write. A flood (the same type, outcome, actor and address again and again) is kept apart up
// to a number and counted from there on, so that whoever causes it fills neither the memory nor the disk.
import type { OrgId } from '#kernel/id.ts'
import type { RecordedEvent } from './event.ts'

/** Events of one kind that are kept apart between two writes. */
export const KEPT_APART = 20
const WAITING_MAX = 10_000

export type EventsByOrg = ReadonlyMap<OrgId, readonly RecordedEvent[]>

export interface PendingEvents {
  /** Keeps the event, counts it with the last of its kind, or, where there is no room, only notes that one was lost. */
  add(org: OrgId, event: RecordedEvent): void
  /** Empties the list. A folded event says `count` in its detail: how often it happened. */
  drain(): { readonly events: EventsByOrg; readonly lost: number }
  /** Takes back what could not be written. */
  putBack(events: EventsByOrg): void
  readonly isEmpty: boolean
}

interface Waiting {
  readonly org: OrgId
  readonly event: RecordedEvent
  count: number
}

interface Kind {
  apart: number
  last: Waiting
}

export function pendingEvents(max = WAITING_MAX): PendingEvents {
  let waiting: Waiting[] = []
  let kinds = new Map<string, Kind>()
  let lost = 0

  return {
    add(org, event) {
      const name = JSON.stringify([org, event.eventType, event.outcome, event.actor.id, event.ip])
      const kind = kinds.get(name)
      if (kind && kind.apart >= KEPT_APART) {
        kind.last.count++
      } else if (waiting.length >= max) {
        lost++
      } else {
        const last: Waiting = { org, event, count: 1 }
        waiting.push(last)
        kinds.set(name, { apart: (kind?.apart ?? 0) + 1, last })
      }
    },
    drain() {
      const byOrg = Map.groupBy(waiting, ({ org }) => org)
      const drained = { events: new Map([...byOrg].map(([org, list]) => [org, list.map(counted)])), lost }
      waiting = []
      kinds = new Map()
      lost = 0
      return drained
    },
    putBack(events) {
      const older = [...events].flatMap(([org, list]) => list.map((event) => ({ org, event, count: 1 })))
      waiting = [...older, ...waiting]
    },
    get isEmpty() {
      return waiting.length === 0
    },
  }
}

const counted = ({ event, count }: Waiting): RecordedEvent =>
  count === 1 ? event : { ...event, detail: { ...event.detail, count: String(count) } }
