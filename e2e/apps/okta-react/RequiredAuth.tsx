import { toRelativeUrl } from '@okta/okta-auth-js'
import { useOktaAuth } from '@okta/okta-react'
import { useEffect } from 'react'
import { Outlet } from 'react-router-dom'

/** okta-react's own guard speaks React Router 5; for later ones its samples show this. */
export function RequiredAuth() {
  const { oktaAuth, authState } = useOktaAuth()
  const mustSignIn = authState !== null && !authState.isAuthenticated
  useEffect(() => {
    if (!mustSignIn) return
    oktaAuth.setOriginalUri(toRelativeUrl(window.location.href, window.location.origin))
    oktaAuth.signInWithRedirect()
  }, [oktaAuth, mustSignIn])
  return authState?.isAuthenticated ? <Outlet /> : <p>Loading…</p>
}
