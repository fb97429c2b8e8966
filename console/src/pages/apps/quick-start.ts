// Code that signs a person in with one app's own values, for each framework: with Okta's published SDKs, or a plain OpenID Connect library
// where there is none. The versions are those that this project's tests run.
import type { App } from '../../api/types.ts'

export interface Step {
  readonly title: string
  /** File name or `shell`. */
  readonly where: string
  readonly code: string
}

export interface QuickStart {
  readonly id: string
  readonly label: string
  readonly steps: readonly Step[]
}

interface Values {
  readonly issuer: string
  readonly clientId: string
  readonly redirectUri: string
  /** Path of the redirect URI. */
  readonly callback: string
  readonly signOutUri: string
  readonly scopes: string
  /** How openid-client calls the app's way to prove itself. */
  readonly authentication: 'ClientSecretBasic' | 'ClientSecretPost'
}

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

const list = (scopes: string): string =>
  scopes
    .split(' ')
    .map((scope) => `'${scope}'`)
    .join(', ')

const authJs = ({ issuer, clientId, redirectUri, signOutUri, scopes }: Values): string => `new OktaAuth({
  issuer: '${issuer}',
  clientId: '${clientId}',
  redirectUri: '${redirectUri}',
  postLogoutRedirectUri: '${signOutUri}',
  scopes: [${list(scopes)}],
})`

const viteApp = (template: string): Step => ({
  title: 'Make an app, where there is none yet',
  where: 'shell',
  code: `npm create vite@latest my-app -- --template ${template}\ncd my-app\nnpm install`,
})

const START = { title: 'Start it on the port of the redirect URI', where: 'shell' }

const viteStart = (values: Values): Step => ({ ...START, code: `npx vite --port ${portOf(values)} --strictPort` })

const react = (values: Values): QuickStart => ({
  id: 'react',
  label: 'React',
  steps: [
    viteApp('react-ts'),
    { title: 'Install', where: 'shell', code: 'npm install @okta/okta-react @okta/okta-auth-js react-router-dom' },
    {
      title: 'Connect the app',
      where: 'src/App.tsx',
      code: `import { OktaAuth, toRelativeUrl } from '@okta/okta-auth-js'
import { LoginCallback, Security, useOktaAuth } from '@okta/okta-react'
import { BrowserRouter, Route, Routes, useNavigate } from 'react-router-dom'

const oktaAuth = ${authJs(values)}

export default function App() {
  return (
    <BrowserRouter>
      <SecuredRoutes />
    </BrowserRouter>
  )
}

function SecuredRoutes() {
  const navigate = useNavigate()
  const restore = async (_oktaAuth: OktaAuth, uri: string) =>
    navigate(toRelativeUrl(uri || '/', window.location.origin), { replace: true })
  return (
    <Security oktaAuth={oktaAuth} restoreOriginalUri={restore}>
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="${values.callback}" element={<LoginCallback />} />
      </Routes>
    </Security>
  )
}

function Home() {
  const { oktaAuth, authState } = useOktaAuth()
  if (!authState) return <p>Loading</p>
  if (!authState.isAuthenticated) return <button onClick={() => oktaAuth.signInWithRedirect()}>Sign in</button>
  return (
    <p>
      Hello {authState.idToken?.claims.name} <button onClick={() => oktaAuth.signOut()}>Sign out</button>
    </p>
  )
}`,
    },
    viteStart(values),
  ],
})

const angular = (values: Values): QuickStart => ({
  id: 'angular',
  label: 'Angular',
  steps: [
    { title: 'Install', where: 'shell', code: 'npm install @okta/okta-angular @okta/okta-auth-js@7' },
    {
      title: 'Provide the SDK',
      where: 'src/app/app.config.ts',
      code: `import { ApplicationConfig, importProvidersFrom } from '@angular/core'
import { provideRouter } from '@angular/router'
import { OktaAuthModule, OktaCallbackComponent } from '@okta/okta-angular'
import { OktaAuth } from '@okta/okta-auth-js'

const oktaAuth = ${authJs(values)}

export const appConfig: ApplicationConfig = {
  providers: [
    importProvidersFrom(OktaAuthModule.forRoot({ oktaAuth })),
    provideRouter([{ path: '${values.callback.slice(1)}', component: OktaCallbackComponent }]),
  ],
}`,
    },
    {
      title: 'Sign in and out',
      where: 'src/app/app.component.ts',
      code: `import { AsyncPipe } from '@angular/common'
import { Component, inject } from '@angular/core'
import { RouterOutlet } from '@angular/router'
import { OKTA_AUTH, OktaAuthStateService } from '@okta/okta-angular'

@Component({
  selector: 'app-root',
  imports: [AsyncPipe, RouterOutlet],
  template: \`
    @if (state$ | async; as state) {
      @if (state.isAuthenticated) {
        <p>Hello {{ state.idToken?.claims?.name }} <button (click)="signOut()">Sign out</button></p>
      } @else {
        <button (click)="signIn()">Sign in</button>
      }
    }
    <router-outlet />
  \`,
})
export class AppComponent {
  private readonly oktaAuth = inject(OKTA_AUTH)
  readonly state$ = inject(OktaAuthStateService).authState$
  signIn() {
    return this.oktaAuth.signInWithRedirect()
  }
  signOut() {
    return this.oktaAuth.signOut()
  }
}`,
    },
    { ...START, code: `npx ng serve --port ${portOf(values)}` },
  ],
})

const vue = (values: Values): QuickStart => ({
  id: 'vue',
  label: 'Vue',
  steps: [
    viteApp('vue-ts'),
    { title: 'Install', where: 'shell', code: 'npm install @okta/okta-vue @okta/okta-auth-js vue-router@4' },
    {
      title: 'Connect the app',
      where: 'src/main.ts',
      code: `import { OktaAuth } from '@okta/okta-auth-js'
import OktaVue, { LoginCallback } from '@okta/okta-vue'
import { createApp } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import App from './App.vue'
import Home from './Home.vue'

const oktaAuth = ${authJs(values)}

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: Home },
    { path: '${values.callback}', component: LoginCallback },
  ],
})

createApp(App).use(router).use(OktaVue, { oktaAuth }).mount('#app')`,
    },
    { title: 'Show the page of the address', where: 'src/App.vue', code: '<template>\n  <RouterView />\n</template>' },
    {
      title: 'Sign in and out',
      where: 'src/Home.vue',
      code: `<template>
  <p v-if="authState?.isAuthenticated">
    Hello {{ authState.idToken.claims.name }} <button @click="$auth.signOut()">Sign out</button>
  </p>
  <button v-else @click="$auth.signInWithRedirect()">Sign in</button>
</template>`,
    },
    viteStart(values),
  ],
})

const blazor = (values: Values): QuickStart => ({
  id: 'blazor',
  label: 'Blazor',
  steps: [
    {
      title: 'Make the app',
      where: 'shell',
      code: 'dotnet new blazorwasm --auth Individual --output MyApp',
    },
    {
      title: 'Name the issuer',
      where: 'wwwroot/appsettings.json',
      code: JSON.stringify({ Okta: { Authority: values.issuer, ClientId: values.clientId } }, null, 2),
    },
    {
      title: 'Read it at start',
      where: 'Program.cs',
      code: `builder.Services.AddOidcAuthentication(options =>
{
    options.ProviderOptions.Authority = builder.Configuration["Okta:Authority"];
    options.ProviderOptions.ClientId = builder.Configuration["Okta:ClientId"];
    options.ProviderOptions.ResponseType = "code";
${values.scopes
  .split(' ')
  .filter((scope) => scope !== 'openid' && scope !== 'profile')
  .map((scope) => `    options.ProviderOptions.DefaultScopes.Add("${scope}");`)
  .join('\n')}
});`,
    },
    {
      title: 'Register the callback',
      where: 'this app, Login redirect URIs',
      code: 'http://localhost:8080/authentication/login-callback',
    },
  ],
})

const javaScript = (values: Values): QuickStart => ({
  id: 'javascript',
  label: 'JavaScript',
  steps: [
    viteApp('vanilla-ts'),
    { title: 'Install', where: 'shell', code: 'npm install @okta/okta-auth-js' },
    {
      title: 'Sign in',
      where: 'src/main.ts',
      code: `import { OktaAuth } from '@okta/okta-auth-js'

const oktaAuth = ${authJs(values)}

if (oktaAuth.isLoginRedirect()) await oktaAuth.handleLoginRedirect()
if (await oktaAuth.isAuthenticated()) {
  const user = await oktaAuth.getUser()
  document.body.textContent = \`Hello \${user.name}\`
} else {
  await oktaAuth.signInWithRedirect()
}`,
    },
    viteStart(values),
  ],
})

const web = (values: Values): QuickStart => ({
  id: 'node',
  label: 'Node',
  steps: [
    { title: 'Install', where: 'shell', code: 'npm install openid-client' },
    {
      title: 'Sign in',
      where: 'server.mjs',
      code: `import { createServer } from 'node:http'
import * as client from 'openid-client'

const issuer = new URL('${values.issuer}')
const redirectUri = '${values.redirectUri}'
const secret = process.env.CLIENT_SECRET
const config = await client.discovery(issuer, '${values.clientId}', secret, client.${values.authentication}(secret)${insecure(values)})

createServer(async (request, response) => {
  const url = new URL(request.url, redirectUri)
  try {
    if (url.pathname === '/') await begin(response)
    else if (url.pathname === '${values.callback}') await finish(url, request, response)
    else response.writeHead(404).end()
  } catch (error) {
    response.writeHead(400).end(String(error))
  }
}).listen(${portOf(values)})

/** Sends the person to sign in. The cookie ties the answer to this browser. */
async function begin(response) {
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const to = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: '${values.scopes}',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  })
  const cookie = \`begun=\${verifier}.\${state}; Path=/; HttpOnly; SameSite=Lax\`
  response.writeHead(302, { location: to.href, 'set-cookie': cookie }).end()
}

/** The person is back with a code. */
async function finish(url, request, response) {
  const [, verifier, state] = /begun=([^.;]+).([^;]+)/.exec(request.headers.cookie ?? '') ?? []
  const tokens = await client.authorizationCodeGrant(config, url, { pkceCodeVerifier: verifier, expectedState: state })
  response.end(\`Hello \${tokens.claims().name}\`)
}`,
    },
    { title: 'Run it', where: 'shell', code: 'CLIENT_SECRET=the-client-secret node server.mjs' },
  ],
})

/** openid-client wants to be told that plain http is meant. */
const insecure = ({ issuer }: Values): string =>
  issuer.startsWith('http:') ? ', {\n  execute: [client.allowInsecureRequests],\n}' : ''

const portOf = ({ redirectUri }: Values): string => URL.parse(redirectUri)?.port || '8080'

// A library for the platform (AppAuth, Okta's mobile SDKs) does the same three things; so this is what it has to be told, tried by hand.
const native = (values: Values): QuickStart => ({
  id: 'native',
  label: 'By hand',
  steps: [
    {
      title: 'Print the address to open in a browser',
      where: 'shell',
      code: `VERIFIER=$(openssl rand -hex 32)
CHALLENGE=$(printf %s $VERIFIER | openssl dgst -sha256 -binary | openssl base64 | tr '+/' '-_' | tr -d '=')

echo "${values.issuer}/v1/authorize?${authorizeQuery(values)}&code_challenge=$CHALLENGE&code_challenge_method=S256"`,
    },
    {
      title: 'Sign in there, take the code from the address that comes back, and trade it for tokens',
      where: 'shell',
      code: `curl -s ${values.issuer}/v1/token \\
  -d grant_type=authorization_code -d client_id=${values.clientId} \\
  --data-urlencode 'redirect_uri=${values.redirectUri}' \\
  -d code=$CODE -d code_verifier=$VERIFIER`,
    },
  ],
})

const authorizeQuery = ({ clientId, redirectUri, scopes }: Values): string =>
  new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: scopes,
    redirect_uri: redirectUri,
    state: 'any',
  }).toString()

const service = (values: Values): QuickStart => ({
  id: 'curl',
  label: 'curl',
  steps: [
    {
      title: 'Get a token',
      where: 'shell',
      code: `curl -s ${values.issuer}/v1/token \\
  -u "${values.clientId}:$CLIENT_SECRET" \\
  -d grant_type=client_credentials -d scope=YOUR_SCOPE`,
    },
  ],
})
