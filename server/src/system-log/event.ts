// What happened, as the System Log keeps it: one narrow row, expanded into Okta's LogEvent when it is read. Three classes, named at
// each call: a change is written in the unit of the change (never lost); a grant without a change and a refusal wait in memory for
// the next batch. An entry carries the names as they were at that moment, and never a secret.
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'

export const OUTCOMES = [
  'SUCCESS',
  'FAILURE',
  'ALLOW',
  'DENY',
  'CHALLENGE',
  'SKIPPED',
  'RATE_LIMIT',
  'UNKNOWN',
] as const
export type Outcome = (typeof OUTCOMES)[number]

export const SEVERITIES = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const
export type Severity = (typeof SEVERITIES)[number]

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
  readonly severity?: Severity
  readonly actor?: EventActor
  readonly targets?: readonly Target[]
  /** Strings that stand in `debugContext.debugData`. Never a secret. */
  readonly detail?: Readonly<Record<string, string>>
  readonly sessionId?: string
}

/** An entry with all that the log keeps of it. */
export interface RecordedEvent {
  readonly id: string
  readonly published: Instant
  readonly eventType: string
  readonly severity: Severity
  readonly outcome: Outcome
  readonly reason: string | undefined
  readonly actor: EventActor
  /** The SSWS token that acted for the person. */
  readonly apiTokenId: string | undefined
  readonly ip: string
  readonly userAgent: string
  readonly requestId: string
  readonly path: string
  readonly sessionId: string | undefined
  readonly targets: readonly Target[]
  readonly detail: Readonly<Record<string, string>>
}

/** How often what happened in a stretch of time ended so. */
export interface Tally {
  readonly bucket: number
  readonly severity: Severity
  readonly outcome: Outcome
  readonly count: number
}

/** Events of no change: kept in memory for at most 200 ms, written with the next batch, folded into a count in a flood. */
export interface EventSink {
  record(caller: Caller, entry: LogEntry): void
  /** Writes what is waiting; called at shutdown. */
  flush(): Promise<void>
}
