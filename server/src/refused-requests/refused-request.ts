// A refused request: what an app or a page of another origin asked for and did not get, kept so that the console can say why in one
// sentence and offer the change that mends it. What is alike is one row with a count, however often it happens. What a stranger sent
// is kept short and inert, and what could open a door is not kept at all (`sent-value.ts`).
import type { Caller } from '#kernel/caller.ts'
import { keptText } from '#kernel/control-characters.ts'
import type { Instant } from '#kernel/instant.ts'
import { keptValue } from './sent-value.ts'

export const REASONS = [
  'unknown-client-id',
  'unknown-redirect-uri',
  'unknown-post-logout-redirect-uri',
  /** The token endpoint, from a page that is none of the app's. */
  'origin-not-registered',
  /** What the session cookie opens, from a page that nobody trusts. */
  'origin-not-trusted',
  /** Somebody was to be sent on to an address that nobody trusts. */
  'redirect-not-trusted',
  /** A page of an origin that nobody trusts shows the sign-in page in a frame. */
  'frame-not-trusted',
  'grant-not-allowed',
  'grant-not-served',
  'pkce-missing',
  'user-not-assigned',
  'wrong-client-type',
  'wrong-client-authentication',
] as const
export type Reason = (typeof REASONS)[number]

/** What a refusal says of itself where it is decided. */
export interface RefusedFact {
  readonly reason: Reason
  /** Of a known app. */
  readonly clientId?: string
  /** The parameter or header that was refused. Never a code, a verifier, a token or a secret. */
  readonly sent: { readonly name: string; readonly value: string }
  readonly person?: { readonly id: string; readonly login: string }
}

export interface RefusedRequest extends RefusedFact {
  readonly id: string
  /** A path of ours, without a query. */
  readonly endpoint: string
  /** Whether the value is kept as it came: else a part of it was blotted out or cut off. */
  readonly whole: boolean
  readonly count: number
  readonly firstSeen: Instant
  readonly lastSeen: Instant
  /** Of the last time. */
  readonly ip: string
  readonly userAgent: string
}

const CLIENT_ID_MAX = 100
const TEXT_MAX = 255

/** A refusal as it is kept and shown: short, inert, and with no id yet. */
export function keptRequest(
  { client }: Pick<Caller, 'client'>,
  endpoint: string,
  { reason, clientId, sent, person }: RefusedFact,
  now: Instant,
): RefusedRequest {
  const { value, whole } = keptValue(sent.value)
  return {
    id: '',
    reason,
    ...(clientId === undefined ? {} : { clientId: clientId.slice(0, CLIENT_ID_MAX) }),
    ...(person ? { person } : {}),
    endpoint: keptText(endpoint, TEXT_MAX),
    sent: { name: sent.name, value },
    whole,
    count: 1,
    firstSeen: now,
    lastSeen: now,
    ip: client.ip,
    userAgent: keptText(client.userAgent, TEXT_MAX),
  }
}

/** Refused requests of an org; above it, whatever was seen longest ago goes. */
export const KEPT_OF_ORG = 1_000
/** Of one app for one reason, and of all together that name no app: a flood of one hides nothing of another. */
export const KEPT_OF_ONE = 100

/** Counted in memory for at most 200 ms, written with the next batch, folded in a flood. */
export interface RefusedRequestSink {
  record(caller: Caller, endpoint: string, fact: RefusedFact): void
  /** Writes what is waiting; called at shutdown. */
  flush(): Promise<void>
}
