// The Admin Console's authority: how somebody gets it, what it opens, and what ends it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { all } from '#db/unit.ts'
import { HOUR, MINUTE } from '#kernel/instant.ts'
import {
  BEGUN_COOKIE,
  beginConsoleSignIn,
  CONSOLE_COOKIE,
  CONSOLE_HEADERS,
  consoleCall,
  openConsole,
} from '../console-client.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  authorizePath,
  type Browser,
  callback as codeOf,
  newApp,
  newBrowser,
  newPerson,
  newPkce,
  submitSignIn,
  type TestPerson,
  visit,
} from '../oauth-client.ts'

const ME = '/api/v1/keystead/me'

const setCookies = (answer: TestAnswer): readonly string[] => [answer.headers['set-cookie'] ?? []].flat().map(String)
const code = (answer: TestAnswer): unknown => [answer.status, answer.json?.errorCode]
const ENDED = [403, 'E0000005']

/** A person with one administrator role. */
async function newAdministrator(fixture: Fixture, type = 'SUPER_ADMIN') {
  const person = await newPerson(fixture)
  const role = await fixture.request('POST', `/api/v1/users/${person.id}/roles`, { json: { type } })
  assert.equal(role.status, 201, role.text)
  return { ...person, roleId: String(role.json.id) }
}

onEachDatabase('the Admin Console', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const isIn = async (browser: Browser) => {
    const answer = await consoleCall(fixture, browser, 'GET', ME)
    if (answer.status !== 200) assert.deepEqual(code(answer), ENDED)
    return answer.status === 200
  }

  test('without a session of its own its pages lead to its sign-in, and from there back', async () => {
    for (const path of ['/admin', '/admin/', '/admin/users/ada@example.com', '/admin/apps?tab=sign-on&q=a%20b']) {
      const answer = await visit(fixture, newBrowser(), 'GET', path)
      assert.deepEqual(
        [answer.status, answer.headers.location],
        [302, `/admin/sign-in?${new URLSearchParams({ to: path })}`],
      )
    }
    const stale = await fixture.request('GET', '/admin/', {
      token: null,
      cookies: { [CONSOLE_COOKIE]: 'x'.repeat(43) },
    })
    assert.equal(stale.status, 302)
  })

  test('the org’s session alone opens none of its pages', async () => {
    const { browser } = await openConsole(fixture, fixture.admin)
    const { [CONSOLE_COOKIE]: _, ...cookies } = browser.cookies
    assert.ok(cookies.sid)
    assert.equal((await visit(fixture, { cookies }, 'GET', '/admin/')).status, 302)
  })

  test('its sign-in asks the org with code, state, nonce and PKCE, and says nothing of the verifier', async () => {
    const answer = await visit(fixture, newBrowser(), 'GET', '/admin/sign-in?to=/admin/users')
    const url = new URL(String(answer.headers.location))
    assert.equal(url.origin + url.pathname, 'http://first.test/oauth2/v1/authorize')
    const { state, nonce, code_challenge, ...rest } = Object.fromEntries(url.searchParams)
    assert.deepEqual(rest, {
      client_id: 'keystead:admin-console',
      response_type: 'code',
      redirect_uri: 'http://first.test/admin/callback',
      scope: 'openid',
      code_challenge_method: 'S256',
    })
    for (const value of [state, nonce, code_challenge]) assert.match(value ?? '', /^[\w-]{43}$/)
    const [cookie = ''] = setCookies(answer)
    assert.match(cookie, new RegExp(`^${BEGUN_COOKIE}=1\\.[^;]+; Path=/; HttpOnly; SameSite=Lax; Max-Age=600$`))
  })

  test('the callback answers with a page that moves on, and a cookie that no other site’s request carries', async () => {
    const { browser, answer } = await openConsole(fixture, fixture.admin, { to: '/admin/users?q=a&b=%22c' })
    assert.equal(answer.status, 200)
    assert.match(answer.text, /http-equiv="refresh" content="0;url=\/admin\/users\?q=a&amp;b=%22c"/)
    assert.match(answer.text, /<a class="button" href="\/admin\/users\?q=a&amp;b=%22c"/)
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
    const [cookie = '', cleared = ''] = setCookies(answer)
    assert.match(cookie, new RegExp(`^${CONSOLE_COOKIE}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`))
    assert.match(cleared, new RegExp(`^${BEGUN_COOKIE}=;.*Max-Age=0`))
    const page = await visit(fixture, browser, 'GET', '/admin/')
    assert.equal(page.status, 404)
    assert.match(page.text, /not built here/)
    assert.ok(await isIn(browser))
    const { db } = fixture.deps
    const rows = await db.read(all(db.for(fixture.org.id).from('console_session').selectAll()))
    assert.ok(!JSON.stringify(rows).includes(browser.cookies[CONSOLE_COOKIE] ?? '-'))
  })

  test('whoever is signed in to the org is in by one round of redirects', async () => {
    const { browser } = await openConsole(fixture, fixture.admin)
    delete browser.cookies[CONSOLE_COOKIE]
    const again = await openConsole(fixture, { login: 'nobody', password: 'nothing' }, { browser })
    assert.equal(again.answer.status, 200)
    assert.ok(await isIn(browser))
  })

  test('the start page leads an administrator to it, and anybody else to their apps', async () => {
    const { browser } = await openConsole(fixture, fixture.admin)
    const home = await visit(fixture, browser, 'GET', '/')
    assert.deepEqual([home.status, home.headers.location], [302, '/admin/'])
    const person = await newPerson(fixture)
    const other = newBrowser()
    const { text } = await visit(fixture, other, 'GET', '/')
    fixture.clock.advance(1_000)
    assert.equal((await submitSignIn(fixture, other, text, person)).headers.location, '/app/UserHome')
    assert.equal((await visit(fixture, other, 'GET', '/')).headers.location, '/app/UserHome')
    const plain = await visit(fixture, other, 'GET', '/app/UserHome')
    assert.equal(plain.status, 200)
    assert.ok(plain.text.includes(person.login) && !plain.text.includes('/admin'))
  })

  describe('a callback', () => {
    async function assertRefused(browser: Browser, path: string): Promise<void> {
      const answer = await visit(fixture, browser, 'GET', path)
      assert.equal(answer.status, 400, answer.text)
      assert.match(answer.text, /data-se="unfinished"/)
      assert.doesNotMatch(answer.text, /http-equiv="refresh"/)
      assert.equal(browser.cookies[CONSOLE_COOKIE], undefined)
    }

    const CHANGES: readonly [what: string, change: (query: URLSearchParams) => void][] = [
      ['without a state', (query) => query.delete('state')],
      ['with another state', (query) => query.set('state', 'A'.repeat(43))],
      ['with its state cut short', (query) => query.set('state', (query.get('state') ?? '').slice(0, -1))],
      ['without a code', (query) => query.delete('code')],
      ['with an unknown code', (query) => query.set('code', 'A'.repeat(43))],
      ['of another issuer', (query) => query.set('iss', 'http://evil.test')],
      ['without an issuer', (query) => query.delete('iss')],
    ]
    for (const [what, change] of CHANGES) {
      test(`${what} begins nothing`, async () => {
        const { browser, callback } = await beginConsoleSignIn(fixture, fixture.admin)
        const url = new URL(callback, 'http://first.test')
        change(url.searchParams)
        await assertRefused(browser, `${url.pathname}${url.search}`)
      })
    }

    test('in another browser begins nothing, and its code is still good in its own', async () => {
      const { browser, callback } = await beginConsoleSignIn(fixture, fixture.admin)
      await assertRefused(newBrowser(), callback)
      const stranger = newBrowser()
      await visit(fixture, stranger, 'GET', '/admin/sign-in')
      await assertRefused(stranger, callback)
      assert.equal((await visit(fixture, browser, 'GET', callback)).status, 200)
    })

    test('with an altered or doubled cookie begins nothing', async () => {
      const { browser, callback } = await beginConsoleSignIn(fixture, fixture.admin)
      const sealed = browser.cookies[BEGUN_COOKIE] ?? ''
      for (const value of [
        '',
        'x',
        sealed.slice(0, -1),
        `${sealed}A`,
        sealed.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')),
      ])
        await assertRefused({ cookies: { ...browser.cookies, [BEGUN_COOKIE]: value } }, callback)
      const twice = await fixture.request('GET', callback, {
        token: null,
        headers: { cookie: `${BEGUN_COOKIE}=${sealed}; ${BEGUN_COOKIE}=${sealed}` },
      })
      assert.equal(twice.status, 400)
    })

    test('that comes again begins nothing: its code was used', async () => {
      const { browser, callback } = await beginConsoleSignIn(fixture, fixture.admin)
      const kept = { ...browser.cookies }
      assert.equal((await visit(fixture, browser, 'GET', callback)).status, 200)
      await assertRefused({ cookies: kept }, callback)
    })

    test('after ten minutes begins nothing', async () => {
      const { browser, callback } = await beginConsoleSignIn(fixture, fixture.admin)
      fixture.clock.advance(10 * MINUTE)
      await assertRefused(browser, callback)
    })

    test('with the code of a request whose nonce or verifier was another begins nothing', async () => {
      for (const changed of ['nonce', 'code_challenge']) {
        const browser = newBrowser()
        const begun = await visit(fixture, browser, 'GET', '/admin/sign-in')
        const url = new URL(String(begun.headers.location))
        url.searchParams.set(changed, newPkce().challenge)
        const page = await visit(fixture, browser, 'GET', `${url.pathname}${url.search}`)
        fixture.clock.advance(1_000)
        const answer = await submitSignIn(fixture, browser, page.text, fixture.admin)
        const callback = new URL(String(answer.headers.location))
        await assertRefused(browser, `${callback.pathname}${callback.search}`)
      }
    })

    test('with the code of another client begins nothing', async () => {
      const app = await newApp(fixture)
      const person = await newAdministrator(fixture)
      await fixture.request('POST', `/api/v1/apps/${app.id}/users`, { json: { id: person.id, scope: 'USER' } })
      for (const server of ['', '/default']) {
        const other = newBrowser()
        const page = await visit(fixture, other, 'GET', authorizePath(app, newPkce(), { scope: 'openid' }, server))
        fixture.clock.advance(1_000)
        const foreign = codeOf(await submitSignIn(fixture, other, page.text, person)).code ?? ''
        const { browser, callback } = await beginConsoleSignIn(fixture, person)
        const url = new URL(callback, 'http://first.test')
        url.searchParams.set('code', foreign)
        await assertRefused(browser, `${url.pathname}${url.search}`)
      }
    })

    test('with an error says what the org said, as text', async () => {
      const { browser, callback } = await beginConsoleSignIn(fixture, fixture.admin)
      const url = new URL(callback, 'http://first.test')
      url.searchParams.delete('code')
      url.searchParams.set('error', 'access_denied')
      url.searchParams.set('error_description', '<img src=x onerror=alert(1)>')
      const answer = await visit(fixture, browser, 'GET', `${url.pathname}${url.search}`)
      assert.equal(answer.status, 400)
      assert.ok(answer.text.includes('&lt;img') && !answer.text.includes('<img'))
    })

    test('of somebody without a role is a refusal: a page for people, E0000006 for programs', async () => {
      const person = await newPerson(fixture)
      const { browser, answer } = await openConsole(fixture, person)
      assert.equal(answer.status, 403)
      assert.match(answer.text, /data-se="refused"/)
      assert.match(answer.text, /href="http:\/\/first\.test\/login\/signout"/)
      assert.equal(browser.cookies[CONSOLE_COOKIE], undefined)
      const { callback } = await beginConsoleSignIn(fixture, person, { browser })
      const program = await fixture.request('GET', callback, {
        token: null,
        cookies: browser.cookies,
        headers: { accept: 'application/json' },
      })
      assert.deepEqual(code(program), [403, 'E0000006'])
      await fixture.deps.events.flush()
      const log = await fixture.request(
        'GET',
        '/api/v1/logs?filter=eventType%20eq%20%22user.session.access_admin_app%22',
      )
      const own = log.json.filter(({ actor }: { actor: { id: string } }) => actor.id === person.id)
      assert.equal(own[0].outcome.result, 'FAILURE')
    })
  })

  test('nobody can pose as the console at the token endpoint', async () => {
    const { browser, callback } = await beginConsoleSignIn(fixture, fixture.admin)
    const stolen = new URL(callback, 'http://first.test').searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code: stolen, redirect_uri: 'http://first.test/admin/callback' }
    for (const more of [
      { client_id: 'keystead:admin-console', code_verifier: 'x'.repeat(43) },
      { client_id: 'keystead:admin-console', client_secret: 'x' },
    ]) {
      const answer = await fixture.request('POST', '/oauth2/v1/token', { token: null, form: { ...form, ...more } })
      assert.deepEqual([answer.status, answer.json.error], [401, 'invalid_client'])
    }
    assert.equal((await visit(fixture, browser, 'GET', callback)).status, 200)
  })

  describe('its cookie', () => {
    const ME_PATHS = [ME, '/api/v1/users?limit=1', '/api/v1/apps', '/api/v1/logs?limit=1', '/api/v1/trustedOrigins']
    test('opens the management API', async () => {
      const { browser } = await openConsole(fixture, fixture.admin)
      for (const path of ME_PATHS) assert.equal((await consoleCall(fixture, browser, 'GET', path)).status, 200, path)
      const json = { profile: { name: `Made in the console (${dialect})` } }
      const made = await consoleCall(fixture, browser, 'POST', '/api/v1/groups', { json })
      assert.equal(made.status, 200, made.text)
      const log = await fixture.request('GET', '/api/v1/logs?sortOrder=DESCENDING&limit=1')
      assert.equal(log.json[0].actor.alternateId, fixture.admin.login)
      assert.equal((await consoleCall(fixture, browser, 'DELETE', `/api/v1/groups/${made.json.id}`)).status, 204)
    })

    const FOREIGN: readonly [what: string, headers: Readonly<Record<string, string>>][] = [
      ['of another site', { ...CONSOLE_HEADERS, 'sec-fetch-site': 'cross-site' }],
      ['of another host of the site', { ...CONSOLE_HEADERS, 'sec-fetch-site': 'same-site' }],
      ['typed by a person', { ...CONSOLE_HEADERS, 'sec-fetch-site': 'none' }],
      ['of a browser that does not say', { 'x-keystead-console': '1' }],
      ['without the console’s header', { 'sec-fetch-site': 'same-origin' }],
      ['with another header', { ...CONSOLE_HEADERS, 'x-keystead-console': 'true' }],
    ]
    for (const [what, headers] of FOREIGN) {
      test(`opens nothing for a request ${what}`, async () => {
        const { browser } = await openConsole(fixture, fixture.admin)
        const { [CONSOLE_COOKIE]: value = '' } = browser.cookies
        for (const path of ME_PATHS) {
          const answer = await fixture.request('GET', path, {
            token: null,
            cookies: { [CONSOLE_COOKIE]: value },
            headers,
          })
          assert.deepEqual(code(answer), ENDED)
        }
      })
    }

    test('that comes twice is nobody’s', async () => {
      const { browser } = await openConsole(fixture, fixture.admin)
      const pair = `${CONSOLE_COOKIE}=${browser.cookies[CONSOLE_COOKIE]}`
      const headers = { ...CONSOLE_HEADERS, cookie: `${pair}; ${CONSOLE_COOKIE}=planted` }
      assert.deepEqual(code(await fixture.request('GET', ME, { token: null, headers })), ENDED)
    })

    test('is asked before the org’s cookies, and they never stand in for it', async () => {
      const person = await newPerson(fixture)
      const { browser } = await openConsole(fixture, fixture.admin)
      const other = newBrowser()
      const { text } = await visit(fixture, other, 'GET', '/')
      fixture.clock.advance(1_000)
      await submitSignIn(fixture, other, text, person)
      const cookies = { ...other.cookies, [CONSOLE_COOKIE]: browser.cookies[CONSOLE_COOKIE] ?? '' }
      assert.equal((await consoleCall(fixture, { cookies }, 'GET', ME)).json.login, fixture.admin.login)
      const gone = { ...other.cookies, [CONSOLE_COOKIE]: 'x'.repeat(43) }
      for (const path of [ME, '/api/v1/users/me'])
        assert.deepEqual(code(await consoleCall(fixture, { cookies: gone }, 'GET', path)), ENDED)
      assert.equal((await fixture.request('GET', ME, { token: null, cookies: gone })).json.login, person.login)
    })

    test('is no session of the org', async () => {
      const { browser } = await openConsole(fixture, fixture.admin)
      const cookies = { [CONSOLE_COOKIE]: browser.cookies[CONSOLE_COOKIE] ?? '' }
      assert.equal((await consoleCall(fixture, { cookies }, 'GET', '/api/v1/sessions/me')).status, 404)
      const sid = { sid: cookies[CONSOLE_COOKIE] ?? '' }
      assert.equal((await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: sid })).status, 404)
    })

    test('gets no word of CORS, from whatever origin', async () => {
      const { browser } = await openConsole(fixture, fixture.admin)
      const origin = 'https://trusted.example.com'
      await fixture.request('POST', '/api/v1/trustedOrigins', {
        json: { name: `Trusted ${dialect}`, origin, scopes: [{ type: 'CORS' }] },
      })
      for (const path of [ME, '/api/v1/users/me', '/api/v1/apps']) {
        const { headers } = await consoleCall(fixture, browser, 'GET', path, { headers: { origin } })
        assert.deepEqual(
          Object.keys(headers).filter((name) => name.startsWith('access-control')),
          [],
        )
      }
      const asked = {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'X-Keystead-Console',
      }
      const { headers } = await fixture.request('OPTIONS', '/api/v1/users/me', { token: null, headers: asked })
      assert.doesNotMatch(String(headers['access-control-allow-headers'] ?? ''), /keystead/i)
    })

    test('makes an API token; an API token makes none', async () => {
      const { browser } = await openConsole(fixture, fixture.admin)
      const json = { name: 'From the console' }
      const origin = { origin: 'http://first.test' }
      const made = await consoleCall(fixture, browser, 'POST', '/api/v1/keystead/api-tokens', { json, headers: origin })
      assert.equal(made.status, 201, made.text)
      const again = await fixture.request('POST', '/api/v1/keystead/api-tokens', { json, token: made.json.token })
      assert.deepEqual(code(again), [403, 'E0000006'])
    })

    test('opens nothing in another org', async () => {
      const other = await fixture.newOrg(`console-${dialect}`)
      const { browser } = await openConsole(fixture, fixture.admin)
      assert.deepEqual(code(await consoleCall(fixture, browser, 'GET', ME, { org: other })), ENDED)
      const there = await openConsole(fixture, other.admin, { org: other })
      assert.equal((await consoleCall(fixture, there.browser, 'GET', ME, { org: other })).json.login, other.admin.login)
      assert.equal(await isIn(there.browser), false)
      const { browser: stranger, callback } = await beginConsoleSignIn(fixture, fixture.admin)
      const crossed = await visit(fixture, stranger, 'GET', callback, { org: other })
      assert.equal(crossed.status, 400)
    })
  })

  describe('a session of it', () => {
    test('ends a quarter of an hour after its last use, which is written down only now and then', async () => {
      const { browser } = await openConsole(fixture, fixture.admin)
      fixture.clock.advance(40_000)
      assert.ok(await isIn(browser))
      fixture.clock.advance(15 * MINUTE - 40_001)
      assert.ok(await isIn(browser))
      fixture.clock.advance(15 * MINUTE - 1)
      assert.ok(await isIn(browser))
      fixture.clock.advance(15 * MINUTE)
      assert.equal(await isIn(browser), false)
      assert.equal((await visit(fixture, browser, 'GET', '/admin/')).status, 302)
    })

    test('ends after twelve hours, however much it is used', async () => {
      const { browser } = await openConsole(fixture, fixture.admin)
      for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
        fixture.clock.advance(10 * MINUTE)
        assert.ok(await isIn(browser))
      }
      fixture.clock.advance(10 * MINUTE)
      assert.equal(await isIn(browser), false)
    })

    test('tells when it ends', async () => {
      const { browser } = await openConsole(fixture, fixture.admin)
      const now = fixture.clock.now()
      const { session } = (await consoleCall(fixture, browser, 'GET', ME)).json
      const at = (milliseconds: number) => new Date(now + milliseconds).toISOString()
      assert.deepEqual(session, { expiresAt: at(12 * HOUR), idleExpiresAt: at(15 * MINUTE) })
    })

    const lifecycle = (person: TestPerson, what: string) =>
      fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/${what}`)
    const ENDINGS: readonly [
      what: string,
      end: (person: TestPerson & { roleId: string }, browser: Browser) => Promise<TestAnswer>,
    ][] = [
      [
        'the loss of the last role',
        ({ id, roleId }) => fixture.request('DELETE', `/api/v1/users/${id}/roles/${roleId}`),
      ],
      ['a suspension', (person) => lifecycle(person, 'suspend')],
      ['a deactivation', (person) => lifecycle(person, 'deactivate')],
      ['the end of all sessions', ({ id }) => fixture.request('DELETE', `/api/v1/users/${id}/sessions`)],
      ['signing out of the org', (_, browser) => visit(fixture, browser, 'GET', '/login/signout')],
      [
        'signing out of the console',
        (_, browser) => consoleCall(fixture, browser, 'POST', '/admin/sign-out', { json: {} }),
      ],
    ]
    for (const [what, end] of ENDINGS) {
      test(`ends with ${what}, at once`, async () => {
        const person = await newAdministrator(fixture)
        const { browser } = await openConsole(fixture, person)
        const kept: Browser = { cookies: { ...browser.cookies } }
        assert.ok(await isIn(kept))
        assert.ok((await end(person, browser)).status < 300)
        assert.equal(await isIn(kept), false)
        assert.equal((await visit(fixture, kept, 'GET', '/admin/')).status, 302)
      })
    }

    test('outlives a lockout, which any stranger can bring about', async () => {
      const person = await newAdministrator(fixture)
      const { browser } = await openConsole(fixture, person)
      for (let n = 0; n < 10; n++) {
        fixture.clock.advance(1_000)
        await fixture.request('POST', '/api/v1/authn', {
          token: null,
          json: { username: person.login, password: 'Wrong-Password-1' },
        })
      }
      assert.ok(await isIn(browser))
    })
  })

  describe('signing out', () => {
    test('ends both sessions and clears their cookies', async () => {
      const { browser } = await openConsole(fixture, fixture.admin)
      const answer = await consoleCall(fixture, browser, 'POST', '/admin/sign-out')
      assert.equal(answer.status, 204)
      for (const name of [CONSOLE_COOKIE, 'sid', 'idx']) assert.equal(answer.cookies[name], '')
      const session = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: browser.cookies })
      assert.equal(session.status, 404)
      const plain = await openConsole(fixture, fixture.admin)
      const form = await visit(fixture, plain.browser, 'POST', '/admin/sign-out', { form: '' })
      assert.deepEqual([form.status, form.headers.location], [303, 'http://first.test/'])
    })

    test('is not done for another site', async () => {
      const { browser } = await openConsole(fixture, fixture.admin)
      for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'http://evil.test' }, { origin: 'null' }]) {
        const answer = await visit(fixture, browser, 'POST', '/admin/sign-out', { form: '', headers })
        assert.equal(answer.status, 400)
      }
      assert.ok(await isIn(browser))
    })

    test('without a session says the same', async () => {
      assert.equal((await consoleCall(fixture, newBrowser(), 'POST', '/admin/sign-out')).status, 204)
    })
  })

  test('the app of the console is no app of the API', async () => {
    const { id } = (await fixture.deps.config.get(fixture.org.id)).appsByClientId.get('keystead:admin-console') ?? {}
    assert.match(id ?? '', /^0oa\w{17}$/)
    const path = `/api/v1/apps/${id}`
    const calls: readonly [string, string, object?][] = [
      ['GET', path],
      ['PUT', path, { label: 'x', name: 'oidc_client', signOnMode: 'OPENID_CONNECT', credentials: {}, settings: {} }],
      ['DELETE', path],
      ['POST', `${path}/lifecycle/deactivate`],
      ['GET', `${path}/users`],
      ['POST', `${path}/users`, { id: 'any', scope: 'USER' }],
      ['PUT', `${path}/groups/any`, {}],
      ['GET', `${path}/credentials/secrets`],
      ['POST', `${path}/credentials/secrets`, {}],
      ['GET', `${path}/credentials/jwks`],
      ['GET', `${path}/tokens`],
      ['DELETE', `${path}/tokens`],
      ['GET', '/api/v1/users/me/clients/keystead:admin-console/tokens'],
      ['DELETE', '/api/v1/authorizationServers/default/clients/keystead:admin-console/tokens'],
      ['GET', '/api/v1/users/me/clients/keystead:admin-console/grants'],
      [
        'POST',
        '/api/v1/keystead/authorization-servers/default/token-preview',
        { clientId: 'keystead:admin-console', grantType: 'authorization_code', scopes: ['openid'] },
      ],
    ]
    for (const [method, url, json] of calls) {
      const answer = await fixture.request(method, url, json ? { json } : {})
      assert.deepEqual(code(answer), [404, 'E0000007'], `${method} ${url} ${answer.text}`)
    }
    for (const query of ['', '?limit=200', '?q=Admin', '?filter=name%20eq%20%22saasure%22']) {
      const list = await fixture.request('GET', `/api/v1/apps${query}`)
      assert.ok(!list.text.includes(id ?? '-'), query)
    }
    const namesake = await newApp(fixture, { app: { label: 'Admin Console' } })
    assert.ok(namesake.id !== id)
  })
})

describe('who the caller is', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  test('is told to any kind of caller, with what their roles grant', async () => {
    const person = await newAdministrator(fixture, 'HELP_DESK_ADMIN')
    const { browser } = await openConsole(fixture, person)
    const { json } = await consoleCall(fixture, browser, 'GET', ME)
    assert.partialDeepStrictEqual(json, {
      id: person.id,
      login: person.login,
      name: 'Ada Lovelace',
      firstName: 'Ada',
      roles: ['HELP_DESK_ADMIN'],
      permissions: ['okta.groups.read', 'okta.users.read'],
      org: { id: fixture.org.id, name: 'The first org', subdomain: 'first', url: 'http://first.test' },
      development: false,
    })
    const token = await fixture.request('GET', ME)
    assert.deepEqual([token.json.roles, token.json.session], [['SUPER_ADMIN'], null])
    assert.ok(token.json.permissions.includes('okta.roles.manage'))
    const session = await fixture.request('GET', ME, { token: null, cookies: { sid: browser.cookies.sid ?? '' } })
    assert.deepEqual([session.json.login, session.json.session], [person.login, null])
    assert.deepEqual(code(await fixture.request('GET', ME, { token: null })), ENDED)
  })
})

describe('a console at an origin of its own', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ env: { KEYSTEAD_ADMIN_URL: 'https://console.test' } })
  })
  after(() => fixture.close())

  const AT = { host: 'console.test' }

  async function open(): Promise<{ org: Browser; console: Browser; page: TestAnswer }> {
    const [org, console] = [newBrowser(), newBrowser()]
    const begun = await visit(fixture, console, 'GET', '/admin/sign-in?to=/admin/apps', { headers: AT })
    const request = new URL(String(begun.headers.location))
    assert.equal(request.origin, 'http://first.test')
    assert.equal(request.searchParams.get('redirect_uri'), 'https://console.test/admin/callback')
    const form = await visit(fixture, org, 'GET', `${request.pathname}${request.search}`)
    assert.match(String(form.headers['content-security-policy']), /form-action 'self' https:\/\/console\.test/)
    fixture.clock.advance(1_000)
    const answer = await submitSignIn(fixture, org, form.text, fixture.admin)
    const callback = new URL(String(answer.headers.location))
    assert.equal(callback.origin, 'https://console.test')
    const page = await visit(fixture, console, 'GET', `${callback.pathname}${callback.search}`, { headers: AT })
    assert.equal(page.status, 200, page.text)
    return { org, console, page }
  }

  test('is signed in to at the org, and its cookie is its own', async () => {
    const { org, console, page } = await open()
    const [cookie = ''] = setCookies(page)
    assert.match(cookie, /^__Host-keystead_console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/)
    const me = await consoleCall(fixture, console, 'GET', ME, { headers: AT })
    assert.equal(me.json.login, fixture.admin.login)
    assert.deepEqual(code(await consoleCall(fixture, console, 'GET', ME)), ENDED)
    const json = { name: 'From the console' }
    const headers = { ...AT, origin: 'https://console.test' }
    const made = await consoleCall(fixture, console, 'POST', '/api/v1/keystead/api-tokens', { json, headers })
    assert.equal(made.status, 201, made.text)
    const out = await consoleCall(fixture, console, 'POST', '/admin/sign-out', { headers })
    assert.equal(out.status, 204)
    const session = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: org.cookies })
    assert.equal(session.status, 404)
  })

  test('is where the org’s own addresses of it lead', async () => {
    for (const path of ['/admin', '/admin/', '/admin/app/x?y=z', '/admin/sign-in']) {
      const answer = await fixture.request('GET', path, { token: null })
      assert.deepEqual([answer.status, answer.headers.location], [302, `https://console.test${path}`])
    }
    const { org } = await open()
    const home = await visit(fixture, org, 'GET', '/')
    assert.deepEqual([home.status, home.headers.location], [302, 'https://console.test/admin/'])
  })

  test('serves nothing else of the org, and takes none of its cookies', async () => {
    const { org } = await open()
    for (const path of ['/', '/signin', '/oauth2/v1/keys', '/login/signout', '/api/v1/sessions/me'])
      assert.equal((await visit(fixture, org, 'GET', path, { headers: AT })).status, 421, path)
    assert.deepEqual(code(await visit(fixture, org, 'GET', ME, { headers: AT })), ENDED)
    assert.equal((await fixture.request('GET', '/api/v1/users?limit=1', { headers: AT })).status, 200)
  })
})

describe('the name under which people look for a console', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  test('leads to it', async () => {
    const at = { host: 'first-admin.test' }
    for (const [path, expected] of [
      ['/', '/admin/'],
      ['/login/login.htm', '/admin/'],
      ['/admin', '/admin'],
      ['/admin/apps?q=a', '/admin/apps?q=a'],
    ]) {
      const answer = await fixture.request('GET', path ?? '', { token: null, headers: at })
      assert.deepEqual([answer.status, answer.headers.location], [302, `http://first.test${expected}`])
    }
    assert.equal((await fixture.request('POST', '/api/v1/authn', { json: {}, headers: at })).status, 421)
    for (const host of ['other-admin.test', 'first-admin.evil.test', 'x.first-admin.test'])
      assert.equal((await fixture.request('GET', '/', { token: null, headers: { host } })).status, 421, host)
  })
})
