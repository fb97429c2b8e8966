// A web application with a server of its own, which signs people in by openid-client with its checks as they are.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import * as oidc from 'openid-client'

export const CALLBACK = '/authorization-code/callback'
export const SIGNED_OUT = '/signed-out'

export interface WebApp {
  readonly origin: string
  configure(credentials: { issuer: string; clientId: string; clientSecret: string }): Promise<void>
  close(): Promise<void>
}

interface Pending {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Keystead stands on plain http here; apart from that the client stays as strict as it is made. */
export const discover = (issuer: string, clientId: string, clientSecret: string): Promise<oidc.Configuration> =>
  oidc.discovery(new URL(issuer), clientId, clientSecret, oidc.ClientSecretBasic(clientSecret), {
    execute: [oidc.allowInsecureRequests],
  })

/** Serves the app on a free port. It knows one person at a time, which is enough for one browser. */
export async function serveWebApp(): Promise<WebApp> {
  let config: oidc.Configuration | undefined
  let pending: Pending | undefined
  let idToken = ''
  let origin = ''

  async function startSignIn(client: oidc.Configuration): Promise<URL> {
    const verifier = oidc.randomPKCECodeVerifier()
    pending = { verifier, state: oidc.randomState(), nonce: oidc.randomNonce() }
    return oidc.buildAuthorizationUrl(client, {
      redirect_uri: origin + CALLBACK,
      scope: 'openid profile email offline_access',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: pending.state,
      nonce: pending.nonce,
    })
  }

  async function finishSignIn(client: oidc.Configuration, url: URL): Promise<string> {
    if (!pending) throw new Error('Nobody asked to sign in.')
    const { verifier, state, nonce } = pending
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true }
    const tokens = await oidc.authorizationCodeGrant(client, url, checks)
    const renewed = await oidc.refreshTokenGrant(client, tokens.refresh_token ?? '')
    const sub = tokens.claims()?.sub ?? ''
    const person = await oidc.fetchUserInfo(client, renewed.access_token, sub)
    idToken = tokens.id_token ?? ''
    return `<h1 data-testid="name">${person.name}</h1><a href="/sign-out">Sign out</a>`
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin)
    if (!config) throw new Error('The app is not configured.')
    if (url.pathname === '/sign-in') return redirect(response, await startSignIn(config))
    if (url.pathname === CALLBACK) return page(response, await finishSignIn(config, url))
    if (url.pathname === '/sign-out') {
      const hint = { id_token_hint: idToken, post_logout_redirect_uri: origin + SIGNED_OUT }
      return redirect(response, oidc.buildEndSessionUrl(config, hint))
    }
    return page(response, '<p data-testid="status">signed out</p><a href="/sign-in">Sign in</a>')
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => page(response, `<p role="alert">${describe(error)}</p>`, 500))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  origin = `http://localhost:${address.port}`
  return {
    origin,
    configure: async ({ issuer, clientId, clientSecret }) => {
      config = await discover(issuer, clientId, clientSecret)
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function redirect(response: ServerResponse, to: URL): void {
  response.writeHead(302, { location: to.href }).end()
}

function page(response: ServerResponse, body: string, status = 200): void {
  const head = '<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><title>A web app</title></head>'
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(`${head}<body>${body}</body></html>`)
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause ? `${error.message}: ${describe(error.cause)}` : error.message
}
