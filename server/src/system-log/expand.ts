// A recorded event → Okta's LogEvents (spec of sign-in: 8.2). One row is one event, but for a token grant, whose row also tells of each
// token that was given: `detail.tokens` names them, and each has an event of its own beside the grant's.
import { createHash } from 'node:crypto'
import { isoText } from '#kernel/instant.ts'
import { displayMessageOf } from './display-messages.ts'
import type { Outcome, RecordedEvent, Severity } from './event.ts'
import { describeUserAgent } from './user-agent.ts'

const GRANTS = ['app.oauth2.as.token.grant', 'app.oauth2.token.grant'] as const
const TOKENS = ['access_token', 'id_token', 'refresh_token'] as const

interface Actor {
  readonly id: string
  readonly type: string
  readonly alternateId: string
  readonly displayName: string
  readonly detailEntry: null
}

export interface LogEvent {
  readonly uuid: string
  readonly published: string
  readonly eventType: string
  readonly version: '0'
  readonly severity: Severity
  readonly legacyEventType: null
  readonly displayMessage: string
  readonly actor: Actor
  readonly client: object
  readonly device: null
  readonly authenticationContext: object
  readonly outcome: { readonly result: Outcome; readonly reason: string | null }
  readonly target: readonly object[] | null
  readonly transaction: object
  readonly debugContext: { readonly debugData: Readonly<Record<string, string>> }
  readonly securityContext: object
  readonly request: object
}

/** The types of the rows that tell of `eventType`. */
export const grantOf = (eventType: string): readonly string[] => {
  const grant = GRANTS.find((type) => TOKENS.some((token) => eventType === `${type}.${token}`))
  return grant === undefined ? [eventType] : [eventType, grant]
}

/** The events of a row in their order; their number and their uuids never change. */
export function expandEvent(event: RecordedEvent): readonly LogEvent[] {
  return typesOf(event).map((eventType, part) => logEvent(event, eventType, part))
}

function typesOf({ eventType, outcome, detail }: RecordedEvent): readonly string[] {
  if (outcome !== 'SUCCESS' || !GRANTS.some((type) => type === eventType)) return [eventType]
  const given = (detail.tokens ?? '').split(',')
  return [eventType, ...TOKENS.filter((token) => given.includes(token)).map((token) => `${eventType}.${token}`)]
}

function logEvent(event: RecordedEvent, eventType: string, part: number): LogEvent {
  const { ip, sessionId, requestId, path, targets } = event
  const { os, browser, device } = describeUserAgent(event.userAgent)
  const { tokens: _, ...detail } = event.detail
  const session = sessionId ?? 'unknown'
  const knownIp = ip === '' ? null : ip
  return {
    uuid: uuidOf(event.id, part),
    published: isoText(event.published),
    eventType,
    version: '0',
    severity: event.severity,
    legacyEventType: null,
    displayMessage: displayMessageOf(eventType),
    actor: { ...event.actor, detailEntry: null },
    client: {
      userAgent: { rawUserAgent: event.userAgent, os, browser },
      zone: null,
      device,
      id: null,
      ipAddress: knownIp,
      geographicalContext: null,
    },
    device: null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      externalSessionId: session,
      rootSessionId: session,
    },
    outcome: { result: event.outcome, reason: event.reason ?? null },
    target:
      targets.length === 0
        ? null
        : targets.map(({ id, type, alternateId, displayName }) => ({
            id,
            type,
            alternateId: alternateId ?? 'unknown',
            displayName: displayName ?? 'unknown',
            detailEntry: null,
          })),
    transaction: {
      type: event.actor.type === 'SystemPrincipal' ? 'JOB' : 'WEB',
      id: requestId,
      detail: event.apiTokenId === undefined ? {} : { requestApiTokenId: event.apiTokenId },
    },
    debugContext: { debugData: { requestId, requestUri: path, url: path, threatSuspected: 'false', ...detail } },
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
    request: {
      ipChain:
        knownIp === null
          ? []
          : [{ ip: knownIp, geographicalContext: null, version: ip.includes(':') ? 'V6' : 'V4', source: null }],
    },
  }
}

/** A UUID (RFC 9562 version 8) for an event of a row. */
function uuidOf(id: string, part: number): string {
  const bytes = createHash('sha256').update(`${id}/${part}`).digest()
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
