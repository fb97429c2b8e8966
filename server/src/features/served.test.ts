// What each feature changes, on and off.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { consoleCall, openConsole } from '#test/console-client.ts'
import { switchFeature } from '#test/features.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import {
  authorizePath,
  authorizeWith,
  codeFor,
  exchangeForm,
  newApp,
  newBrowser,
  newPair,
  newPerson,
  newPkce,
  signInForTokens,
  submitSignIn,
  tokenRequest,
  visit,
} from '#test/oauth-client.ts'

let fixture: Fixture
before(async () => {
  fixture = await startFixture()
})
after(() => fixture.close())

const APPS = '/api/v1/apps'
const refresh = (client_id: string, refresh_token: string) =>
  tokenRequest(fixture, { grant_type: 'refresh_token', refresh_token, client_id })
const assertInvalid = (answer: TestAnswer, subject: string, cause: string) => {
  assert.equal(answer.status, 400, answer.text)
  assert.equal(answer.json.errorCode, 'E0000001')
  assert.equal(answer.json.errorSummary, `Api validation failed: ${subject}`)
  assert.equal(answer.json.errorCauses[0].errorSummary, cause)
}

/** Creates or replaces by what another answer showed. */
async function appAs(id: string, change: (settings: Record<string, unknown>) => object) {
  const { json } = await fixture.request('GET', `${APPS}/${id}`)
  return { ...json, settings: { ...json.settings, ...change(json.settings) } }
}

describe('Refresh Token Rotation', () => {
  const NAME = 'Refresh Token Rotation'
  const sentence =
    "grant_types: 'refresh_token' of a single-page app needs the feature 'Refresh Token Rotation', which is off for this org."

  test('off: no single-page app is given the grant, others are; nothing is made or changed', async (t) => {
    const spa = await newApp(fixture, { settings: { grant_types: ['authorization_code'] } })
    await switchFeature(fixture, NAME, 'disable')
    t.after(() => switchFeature(fixture, NAME, 'enable'))
    const before = (await fixture.request('GET', `${APPS}/${spa.id}`)).text
    const oauthClient = { grant_types: ['authorization_code', 'refresh_token'] }
    const wanted = await appAs(spa.id, (settings) => ({
      oauthClient: { ...(settings.oauthClient as object), ...oauthClient },
    }))
    assertInvalid(await fixture.request('PUT', `${APPS}/${spa.id}`, { json: wanted }), 'grant_types', sentence)
    assert.equal((await fixture.request('GET', `${APPS}/${spa.id}`)).text, before)
    const another = { ...wanted, label: 'Another single-page app', credentials: {} }
    assertInvalid(await fixture.request('POST', APPS, { json: another }), 'grant_types', sentence)
    assert.deepEqual((await fixture.request('GET', `${APPS}?q=Another`)).json, [])
    for (const type of ['web', 'native'] as const) await newApp(fixture, { type })
  })

  test('off: an app that has the grant keeps its living refresh token and gets no new one; on again, it does', async () => {
    const { app, person } = await newPair(fixture)
    const tokens = await signInForTokens(fixture, app, person)
    const early = await codeFor(fixture, app, person)
    await switchFeature(fixture, NAME, 'disable')

    const renewed = await refresh(app.clientId, tokens.refresh_token)
    assert.equal(renewed.status, 200, renewed.text)
    assert.notEqual(renewed.json.refresh_token, tokens.refresh_token)
    const late = await signInForTokens(fixture, app, person)
    assert.equal(late.refresh_token, undefined)
    assert.equal(late.scope, 'openid profile email')
    const exchanged = await tokenRequest(fixture, exchangeForm(app, early.code, early.pkce))
    assert.equal(exchanged.status, 200, exchanged.text)
    assert.equal(exchanged.json.refresh_token, undefined)
    const { json } = await fixture.request('GET', `${APPS}/${app.id}`)
    assert.deepEqual(json.settings.oauthClient.refresh_token, { rotation_type: 'ROTATE', leeway: 30 })

    await switchFeature(fixture, NAME, 'enable')
    assert.equal((await refresh(app.clientId, renewed.json.refresh_token)).status, 200)
    assert.ok((await signInForTokens(fixture, app, person)).refresh_token)
  })

  test('off: an app that has the grant may be changed and keep it, and does not get it back once it was given up', async (t) => {
    const app = await newApp(fixture)
    const put = (json: object) => fixture.request('PUT', `${APPS}/${app.id}`, { json })
    const grants = async () => (await fixture.request('GET', `${APPS}/${app.id}`)).json.settings.oauthClient.grant_types
    const had = await appAs(app.id, () => ({}))
    await switchFeature(fixture, NAME, 'disable')
    t.after(() => switchFeature(fixture, NAME, 'enable'))
    const renamed = await put({ ...had, label: 'Renamed while rotation is off' })
    assert.equal(renamed.status, 200, renamed.text)
    assert.deepEqual(await grants(), ['authorization_code', 'refresh_token'])
    const without = { oauthClient: { ...had.settings.oauthClient, grant_types: ['authorization_code'] } }
    assert.equal((await put({ ...had, settings: { ...had.settings, ...without } })).status, 200)
    assertInvalid(await put(had), 'grant_types', sentence)
    assert.deepEqual(await grants(), ['authorization_code'])
  })

  test('off: an app of another type gets its refresh tokens as ever', async (t) => {
    const { app, person } = await newPair(fixture, {
      type: 'native',
      credentials: { token_endpoint_auth_method: 'none' },
    })
    await switchFeature(fixture, NAME, 'disable')
    t.after(() => switchFeature(fixture, NAME, 'enable'))
    assert.ok((await signInForTokens(fixture, app, person)).refresh_token)
  })
})

describe('Federation Broker Mode', () => {
  const NAME = 'Federation Broker Mode'

  async function openApp() {
    const app = await newApp(fixture)
    const json = await appAs(app.id, () => ({ implicitAssignment: true }))
    const opened = await fixture.request('PUT', `${APPS}/${app.id}`, { json })
    assert.equal(opened.status, 200, opened.text)
    return app
  }

  test('off: no app is opened to everyone, and nothing is changed', async (t) => {
    const app = await newApp(fixture)
    await switchFeature(fixture, NAME, 'disable')
    t.after(() => switchFeature(fixture, NAME, 'enable'))
    const json = await appAs(app.id, () => ({ implicitAssignment: true }))
    const sentence =
      "implicitAssignment: Opening an app to everyone needs the feature 'Federation Broker Mode', which is off for this org."
    assertInvalid(await fixture.request('PUT', `${APPS}/${app.id}`, { json }), 'implicitAssignment', sentence)
    const another = { ...json, label: 'Open to everyone', credentials: {} }
    assertInvalid(await fixture.request('POST', APPS, { json: another }), 'implicitAssignment', sentence)
    assert.equal((await fixture.request('GET', `${APPS}/${app.id}`)).json.settings.implicitAssignment, false)
  })

  test('off: an open app may be changed and stay open, and is not opened again once it was closed', async (t) => {
    const app = await openApp()
    const put = (json: object) => fixture.request('PUT', `${APPS}/${app.id}`, { json })
    const open = await appAs(app.id, () => ({}))
    await switchFeature(fixture, NAME, 'disable')
    t.after(() => switchFeature(fixture, NAME, 'enable'))
    const renamed = await put({ ...open, label: 'Renamed while broker mode is off' })
    assert.equal(renamed.status, 200, renamed.text)
    assert.equal(renamed.json.settings.implicitAssignment, true)
    assert.equal((await put({ ...open, settings: { ...open.settings, implicitAssignment: false } })).status, 200)
    assert.equal((await put(open)).status, 400)
    assert.equal((await fixture.request('GET', `${APPS}/${app.id}`)).json.settings.implicitAssignment, false)
  })

  test('off: an open app admits the people assigned to it alone, and at a refresh too; on again, everyone', async () => {
    const app = await openApp()
    const person = await newPerson(fixture)
    const tokens = await signInForTokens(fixture, app, person)
    await switchFeature(fixture, NAME, 'disable')

    const path = authorizePath(app, newPkce())
    assert.equal((await authorizeWith(fixture, newBrowser(), path, person)).error, 'access_denied')
    assert.equal((await refresh(app.clientId, tokens.refresh_token)).json.error, 'access_denied')
    const userinfo = await fixture.request('GET', '/oauth2/default/v1/userinfo', {
      token: null,
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    assert.equal(userinfo.status, 401)
    const authn = await fixture.request('POST', '/api/v1/authn', {
      token: null,
      json: { username: person.login, password: person.password, audience: app.id },
    })
    assert.equal(authn.status, 400, authn.text)

    await switchFeature(fixture, NAME, 'enable')
    assert.ok((await authorizeWith(fixture, newBrowser(), path, person)).code)
    assert.equal((await refresh(app.clientId, tokens.refresh_token)).status, 200)
  })

  test('off: an assignment that goes takes the tokens of an open app along', async (t) => {
    const app = await openApp()
    const person = await newPerson(fixture)
    const users = `${APPS}/${app.id}/users`
    const group = await fixture.request('POST', '/api/v1/groups', { json: { profile: { name: 'The chosen' } } })
    const members = `/api/v1/groups/${group.json.id}/users/${person.id}`
    await fixture.request('PUT', members)
    const ways: readonly [give: () => Promise<TestAnswer>, take: () => Promise<TestAnswer>][] = [
      [
        () => fixture.request('POST', users, { json: { id: person.id, scope: 'USER' } }),
        () => fixture.request('DELETE', `${users}/${person.id}`),
      ],
      [
        () => fixture.request('PUT', `${APPS}/${app.id}/groups/${group.json.id}`, { json: {} }),
        () => fixture.request('DELETE', `${APPS}/${app.id}/groups/${group.json.id}`),
      ],
      [
        () => fixture.request('PUT', `${APPS}/${app.id}/groups/${group.json.id}`, { json: {} }),
        () => fixture.request('DELETE', members),
      ],
    ]
    await switchFeature(fixture, NAME, 'disable')
    t.after(() => switchFeature(fixture, NAME, 'enable'))
    for (const [give, take] of ways) {
      assert.equal((await give()).status, 200)
      const tokens = await signInForTokens(fixture, app, person)
      assert.equal((await take()).status, 204)
      await switchFeature(fixture, NAME, 'enable')
      // It would be good again, had it not been revoked.
      assert.equal((await refresh(app.clientId, tokens.refresh_token)).json.error, 'invalid_grant')
      await switchFeature(fixture, NAME, 'disable')
    }
  })
})

describe('every feature', () => {
  test('off: the Admin Console opens as ever, and switches them on again', async () => {
    const shown: readonly { id: string; name: string }[] = (await fixture.request('GET', '/api/v1/features')).json
    for (const { name } of shown.toReversed()) await switchFeature(fixture, name, 'disable')
    const { browser, answer } = await openConsole(fixture, fixture.admin)
    assert.equal(answer.status, 200, answer.text)
    for (const { id, name } of shown) {
      const isOff = ['iFrame embedding of the start page', 'Dynamic Issuer Mode'].includes(name)
      const to = isOff ? 'disable' : 'enable'
      assert.equal((await consoleCall(fixture, browser, 'POST', `/api/v1/features/${id}/${to}`)).status, 200, name)
    }
  })
})

describe('iFrame embedding', () => {
  const SIGN_IN = 'iFrame embedding for trusted origins'
  const START = 'iFrame embedding of the start page'
  let made = 0
  const embed = (more: object = {}) => ({
    name: `Frame ${++made}`,
    origin: `https://frame${made}.example.com`,
    scopes: [{ type: 'IFRAME_EMBED', ...more }],
  })
  const trust = async (json: object) => {
    const answer = await fixture.request('POST', '/api/v1/trustedOrigins', { json })
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }
  const framers = (answer: TestAnswer) =>
    /frame-ancestors ([^;]*)/.exec(String(answer.headers['content-security-policy']))?.[1]
  const page = (path: string) => fixture.request('GET', path, { token: null })

  test('pages of trusted origins frame the sign-in pages while it is on and they are active', async () => {
    const app = await newApp(fixture)
    const authorize = authorizePath(app, newPkce())
    assert.equal(framers(await page('/')), "'none'")
    await trust({ ...embed(), scopes: [{ type: 'CORS' }, { type: 'REDIRECT' }] })
    assert.equal(framers(await page(authorize)), "'none'")

    const origin = await trust(embed())
    for (const path of ['/', '/signin', '/login/login.htm', authorize])
      assert.equal(framers(await page(path)), origin.origin, path)
    await fixture.request('POST', `/api/v1/trustedOrigins/${origin.id}/lifecycle/deactivate`)
    assert.equal(framers(await page(authorize)), "'none'")
    await fixture.request('POST', `/api/v1/trustedOrigins/${origin.id}/lifecycle/activate`)

    await switchFeature(fixture, SIGN_IN, 'disable')
    for (const path of ['/', authorize]) assert.equal(framers(await page(path)), "'none'", path)
    const sentence = `scopes: The scope 'IFRAME_EMBED' needs the feature '${SIGN_IN}', which is off for this org.`
    assertInvalid(await fixture.request('POST', '/api/v1/trustedOrigins', { json: embed() }), 'scopes', sentence)
    const replaced = { ...origin, name: 'Renamed' }
    const refused = await fixture.request('PUT', `/api/v1/trustedOrigins/${origin.id}`, { json: replaced })
    assertInvalid(refused, 'scopes', sentence)
    const kept = await fixture.request('GET', `/api/v1/trustedOrigins/${origin.id}`)
    assert.equal(kept.json.name, origin.name)

    await switchFeature(fixture, SIGN_IN, 'enable')
    assert.equal(framers(await page(authorize)), origin.origin)
    await fixture.request('DELETE', `/api/v1/trustedOrigins/${origin.id}`)
  })

  test('the dashboard of people is framed by origins that name it, while that feature is on', async () => {
    const person = await newPerson(fixture)
    const browser = newBrowser()
    await submitSignIn(fixture, browser, (await visit(fixture, browser, 'GET', '/signin')).text, person)
    const start = () => visit(fixture, browser, 'GET', '/app/UserHome')
    const named = { allowedOktaApps: ['OKTA_ENDUSER'] }
    assertInvalid(
      await fixture.request('POST', '/api/v1/trustedOrigins', { json: embed(named) }),
      'allowedOktaApps',
      `allowedOktaApps: 'OKTA_ENDUSER' needs the feature '${START}', which is off for this org.`,
    )
    await switchFeature(fixture, START, 'enable')
    await trust(embed())
    assert.equal(framers(await start()), "'none'")
    const { origin } = await trust(embed(named))
    assert.equal(framers(await start()), origin)
    await switchFeature(fixture, START, 'disable')
    assert.equal(framers(await start()), "'none'")
    assert.ok(framers(await page('/'))?.includes(origin))
  })
})

// What it does while it is on: test/flows/dynamic-issuer.test.ts.
describe('Dynamic Issuer Mode', () => {
  const NAME = 'Dynamic Issuer Mode'
  const SERVERS = '/api/v1/authorizationServers'
  const sentence = `issuerMode: 'DYNAMIC' needs the feature '${NAME}', which is off for this org.`
  const put = (id: string, json: object) => fixture.request('PUT', `${SERVERS}/${id}`, { json })

  test('off: no server is given the mode; one that has it keeps it, and does not get it back once it was given up', async (t) => {
    const server = { name: 'Orders', audiences: ['api://orders'] }
    const refused = await fixture.request('POST', SERVERS, { json: { ...server, issuerMode: 'DYNAMIC' } })
    assertInvalid(refused, 'issuerMode', sentence)
    assert.deepEqual((await fixture.request('GET', `${SERVERS}?q=Orders`)).json, [])
    const made = await fixture.request('POST', SERVERS, { json: server })
    assert.equal(made.json.issuerMode, 'ORG_URL')
    const { id } = made.json
    const dynamic = { ...made.json, name: 'Renamed', issuerMode: 'DYNAMIC' }
    assertInvalid(await put(id, dynamic), 'issuerMode', sentence)
    assert.equal((await fixture.request('GET', `${SERVERS}/${id}`)).text, made.text)

    await switchFeature(fixture, NAME, 'enable')
    t.after(() => switchFeature(fixture, NAME, 'disable'))
    assert.equal((await put(id, dynamic)).json.issuerMode, 'DYNAMIC')
    await switchFeature(fixture, NAME, 'disable')
    assert.partialDeepStrictEqual((await put(id, { ...dynamic, name: 'Again' })).json, {
      name: 'Again',
      issuerMode: 'DYNAMIC',
    })
    assert.equal((await put(id, { ...dynamic, issuerMode: 'ORG_URL' })).json.issuerMode, 'ORG_URL')
    assertInvalid(await put(id, dynamic), 'issuerMode', sentence)
  })

  test('off: an app may have it, as Okta shows every app, and its issuer is the org’s address', async () => {
    const app = await newApp(fixture, { settings: { issuer_mode: 'DYNAMIC' } })
    const { json } = await fixture.request('GET', `${APPS}/${app.id}`)
    assert.equal(json.settings.oauthClient.issuer_mode, 'DYNAMIC')
    const document = `/.well-known/openid-configuration?client_id=${app.clientId}`
    assert.equal((await fixture.request('GET', document, { token: null })).json.issuer, fixture.org.url)
  })
})
