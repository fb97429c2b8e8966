// A sign-in to an app that begins outside of it: at a tile or by the app's embed link (spec: 10.3). What becomes of it, decided on the
// app alone. Pure.
import type { App } from '#apps/app.ts'
import { initiateLoginAddress, isTargetOf } from '#apps/initiate-login.ts'
import { PageError } from '../error.ts'

export interface Initiation {
  readonly issuer: string
  /** Whose tile it is. */
  readonly loginHint: string
  /** As the link asks for it. */
  readonly target: string | undefined
}

export type InitiationOutcome =
  /** The app begins its own request. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** It gets an ID token at its first redirect URI. */
  | { readonly kind: 'id-token'; readonly redirectUri: string; readonly scopes: readonly string[] }

/** @throws {PageError} as the catalogue of errors has it (spec: 4.9) */
export function decideInitiation(app: App, { issuer, loginHint, target }: Initiation): InitiationOutcome {
  const { mode, defaultScope } = app.idpInitiatedLogin
  if (mode === 'DISABLED')
    throw new PageError('idp_initated_flow_disabled', 'IdP-initiated login is disabled for this client.', app.id)
  if (mode === 'OKTA') {
    const [redirectUri] = app.redirectUris
    if (redirectUri === undefined) throw new PageError('missing_redirect_uri', 'redirect_uri is missing.', app.id)
    return { kind: 'id-token', redirectUri, scopes: [...new Set(['openid', ...defaultScope])] }
  }
  if (target !== undefined && !isTargetOf(app, target))
    throw new PageError('invalid_request', "The 'target_link_uri' must be on the app's own origin.", app.id)
  const location = initiateLoginAddress(app, { issuer, loginHint, targetLinkUri: target })
  if (location === undefined)
    throw new PageError('missing_initiate_login_uri', 'initiate_login_uri is missing.', app.id)
  return { kind: 'redirect', location }
}
