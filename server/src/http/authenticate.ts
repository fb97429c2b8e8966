// Who is calling: an SSWS token, else the Admin Console by its own cookie, else (where the route says `cookie: true`) the session cookie.
// What a credential stands for is asked of functions that `server.ts` hands in, since the edge knows no noun.
import type { Actor, Caller, Client } from '#kernel/caller.ts'
import type { OrgId } from '#kernel/id.ts'
import { parseOrigin } from '#kernel/origin.ts'
import { type Permission, permits } from '#kernel/permission.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { RequestCookies } from './cookies.ts'
import { SESSION_COOKIES } from './session-cookies.ts'

export interface Credentials {
  /** @throws {Refusal} invalid_token for one that is unknown, expired or revoked */
  apiToken(org: OrgId, token: string): Promise<Actor>
  /** Undefined for a cookie that names no living session. */
  session(org: OrgId, cookie: string): Promise<Actor | undefined>
  /** The same for the console's cookie. */
  console(org: OrgId, cookie: string): Promise<Actor | undefined>
}

/** What the console's script sends with each call. No page of another origin can: nothing in `cors.ts` admits it. */
export const CONSOLE_HEADER = 'x-keystead-console'

const SSWS = /^SSWS\s+(\S{1,500})$/i
const ANONYMOUS: Actor = { kind: 'anonymous' }

export interface Presented {
  readonly authorization: string | undefined
  readonly cookies: RequestCookies
  readonly cookieAllowed: boolean
  /** Present for a call that says it is the console's; its cookie, where the call proves to come from the console's own page. */
  readonly console: { readonly cookie: string | undefined } | undefined
}

/** The actor behind what was presented; anonymous where nothing was. @throws {Refusal} invalid_token */
export async function authenticate(credentials: Credentials, org: OrgId, presented: Presented): Promise<Actor> {
  if (presented.authorization !== undefined) {
    const token = SSWS.exec(presented.authorization)?.[1]
    if (token !== undefined) return credentials.apiToken(org, token)
    // Basic belongs to OAuth's client authentication, Bearer to endpoints that check it themselves.
    if (/^SSWS/i.test(presented.authorization)) throw new Refusal('invalid_token')
    return ANONYMOUS
  }
  // Once its session has ended the console is told so, whatever other cookies the browser has.
  if (presented.console) {
    const { cookie } = presented.console
    return (cookie === undefined ? undefined : await credentials.console(org, cookie)) ?? ANONYMOUS
  }
  if (!presented.cookieAllowed) return ANONYMOUS
  for (const name of SESSION_COOKIES) {
    const value = presented.cookies.get(name)
    const actor = value === undefined ? undefined : await credentials.session(org, value)
    if (actor) return actor
  }
  return ANONYMOUS
}

/** Refuses a caller whose roles do not grant the permission. @throws {Refusal} invalid_session, forbidden */
export function authorize(caller: Caller, permission: Permission | 'authenticated'): void {
  const { actor } = caller
  if (actor.kind === 'anonymous') throw new Refusal('invalid_session')
  if (actor.kind === 'system' || permission === 'authenticated') return
  if (!permits(actor.roles, permission)) throw new Refusal('forbidden')
}

export interface CookieRequest {
  readonly method: string
  readonly contentType: string | undefined
  readonly origin: string | undefined
  readonly orgUrl: string
}

/**
 * A change asked for with the session cookie alone must come from the org's own pages or a trusted origin, as JSON: no form of another
 * site can send that. @throws {Refusal} origin_refused, unsupported_media_type
 */
export function guardCookieRequest(actor: Actor, request: CookieRequest, isTrusted: (origin: string) => boolean): void {
  if (actor.kind !== 'session' || request.method === 'GET') return
  if (
    request.origin !== undefined &&
    parseOrigin(request.origin) !== parseOrigin(request.orgUrl) &&
    !isTrusted(request.origin)
  )
    throw new Refusal('origin_refused')
  if (request.method !== 'DELETE' && !/^application\/json\b/i.test(request.contentType ?? ''))
    throw new Refusal('unsupported_media_type')
}

export const callerOf = (org: OrgId, orgUrl: string, actor: Actor, client: Client): Caller => ({
  org,
  orgUrl,
  actor,
  client,
})
