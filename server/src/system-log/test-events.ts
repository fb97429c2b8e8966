// Callers and events for this room's tests.
import type { Actor, Caller } from '#kernel/caller.ts'
import type { OrgId } from '#kernel/id.ts'
import { instant } from '#kernel/instant.ts'
import type { LogEntry, RecordedEvent } from './event.ts'
import { recordedEvent } from './recorded-event.ts'

export const NOON = Date.UTC(2026, 0, 15, 12)

export const callerIn = (org: string, actor: Actor = { kind: 'anonymous' }): Caller => ({
  org: org as OrgId,
  orgUrl: 'http://first.test',
  actor,
  client: { ip: '203.0.113.9', userAgent: 'curl/8.5.0', requestId: 'req1', path: '/oauth2/default/v1/token' },
})

export const event = (entry: Partial<LogEntry> = {}, more: Partial<RecordedEvent> = {}): RecordedEvent => ({
  ...recordedEvent('evt0001', instant(NOON), callerIn('o1'), { eventType: 'user.session.start', ...entry }),
  ...more,
})
