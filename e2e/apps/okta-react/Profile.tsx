import type { Tokens, UserClaims } from '@okta/okta-auth-js'
import { useOktaAuth } from '@okta/okta-react'
import { useEffect, useState } from 'react'

export function Profile() {
  const { oktaAuth, authState } = useOktaAuth()
  const [userInfo, setUserInfo] = useState<UserClaims>()
  const [problem, setProblem] = useState<string>()
  const show = (error: unknown) => setProblem(String(error))

  useEffect(() => {
    oktaAuth.token.getUserInfo().then(setUserInfo, (error: unknown) => setProblem(String(error)))
  }, [oktaAuth])

  const renew = (ask: () => Promise<Tokens>) => () =>
    ask().then((tokens) => oktaAuth.tokenManager.setTokens(tokens), show)

  return (
    <main>
      <h1>Profile</h1>
      <dl>
        <dt>Name in the ID token</dt>
        <dd data-testid="name">{authState?.idToken?.claims.name}</dd>
        <dt>Name from userinfo</dt>
        <dd data-testid="userinfo-name">{userInfo?.name}</dd>
        <dt>Access token</dt>
        <dd data-testid="access-token">{authState?.accessToken?.accessToken}</dd>
      </dl>
      <button type="button" onClick={renew(() => oktaAuth.token.renewTokens())}>
        Renew
      </button>
      <button type="button" onClick={renew(() => oktaAuth.token.getWithoutPrompt().then(({ tokens }) => tokens))}>
        Renew without prompt
      </button>
      <button type="button" onClick={() => oktaAuth.signOut().catch(show)}>
        Sign out
      </button>
      {problem && <p role="alert">{problem}</p>}
    </main>
  )
}
