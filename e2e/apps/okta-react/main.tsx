import { OktaAuth } from '@okta/okta-auth-js'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router-dom'
import { readConfig } from '../config.ts'
import { App } from './App.tsx'

const { issuer, clientId } = await readConfig()
const oktaAuth = new OktaAuth({
  issuer,
  clientId,
  redirectUri: `${window.location.origin}/login/callback`,
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  pkce: true,
})

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root.')
createRoot(root).render(
  <BrowserRouter>
    <App oktaAuth={oktaAuth} />
  </BrowserRouter>,
)
