import { useOktaAuth } from '@okta/okta-react'
import { useEffect } from 'react'

/** The initiate login URI: a sign-in that began elsewhere is begun by the app itself, with a state and a PKCE pair of its own. */
export function Login() {
  const { oktaAuth } = useOktaAuth()
  useEffect(() => {
    void oktaAuth.signInWithRedirect({ originalUri: '/profile' })
  }, [oktaAuth])
  return <p>Loading…</p>
}
