// Where a sign-in to an app begins that was not begun by the app: its own page, which then sends its own authorization request with a
// state and a PKCE pair of its own (OpenID Connect Core §4, third-party initiated login). Pure.
import { originOf } from '#kernel/origin.ts'
import type { App } from './app.ts'

export interface InitiationHints {
  /** The `iss` that the app compares with the issuer that it knows. */
  readonly issuer: string
  /** Whom the app may ask for; only somebody who is known. */
  readonly loginHint?: string | undefined
  /** Where in the app the person wants to be; checked by `isTargetOf`. */
  readonly targetLinkUri?: string | undefined
}

/**
 * The app's page with what it is told; a query that was registered stays as it was, to the byte, but for what would be said twice: an app
 * that read another issuer in it could be led to that. Undefined for an app without a page.
 */
export function initiateLoginAddress(app: Pick<App, 'initiateLoginUri'>, hints: InitiationHints): string | undefined {
  if (app.initiateLoginUri === undefined) return undefined
  const uri = withoutHints(app.initiateLoginUri)
  const { issuer, loginHint, targetLinkUri } = hints
  const query = new URLSearchParams({
    iss: issuer,
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
    ...(targetLinkUri === undefined ? {} : { target_link_uri: targetLinkUri }),
  }).toString()
  if (!uri.includes('?')) return `${uri}?${query}`
  return uri.endsWith('?') || uri.endsWith('&') ? `${uri}${query}` : `${uri}&${query}`
}

const HINTS: readonly (string | undefined)[] = ['iss', 'login_hint', 'target_link_uri']

function withoutHints(uri: string): string {
  const [page = '', ...queries] = uri.split('?')
  if (queries.length === 0) return uri
  const parts = queries.join('?').split('&')
  const kept = parts.filter((part) => !HINTS.includes([...new URLSearchParams(part).keys()][0]))
  return kept.length === parts.length ? uri : [page, ...(kept.length > 0 ? [kept.join('&')] : [])].join('?')
}

/**
 * Whether an address may be handed to the app as its target: on the origin of its initiate login URI or of one of its redirect URIs.
 * Whoever follows it blindly must not be led elsewhere by a link of ours (OpenID Connect Core §4).
 */
export function isTargetOf(app: Pick<App, 'initiateLoginUri' | 'redirectUris'>, target: string): boolean {
  const origin = originOf(target)
  if (origin === undefined || origin === 'null') return false
  return [app.initiateLoginUri, ...app.redirectUris].some((uri) => uri !== undefined && originOf(uri) === origin)
}
