// Which pages of other origins may read what, on the real routes: the zones as browsers meet them.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  assign,
  authorizePath,
  type Browser,
  basic,
  callback,
  codeFor,
  exchangeForm,
  newApp,
  newBrowser,
  newPair,
  newPkce,
  postForm,
  refresh,
  signInForTokens,
  type TestApp,
  type TestPerson,
  type Tokens,
  tokenRequest,
  visit,
} from '../oauth-client.ts'

const OWN = 'http://localhost:8080'
const TRUSTED = 'https://trusted.example'
const REDIRECT_ONLY = 'https://redirect.example'
const EVIL = 'https://evil.example'
const TOKEN = '/oauth2/default/v1/token'
const SENTENCE = 'Browser requests to the token endpoint must be part of at least one whitelisted redirect_uri.'

describe('CORS', () => {
  let fixture: Fixture
  let app: TestApp
  let person: TestPerson
  let browser: Browser
  let tokens: Tokens

  before(async () => {
    fixture = await startFixture()
    const pair = await newPair(fixture)
    app = pair.app
    person = pair.person
    browser = newBrowser()
    tokens = await signInForTokens(fixture, app, person, {}, browser)
    await trust(TRUSTED, 'CORS')
    await trust(REDIRECT_ONLY, 'REDIRECT')
  })
  after(() => fixture.close())
  beforeEach(() => fixture.clock.advance(1_000))

  async function trust(origin: string, ...types: readonly string[]): Promise<string> {
    const scopes = types.map((type) => ({ type }))
    const answer = await fixture.request('POST', '/api/v1/trustedOrigins', { json: { name: origin, origin, scopes } })
    assert.equal(answer.status, 200, answer.text)
    return answer.json.id
  }

  const call = (method: string, path: string, headers: Readonly<Record<string, string>>, more: object = {}) =>
    fixture.request(method, path, { token: null, headers, ...more })

  const preflight = (
    path: string,
    origin: string,
    method = 'POST',
    headers = 'content-type,x-okta-user-agent-extended',
  ) =>
    call('OPTIONS', path, {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': headers,
    })

  function may(answer: TestAnswer, origin: string): void {
    assert.equal(answer.headers['access-control-allow-origin'], origin)
    assert.equal(answer.headers.vary, 'Origin')
  }

  function mayNot(answer: TestAnswer): void {
    const names = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))
    assert.deepEqual(names, [])
  }

  /** Anybody, always the same, and so nothing that a cache could mix up. */
  function anybody(answer: TestAnswer): void {
    assert.equal(answer.headers['access-control-allow-origin'], '*')
    assert.equal(answer.headers['access-control-allow-credentials'], undefined)
    assert.doesNotMatch(String(answer.headers.vary), /Origin/)
  }

  describe('at the token endpoint', () => {
    const exchange = async (origin: string, of: TestApp = app): Promise<TestAnswer> => {
      fixture.clock.advance(1_000)
      const { code, pkce } = await codeFor(fixture, of, person)
      return tokenRequest(fixture, exchangeForm(of, code, pkce), { headers: { origin } })
    }

    it('the preflight passes for any origin, without credentials', async () => {
      for (const origin of [OWN, TRUSTED, EVIL, 'null']) {
        const answer = await preflight(TOKEN, origin)
        assert.equal(answer.status, 204)
        may(answer, origin)
        assert.equal(answer.headers['access-control-allow-methods'], 'POST')
        assert.equal(answer.headers['access-control-max-age'], '3600')
        assert.equal(answer.headers['access-control-allow-credentials'], undefined)
        const allowed = String(answer.headers['access-control-allow-headers']).toLowerCase().split(', ')
        for (const name of ['content-type', 'accept', 'authorization', 'dpop', 'x-okta-user-agent-extended'])
          assert.ok(allowed.includes(name), name)
      }
    })

    it('the answer is for the origin of the client’s redirect URIs, and for trusted ones', async () => {
      for (const origin of [OWN, TRUSTED]) {
        const answer = await exchange(origin)
        assert.equal(answer.status, 200, answer.text)
        may(answer, origin)
        assert.equal(answer.headers['access-control-allow-credentials'], undefined)
        assert.match(String(answer.headers['access-control-expose-headers']), /X-Okta-Request-Id/)
      }
    })

    it('another origin gets nothing: 400, the sentence, and no header to read it by', async () => {
      const wrong = [
        EVIL,
        'null',
        REDIRECT_ONLY,
        'http://localhost',
        'http://localhost:80800',
        'http://localhost:8080.evil.example',
        'https://localhost:8080',
        'http://127.0.0.1:8080',
        'http://evil.example#http://localhost:8080',
        `${OWN}/login/callback`,
        `${TRUSTED}.evil.example`,
        'https://eviltrusted.example',
        'file://',
        'chrome-extension://abcdef',
        '',
      ]
      for (const origin of wrong) {
        const answer = await exchange(origin)
        assert.deepEqual(
          [origin, answer.status, answer.json],
          [origin, 400, { error: 'invalid_request', error_description: SENTENCE }],
        )
        mayNot(answer)
        assert.equal(answer.headers.vary, 'Origin')
      }
    })

    it('what another origin asked for stays unused', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      const form = exchangeForm(app, code, pkce)
      assert.equal((await tokenRequest(fixture, form, { headers: { origin: EVIL } })).status, 400)
      assert.equal((await tokenRequest(fixture, form, { headers: { origin: OWN } })).status, 200)
    })

    it('an origin of another client is another origin', async () => {
      const other = await newApp(fixture, { settings: { redirect_uris: ['https://other.example/cb'] } })
      const answer = await refresh(fixture, other, 'x')
      assert.equal(answer.json.error, 'invalid_grant')
      for (const [client, origin] of [
        [app, 'https://other.example'],
        [other, OWN],
      ] as const) {
        const form = { grant_type: 'refresh_token', refresh_token: 'x', client_id: client.clientId }
        const refused = await tokenRequest(fixture, form, { headers: { origin } })
        assert.equal(refused.json.error_description, SENTENCE)
        mayNot(refused)
      }
    })

    it('an app reads its own refusals', async () => {
      const form = { grant_type: 'refresh_token', refresh_token: 'x', client_id: app.clientId }
      const refused = await tokenRequest(fixture, form, { headers: { origin: OWN } })
      assert.equal(refused.json.error, 'invalid_grant')
      may(refused, OWN)
      const bodies = {
        'application/json': '{',
        'text/plain': 'x',
        'application/x-www-form-urlencoded': 'x'.repeat(1_000_001),
      }
      for (const [type, raw] of Object.entries(bodies)) {
        const answer = await call('POST', TOKEN, { origin: OWN, 'content-type': type }, { raw })
        assert.equal(answer.json.error, 'invalid_request')
        may(answer, OWN)
      }
    })

    it('whoever the client is not known of can read that', async () => {
      for (const form of [{}, { client_id: 'nobody' }, { client_id: 'nobody', client_secret: 'x' }]) {
        const answer = await tokenRequest(
          fixture,
          { grant_type: 'authorization_code', ...form },
          { headers: { origin: EVIL } },
        )
        assert.equal(answer.status, 401)
        may(answer, EVIL)
      }
    })

    it('a web app chosen for a page can read why it does not work', async () => {
      const web = await newApp(fixture, { type: 'web' })
      await assign(fixture, web, person)
      const answer = await exchange(OWN, web)
      assert.deepEqual([answer.status, answer.json.error], [401, 'invalid_client'])
      may(answer, OWN)
    })

    it('a page must prove its code by PKCE', async () => {
      const web = await newApp(fixture, { type: 'web' })
      await assign(fixture, web, person)
      const asked = await visit(fixture, browser, 'GET', authorizePath(web, undefined))
      const { code = '' } = callback(asked)
      const headers = { ...basic(web), origin: OWN }
      const refused = await tokenRequest(fixture, exchangeForm(web, code, undefined), { headers })
      assert.equal(refused.status, 401)
      assert.deepEqual(refused.json, {
        error: 'invalid_client',
        error_description: 'Browser requests to the token endpoint must use Proof Key for Code Exchange.',
      })
      const withPkce = await codeFor(fixture, web, person)
      const answer = await tokenRequest(fixture, exchangeForm(web, withPkce.code, withPkce.pkce), { headers })
      assert.equal(answer.status, 200, answer.text)
    })

    it('without an Origin there is nothing to decide', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      const answer = await tokenRequest(fixture, exchangeForm(app, code, pkce))
      assert.equal(answer.status, 200)
      mayNot(answer)
      assert.equal(answer.headers.vary, 'Origin')
    })

    it('cookies open nothing', async () => {
      const answer = await call(
        'POST',
        TOKEN,
        { origin: OWN },
        { cookies: browser.cookies, form: { grant_type: 'refresh_token' } },
      )
      assert.equal(answer.status, 401)
    })

    it('an origin is trusted for as long as it is active', async () => {
      const origin = 'https://short.example'
      const id = await trust(origin, 'CORS')
      assert.equal((await exchange(origin)).status, 200)
      await fixture.request('POST', `/api/v1/trustedOrigins/${id}/lifecycle/deactivate`)
      mayNot(await exchange(origin))
    })
  })

  describe('where the session cookie speaks', () => {
    const ME = '/api/v1/sessions/me'
    const me = (method: string, headers: Readonly<Record<string, string>>) =>
      call(method, ME, headers, { cookies: browser.cookies })

    it('a trusted origin reads, with credentials', async () => {
      const answer = await me('GET', { origin: TRUSTED })
      assert.equal(answer.json.login, person.login)
      may(answer, TRUSTED)
      assert.equal(answer.headers['access-control-allow-credentials'], 'true')
      const asked = await preflight(ME, TRUSTED, 'GET')
      assert.equal(asked.status, 204)
      may(asked, TRUSTED)
      assert.equal(asked.headers['access-control-allow-credentials'], 'true')
    })

    it('nobody else does: not the origin of a redirect URI, not `null`, not a look-alike', async () => {
      for (const origin of [
        OWN,
        EVIL,
        REDIRECT_ONLY,
        'null',
        `${TRUSTED}.evil.example`,
        'http://trusted.example',
        `${TRUSTED}:8443`,
      ]) {
        for (const answer of [await me('GET', { origin }), await preflight(ME, origin, 'GET')]) {
          mayNot(answer)
          assert.equal(answer.headers.vary, 'Origin')
        }
      }
    })

    it('nobody else changes anything either', async () => {
      for (const origin of [OWN, EVIL, 'null']) {
        const answer = await me('DELETE', { origin })
        assert.equal(answer.status, 403)
        assert.equal(answer.json.errorCode, 'E0000212')
        mayNot(answer)
      }
      assert.equal((await me('GET', {})).status, 200)
    })

    it('errors can be read as answers can', async () => {
      const answer = await call('GET', ME, { origin: TRUSTED })
      assert.equal(answer.status, 404)
      may(answer, TRUSTED)
      assert.equal(answer.headers['access-control-allow-credentials'], 'true')
    })

    it('never `*` beside credentials', async () => {
      for (const origin of [TRUSTED, EVIL, '*']) {
        const { headers } = await me('GET', { origin })
        assert.notEqual(headers['access-control-allow-origin'], '*')
      }
    })
  })

  describe('for anybody', () => {
    const open = [
      '/.well-known/openid-configuration',
      '/.well-known/oauth-authorization-server',
      '/oauth2/default/.well-known/openid-configuration',
      '/oauth2/default/.well-known/oauth-authorization-server',
      '/oauth2/default/v1/keys',
      '/oauth2/v1/keys',
    ]
    for (const path of open)
      it(`${path} is the same for every origin, cacheable, without credentials`, async () => {
        const answers = await Promise.all(
          [{}, { origin: OWN }, { origin: EVIL }, { origin: 'null' }].map((h) => call('GET', path, h)),
        )
        for (const answer of answers) {
          assert.equal(answer.status, 200)
          anybody(answer)
          assert.match(String(answer.headers['cache-control']), /max-age=\d+/)
          assert.equal(answer.text, answers[0]?.text)
        }
        const asked = await preflight(path, EVIL, 'GET')
        assert.equal(asked.headers['access-control-allow-origin'], '*')
        assert.match(String(asked.headers['access-control-allow-headers']), /X-Okta-User-Agent-Extended/)
      })

    for (const path of ['userinfo', 'introspect', 'revoke'])
      it(`${path} answers whoever has a token, from any origin, without credentials`, async () => {
        const url = `/oauth2/default/v1/${path}`
        const asked = await preflight(url, EVIL, 'POST', 'authorization,content-type,x-okta-user-agent-extended')
        assert.equal(asked.status, 204)
        assert.equal(asked.headers['access-control-allow-origin'], '*')
        const good =
          path === 'userinfo'
            ? await call('GET', url, { origin: EVIL, authorization: `Bearer ${tokens.access_token}` })
            : await postForm(fixture, path, { token: 'x', client_id: app.clientId }, { headers: { origin: EVIL } })
        assert.equal(good.status, 200)
        anybody(good)
        const bad =
          path === 'userinfo'
            ? await call('GET', url, { origin: EVIL })
            : await postForm(fixture, path, { token: 'x' }, { headers: { origin: EVIL } })
        assert.equal(bad.status, 401)
        anybody(bad)
        assert.match(String(bad.headers['access-control-expose-headers']), /WWW-Authenticate/)
      })

    it('the session cookie opens none of these', async () => {
      const answer = await call('GET', '/oauth2/default/v1/userinfo', { origin: EVIL }, { cookies: browser.cookies })
      assert.equal(answer.status, 401)
    })
  })

  describe('for nobody', () => {
    it('the authorization endpoint, sign-out and pages say nothing to scripts of any origin', async () => {
      for (const origin of [OWN, TRUSTED, EVIL, 'http://first.test']) {
        const pages = [
          await visit(fixture, browser, 'GET', authorizePath(app, newPkce(), { prompt: 'none' }), {
            headers: { origin },
          }),
          await visit(fixture, newBrowser(), 'GET', authorizePath(app, newPkce()), { headers: { origin } }),
          await visit(fixture, newBrowser(), 'GET', authorizePath(app, newPkce(), { client_id: 'x' }), {
            headers: { origin },
          }),
          await call('GET', '/oauth2/default/v1/logout', { origin }),
          await call('GET', '/', { origin }),
          await preflight('/oauth2/default/v1/authorize', origin, 'GET'),
          await preflight('/signin', origin),
          await preflight('/oauth2/default/v1/logout', origin),
        ]
        for (const page of pages) mayNot(page)
      }
    })

    it('the management API with a script’s token has no business in a page', async () => {
      const answer = await fixture.request('GET', '/api/v1/apps', { headers: { origin: TRUSTED } })
      assert.equal(answer.status, 200)
      mayNot(answer)
    })
  })
})
