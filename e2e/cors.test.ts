// What pages of other origins may read of Keystead, as a real browser decides it: its preflights, its cookies, its opaque origins.
// `localhost` is one site for cookies whatever the port, and each port is an origin of its own.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Frame, Page } from 'playwright-core'
import { assign, createPerson, registerSpa } from './harness/admin.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import { setStage } from './harness/stage.ts'
import { type StaticHost, startStaticHost } from './harness/static-host.ts'

const stage = await setStage()
const { admin, keystead } = stage
const { issuer, url } = keystead

/** Whose pages the CORS scope lets in. */
const trusted = await startHost()
/** Where an app is that has a redirect URI, and nothing else. */
const spa = await startHost()
/** Nobody's. */
const stranger = await startHost()

const trustedId = await trust(trusted.origin, 'CORS')
const app = await registerSpa(admin, 'Page', { origin: spa.origin, callback: '/callback', signedOut: '' })
const person = await createPerson(admin, 'Cora', 'Crossing')
await assign(admin, person, app.id)

const ME = `${url}/api/v1/sessions/me`
const PKCE = {
  code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
}
const WITH_COOKIES = { credentials: 'include' } as const
/** okta-auth-js sends these with every call, so the browser asks first. */
const LIKE_AUTH_JS = {
  Accept: 'application/json',
  'Content-Type': 'application/json',
  'X-Okta-User-Agent-Extended': 'okta-auth-js/8.0.1',
}

describe('a page of a trusted origin', () => {
  test('reads the session of whoever is signed in, and their profile; no other page does', () =>
    stage.visit(async ({ page, takeProblems }) => {
      await signInAs(page)
      await page.goto(trusted.origin)
      for (const headers of [{}, LIKE_AUTH_JS]) {
        const session = await read(page, ME, { ...WITH_COOKIES, headers })
        assert.deepEqual([session.status, session.body.login], [200, person.login])
      }
      const profile = await read(page, `${url}/api/v1/users/me`, WITH_COOKIES)
      assert.deepEqual([profile.status, profile.body.id], [200, person.id])
      assert.deepEqual(takeProblems(), [])

      await page.goto(stranger.origin)
      for (const headers of [{}, LIKE_AUTH_JS]) await assertKept(page, ME, { ...WITH_COOKIES, headers })
      assertKeptByCors(takeProblems(), 2)
      const refusal = await refusalOf(stranger.origin, 'origin-not-trusted')
      assert.deepEqual([refusal.endpoint, refusal.count], [ME.slice(url.length), 2])
      assert.equal(
        refusal.sentence,
        `${stranger.origin} is not a trusted origin with the scope CORS. The nearest one, ${trusted.origin}, has the port ${portOf(trusted)} instead of ${portOf(stranger)}.`,
      )
      assert.deepEqual([refusal.fix?.kind, refusal.fix?.body.origin], ['trust-origin', stranger.origin])
    }))

  test('reads no session from another site, where the browser sends no cookie', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const elsewhere = `http://127.0.0.1:${portOf(trusted)}`
      await trust(elsewhere, 'CORS')
      await signInAs(page)
      await page.goto(elsewhere)
      const session = await read(page, ME, WITH_COOKIES)
      assert.deepEqual([session.status, session.body.errorCode], [404, 'E0000007'])
      assert.equal(takeProblems().length, 1)
    }))

  test('is refused from the moment that its origin is deactivated, also what the browser asked for before', () =>
    stage.visit(async ({ page, takeProblems }) => {
      await signInAs(page)
      await page.goto(trusted.origin)
      const by = (method: string) => ({ ...WITH_COOKIES, method, headers: LIKE_AUTH_JS })
      assert.equal((await read(page, ME, by('GET'))).status, 200)
      // Its preflight allowed all methods for an hour, so the browser sends the next calls without another one.
      await admin.trustedOriginApi.deactivateTrustedOrigin({ trustedOriginId: trustedId })
      for (const method of ['GET', 'DELETE']) await assertKept(page, ME, by(method))
      assertKeptByCors(takeProblems(), 2)

      await admin.trustedOriginApi.activateTrustedOrigin({ trustedOriginId: trustedId })
      assert.equal(
        (await read(page, ME, by('GET'))).body.login,
        person.login,
        'the session outlived the refused DELETE',
      )
      assert.deepEqual(
        (await refusalsOf(trusted.origin)).map(({ resolved }) => resolved),
        [true],
      )
      assert.equal((await read(page, ME, by('DELETE'))).status, 204)
      assert.equal((await read(page, ME, by('GET'))).status, 404)
      assert.equal(takeProblems().length, 1)
    }))
})

describe('a page of an app, whose origin is that of a redirect URI', () => {
  test('calls the token endpoint, and nothing that cookies open', () =>
    stage.visit(async ({ page, takeProblems }) => {
      await signInAs(page)
      await page.goto(spa.origin)
      const tokens = await read(page, `${issuer}/v1/token`, form(await exchange()))
      assert.deepEqual([tokens.status, tokens.body.token_type], [200, 'Bearer'])
      assert.deepEqual(takeProblems(), [])

      const credentials = JSON.stringify({ username: person.login, password: person.password })
      for (const [target, init] of [
        [ME, {}],
        [ME, { method: 'DELETE' }],
        [`${url}/api/v1/users/me`, {}],
        [`${url}/api/v1/authn`, { method: 'POST', body: credentials }],
        [`${url}/api/v1/logs`, {}],
      ] as const)
        await assertKept(page, target, { ...WITH_COOKIES, headers: LIKE_AUTH_JS, ...init })
      assertKeptByCors(takeProblems(), 5)
      const endpoints = (await refusalsOf(spa.origin)).map(({ endpoint }) => endpoint)
      assert.deepEqual(
        new Set(endpoints),
        new Set(['/api/v1/sessions/me', '/api/v1/users/me', '/api/v1/authn', '/api/v1/logs']),
      )
    }))

  test('reads why it was refused; a page of another origin reads that only of a client that nobody knows', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const dead = { grant_type: 'refresh_token', refresh_token: 'dead', client_id: app.clientId }
      const unknown = { ...dead, client_id: '0oaNobody' }
      const token = `${issuer}/v1/token`
      await page.goto(spa.origin)
      const own = await read(page, token, form(dead))
      assert.deepEqual(
        [own.status, own.body],
        [400, { error: 'invalid_grant', error_description: 'The refresh token is invalid or expired.' }],
      )
      takeProblems()

      await page.goto(stranger.origin)
      await assertKept(page, token, form(dead))
      assertKeptByCors(takeProblems(), 1)
      const refusal = await refusalOf(stranger.origin, 'origin-not-registered')
      assert.deepEqual([refusal.app?.clientId, refusal.sent.value], [app.clientId, stranger.origin])
      assert.ok(
        refusal.sentence.startsWith(
          `${stranger.origin} is not the origin of a redirect URI of 'Page', nor a trusted one.`,
        ),
      )
      const answer = await read(page, token, form(unknown))
      assert.deepEqual([answer.status, answer.body.error], [401, 'invalid_client'])
      takeProblems()
    }))
})

describe('a page of any origin', () => {
  test('that holds a token may use it, without cookies', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const { access_token: token } = await (await fetch(`${issuer}/v1/token`, form(await exchange()))).json()
      const bearer = { Authorization: `Bearer ${token}` }
      const client = { Authorization: `Basic ${btoa(app.clientId)}` }
      const isActive = async () => {
        const { headers, ...init } = form({ token, token_type_hint: 'access_token' })
        return (await read(page, `${issuer}/v1/introspect`, { ...init, headers: { ...headers, ...client } })).body
          .active
      }
      await page.goto(stranger.origin)
      const claims = await read(page, `${issuer}/v1/userinfo`, { headers: { ...LIKE_AUTH_JS, ...bearer } })
      assert.deepEqual([claims.status, claims.body.sub], [200, person.id])
      assert.equal(await isActive(), true)
      assert.deepEqual(takeProblems(), [])
      await assertKept(page, `${issuer}/v1/userinfo`, { ...WITH_COOKIES, headers: bearer })
      assertKeptByCors(takeProblems(), 1)

      const { headers, ...init } = form({ token })
      const revoked = await read(page, `${issuer}/v1/revoke`, { ...init, headers: { ...headers, ...client } })
      assert.equal(revoked.status, 200)
      assert.equal(await isActive(), false)
      const late = await read(page, `${issuer}/v1/userinfo`, { headers: bearer })
      assert.deepEqual([late.status, late.headers.includes('www-authenticate')], [401, true])
      takeProblems()
    }))

  test('reads what the management API says to its token, whoever is signed in, but nothing by an API token of a script', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const { access_token: token } = await (await fetch(`${issuer}/v1/token`, form(await exchange()))).json()
      const bearer = { Authorization: `Bearer ${token}` }
      await signInAs(page)
      await page.goto(stranger.origin)
      const answer = await read(page, `${url}/api/v1/users/me`, { headers: bearer })
      assert.deepEqual([answer.status, answer.body.errorCode], [403, 'E0000005'])
      takeProblems()
      const script = { Authorization: `SSWS ${keystead.apiToken}` }
      for (const [target, init] of [
        // The browser sends no cookie beside a token either.
        [`${url}/api/v1/users/me`, { ...WITH_COOKIES, headers: bearer }],
        [`${url}/api/v1/users/me`, { headers: script }],
        [`${url}/api/v1/users?limit=1`, { headers: script }],
        [`${url}/api/v1/apps`, { headers: script }],
        [`${url}/api/v1/trustedOrigins`, { headers: script }],
      ] as const)
        await assertKept(page, target, init)
      assertKeptByCors(takeProblems(), 5)
    }))

  test('reads discovery and keys, and so does one without an origin, which is let in nowhere else', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const { access_token: token } = await (await fetch(`${issuer}/v1/token`, form(await exchange()))).json()
      await signInAs(page)
      const readPublic = async (from: Page | Frame) => {
        const discovery = await read(from, `${issuer}/.well-known/openid-configuration`, { headers: LIKE_AUTH_JS })
        assert.deepEqual([discovery.status, discovery.body.issuer], [200, issuer])
        const keys = await read(from, discovery.body.jwks_uri, {})
        assert.ok(keys.body.keys.length > 0)
      }
      for (const { origin } of [trusted, spa, stranger]) {
        await page.goto(origin)
        await readPublic(page)
      }
      assert.deepEqual(takeProblems(), [])

      // Where a page sandboxes what it frames, its own origin counts no more, not even a trusted one.
      await page.goto(trusted.origin)
      const written = await openFrame(page, { sandbox: 'allow-scripts', srcdoc: 'A sandbox' })
      const own = await openFrame(page, { sandbox: 'allow-scripts', src: trusted.origin })
      for (const from of [written, own]) {
        assert.equal(await from.evaluate(() => window.origin), 'null')
        await readPublic(from)
        const claims = await read(from, `${issuer}/v1/userinfo`, { headers: { Authorization: `Bearer ${token}` } })
        assert.equal(claims.body.sub, person.id)
        assert.deepEqual(takeProblems(), [])
        for (const [target, init] of [
          [ME, WITH_COOKIES],
          [ME, { ...WITH_COOKIES, headers: LIKE_AUTH_JS }],
          [ME, { ...WITH_COOKIES, method: 'DELETE' }],
          [`${url}/api/v1/users/me`, WITH_COOKIES],
          [`${issuer}/v1/token`, form({ grant_type: 'refresh_token', refresh_token: 'x', client_id: app.clientId })],
          [`${issuer}/v1/token`, form({ grant_type: 'refresh_token', refresh_token: 'x', client_id: '0oaNobody' })],
        ] as const)
          await assertKept(from, target, init)
        assertKeptByCors(takeProblems(), 6)
      }
      const refusal = await refusalOf('null', 'origin-not-trusted')
      assert.equal(
        refusal.sentence,
        "The page has the origin 'null', as a file, a sandboxed frame or a redirect from another site has: serve it from an address of its own.",
      )
      assert.equal(refusal.fix, null)
    }))
})

test('the sign-in page shows in a frame of an origin that may embed it, and in no other', () =>
  stage.visit(async ({ page, takeProblems }) => {
    const host = await startHost()
    const originId = await trust(host.origin, 'IFRAME_EMBED')
    const frame = async (origin: string) => {
      await page.goto(origin)
      return openFrame(page, { src: `${url}/signin` })
    }
    await (await frame(host.origin)).locator('input[name="identifier"]').waitFor()
    // The page may be seen there, but it does not take the keyboard away from the one around it.
    assert.deepEqual(
      takeProblems().filter((problem) => !problem.startsWith('Blocked autofocusing')),
      [],
    )

    const isRefused = async (origin: string) => {
      const { length } = await (await frame(origin)).locator('input').all()
      const problems = takeProblems()
      return length === 0 && problems.length > 0 && problems.every((problem) => problem.includes('frame-ancestors'))
    }
    for (const { origin } of [trusted, spa, stranger]) assert.equal(await isRefused(origin), true, origin)
    await admin.trustedOriginApi.deactivateTrustedOrigin({ trustedOriginId: originId })
    assert.equal(await isRefused(host.origin), true)
  }))

async function startHost(): Promise<StaticHost> {
  const host = await startStaticHost()
  after(() => host.close())
  const page = '<!doctype html><link rel="icon" href="data:,"><title>A page</title><p>A page</p>'
  host.show(new Map([['/index.html', Buffer.from(page)]]))
  return host
}

const portOf = ({ origin }: StaticHost): string => new URL(origin).port

async function trust(origin: string, type: 'CORS' | 'IFRAME_EMBED'): Promise<string> {
  const trustedOrigin = { name: `${type} of ${origin}`, origin, scopes: [{ type }] }
  const { id } = await admin.trustedOriginApi.createTrustedOrigin({ trustedOrigin })
  assert.ok(id)
  return id
}

/** Signs the person in at Keystead's own page, which leaves the browser with the session's cookie. */
async function signInAs(page: Page): Promise<void> {
  await page.goto(url)
  await seeSignInPage(page, keystead)
  await signIn(page, person)
  await page.getByRole('heading', { name: 'My apps' }).waitFor()
}

interface Asked {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly credentials?: 'include'
}

const ask = (from: Page | Frame, target: string, init: Asked) =>
  from.evaluate(
    async ([address, options]) => {
      const answer = await fetch(address, options).catch(() => undefined)
      if (!answer) return undefined
      const { status, headers } = answer
      const text = await answer.text()
      return { status, headers: [...headers.keys()], body: text === '' ? undefined : JSON.parse(text) }
    },
    [target, init] as const,
  )

/** What a page can read of the answer to its call. */
async function read(from: Page | Frame, target: string, init: Asked) {
  const answer = await ask(from, target, init)
  assert.ok(answer, `${target} was kept from the page`)
  return answer
}

/** The browser keeps the answer from the page, or does not even send the call. */
async function assertKept(from: Page | Frame, target: string, init: Asked): Promise<void> {
  assert.equal(await ask(from, target, init), undefined, target)
}

/** A form as a page sends it: the browser asks nobody before. */
const form = (members: Record<string, string>) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(members).toString(),
})

/** What an app of the page sends the token endpoint with a code of its own. */
async function exchange(): Promise<Record<string, string>> {
  const proof = await fetch(`${url}/api/v1/authn`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: person.login, password: person.password }),
  })
  const { sessionToken } = await proof.json()
  const shared = { client_id: app.clientId, redirect_uri: `${spa.origin}/callback` }
  const { code_challenge, code_verifier } = PKCE
  const question = new URLSearchParams({
    ...shared,
    response_type: 'code',
    scope: 'openid profile',
    state: 'any',
    sessionToken,
    code_challenge,
    code_challenge_method: 'S256',
  })
  const answer = await fetch(`${issuer}/v1/authorize?${question}`, { redirect: 'manual' })
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code')
  assert.ok(code)
  return { ...shared, grant_type: 'authorization_code', code, code_verifier }
}

/** The browser's own word for each answer that it kept, and nothing else. */
function assertKeptByCors(problems: readonly string[], times: number): void {
  const blocked = problems.filter((problem) => problem.includes('has been blocked by CORS policy'))
  const loads = problems.filter((problem) => problem.startsWith('Failed to load resource'))
  assert.equal(blocked.length, times, problems.join('\n'))
  assert.equal(blocked.length + loads.length, problems.length, problems.join('\n'))
}

interface Refused {
  readonly reason: string
  readonly endpoint: string
  readonly sent: { readonly value: string }
  readonly sentence: string
  readonly resolved: boolean
  readonly count: number
  readonly app: { readonly clientId: string } | null
  readonly fix: { readonly kind: string; readonly body: { readonly origin?: string } } | null
}

/** The refused requests of an origin, as the console lists them. */
async function refusalsOf(origin: string): Promise<readonly Refused[]> {
  const headers = { authorization: `SSWS ${keystead.apiToken}` }
  const answer = await fetch(`${url}/api/v1/keystead/refused-requests?limit=200`, { headers })
  assert.equal(answer.status, 200)
  const all: Refused[] = await answer.json()
  return all.filter(({ sent }) => sent.value === origin)
}

async function refusalOf(origin: string, reason: string): Promise<Refused> {
  const found = (await refusalsOf(origin)).find((refusal) => refusal.reason === reason)
  assert.ok(found, `nothing of ${origin} was refused as ${reason}`)
  return found
}

/** Puts a frame into a page, and waits until it has loaded, or was refused. */
async function openFrame(page: Page, attributes: Readonly<Record<string, string>>): Promise<Frame> {
  const element = await page.evaluateHandle(async (wanted) => {
    const frame = document.createElement('iframe')
    for (const [name, value] of Object.entries(wanted)) frame.setAttribute(name, value)
    await new Promise((resolve) => {
      frame.addEventListener('load', resolve)
      document.body.append(frame)
    })
    return frame
  }, attributes)
  const frame = await element.contentFrame()
  assert.ok(frame)
  return frame
}
