// Code that signs a person in with one app's own values, for each framework: with Okta's published SDKs, or a plain OpenID Connect library
// where there is none. The versions are those that this project's tests run.
import type { App } from '../../api/types.ts'
import { angular, blazor, javaScript, react, vue } from './quick-start-browser.ts'
import { native, service, web } from './quick-start-machine.ts'
import type { QuickStart, Values } from './quick-start-values.ts'

/** Snippets for the app's platform, the most usual first. */
export function quickStarts(app: App, orgUrl: string): readonly QuickStart[] {
  const values = valuesOf(app, orgUrl)
  switch (app.settings.oauthClient.application_type) {
    case 'service':
      return [service(values)]
    case 'web':
      return [web(values)]
    case 'native':
      return [native(values)]
    default:
      return [react(values), angular(values), vue(values), blazor(values), javaScript(values)]
  }
}

function valuesOf(app: App, orgUrl: string): Values {
  const { oauthClient: settings } = app.settings
  const [redirectUri = 'http://localhost:8080/login/callback'] = settings.redirect_uris
  const refresh = settings.grant_types.includes('refresh_token')
  const { client_id: clientId, token_endpoint_auth_method: method } = app.credentials.oauthClient
  return {
    issuer: `${orgUrl}/oauth2/default`,
    clientId,
    redirectUri,
    callback: URL.parse(redirectUri)?.pathname ?? '/login/callback',
    signOutUri: settings.post_logout_redirect_uris?.[0] ?? URL.parse(redirectUri)?.origin ?? '',
    scopes: refresh ? 'openid profile email offline_access' : 'openid profile email',
    authentication: method === 'client_secret_post' ? 'ClientSecretPost' : 'ClientSecretBasic',
  }
}
