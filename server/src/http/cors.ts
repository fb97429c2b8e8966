// Which pages of other origins may read an answer. Every route declares a zone, `decideCors` turns it into headers, and there is no
// other place that writes them. Two rules hold in every zone: credentials go only to an exact trusted origin, never beside `*`; and
// an answer that could differ from origin to origin says `Vary: Origin`, also when it allows nobody.
import { parseOrigin } from '#kernel/origin.ts'

export type CorsZone =
  /** Discovery and keys: anybody, without credentials. */
  | 'public'
  /** What needs a token of its own in each call (userinfo, introspect, revoke): anybody, without credentials. */
  | 'bearer'
  /** The token endpoint: anybody may ask, the client's own origins and trusted ones may read. */
  | 'token'
  /** What the session cookie opens: trusted origins, with credentials. */
  | 'trusted'
  /** Pages, and whatever no script of another origin has business with. */
  | 'none'

export interface CorsQuestion {
  readonly zone: CorsZone
  /** The `Origin` header. */
  readonly origin: string | undefined
  /** Whether the zone's rule admits this origin; the route computes it for `token` and `trusted`, others ignore it. */
  readonly allowed: boolean
  readonly preflight: boolean
  /** `Access-Control-Request-Headers` of a preflight. */
  readonly requestHeaders?: string | undefined
  /** The `Authorization` header of the call itself. */
  readonly authorization?: string | undefined
}

const METHODS = {
  public: 'GET',
  token: 'POST',
  bearer: 'GET, POST, PUT, PATCH, DELETE',
  trusted: 'GET, POST, PUT, PATCH, DELETE',
} as const

const REQUEST_HEADERS = [
  'Content-Type',
  'Accept',
  'Authorization',
  'DPoP',
  'X-Okta-User-Agent-Extended',
  'X-Device-Fingerprint',
  'X-Requested-With',
].join(', ')

// Okta's list; we send no X-Okta-Edge-Log.
const EXPOSED_HEADERS = [
  'Date',
  'DPoP-Nonce',
  'Link',
  'WWW-Authenticate',
  'X-Okta-Edge-Log',
  'X-Okta-Request-Id',
  'X-Rate-Limit-Limit',
  'X-Rate-Limit-Remaining',
  'X-Rate-Limit-Reset',
].join(', ')

const MAX_AGE_SECONDS = '3600'

/** The CORS headers of an answer, by lower-case name. Error answers get them like others. */
export function decideCors(question: CorsQuestion): Record<string, string> {
  const { zone, origin, allowed, preflight } = question
  if (zone === 'none') return {}
  const rest = preflight ? preflightHeaders(zone) : { 'access-control-expose-headers': EXPOSED_HEADERS }
  // The same for every request, with an Origin or without, so that caches can't mix up two answers.
  if (zone === 'public' || zone === 'bearer') return { 'access-control-allow-origin': '*', ...rest }
  const nobody = { vary: 'Origin' }
  if (origin === undefined || !/^[\x21-\x7e]+$/.test(origin)) return nobody
  const somebody = { ...nobody, 'access-control-allow-origin': origin, ...rest }
  if (zone === 'token') {
    // A preflight names no client yet. `null` is what any sandboxed frame sends, so it never counts as a client's origin.
    return preflight || (allowed && origin !== 'null') ? somebody : nobody
  }
  if (allowed && parseOrigin(origin) !== undefined) return { ...somebody, 'access-control-allow-credentials': 'true' }
  return carriesToken(question) ? somebody : nobody
}

/** Whether a page is kept from what a trusted one would be given. */
export const refusesOrigin = (question: CorsQuestion): boolean =>
  question.zone === 'trusted' &&
  question.origin !== undefined &&
  !('access-control-allow-origin' in decideCors(question))

// A token in the call is the caller's own: no cookie speaks for anybody, so the page's origin doesn't matter. A preflight can't show
// the token, only that the call will carry an Authorization header.
function carriesToken({ preflight, requestHeaders = '', authorization = '' }: CorsQuestion): boolean {
  if (!preflight) return /^(bearer|dpop) /i.test(authorization)
  return requestHeaders.split(',').some((name) => name.trim().toLowerCase() === 'authorization')
}

const preflightHeaders = (zone: Exclude<CorsZone, 'none'>) => ({
  'access-control-allow-methods': METHODS[zone],
  'access-control-allow-headers': REQUEST_HEADERS,
  'access-control-max-age': MAX_AGE_SECONDS,
})
