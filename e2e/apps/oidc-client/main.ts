// The paths and the way of Blazor WebAssembly's authentication: one callback for the page and for the hidden frame.
import { type User, UserManager } from 'oidc-client-ts'
import { readConfig } from '../config.ts'

const LOGIN_CALLBACK = '/authentication/login-callback'
const LOGOUT_CALLBACK = '/authentication/logout-callback'

const { issuer, clientId } = await readConfig()
const { origin, pathname } = window.location
const users = new UserManager({
  authority: issuer,
  client_id: clientId,
  redirect_uri: origin + LOGIN_CALLBACK,
  post_logout_redirect_uri: origin + LOGOUT_CALLBACK,
  response_type: 'code',
  scope: 'openid profile email',
  loadUserInfo: true,
})

const show = (selector: string, text: string) => {
  const element = document.querySelector(selector)
  if (element) element.textContent = text
}

const showUser = (user: User | null | undefined) => {
  show('[data-testid="status"]', user ? 'signed in' : 'signed out')
  show('[data-testid="name"]', user?.profile.name ?? '')
  show('[data-testid="access-token"]', user?.access_token ?? '')
}

const tell = (work: Promise<unknown>) => work.catch((error: unknown) => show('[role="alert"]', String(error)))

const onClick = (id: string, act: () => Promise<unknown>) =>
  document.getElementById(id)?.addEventListener('click', () => tell(act()))

async function start(): Promise<void> {
  if (pathname === LOGIN_CALLBACK) {
    const user = await users.signinCallback()
    // In the hidden frame the answer goes to the page around it, which shows it.
    if (user) window.history.replaceState(null, '', '/')
  }
  if (pathname === LOGOUT_CALLBACK) {
    await users.signoutCallback()
    window.history.replaceState(null, '', '/')
  }
  showUser(await users.getUser())
}

onClick('sign-in', () => users.signinRedirect())
onClick('renew', () => users.signinSilent().then(showUser))
onClick('sign-out', () => users.signoutRedirect())
tell(start())
