import { OktaAuth } from '@okta/okta-auth-js'
import { readConfig } from '../config.ts'

const { issuer, clientId } = await readConfig()
const oktaAuth = new OktaAuth({
  issuer,
  clientId,
  redirectUri: `${window.location.origin}/login/callback`,
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  pkce: true,
})

const show = (selector: string, text: string) => {
  const element = document.querySelector(selector)
  if (element) element.textContent = text
}

const showTokens = () => {
  const { idToken, accessToken } = oktaAuth.tokenManager.getTokensSync()
  show('[data-testid="name"]', idToken?.claims.name ?? '')
  show('[data-testid="access-token"]', accessToken?.accessToken ?? '')
}

async function signIn(form: HTMLFormElement): Promise<void> {
  const fields = new FormData(form)
  const username = String(fields.get('username'))
  const transaction = await oktaAuth.signInWithCredentials({ username, password: String(fields.get('password')) })
  if (transaction.status !== 'SUCCESS' || !transaction.sessionToken) throw new Error(`status ${transaction.status}`)
  const { tokens } = await oktaAuth.token.getWithoutPrompt({ sessionToken: transaction.sessionToken })
  oktaAuth.tokenManager.setTokens(tokens)
  showTokens()
}

async function seeSession(): Promise<void> {
  const session = await oktaAuth.session.get()
  show('[data-testid="session"]', 'login' in session ? `${session.status} ${session.login}` : session.status)
}

async function revoke(): Promise<void> {
  await oktaAuth.revokeAccessToken()
  showTokens()
}

const onClick = (id: string, act: () => Promise<unknown>) =>
  document.getElementById(id)?.addEventListener('click', () => tell(act()))

const tell = (work: Promise<unknown>) => work.catch((error: unknown) => show('[role="alert"]', String(error)))

document.getElementById('sign-in')?.addEventListener('submit', (event) => {
  event.preventDefault()
  if (event.target instanceof HTMLFormElement) tell(signIn(event.target))
})
onClick('see-session', seeSession)
onClick('revoke', revoke)
onClick('sign-out', () => oktaAuth.signOut())
// The service also drops the tokens of a person who has just signed out.
await oktaAuth.start()
showTokens()
