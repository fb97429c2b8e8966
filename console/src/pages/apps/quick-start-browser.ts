// Snippets that run in a browser: Okta's SDKs for React, Angular, Vue and plain JavaScript, and Blazor's own library.
import { portOf, type QuickStart, type Step, type Values } from './quick-start-values.ts'

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

export const react = (values: Values): QuickStart => ({
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

export const angular = (values: Values): QuickStart => ({
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

export const vue = (values: Values): QuickStart => ({
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

export const blazor = (values: Values): QuickStart => ({
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

export const javaScript = (values: Values): QuickStart => ({
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
