// Fills a fresh Keystead over HTTP: apps, people, and refresh tokens as a client comes by them.
import { createHash, randomBytes } from 'node:crypto'
import { inTurns } from './in-turns.ts'
import type { Place } from './keystead.ts'
import { type Person, SCOPES, SERVICE_SCOPE, type ServiceClient, type Started, type Subject } from './subject.ts'

export interface Wish {
  readonly families: number
  readonly people: number
}

export const DISCOVERY = '/oauth2/default/.well-known/openid-configuration'
const TOKEN = '/oauth2/default/v1/token'
const REDIRECT_URI = 'http://localhost:8080/login/callback'
const AT_ONCE = 8

/** What of the API's answers is read here. */
interface Made {
  readonly id: string
  readonly credentials?: { readonly oauthClient?: { readonly client_id: string; readonly client_secret?: string } }
}

type Post = (path: string, body: object) => Promise<Made>

interface App {
  readonly id: string
  readonly clientId: string
  readonly secret: string
}

export async function prepareKeystead(started: Started, { apiToken }: Place, wish: Wish): Promise<Subject> {
  const { url } = started
  const post: Post = async (path, body) => {
    const headers = { authorization: `SSWS ${apiToken}`, 'content-type': 'application/json' }
    return read(await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) }))
  }
  const spa = await createApp(post, 'browser')
  const people = await inTurns(AT_ONCE, wish.people, (index) => createPerson(post, spa, index))
  const refreshTokens = await inTurns(AT_ONCE, wish.families, (index) =>
    signIn(url, spa, people[index % people.length]),
  )
  return {
    ...started,
    name: 'Keystead',
    tokenPath: TOKEN,
    discoveryPath: DISCOVERY,
    spa: { clientId: spa.clientId, refreshTokens },
    service: await createService(post),
    people,
  }
}

async function createApp(post: Post, type: 'browser' | 'service'): Promise<App> {
  const isService = type === 'service'
  const { id, credentials } = await post('/api/v1/apps', {
    name: 'oidc_client',
    label: `Bench ${type}`,
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { token_endpoint_auth_method: isService ? 'client_secret_basic' : 'none' } },
    settings: {
      oauthClient: {
        application_type: type,
        grant_types: isService ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
        response_types: isService ? ['token'] : ['code'],
        ...(isService ? {} : { redirect_uris: [REDIRECT_URI] }),
      },
    },
  })
  const { client_id: clientId = '', client_secret: secret = '' } = credentials?.oauthClient ?? {}
  return { id, clientId, secret }
}

async function createService(post: Post): Promise<ServiceClient> {
  await post('/api/v1/authorizationServers/default/scopes', { name: SERVICE_SCOPE })
  const { clientId, secret } = await createApp(post, 'service')
  return { clientId, secret, scope: SERVICE_SCOPE }
}

async function createPerson(post: Post, spa: App, index: number): Promise<Person> {
  const login = `person${index}@example.com`
  const password = `Quiet-Harbour-${index}-Lamp`
  const { id } = await post('/api/v1/users?activate=true', {
    profile: { firstName: 'Ada', lastName: 'Lovelace', email: login, login },
    credentials: { password: { value: password } },
  })
  await post(`/api/v1/apps/${spa.id}/users`, { id, scope: 'USER', credentials: { userName: login } })
  return { login, password }
}

/** Password → session token → code with PKCE → tokens, of which the refresh token is kept. */
async function signIn(url: string, { clientId }: App, person: Person | undefined): Promise<string> {
  if (!person) throw new Error('There is nobody to sign in.')
  const { sessionToken } = await read(
    await fetch(`${url}/api/v1/authn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: person.login, password: person.password }),
    }),
  )
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: SCOPES,
    state: 'bench',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    sessionToken,
  })
  const redirect = await fetch(`${url}/oauth2/default/v1/authorize?${query}`, { redirect: 'manual' })
  const location = redirect.headers.get('location') ?? ''
  const code = URL.parse(location)?.searchParams.get('code')
  if (!code) throw new Error(`No code came back: ${redirect.status} ${location}`)
  const form = { grant_type: 'authorization_code', client_id: clientId, redirect_uri: REDIRECT_URI }
  const body = new URLSearchParams({ ...form, code, code_verifier: verifier })
  return (await read(await fetch(url + TOKEN, { method: 'POST', body }))).refresh_token
}

/** The answer's JSON, whose form is the API's word. @throws Error for an answer that is no success */
async function read(response: Response) {
  const text = await response.text()
  if (!response.ok) throw new Error(`${new URL(response.url).pathname} answered ${response.status}: ${text}`)
  return JSON.parse(text)
}
