// The System Log's use cases.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import type { Deps } from '../deps.ts'
import type { EventSink, LogEntry } from './event.ts'

/** Writes an event in the unit of the change that it tells of: never lost. */
// biome-ignore lint/correctness/useYield: written by the system-log room
export function* logChange(_tx: OrgDb, _deps: Pick<Deps, 'now' | 'random'>, _caller: Caller, _entry: LogEntry): Unit<void> {}

export function eventSink(_deps: Pick<Deps, 'db' | 'now' | 'random'>): EventSink {
  return { record: () => undefined, flush: async () => undefined }
}
