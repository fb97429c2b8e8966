// The engine's events in the System Log. Tokens are named by hash and never shown.

import type { App } from '#apps/app.ts'
import { appTarget, clientOf } from '#apps/app-events.ts'
import type { Call } from '#http/route.ts'
import { isoText } from '#kernel/instant.ts'
import { ORG_SERVER } from '#signing-keys/signing-key.ts'
import type { LogEntry, Target } from '#system-log/event.ts'
import { actorOf } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { OAuthError, type PageError } from './error.ts'
import type { Issuer } from './issuer.ts'
import type { TokenRequest } from './token/grant-type.ts'
import type { Grant } from './tokens/grant.ts'
import type { Subject, TokenAnswer } from './tokens/issue.ts'
import type { RefreshToken } from './tokens/refresh-store.ts'

/** Event types of custom servers have `as` in the middle. */
const prefix = ({ id }: Pick<Issuer, 'id'>): string => (id === ORG_SERVER ? 'app.oauth2' : 'app.oauth2.as')

/** Refresh tokens that an administrator ended: the app's, and of those of `targets`. */
export const tokensRevoked = (app: App, serverId: string, targets: readonly Target[]): LogEntry => ({
  eventType: `${prefix({ id: serverId })}.token.revoke`,
  targets: [appTarget(app), ...targets],
  detail: { tokenType: 'refresh_token', authorizationServer: serverId },
})

export const consentRevoked = (app: App | undefined, serverId: string, targets: readonly Target[]): LogEntry => ({
  eventType: `${prefix({ id: serverId })}.consent.revoke`,
  targets: [...(app ? [appTarget(app)] : []), ...targets],
  detail: { authorizationServer: serverId },
})

/** One row for all tokens of an answer; the log expands it into an event each. */
export function logTokenGrant(
  { deps, call, client }: TokenRequest,
  grantType: string,
  subject: Subject | undefined,
  answer: TokenAnswer,
  refreshIssued: boolean,
): void {
  const tokens = ['access_token', ...(answer.id_token ? ['id_token'] : []), ...(refreshIssued ? ['refresh_token'] : [])]
  deps.events.record(call.caller, {
    eventType: `${prefix(client.issuer)}.token.grant`,
    actor: subject ? actorOf(subject.user) : clientOf(client.app),
    targets: [appTarget(client.app)],
    detail: { grantType, tokens: tokens.join(','), scopes: answer.scope, authorizationServer: client.issuer.id },
  })
}

/** A rotated refresh token came again: the event's own client is that of this use, the details tell of the one that rotated it. */
export const reuseDetected = (
  { client }: TokenRequest,
  grant: Grant,
  { rotatedAt, rotatedBy }: RefreshToken,
): LogEntry => ({
  eventType: `${prefix(client.issuer)}.token.detect_reuse`,
  outcome: 'FAILURE',
  reason: 'invalid_grant',
  severity: 'WARN',
  actor: clientOf(client.app),
  targets: [appTarget(client.app), { id: grant.userId, type: 'User' }, { id: grant.id, type: 'refresh_token' }],
  detail: {
    authorizationServer: client.issuer.id,
    ...(rotatedAt === undefined ? {} : { firstUseTime: isoText(rotatedAt) }),
    ...(rotatedBy && { firstUseIpAddress: rotatedBy.ip, firstUseUserAgent: rotatedBy.userAgent }),
  },
})

export interface Refused {
  readonly deps: Pick<Deps, 'events' | 'refusedRequests'>
  readonly call: Call
  readonly issuer: Issuer
  readonly app: App | undefined
  readonly error: OAuthError | PageError
}

/** A request that the authorization or token endpoint refused. */
export function logRefused(event: 'authorize' | 'token.grant', { deps, call, issuer, app, error }: Refused): void {
  recordRefused(deps, call, `${issuer.endpoints}/${event === 'authorize' ? event : 'token'}`, error)
  const why = error instanceof OAuthError ? error.why : undefined
  deps.events.record(call.caller, {
    eventType: `${prefix(issuer)}.${event}`,
    outcome: 'FAILURE',
    reason: error.code,
    severity: 'WARN',
    ...(app ? { actor: clientOf(app), targets: [appTarget(app)] } : {}),
    detail: { cause: why ?? error.message, authorizationServer: issuer.id },
  })
}

/** What a developer can mend is also kept for the console; `endpoint` is its whole address. */
export function recordRefused(
  deps: Pick<Deps, 'refusedRequests'>,
  { caller }: Call,
  endpoint: string,
  { refused }: OAuthError | PageError,
): void {
  if (refused) deps.refusedRequests.record(caller, new URL(endpoint).pathname, refused)
}

/** The same for an endpoint that leaves nothing in the System Log. */
export async function rememberRefused<T>(
  deps: Pick<Deps, 'refusedRequests'>,
  call: Call,
  work: Promise<T>,
): Promise<T> {
  return work.catch((error: unknown) => {
    const { orgUrl, client } = call.caller
    if (error instanceof OAuthError) recordRefused(deps, call, `${orgUrl}${client.path}`, error)
    throw error
  })
}

export function logCodeIssued(
  deps: Pick<Deps, 'events'>,
  call: Call,
  issuer: Issuer,
  app: App,
  subject: Subject,
): void {
  deps.events.record(call.caller, {
    eventType: `${prefix(issuer)}.authorize.code`,
    actor: actorOf(subject.user),
    targets: [appTarget(app)],
    detail: { authorizationServer: issuer.id },
  })
}

export function logRevoked(
  deps: Pick<Deps, 'events'>,
  call: Call,
  issuer: Issuer,
  app: App,
  kind: 'access_token' | 'refresh_token',
): void {
  deps.events.record(call.caller, {
    eventType: `${prefix(issuer)}.token.revoke`,
    actor: clientOf(app),
    targets: [appTarget(app)],
    detail: { tokenType: kind, authorizationServer: issuer.id },
  })
}

/** A sign-in to an app that began outside of it. */
export function logInitiated(deps: Pick<Deps, 'events'>, call: Call, app: App, subject: Subject): void {
  deps.events.record(call.caller, {
    eventType: 'user.authentication.sso',
    actor: actorOf(subject.user),
    targets: [appTarget(app)],
  })
}
