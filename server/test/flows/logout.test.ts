// RP-initiated logout: whose session ends, where the browser is sent, and who can't make it happen.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  assign,
  authorizePath,
  type Browser,
  callback,
  hiddenFields,
  newApp,
  newBrowser,
  newPair,
  newPerson,
  newPkce,
  pageError,
  refresh,
  signInForTokens,
  type TestApp,
  type TestPerson,
  type Tokens,
  userinfo,
  visit,
} from '../oauth-client.ts'
import { changingNothing } from '../rows.ts'

const HOME = 'http://localhost:8080'

describe('logout', () => {
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
  })
  after(() => fixture.close())
  beforeEach(async () => {
    fixture.clock.advance(1_000)
    browser = newBrowser()
    tokens = await signInForTokens(fixture, app, person, {}, browser)
  })

  const path = (parameters: Readonly<Record<string, string>>, server = '/default'): string =>
    `/oauth2${server}/v1/logout?${new URLSearchParams(parameters)}`
  const hinted = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
    id_token_hint: tokens.id_token,
    post_logout_redirect_uri: HOME,
    ...more,
  })
  const isSignedIn = async (asker: Browser = browser): Promise<boolean> =>
    callback(
      await visit(fixture, { cookies: { ...asker.cookies } }, 'GET', authorizePath(app, newPkce(), { prompt: 'none' })),
    ).code !== undefined

  function isPage(answer: TestAnswer, code: string, description: RegExp): void {
    assert.equal(answer.status, 400)
    assert.equal(answer.headers.location, undefined)
    assert.equal(pageError(answer).code, code)
    assert.match(pageError(answer).description, description)
  }

  for (const method of ['GET', 'POST'] as const)
    it(`ends the session and leads to the registered address with the state (${method})`, async () => {
      const parameters = hinted({ state: 'a b&c' })
      const answer =
        method === 'GET'
          ? await visit(fixture, browser, 'GET', path(parameters))
          : await visit(fixture, browser, 'POST', '/oauth2/default/v1/logout', { form: parameters })
      assert.equal(answer.status, method === 'GET' ? 302 : 303)
      assert.equal(answer.headers.location, `${HOME}?state=a+b%26c`)
      assert.deepEqual([browser.cookies.sid, browser.cookies.idx], [undefined, undefined])
      assert.equal(await isSignedIn(), false)
    })

  it('ends the session on the server, not only in the browser', async () => {
    const copied = { cookies: { ...browser.cookies } }
    assert.equal(await isSignedIn(copied), true)
    await visit(fixture, browser, 'GET', path(hinted()))
    assert.equal(await isSignedIn(copied), false)
    const me = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: copied.cookies })
    assert.equal(me.status, 404)
  })

  it('leaves tokens alone: offline means offline', async () => {
    await visit(fixture, browser, 'GET', path(hinted()))
    assert.equal((await userinfo(fixture, tokens.access_token)).status, 200)
    assert.equal((await refresh(fixture, app, tokens.refresh_token)).status, 200)
  })

  it('without a session leads on all the same', async () => {
    const answer = await changingNothing(fixture.deps.db, () => visit(fixture, newBrowser(), 'GET', path(hinted())))
    assert.deepEqual([answer.status, answer.headers.location], [302, HOME])
  })

  it('without a target leads to the sign-in page', async () => {
    const answer = await visit(fixture, browser, 'GET', path({ id_token_hint: tokens.id_token }))
    assert.deepEqual([answer.status, answer.headers.location], [302, '/'])
    const page = await visit(fixture, browser, 'GET', '/')
    assert.ok(page.text.includes('name="credentials.passcode"'))
  })

  it('takes a hint that has expired', async () => {
    fixture.clock.advance(3 * 3_600_000)
    const later = newBrowser()
    await signInForTokens(fixture, app, person, {}, later)
    const answer = await visit(fixture, later, 'GET', path(hinted()))
    assert.equal(answer.headers.location, HOME)
    assert.equal(await isSignedIn(later), false)
  })

  it('with the hint of somebody else ends nothing', async () => {
    const other = await newPerson(fixture)
    await assign(fixture, app, other)
    const { id_token } = await signInForTokens(fixture, app, other)
    const answer = await changingNothing(fixture.deps.db, () =>
      visit(fixture, browser, 'GET', path(hinted({ id_token_hint: id_token }))),
    )
    isPage(answer, 'id_token_does_not_match_session', /somebody else/)
    assert.equal(await isSignedIn(), true)
  })

  it('to an address that is not registered, to the character, ends nothing', async () => {
    for (const post_logout_redirect_uri of [
      `${HOME}/`,
      `${HOME}?x=1`,
      `${HOME}#x`,
      'http://localhost:8081',
      'https://localhost:8080',
      'http://localhost:8080.evil.example',
      'http://localhost:8080@evil.example',
      'http://LOCALHOST:8080',
      '//localhost:8080',
      'javascript:alert(1)',
      'https://evil.example',
    ]) {
      const answer = await changingNothing(fixture.deps.db, () =>
        visit(fixture, browser, 'GET', path(hinted({ post_logout_redirect_uri }))),
      )
      isPage(answer, 'invalid_request', /^The 'post_logout_redirect_uri' parameter must be a Logout redirect URI/)
    }
    assert.equal(await isSignedIn(), true)
  })

  it('to an address of another client ends nothing', async () => {
    await newApp(fixture, { settings: { post_logout_redirect_uris: ['https://other.example/out'] } })
    const answer = await visit(
      fixture,
      browser,
      'GET',
      path(hinted({ post_logout_redirect_uri: 'https://other.example/out' })),
    )
    isPage(answer, 'invalid_request', /post_logout_redirect_uri/)
  })

  it('to a target needs a hint', async () => {
    const answer = await visit(fixture, browser, 'GET', path({ post_logout_redirect_uri: HOME }))
    isPage(answer, 'invalid_request', /^The required parameter 'id_token_hint' is missing\.$/)
    assert.equal(await isSignedIn(), true)
  })

  it('takes no hint that this server did not give as an ID token', async () => {
    const { id_token, access_token } = tokens
    const [head, body = '', signature] = id_token.split('.')
    const bent = Buffer.from(body, 'base64url').toString().replace(person.id, 'x'.repeat(20))
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    const hints = {
      'an access token': access_token,
      'another subject': `${head}.${Buffer.from(bent).toString('base64url')}.${signature}`,
      'no algorithm': `${none}.${body}.`,
      'no signature': `${head}.${body}.`,
      'a bent signature': `${id_token.slice(0, -6)}AAAAAA`,
      rubbish: 'x',
    }
    for (const [what, id_token_hint] of Object.entries(hints)) {
      const answer = await visit(fixture, browser, 'GET', path(hinted({ id_token_hint })))
      assert.equal(answer.status, 400, what)
      isPage(answer, 'invalid_request', /^The id_token_hint is not a valid ID token of this server\.$/)
    }
    isPage(
      await visit(fixture, browser, 'GET', path(hinted(), '')),
      'invalid_request',
      /not a valid ID token of this server/,
    )
    assert.equal(await isSignedIn(), true)
  })

  it('given twice, a parameter is refused', async () => {
    const answer = await visit(fixture, browser, 'GET', `${path(hinted())}&state=a&state=b`)
    isPage(answer, 'invalid_request', /multiple parameters/)
    assert.equal(await isSignedIn(), true)
  })

  describe('that nobody vouches for', () => {
    it('asks whoever is signed in, and ends the session when they say so', async () => {
      const page = await changingNothing(fixture.deps.db, () => visit(fixture, browser, 'GET', path({})))
      assert.equal(page.status, 200)
      assert.ok(page.text.includes('action="/login/signout"'))
      assert.match(String(page.headers['content-security-policy']), /frame-ancestors 'none'/)
      assert.equal(await isSignedIn(), true)
      const done = await visit(fixture, browser, 'POST', '/login/signout', { form: hiddenFields(page.text) })
      assert.equal(done.status, 200)
      assert.equal(await isSignedIn(), false)
    })

    it('ends nothing by a form that another site sends', async () => {
      const page = await visit(fixture, browser, 'GET', path({}))
      const form = hiddenFields(page.text)
      for (const [sent, headers] of [
        [form, { origin: 'https://evil.example' }],
        [form, { 'sec-fetch-site': 'cross-site' }],
        [{}, {}],
        [{ csrf: 'x' }, {}],
      ] as const) {
        const answer = await visit(fixture, browser, 'POST', '/login/signout', { form: { ...sent }, headers })
        assert.equal(answer.status, 400)
        assert.equal(await isSignedIn(), true)
      }
    })

    it('leads a stranger to the sign-in page', async () => {
      const answer = await visit(fixture, newBrowser(), 'GET', path({}))
      assert.deepEqual([answer.status, answer.headers.location], [302, '/'])
    })
  })

  it('is in the System Log as the person’s own', async () => {
    await visit(fixture, browser, 'GET', path(hinted()))
    const filter = encodeURIComponent(`eventType eq "user.session.end" and actor.id eq "${person.id}"`)
    const { json } = await fixture.request(
      'GET',
      `/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&filter=${filter}`,
    )
    assert.ok(json.length > 0)
    assert.ok(!JSON.stringify(json).includes(tokens.id_token))
  })
})
