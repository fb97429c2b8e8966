// An entry and its caller → the event as it is kept.
import { type Caller, personOf } from '#kernel/caller.ts'
import { keptText } from '#kernel/control-characters.ts'
import type { Instant } from '#kernel/instant.ts'
import { severityOf } from './display-messages.ts'
import type { EventActor, LogEntry, RecordedEvent, Target } from './event.ts'

// People may type a megabyte where a login is asked for.
const TEXT_MAX = 500
const REASON_MAX = 255
const DETAIL_MAX = 2_000

export function recordedEvent(id: string, published: Instant, caller: Caller, entry: LogEntry): RecordedEvent {
  const { actor, client } = caller
  const outcome = entry.outcome ?? 'SUCCESS'
  return {
    id,
    published,
    eventType: entry.eventType,
    severity: entry.severity ?? severityOf(entry.eventType, outcome),
    outcome,
    reason: entry.reason === undefined ? undefined : keptText(entry.reason, REASON_MAX),
    actor: keptActor(entry.actor ?? actorOf(caller)),
    apiTokenId: actor.kind === 'api-token' ? actor.tokenId : undefined,
    ip: client.ip,
    userAgent: keptText(client.userAgent, TEXT_MAX),
    requestId: client.requestId,
    path: keptText(client.path, TEXT_MAX),
    sessionId: entry.sessionId ?? ('sessionId' in actor ? actor.sessionId : undefined),
    targets: (entry.targets ?? []).map(keptTarget),
    detail: Object.fromEntries(
      Object.entries(entry.detail ?? {}).map(([name, value]) => [name, keptText(value, DETAIL_MAX)]),
    ),
  }
}

function actorOf(caller: Caller): EventActor {
  const person = personOf(caller)
  if (person) {
    return { id: person.userId, type: 'User', alternateId: person.login, displayName: person.displayName }
  }
  if (caller.actor.kind === 'system')
    return { id: caller.org, type: 'SystemPrincipal', alternateId: 'system', displayName: 'Keystead' }
  return { id: 'unknown', type: 'User', alternateId: 'unknown', displayName: 'unknown' }
}

const keptActor = ({ id, type, alternateId, displayName }: EventActor): EventActor => ({
  id: keptText(id, TEXT_MAX),
  type,
  alternateId: keptText(alternateId, TEXT_MAX),
  displayName: keptText(displayName, TEXT_MAX),
})

const keptTarget = ({ id, type, alternateId, displayName }: Target): Target => ({
  id: keptText(id, TEXT_MAX),
  type,
  ...(alternateId === undefined ? {} : { alternateId: keptText(alternateId, TEXT_MAX) }),
  ...(displayName === undefined ? {} : { displayName: keptText(displayName, TEXT_MAX) }),
})
