// Events as comma-separated values (RFC 4180), for spreadsheets: what begins like a formula is kept from being one.
import type { LogEvent } from './expand.ts'

const COLUMNS = [
  'published',
  'eventType',
  'displayMessage',
  'severity',
  'outcome',
  'reason',
  'actorId',
  'actorType',
  'actorAlternateId',
  'actorDisplayName',
  'ipAddress',
  'userAgent',
  'targets',
  'transactionId',
  'uuid',
] as const

/** The lines of the events below a line of names. */
export const eventsToCsv = (events: readonly LogEvent[]): string =>
  [COLUMNS, ...events.map(cellsOf)].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')

function cellsOf(event: LogEvent): readonly string[] {
  const { actor, outcome } = event
  const client = event.client as {
    readonly ipAddress: string | null
    readonly userAgent: { readonly rawUserAgent: string }
  }
  const targets = (event.target ?? []) as readonly {
    readonly type: string
    readonly displayName: string
    readonly id: string
  }[]
  const { id } = event.transaction as { readonly id: string }
  return [
    ...[event.published, event.eventType, event.displayMessage, event.severity, outcome.result, outcome.reason ?? ''],
    ...[actor.id, actor.type, actor.alternateId, actor.displayName],
    ...[client.ipAddress ?? '', client.userAgent.rawUserAgent],
    targets.map((target) => `${target.type} ${target.displayName} (${target.id})`).join('; '),
    ...[id, event.uuid],
  ]
}

/** One cell. Spreadsheets run what begins with these signs, also behind white space. */
export function csvCell(text: string): string {
  const inert = /^[\s\p{Cf}]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u.test(text) ? `'${text}` : text
  return /[",\r\n;']/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
