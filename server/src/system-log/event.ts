// What happened, as the System Log keeps it: one narrow row, expanded into Okta's LogEvent when it is read.
import type { Caller } from '#kernel/caller.ts'

export const OUTCOMES = ['SUCCESS', 'FAILURE', 'ALLOW', 'DENY', 'CHALLENGE', 'SKIPPED', 'RATE_LIMIT', 'UNKNOWN'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface Target {
  readonly id: string
  readonly type: string
  readonly alternateId?: string
  readonly displayName?: string
}

/** Who did it where that is not the caller: the person of a token, an unknown name that was typed. */
export interface EventActor {
  readonly id: string
  readonly type: 'User' | 'PublicClientApp' | 'SystemPrincipal'
  readonly alternateId: string
  readonly displayName: string
}

export interface LogEntry {
  readonly eventType: string
  readonly outcome?: Outcome
  readonly reason?: string
  readonly severity?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'
  readonly actor?: EventActor
  readonly targets?: readonly Target[]
  /** Strings that stand in `debugContext.debugData`. Never a secret. */
  readonly detail?: Readonly<Record<string, string>>
  readonly sessionId?: string
}

/** Events of no change: kept in memory for at most 200 ms, written with the next batch, folded into a count in a flood. */
export interface EventSink {
  record(caller: Caller, entry: LogEntry): void
  /** Writes what is waiting; called at shutdown. */
  flush(): Promise<void>
}
