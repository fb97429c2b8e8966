// A client and a browser for tests: makes apps and people through the API, walks the sign-in page as a browser does, and speaks the
// endpoints of one authorization server.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import type { Node, TestAnswer, TestOrg } from './fixture.ts'

export interface TestApp {
  readonly id: string
  readonly clientId: string
  readonly secret: string | undefined
}

export interface TestPerson {
  readonly id: string
  readonly login: string
  readonly password: string
}

type Settings = Readonly<Record<string, unknown>>

export interface AppWish {
  readonly type?: 'browser' | 'web' | 'native' | 'service'
  readonly settings?: Settings
  readonly credentials?: Settings
  readonly app?: Settings
}

let made = 0

export const REDIRECT_URI = 'http://localhost:8080/login/callback'

/** An app of the type with the guide's settings. */
export async function newApp(fixture: Requester, wish: AppWish = {}, org?: TestOrg): Promise<TestApp> {
  const type = wish.type ?? 'browser'
  const service = type === 'service'
  const answer = await fixture.request('POST', '/api/v1/apps', {
    ...(org ? { org } : {}),
    json: {
      name: 'oidc_client',
      label: `App ${++made}`,
      signOnMode: 'OPENID_CONNECT',
      credentials: {
        oauthClient: {
          token_endpoint_auth_method: type === 'browser' || type === 'native' ? 'none' : 'client_secret_basic',
          ...wish.credentials,
        },
      },
      settings: {
        oauthClient: {
          application_type: type,
          grant_types: service ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
          response_types: service ? ['token'] : ['code'],
          ...(service ? {} : { redirect_uris: [REDIRECT_URI], post_logout_redirect_uris: ['http://localhost:8080'] }),
          ...wish.settings,
        },
      },
      ...wish.app,
    },
  })
  assert.equal(answer.status, 200, answer.text)
  const { client_id: clientId, client_secret: secret } = answer.json.credentials.oauthClient
  return { id: answer.json.id, clientId, secret }
}

export async function newPerson(fixture: Requester, profile: Settings = {}, org?: TestOrg): Promise<TestPerson> {
  const login = `person${++made}@example.test`
  const password = `Tulip-Garden-${made}`
  const answer = await fixture.request('POST', '/api/v1/users?activate=true', {
    ...(org ? { org } : {}),
    json: {
      profile: { firstName: 'Ada', lastName: 'Lovelace', email: login, login, ...profile },
      credentials: { password: { value: password } },
    },
  })
  assert.equal(answer.status, 200, answer.text)
  return { id: answer.json.id, login: String(answer.json.profile.login), password }
}

export async function assign(fixture: Requester, app: TestApp, person: TestPerson, org?: TestOrg): Promise<void> {
  const answer = await fixture.request('POST', `/api/v1/apps/${app.id}/users`, {
    ...(org ? { org } : {}),
    json: { id: person.id, scope: 'USER', credentials: { userName: person.login } },
  })
  assert.equal(answer.status, 200, answer.text)
}

/** An app and a person who may use it. */
export async function newPair(fixture: Requester, wish: AppWish = {}): Promise<{ app: TestApp; person: TestPerson }> {
  const app = await newApp(fixture, wish)
  const person = await newPerson(fixture)
  await assign(fixture, app, person)
  return { app, person }
}

/** A node that is spoken to; the fixture is one. */
export type Requester = Pick<Node, 'request'>

/** A browser's cookies, and nothing else of one. */
export interface Browser {
  readonly cookies: Record<string, string>
}

export const newBrowser = (): Browser => ({ cookies: {} })

export async function visit(
  fixture: Requester,
  browser: Browser,
  method: 'GET' | 'POST',
  path: string,
  options: {
    form?: Readonly<Record<string, string>> | string
    headers?: Readonly<Record<string, string>>
    org?: TestOrg
  } = {},
): Promise<TestAnswer> {
  const answer = await fixture.request(method, path, { ...options, token: null, cookies: browser.cookies })
  for (const [name, value] of Object.entries(answer.cookies)) {
    if (value === '') delete browser.cookies[name]
    else browser.cookies[name] = value
  }
  return answer
}

/** The hidden fields of a page's form. */
export function hiddenFields(page: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [tag] of page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1]
    const value = /value="([^"]*)"/.exec(tag)?.[1]
    if (name !== undefined) fields[name] = value ?? ''
  }
  return fields
}

/** Fills the sign-in page in and sends it. */
export function submitSignIn(
  fixture: Requester,
  browser: Browser,
  page: string,
  person: Pick<TestPerson, 'login' | 'password'>,
  org?: TestOrg,
): Promise<TestAnswer> {
  const form = { ...hiddenFields(page), identifier: person.login, 'credentials.passcode': person.password }
  return visit(fixture, browser, 'POST', '/signin', { form, ...(org ? { org } : {}) })
}

export interface Pkce {
  readonly verifier: string
  readonly challenge: string
}

export function newPkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

export const OFFLINE = 'openid profile email offline_access'

/** The path of an authorization request; `undefined` leaves a parameter out. */
export function authorizePath(
  app: TestApp,
  pkce: Pkce | undefined,
  parameters: Readonly<Record<string, string | undefined>> = {},
  server = '/default',
): string {
  const all: Record<string, string | undefined> = {
    client_id: app.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: OFFLINE,
    state: 'state-1',
    ...(pkce ? { code_challenge: pkce.challenge, code_challenge_method: 'S256' } : {}),
    ...parameters,
  }
  const query = new URLSearchParams(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  return `/oauth2${server}/v1/authorize?${query}`
}

/** The parameters that came back to the redirect URI. */
export function callback(answer: TestAnswer): Record<string, string> {
  const location = String(answer.headers.location ?? '')
  assert.ok(
    location.startsWith(REDIRECT_URI),
    `no redirect to the app: ${answer.status} ${location} ${answer.text.slice(0, 500)}`,
  )
  const url = new URL(location)
  return { ...Object.fromEntries(url.searchParams), ...Object.fromEntries(new URLSearchParams(url.hash.slice(1))) }
}

/** Signs in where the browser has no session, and comes back with what the app gets. */
export async function authorizeWith(
  fixture: Requester,
  browser: Browser,
  path: string,
  person: Pick<TestPerson, 'login' | 'password'>,
): Promise<Record<string, string>> {
  const first = await visit(fixture, browser, 'GET', path)
  if (first.status !== 200) return callback(first)
  return callback(await submitSignIn(fixture, browser, first.text, person))
}

export interface TokenCall {
  readonly server?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly org?: TestOrg
}

export function tokenRequest(
  fixture: Requester,
  form: Readonly<Record<string, string>> | string,
  { server = '/default', headers, org }: TokenCall = {},
): Promise<TestAnswer> {
  return fixture.request('POST', `/oauth2${server}/v1/token`, {
    token: null,
    form,
    ...(headers ? { headers } : {}),
    ...(org ? { org } : {}),
  })
}

export const basic = (app: TestApp): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${app.clientId}:${app.secret}`).toString('base64')}`,
})

export interface Tokens {
  readonly access_token: string
  readonly id_token: string
  readonly refresh_token: string
  readonly expires_in: number
  readonly scope: string
}

/** Sign-in, code, tokens: the whole flow of a public client. */
export async function signInForTokens(
  fixture: Requester,
  app: TestApp,
  person: TestPerson,
  parameters: Readonly<Record<string, string | undefined>> = {},
  browser: Browser = newBrowser(),
  server = '/default',
): Promise<Tokens> {
  const pkce = newPkce()
  const { code } = await authorizeWith(fixture, browser, authorizePath(app, pkce, parameters, server), person)
  assert.ok(code, 'no code came back')
  const answer = await tokenRequest(
    fixture,
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: pkce.verifier,
      client_id: app.clientId,
    },
    { server },
  )
  assert.equal(answer.status, 200, answer.text)
  return answer.json
}

/** Asks for a code without exchanging it. */
export async function codeFor(
  fixture: Requester,
  app: TestApp,
  person: TestPerson,
  parameters: Readonly<Record<string, string | undefined>> = {},
  server = '/default',
): Promise<{ readonly code: string; readonly pkce: Pkce }> {
  const pkce = newPkce()
  const path = authorizePath(app, pkce, parameters, server)
  const { code, ...rest } = await authorizeWith(fixture, newBrowser(), path, person)
  assert.ok(code, `no code came back: ${JSON.stringify(rest)}`)
  return { code, pkce }
}

/** The form of a code's exchange; `undefined` leaves a member out. */
export function exchangeForm(
  app: TestApp,
  code: string,
  pkce: Pkce | undefined,
  more: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const all: Record<string, string | undefined> = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: pkce?.verifier,
    client_id: app.clientId,
    ...more,
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** A request to an endpoint beside token: introspect, revoke. */
export const postForm = (
  fixture: Requester,
  path: string,
  form: Readonly<Record<string, string>> | string,
  { server = '/default', headers, org }: TokenCall = {},
): Promise<TestAnswer> =>
  fixture.request('POST', `/oauth2${server}/v1/${path}`, {
    token: null,
    form,
    ...(headers ? { headers } : {}),
    ...(org ? { org } : {}),
  })

export const userinfo = (fixture: Requester, accessToken: string, server = '/default'): Promise<TestAnswer> =>
  fixture.request('GET', `/oauth2${server}/v1/userinfo`, {
    token: null,
    headers: { authorization: `Bearer ${accessToken}` },
  })

/** Whether the server holds a token for good, as its own public client is told. */
export async function isActive(fixture: Requester, app: TestApp, token: string, server = '/default'): Promise<boolean> {
  const answer = await postForm(fixture, 'introspect', { token, client_id: app.clientId }, { server })
  assert.equal(answer.status, 200, answer.text)
  return answer.json.active
}

/** The words of an error page. */
export function pageError(answer: TestAnswer): { readonly code: string; readonly description: string } {
  const words = (hook: string) =>
    (new RegExp(`data-se="${hook}">([^<]*)<?`).exec(answer.text)?.[1] ?? '')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .trim()
  return { code: words('error-code'), description: words('error-description') }
}

export const refresh = (
  fixture: Requester,
  app: TestApp,
  token: string,
  more: Readonly<Record<string, string>> = {},
): Promise<TestAnswer> =>
  tokenRequest(fixture, { grant_type: 'refresh_token', refresh_token: token, client_id: app.clientId, ...more })

/** A token's claims, unchecked. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
export const claimsOf = (token: string): any =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
