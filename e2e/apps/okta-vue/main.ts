import { OktaAuth } from '@okta/okta-auth-js'
import OktaVue from '@okta/okta-vue'
import { createApp } from 'vue'
import { readConfig } from '../config.ts'
import { App } from './app.ts'
import { router } from './router.ts'

const { issuer, clientId } = await readConfig()
const oktaAuth = new OktaAuth({
  issuer,
  clientId,
  redirectUri: `${window.location.origin}/login/callback`,
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  pkce: true,
})

createApp(App).use(router).use(OktaVue, { oktaAuth }).mount('#root')
