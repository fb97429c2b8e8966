import { type OktaAuth, toRelativeUrl } from '@okta/okta-auth-js'
import { LoginCallback, Security } from '@okta/okta-react'
import { Link, Route, Routes, useNavigate } from 'react-router-dom'
import { Login } from './Login.tsx'
import { Profile } from './Profile.tsx'
import { RequiredAuth } from './RequiredAuth.tsx'

export function App({ oktaAuth }: { oktaAuth: OktaAuth }) {
  const navigate = useNavigate()
  const restoreOriginalUri = async (_oktaAuth: OktaAuth, originalUri: string) => {
    navigate(toRelativeUrl(originalUri || '/', window.location.origin), { replace: true })
  }
  return (
    <Security oktaAuth={oktaAuth} restoreOriginalUri={restoreOriginalUri}>
      <Routes>
        <Route path="/" element={<Link to="/profile">My profile</Link>} />
        <Route path="/login" element={<Login />} />
        <Route path="/login/callback" element={<LoginCallback />} />
        <Route path="/profile" element={<RequiredAuth />}>
          <Route path="" element={<Profile />} />
        </Route>
      </Routes>
    </Security>
  )
}
