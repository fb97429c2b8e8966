// What the OpenID Foundation's basic and config plans check of a provider, one test for each behaviour.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  assign,
  authorizePath,
  authorizeWith,
  type Browser,
  basic,
  callback,
  claimsOf,
  codeFor,
  exchangeForm,
  hiddenFields,
  newApp,
  newBrowser,
  newPair,
  newPerson,
  newPkce,
  pageError,
  REDIRECT_URI,
  refresh,
  signInForTokens,
  submitSignIn,
  type TestApp,
  type TestPerson,
  tokenRequest,
  userinfo,
  visit,
} from '../oauth-client.ts'
import { addScope } from '../server-settings.ts'

const ISSUER = 'http://first.test/oauth2/default'

describe('the OpenID basic and config plans', () => {
  let fixture: Fixture
  let app: TestApp
  let person: TestPerson
  /** A browser in which the person is signed in. */
  let browser: Browser
  let idToken: string

  before(async () => {
    fixture = await startFixture()
    const pair = await newPair(fixture)
    app = pair.app
    person = pair.person
  })
  after(() => fixture.close())
  // Four passwords a second may be tried for one name.
  beforeEach(() => fixture.clock.advance(1_000))

  async function signedIn(): Promise<Browser> {
    browser = newBrowser()
    const tokens = await signInForTokens(fixture, app, person, {}, browser)
    idToken = tokens.id_token
    return browser
  }

  const ask = (
    asker: Browser,
    parameters: Readonly<Record<string, string | undefined>>,
    pkce = newPkce(),
  ): Promise<TestAnswer> => visit(fixture, asker, 'GET', authorizePath(app, pkce, parameters))

  /** The ID token of a request that is answered with a code at once. */
  async function idTokenOf(asker: Browser, parameters: Readonly<Record<string, string | undefined>>) {
    const pkce = newPkce()
    const { code, ...rest } = callback(await ask(asker, parameters, pkce))
    assert.ok(code, JSON.stringify(rest))
    const answer = await tokenRequest(fixture, exchangeForm(app, code, pkce))
    assert.equal(answer.status, 200, answer.text)
    return claimsOf(answer.json.id_token)
  }

  const isSignInPage = (answer: TestAnswer): boolean =>
    answer.status === 200 && answer.text.includes('name="credentials.passcode"')

  describe('prompt', () => {
    it('prompt=none when not logged in: login_required comes back, without a page', async () => {
      const { error, state, iss, code } = callback(await ask(newBrowser(), { prompt: 'none', state: 'np' }))
      assert.deepEqual(
        { error, state, iss, code },
        { error: 'login_required', state: 'np', iss: ISSUER, code: undefined },
      )
    })

    it('prompt=none when logged in: a code at once, for the same person and the same auth_time', async () => {
      const asker = await signedIn()
      fixture.clock.advance(5_000)
      const second = await idTokenOf(asker, { prompt: 'none' })
      assert.equal(second.sub, person.id)
      assert.equal(second.auth_time, claimsOf(idToken).auth_time)
    })

    it('prompt=login asks again although there is a session, and auth_time moves', async () => {
      const asker = await signedIn()
      fixture.clock.advance(3_000)
      const pkce = newPkce()
      const page = await ask(asker, { prompt: 'login' }, pkce)
      assert.ok(isSignInPage(page))
      const { code } = callback(await submitSignIn(fixture, asker, page.text, person))
      const tokens = await tokenRequest(fixture, exchangeForm(app, code ?? '', pkce))
      const claims = claimsOf(tokens.json.id_token)
      assert.equal(claims.sub, person.id)
      assert.equal(claims.auth_time, claimsOf(idToken).auth_time + 3)
    })

    it('prompt=none beside any other value is refused', async () => {
      const { error, error_description } = callback(await ask(newBrowser(), { prompt: 'none login' }))
      assert.equal(error, 'invalid_request')
      assert.equal(
        error_description,
        "Invalid value for 'prompt' parameter. Supported values: [none, login, consent, login consent]",
      )
    })

    it('prompt=select_account, which is not served, is refused by name', async () => {
      assert.equal(callback(await ask(newBrowser(), { prompt: 'select_account' })).error, 'invalid_request')
    })
  })

  describe('max_age', () => {
    it('max_age=1 asks again once a session is older, and auth_time moves', async () => {
      const asker = await signedIn()
      fixture.clock.advance(2_000)
      const pkce = newPkce()
      const page = await ask(asker, { max_age: '1' }, pkce)
      assert.ok(isSignInPage(page))
      const { code } = callback(await submitSignIn(fixture, asker, page.text, person))
      const tokens = await tokenRequest(fixture, exchangeForm(app, code ?? '', pkce))
      assert.equal(claimsOf(tokens.json.id_token).auth_time, claimsOf(idToken).auth_time + 2)
    })

    it('max_age=10000 goes on with the session that is there', async () => {
      const asker = await signedIn()
      fixture.clock.advance(60_000)
      const claims = await idTokenOf(asker, { max_age: '10000' })
      assert.equal(claims.auth_time, claimsOf(idToken).auth_time)
    })

    it('max_age with prompt=none and an older session is login_required', async () => {
      const asker = await signedIn()
      fixture.clock.advance(5_000)
      assert.equal(callback(await ask(asker, { max_age: '4', prompt: 'none' })).error, 'login_required')
    })

    it('max_age that is no number of seconds is refused', async () => {
      for (const max_age of ['-1', '1.5', 'x', '2147483648', '99999999999'])
        assert.equal(
          callback(await ask(newBrowser(), { max_age })).error_description,
          "Invalid value for 'max_age' parameter. It should be within range 0 - 2^31-1.",
        )
    })
  })

  describe('a clock that runs on', () => {
    let ticking: Fixture
    before(async () => {
      ticking = await startFixture({ ticking: 1 })
    })
    after(() => ticking.close())

    for (const parameters of [{ max_age: '0' }, { max_age: '0', prompt: 'login' }, { prompt: 'login' }])
      it(`asks once, not for ever: ${JSON.stringify(parameters)}`, async () => {
        const pair = await newPair(ticking)
        const asker = newBrowser()
        const path = authorizePath(pair.app, newPkce(), parameters)
        const first = await visit(ticking, asker, 'GET', path)
        assert.ok(callback(await submitSignIn(ticking, asker, first.text, pair.person)).code)
        const second = await visit(ticking, asker, 'GET', path)
        assert.ok(isSignInPage(second))
        assert.ok(callback(await submitSignIn(ticking, asker, second.text, pair.person)).code)
      })
  })

  describe('hints', () => {
    it('id_token_hint with prompt=none: the person it names gets a code', async () => {
      const asker = await signedIn()
      const { sub } = await idTokenOf(asker, { prompt: 'none', id_token_hint: idToken })
      assert.equal(sub, person.id)
    })

    it('id_token_hint of somebody else with prompt=none is login_required', async () => {
      await signedIn()
      const other = await newPerson(fixture)
      await assign(fixture, app, other)
      const asker = newBrowser()
      await signInForTokens(fixture, app, other, {}, asker)
      assert.equal(callback(await ask(asker, { prompt: 'none', id_token_hint: idToken })).error, 'login_required')
    })

    it('id_token_hint of somebody else: who signs in instead is told so once, not asked for ever', async () => {
      await signedIn()
      const other = await newPerson(fixture)
      await assign(fixture, app, other)
      const asker = newBrowser()
      const page = await ask(asker, { id_token_hint: idToken })
      assert.ok(isSignInPage(page))
      assert.equal(callback(await submitSignIn(fixture, asker, page.text, other)).error, 'login_required')
    })

    it('id_token_hint that has expired still names its person', async () => {
      await signedIn()
      fixture.clock.advance(2 * 3_600_000 - 1)
      const asker = newBrowser()
      await signInForTokens(fixture, app, person, {}, asker)
      assert.ok(callback(await ask(asker, { prompt: 'none', id_token_hint: idToken })).code)
    })

    it('id_token_hint that is none of this client is refused', async () => {
      const asker = await signedIn()
      const elsewhere = await newApp(fixture)
      await assign(fixture, elsewhere, person)
      const theirs = await signInForTokens(fixture, elsewhere, person)
      for (const id_token_hint of ['x', theirs.id_token, theirs.access_token, `${idToken}x`])
        assert.equal(callback(await ask(asker, { prompt: 'none', id_token_hint })).error, 'invalid_request')
    })

    it('login_hint fills the username in, and stays text', async () => {
      const page = await ask(newBrowser(), { login_hint: '"><script>alert(1)</script>' })
      assert.ok(page.text.includes('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"'))
      assert.ok(!page.text.includes('<script>alert'))
    })
  })

  describe('what is asked for and not served', () => {
    const refused = {
      request: 'request_not_supported',
      request_uri: 'request_uri_not_supported',
      claims: 'invalid_request',
    }
    for (const [name, code] of Object.entries(refused))
      it(`${name} is refused by name: ${code}`, async () => {
        const { error, error_description, state } = callback(
          await ask(newBrowser(), { [name]: 'eyJhbGciOiJub25lIn0.e30.' }),
        )
        assert.equal(error, code)
        assert.equal(error_description, `The '${name}' parameter is not supported.`)
        assert.equal(state, 'state-1')
      })

    it('a parameter that nobody knows is ignored', async () => {
      const asker = await signedIn()
      assert.ok(callback(await ask(asker, { extra: 'foobar', prompt: 'none' })).code)
    })

    for (const [name, value] of [
      ['display', 'page'],
      ['display', 'popup'],
      ['ui_locales', 'se'],
      ['claims_locales', 'se'],
    ] as const)
      it(`${name}=${value} is accepted`, async () => {
        const asker = await signedIn()
        assert.ok(callback(await ask(asker, { [name]: value, prompt: 'none' })).code)
      })

    for (const type of ['token', 'id_token', 'id_token token', 'code id_token', 'code token', 'code id_token token'])
      it(`response_type=${type} is refused where its answer would have come`, async () => {
        const answer = await ask(newBrowser(), { response_type: type, nonce: 'n' })
        assert.equal(answer.status, 302)
        const { hash, search } = new URL(String(answer.headers.location))
        assert.equal(search, '')
        assert.equal(new URLSearchParams(hash.slice(1)).get('error'), 'unsupported_response_type')
      })

    it('a request without response_type is an error', async () => {
      assert.equal(callback(await ask(newBrowser(), { response_type: undefined })).error, 'invalid_request')
    })
  })

  describe('acr_values', () => {
    it('a value that nobody here defines is no reason to refuse', async () => {
      const asker = await signedIn()
      const claims = await idTokenOf(asker, { acr_values: '1 2', prompt: 'none' })
      assert.equal(claims.acr, undefined)
    })

    for (const acr of ['urn:okta:loa:1fa:any', 'urn:okta:loa:1fa:pwd'])
      it(`${acr} is met by a password and comes back`, async () => {
        const asker = await signedIn()
        assert.equal((await idTokenOf(asker, { acr_values: acr, prompt: 'none' })).acr, acr)
      })

    for (const acr of ['phr', 'phrh', 'urn:okta:loa:2fa:any'])
      it(`${acr} can't be met by a password, so nothing is given`, async () => {
        const asker = await signedIn()
        assert.equal(callback(await ask(asker, { acr_values: acr, prompt: 'none' })).error, 'access_denied')
      })
  })

  describe('codes', () => {
    it('a code that is used twice is refused, and what it gave is dead', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      const first = await tokenRequest(fixture, exchangeForm(app, code, pkce))
      assert.equal((await userinfo(fixture, first.json.access_token)).status, 200)
      const second = await tokenRequest(fixture, exchangeForm(app, code, pkce))
      assert.equal(second.status, 400)
      assert.equal(second.json.error, 'invalid_grant')
      assert.equal((await userinfo(fixture, first.json.access_token)).status, 401)
      assert.equal((await refresh(fixture, app, first.json.refresh_token)).json.error, 'invalid_grant')
    })

    it('a code that is used again 30 seconds later is refused, and what it gave is dead', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      const first = await tokenRequest(fixture, exchangeForm(app, code, pkce))
      fixture.clock.advance(30_000)
      assert.equal((await tokenRequest(fixture, exchangeForm(app, code, pkce))).json.error, 'invalid_grant')
      assert.equal((await userinfo(fixture, first.json.access_token)).status, 401)
    })

    it('a code lives five minutes', async () => {
      const early = await codeFor(fixture, app, person)
      fixture.clock.advance(299_999)
      assert.equal((await tokenRequest(fixture, exchangeForm(app, early.code, early.pkce))).status, 200)
      const late = await codeFor(fixture, app, person)
      fixture.clock.advance(300_000)
      const answer = await tokenRequest(fixture, exchangeForm(app, late.code, late.pkce))
      assert.deepEqual(answer.json, {
        error: 'invalid_grant',
        error_description: 'The authorization code is invalid or has expired.',
      })
    })

    it('the answer of the token endpoint is not to be stored', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      const { headers } = await tokenRequest(fixture, exchangeForm(app, code, pkce))
      assert.equal(headers['cache-control'], 'no-cache, no-store')
      assert.equal(headers.pragma, 'no-cache')
      assert.match(String(headers['content-type']), /^application\/json/)
    })
  })

  describe('client authentication', () => {
    it('client_secret_basic', async () => {
      const web = await newApp(fixture, { type: 'web' })
      await assign(fixture, web, person)
      const { code, pkce } = await codeFor(fixture, web, person)
      const form = exchangeForm(web, code, pkce, { client_id: undefined })
      assert.equal((await tokenRequest(fixture, form, { headers: basic(web) })).status, 200)
    })

    it('client_secret_post', async () => {
      const web = await newApp(fixture, {
        type: 'web',
        credentials: { token_endpoint_auth_method: 'client_secret_post' },
      })
      await assign(fixture, web, person)
      const { code, pkce } = await codeFor(fixture, web, person)
      const answer = await tokenRequest(fixture, exchangeForm(web, code, pkce, { client_secret: web.secret }))
      assert.equal(answer.status, 200, answer.text)
    })
  })

  describe('userinfo', () => {
    let token: string
    before(async () => {
      token = (await signInForTokens(fixture, app, person)).access_token
    })
    const path = '/oauth2/default/v1/userinfo'

    it('by GET with the header', async () => {
      const answer = await fixture.request('GET', path, { token: null, headers: { authorization: `Bearer ${token}` } })
      assert.equal(answer.status, 200)
      assert.equal(answer.json.sub, person.id)
      assert.match(String(answer.headers['content-type']), /^application\/json/)
    })

    it('by POST with the header', async () => {
      const answer = await fixture.request('POST', path, { token: null, headers: { authorization: `bearer ${token}` } })
      assert.equal(answer.json.sub, person.id)
    })

    it('by POST with the body', async () => {
      const answer = await fixture.request('POST', path, { token: null, form: { access_token: token } })
      assert.equal(answer.json.sub, person.id)
    })

    it('never by the query', async () => {
      assert.equal((await fixture.request('GET', `${path}?access_token=${token}`, { token: null })).status, 401)
    })
  })

  describe('nonce', () => {
    it('is copied into the ID token, to the character', async () => {
      const nonce = 'ä "quoted" +/= 1'
      assert.equal(claimsOf((await signInForTokens(fixture, app, person, { nonce })).id_token).nonce, nonce)
    })

    it('may be missing from a request for a code, and then from the ID token too', async () => {
      assert.ok(!('nonce' in claimsOf((await signInForTokens(fixture, app, person)).id_token)))
    })

    it('is not repeated in the ID token of a refresh, whose auth_time stays', async () => {
      const tokens = await signInForTokens(fixture, app, person, { nonce: 'n-1' })
      fixture.clock.advance(60_000)
      const renewed = claimsOf((await refresh(fixture, app, tokens.refresh_token)).json.id_token)
      const first = claimsOf(tokens.id_token)
      assert.ok(!('nonce' in renewed))
      assert.deepEqual(
        [renewed.auth_time, renewed.sub, renewed.iss, renewed.aud],
        [first.auth_time, first.sub, first.iss, first.aud],
      )
      assert.equal(renewed.iat, first.iat + 60)
    })
  })

  describe('ID tokens', () => {
    it('are signed by a published key, for the client, for an hour', async () => {
      const tokens = await signInForTokens(fixture, app, person)
      const { json: keySet } = await fixture.request('GET', '/oauth2/default/v1/keys', { token: null })
      for (const key of keySet.keys) {
        assert.deepEqual(Object.keys(key).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use'])
        assert.equal(key.use, 'sig')
      }
      const { payload, protectedHeader } = await jwtVerify(tokens.id_token, createLocalJWKSet(keySet), {
        issuer: ISSUER,
        audience: app.clientId,
        currentDate: new Date(fixture.clock.now()),
      })
      assert.equal(protectedHeader.alg, 'RS256')
      assert.ok(keySet.keys.some((key: { kid: string }) => key.kid === protectedHeader.kid))
      assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 3_600)
    })

    it('carry the hash of the access token beside them', async () => {
      const tokens = await signInForTokens(fixture, app, person)
      const half = createHash('sha256').update(tokens.access_token).digest().subarray(0, 16).toString('base64url')
      assert.equal(claimsOf(tokens.id_token).at_hash, half)
      const renewed = (await refresh(fixture, app, tokens.refresh_token)).json
      const other = createHash('sha256').update(renewed.access_token).digest().subarray(0, 16).toString('base64url')
      assert.equal(claimsOf(renewed.id_token).at_hash, other)
    })

    it('are not given without the scope openid', async () => {
      const own = await newApp(fixture)
      await assign(fixture, own, person)
      await addScope(fixture, { name: 'things:read' })
      const tokens = await signInForTokens(fixture, own, person, { scope: 'things:read' })
      assert.equal(tokens.id_token, undefined)
      const answer = await userinfo(fixture, tokens.access_token)
      assert.equal(answer.status, 403)
      assert.equal(answer.text, '')
      assert.match(String(answer.headers['www-authenticate']), /^Bearer error="insufficient_scope"/)
    })
  })

  describe('scopes open claims at userinfo', () => {
    const profile = {
      middleName: 'King',
      nickName: 'ada',
      profileUrl: 'https://ada.example/',
      timezone: 'Europe/London',
      locale: 'en_GB',
      primaryPhone: '+44 20 7946 0000',
      streetAddress: '12 St James Square',
      city: 'London',
      state: 'LND',
      zipCode: 'SW1Y',
      countryCode: 'GB',
    }
    const claims: Readonly<Record<string, readonly string[]>> = {
      profile: [
        ...['family_name', 'given_name', 'locale', 'middle_name', 'name', 'nickname'],
        ...['preferred_username', 'profile', 'updated_at', 'zoneinfo'],
      ],
      email: ['email', 'email_verified'],
      address: ['address'],
      phone: ['phone_number'],
    }
    let somebody: TestPerson
    before(async () => {
      somebody = await newPerson(fixture, profile)
      await assign(fixture, app, somebody)
    })

    for (const [scope, names] of Object.entries(claims))
      it(`scope ${scope}`, async () => {
        const tokens = await signInForTokens(fixture, app, somebody, { scope: `openid ${scope}` })
        const { json } = await userinfo(fixture, tokens.access_token)
        assert.deepEqual(Object.keys(json).sort(), [...names, 'sub'].sort())
        assert.equal(json.sub, claimsOf(tokens.id_token).sub)
      })

    it('all scopes together', async () => {
      const tokens = await signInForTokens(fixture, app, somebody, { scope: 'openid profile email address phone' })
      const { json } = await userinfo(fixture, tokens.access_token)
      assert.deepEqual(Object.keys(json).sort(), ['sub', ...Object.values(claims).flat()].sort())
      assert.deepEqual(json.address, {
        street_address: '12 St James Square',
        locality: 'London',
        region: 'LND',
        postal_code: 'SW1Y',
        country: 'GB',
      })
      assert.equal(json.locale, 'en-GB')
      assert.equal(json.updated_at, Math.floor(json.updated_at))
    })

    it('the scope openid alone opens who it is and nothing more', async () => {
      const tokens = await signInForTokens(fixture, app, somebody, { scope: 'openid' })
      assert.deepEqual(await userinfo(fixture, tokens.access_token).then(({ json }) => json), { sub: somebody.id })
    })
  })

  describe('state and redirect URI', () => {
    it('state comes back verbatim', async () => {
      const asker = await signedIn()
      for (const state of ['a b+c/d=e&f', '%2F%20', 'x'.repeat(2_048), `{"r":"/a?b#c"}`])
        assert.equal(callback(await ask(asker, { state, prompt: 'none' })).state, state)
    })

    it('a request without state is refused: nothing would protect its answer', async () => {
      const { error, error_description } = callback(await ask(newBrowser(), { state: undefined }))
      assert.equal(error, 'invalid_request')
      assert.equal(error_description, "The authentication request has an invalid 'state' parameter.")
    })

    it('a registered query is kept, to the byte; an added one is refused', async () => {
      const uri = `${REDIRECT_URI}?lang=en%2FGB&x=%20`
      const own = await newApp(fixture, { settings: { redirect_uris: [uri] } })
      await assign(fixture, own, person)
      const { cookies } = await signedIn()
      const kept = await visit(fixture, { cookies }, 'GET', authorizePath(own, newPkce(), { redirect_uri: uri }))
      assert.ok(String(kept.headers.location).startsWith(`${uri}&state=state-1&code=`))
      for (const wrong of [REDIRECT_URI, `${uri}&y=1`, `${REDIRECT_URI}?x=%20&lang=en%2FGB`]) {
        const answer = await visit(fixture, { cookies }, 'GET', authorizePath(own, newPkce(), { redirect_uri: wrong }))
        assert.equal(answer.status, 400)
      }
    })

    it('response_mode=form_post brings code and state by a form that sends itself', async () => {
      const asker = await signedIn()
      const answer = await ask(asker, { response_mode: 'form_post', state: 'fp', prompt: 'none' })
      assert.equal(answer.status, 200)
      const { code, ...rest } = hiddenFields(answer.text)
      assert.ok(code)
      assert.deepEqual(rest, { state: 'fp', iss: ISSUER })
      assert.ok(answer.text.includes(`action="${REDIRECT_URI}"`))
      assert.match(String(answer.headers['content-security-policy']), /form-action 'self' http:\/\/localhost:8080(;|$)/)
    })

    it('response_mode=fragment', async () => {
      const asker = await signedIn()
      const answer = await ask(asker, { response_mode: 'fragment', prompt: 'none' })
      const { hash, search } = new URL(String(answer.headers.location))
      assert.equal(search, '')
      assert.ok(new URLSearchParams(hash.slice(1)).get('code'))
    })

    it('a request by POST is served as one by GET, and answered with 303', async () => {
      const asker = await signedIn()
      const [path = '', query = ''] = authorizePath(app, newPkce(), { prompt: 'none' }).split('?')
      const answer = await visit(fixture, asker, 'POST', path, { form: query })
      assert.equal(answer.status, 303)
      assert.ok(callback(answer).code)
    })
  })

  describe('page or redirect', () => {
    const page = { client_id: 'nobody', redirect_uri: 'https://elsewhere.example/cb' }
    for (const [name, value] of Object.entries(page))
      for (const wrong of [value, undefined])
        it(`an error about ${name} (${wrong ?? 'missing'}) is shown and never redirected`, async () => {
          const answer = await ask(newBrowser(), { [name]: wrong })
          assert.equal(answer.status, 400)
          assert.equal(answer.headers.location, undefined)
          assert.match(String(answer.headers['content-type']), /^text\/html/)
          assert.equal(pageError(answer).code, name === 'client_id' ? 'invalid_client' : 'invalid_request')
        })

    const redirected: readonly [string, Readonly<Record<string, string | undefined>>, string][] = [
      ['a response type', { response_type: 'wish' }, 'unsupported_response_type'],
      ['a response mode', { response_mode: 'pigeon' }, 'unsupported_response_mode'],
      ['PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
      ['a prompt', { prompt: 'maybe' }, 'invalid_request'],
      ['an unknown scope', { scope: 'openid wishes' }, 'invalid_scope'],
      ['a malformed scope', { scope: 'openid "x"' }, 'invalid_scope'],
      ['scopes of OpenID without openid', { scope: 'profile' }, 'invalid_scope'],
      ['no scope at all', { scope: undefined }, 'invalid_scope'],
    ]
    for (const [what, parameters, code] of redirected)
      it(`an error about ${what} goes to the redirect URI: ${code}`, async () => {
        const { error, error_description, state, iss } = callback(await ask(newBrowser(), parameters))
        assert.equal(error, code)
        assert.ok(error_description)
        assert.equal(state, 'state-1')
        assert.equal(iss, ISSUER)
      })

    it('somebody who may not use the app is sent back with access_denied', async () => {
      const stranger = await newPerson(fixture)
      const answer = await authorizeWith(fixture, newBrowser(), authorizePath(app, newPkce()), stranger)
      assert.equal(answer.error, 'access_denied')
      assert.equal(answer.error_description, 'User is not assigned to the client application.')
    })

    it('a scope that needs a grant which the app lacks is refused', async () => {
      const plain = await newApp(fixture, { settings: { grant_types: ['authorization_code'] } })
      const answer = callback(await visit(fixture, newBrowser(), 'GET', authorizePath(plain, newPkce())))
      assert.equal(answer.error, 'invalid_scope')
      assert.match(String(answer.error_description), /'offline_access' needs the grant type 'refresh_token'/)
    })
  })
})

describe('the config plan', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  const documents: readonly [string, string, string][] = [
    ['/.well-known/openid-configuration', 'http://first.test', 'http://first.test/oauth2/v1'],
    ['/oauth2/default/.well-known/openid-configuration', ISSUER, `${ISSUER}/v1`],
    ['/.well-known/oauth-authorization-server', 'http://first.test', 'http://first.test/oauth2/v1'],
    ['/oauth2/default/.well-known/oauth-authorization-server', ISSUER, `${ISSUER}/v1`],
    ['/.well-known/oauth-authorization-server/oauth2/default', ISSUER, `${ISSUER}/v1`],
  ]
  for (const [path, issuer, base] of documents)
    it(`${path} is complete, and every endpoint that it names is there`, async () => {
      const { status, json, headers } = await fixture.request('GET', path, { token: null })
      assert.equal(status, 200)
      assert.equal(json.issuer, issuer)
      assert.match(String(headers['cache-control']), /max-age=\d+/)
      const endpoints = Object.entries<string>(json).filter(([name]) => /_(endpoint|uri)$/.test(name))
      for (const [name, url] of endpoints) {
        assert.ok(url.startsWith(`${base}/`), `${name} ${url}`)
        const method = /token|introspect|revo/.test(name) ? 'POST' : 'GET'
        const form = method === 'POST' ? {} : undefined
        const answer = await fixture.request(method, new URL(url).pathname, { token: null, ...(form ? { form } : {}) })
        assert.notEqual(answer.status, 404, name)
      }
      assert.equal(json.request_parameter_supported, false)
      assert.deepEqual(json.response_types_supported, ['code'])
      assert.deepEqual(json.code_challenge_methods_supported, ['S256'])
      assert.deepEqual(json.subject_types_supported, ['public'])
      assert.ok(json.scopes_supported.includes('openid') || !path.includes('openid'))
      assert.ok(!json.scopes_supported.includes('device_sso'), 'what does not work is not listed')
    })

  it('the grants and client authentications that it lists are the ones that work', async () => {
    const { json } = await fixture.request('GET', '/oauth2/default/.well-known/openid-configuration', { token: null })
    const app = await newApp(fixture)
    for (const grant_type of json.grant_types_supported) {
      const answer = await tokenRequest(fixture, { grant_type, client_id: app.clientId })
      assert.notEqual(answer.json.error, 'unsupported_grant_type')
    }
    for (const grant_type of ['password', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code', 'x']) {
      const answer = await tokenRequest(fixture, { grant_type, client_id: app.clientId })
      assert.equal(answer.json.error, 'unsupported_grant_type')
      assert.equal(
        answer.json.error_description,
        'The authorization grant type is not supported by the authorization server. Configured grant types: [authorization_code, refresh_token, client_credentials].',
      )
    }
    assert.deepEqual(json.token_endpoint_auth_methods_supported, [
      'client_secret_basic',
      'client_secret_post',
      'client_secret_jwt',
      'private_key_jwt',
      'none',
    ])
  })

  it('an authorization server that nobody made is unknown everywhere', async () => {
    for (const [method, path] of [
      ['GET', '.well-known/openid-configuration'],
      ['GET', 'v1/keys'],
      ['POST', 'v1/token'],
      ['POST', 'v1/introspect'],
      ['GET', 'v1/userinfo'],
    ] as const) {
      const form = method === 'POST' ? { client_id: 'x' } : undefined
      const answer = await fixture.request(method, `/oauth2/aus000/${path}`, { token: null, ...(form ? { form } : {}) })
      assert.equal(answer.status, 404, path)
      assert.equal(answer.json.errorCode, 'E0000007')
      assert.equal(answer.json.errorSummary, 'Not found: Resource not found: aus000 (AuthorizationServer)')
    }
    const app = await newApp(fixture)
    const page = await visit(fixture, newBrowser(), 'GET', authorizePath(app, newPkce(), {}, '/aus000'))
    assert.equal(page.status, 400)
    assert.equal(pageError(page).description, 'The authorization server id is invalid.')
  })
})
