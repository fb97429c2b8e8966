// Nothing but okta-auth-js, started as an app does; the stories drive it from its page.
import { OktaAuth } from '@okta/okta-auth-js'
import { readConfig } from '../config.ts'

declare global {
  interface Window {
    oktaAuth: OktaAuth
  }
}

const { issuer, clientId, tokenStorage = 'localStorage' } = await readConfig()
const oktaAuth = new OktaAuth({
  issuer,
  clientId,
  redirectUri: `${window.location.origin}/login/callback`,
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  pkce: true,
  tokenManager: { storage: tokenStorage },
})
window.oktaAuth = oktaAuth
if (oktaAuth.isLoginRedirect()) await oktaAuth.storeTokensFromRedirect()
// The tabs elect the one that renews what is about to expire.
await oktaAuth.start()
const { idToken } = oktaAuth.tokenManager.getTokensSync()
if (idToken === undefined) await oktaAuth.signInWithRedirect()
const name = document.querySelector('[data-testid="name"]')
if (name) name.textContent = idToken?.claims.name ?? ''
