import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { all } from '#db/unit.ts'
import type { Caller, RoleType } from '#kernel/caller.ts'
import { DAY, isoText, later } from '#kernel/instant.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import {
  assign,
  authorizePath,
  basic,
  exchangeForm,
  newApp,
  newBrowser,
  newPerson,
  newPkce,
  REDIRECT_URI,
  signInForTokens,
  submitSignIn,
  type TestApp,
  tokenRequest,
  visit,
} from '#test/oauth-client.ts'
import { anonymousCaller } from '#test/people.ts'
import { parseRefusedQuery } from './refused-query.ts'
import { listRefused } from './service.ts'

const LIST = '/api/v1/keystead/refused-requests'
const ORIGIN = 'https://shop.example.com'

describe('refused requests', () => {
  let fixture: Fixture
  let app: TestApp

  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())
  beforeEach(async () => {
    fixture.clock.advance(2 * DAY)
    app = await newApp(fixture)
  })

  const list = async (query = '') => {
    const answer = await fixture.request('GET', LIST + query)
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }
  const only = async () => {
    const items = await list()
    assert.equal(items.length, 1, JSON.stringify(items))
    return items[0]
  }
  /** Makes the call that the console would make, and finds the request resolved. */
  const mend = async ({ fix }: { fix: { method: string; path: string; body: object | null } }) => {
    const answer = await fixture.request(fix.method, fix.path, fix.body ? { json: fix.body } : {})
    assert.ok(answer.status < 300, answer.text)
    const item = await only()
    assert.equal(item.resolved, true)
    assert.equal(item.fix, null)
    return item
  }
  const authorize = (client: TestApp, parameters: Readonly<Record<string, string>> = {}) =>
    fixture.request('GET', authorizePath(client, newPkce(), parameters), { token: null })
  const put = async (client: TestApp, change: (oauthClient: Record<string, unknown>) => object) => {
    const { json } = await fixture.request('GET', `/api/v1/apps/${client.id}`)
    const { settings } = json
    const oauthClient = { ...settings.oauthClient, ...change(settings.oauthClient) }
    const answer = await fixture.request('PUT', `/api/v1/apps/${client.id}`, {
      json: { ...json, settings: { ...settings, oauthClient } },
    })
    assert.equal(answer.status, 200, answer.text)
  }

  test('an unknown redirect URI is compared with the registered ones, and one call registers it', async () => {
    const sent = `${REDIRECT_URI}/`
    for (let n = 0; n < 3; n++) assert.equal((await authorize(app, { redirect_uri: sent })).status, 400)
    const item = await only()
    assert.equal(item.reason, 'unknown-redirect-uri')
    assert.equal(item.app.clientId, app.clientId)
    assert.equal(item.endpoint, '/oauth2/default/v1/authorize')
    assert.deepEqual(item.sent, { name: 'redirect_uri', value: sent, whole: true })
    assert.deepEqual(item.registered, [REDIRECT_URI])
    assert.deepEqual(
      item.differences[0].marks.map(({ kind }: { kind: string }) => kind),
      ['trailing-slash'],
    )
    assert.match(item.sentence, /is not a sign-in redirect URI .* has no slash at the end\.$/)
    assert.equal(item.count, 3)
    assert.equal(item.fix.kind, 'add-redirect-uri')
    assert.equal(item.fix.warning, null)
    assert.deepEqual(item.fix.after, [REDIRECT_URI, sent])
    assert.ok(!JSON.stringify(item.fix).includes('secret"'))
    const before = (await fixture.request('GET', `/api/v1/apps/${app.id}`)).json
    await mend(item)
    const { lastUpdated: _, settings, ...rest } = (await fixture.request('GET', `/api/v1/apps/${app.id}`)).json
    const { lastUpdated: __, settings: old, ...same } = before
    assert.deepEqual(rest, same)
    assert.deepEqual(settings, { ...old, oauthClient: { ...old.oauthClient, redirect_uris: [REDIRECT_URI, sent] } })
    assert.equal((await authorize(app, { redirect_uri: sent })).status, 200)
  })

  test('the fix of a web app leaves its secret alone', async () => {
    const web = await newApp(fixture, { type: 'web' })
    await authorize(web, { redirect_uri: 'http://localhost:3000/cb' })
    await mend(await only())
    const answer = await tokenRequest(fixture, { grant_type: 'authorization_code', code: 'x' }, { headers: basic(web) })
    assert.equal(answer.json.error, 'invalid_grant')
  })

  const NO_FIX: readonly [uri: string, why: RegExp][] = [
    ['javascript:alert(1)', /can't be added/],
    ['https://*.example.com/cb', /asterisk/],
    ['https://app.example.com/cb?code=4711', /secret/],
    ['/relative', /can't be added/],
    ['', /named no redirect_uri/],
  ]
  for (const [uri, why] of NO_FIX)
    test(`no fix is offered for the redirect URI "${uri}"`, async () => {
      await authorize(app, { redirect_uri: uri })
      const item = await only()
      assert.equal(item.fix, null)
      assert.match(item.sentence, why)
    })

  const WARNED: readonly [uri: string, warning: RegExp | null][] = [
    ['http://shop.example.com/cb', /http/],
    ['https://evil.example/cb', /anybody could have sent/],
    ['http://127.0.0.1:3000/cb', null],
  ]
  for (const [uri, warning] of WARNED)
    test(`the fix for ${uri} carries ${warning ? `a warning (${warning.source})` : 'no warning'}`, async () => {
      await authorize(app, { redirect_uri: uri })
      const { fix } = await only()
      if (warning) assert.match(fix.warning, warning)
      else assert.equal(fix.warning, null)
    })

  test('an unknown sign-out URI is registered by one call', async () => {
    const person = await newPerson(fixture)
    await assign(fixture, app, person)
    const { id_token } = await signInForTokens(fixture, app, person)
    const query = new URLSearchParams({
      id_token_hint: id_token ?? '',
      post_logout_redirect_uri: 'http://localhost:8080/bye',
    })
    const answer = await fixture.request('GET', `/oauth2/default/v1/logout?${query}`, { token: null })
    assert.equal(answer.status, 400)
    const item = await only()
    assert.equal(item.reason, 'unknown-post-logout-redirect-uri')
    assert.equal(item.fix.kind, 'add-post-logout-redirect-uri')
    assert.ok(!JSON.stringify(item).includes(id_token ?? ''))
    await mend(item)
  })

  test('an unknown client ID is told apart from an inactive app, which one call activates', async () => {
    await authorize({ ...app, clientId: '0oaNobodyKnowsThisOne' })
    const unknown = await only()
    assert.equal(unknown.reason, 'unknown-client-id')
    assert.equal(unknown.app, null)
    assert.equal(unknown.fix, null)
    await fixture.request('DELETE', `${LIST}/${unknown.id}`)
    await fixture.request('POST', `/api/v1/apps/${app.id}/lifecycle/deactivate`)
    await authorize(app)
    const inactive = await only()
    assert.equal(inactive.fix.kind, 'activate-app')
    assert.match(inactive.fix.warning, /anybody could have sent/)
    await mend(inactive)
  })

  test('a page that is none of the app’s gets no tokens, and its origin can be trusted', async () => {
    const form = exchangeForm(app, 'code', newPkce())
    const headers = { origin: ORIGIN }
    assert.equal((await tokenRequest(fixture, form, { headers })).json.error, 'invalid_request')
    const item = await only()
    assert.equal(item.reason, 'origin-not-registered')
    assert.deepEqual(item.sent, { name: 'Origin', value: ORIGIN, whole: true })
    assert.deepEqual(item.registered, ['http://localhost:8080'])
    assert.equal(item.fix.kind, 'trust-origin')
    assert.ok(item.fix.warning)
    await mend(item)
    const again = await tokenRequest(fixture, form, { headers })
    assert.equal(again.json.error, 'invalid_grant')
  })

  test('a page that nobody trusts is told of, by its preflight or its call, once', async () => {
    const origin = 'https://spa.example.com'
    const preflight = { origin, 'access-control-request-method': 'GET' }
    await fixture.request('OPTIONS', '/api/v1/sessions/me', { token: null, headers: preflight })
    await fixture.request('GET', '/api/v1/sessions/me', { token: null, headers: { origin } })
    const item = await only()
    assert.equal(item.reason, 'origin-not-trusted')
    assert.equal(item.endpoint, '/api/v1/sessions/me')
    assert.equal(item.count, 2)
    await mend(item)
    const answer = await fixture.request('GET', '/api/v1/sessions/me', { token: null, headers: { origin } })
    assert.equal(answer.headers['access-control-allow-origin'], origin)
  })

  test('a trusted origin that is inactive is activated, and one without CORS gets it', async () => {
    const make = async (name: string, type: string) => {
      const json = { name, origin: `https://${name}.example.com`, scopes: [{ type }] }
      const made = (await fixture.request('POST', '/api/v1/trustedOrigins', { json })).json
      await fixture.request('POST', '/api/v1/authn', { json: {}, headers: { origin: json.origin }, token: null })
      return made
    }
    await make('redirecting', 'REDIRECT')
    assert.equal((await mend(await only())).resolved, true)
    fixture.clock.advance(2 * DAY)
    const made = await make('sleeping', 'CORS')
    assert.equal((await list()).length, 0)
    await fixture.request('POST', `/api/v1/trustedOrigins/${made.id}/lifecycle/deactivate`)
    await fixture.request('GET', '/api/v1/sessions/me', { token: null, headers: { origin: made.origin } })
    await mend(await only())
  })

  test('the org’s own pages, trusted ones and calls with a token of their own are none', async () => {
    const ask = (headers: Readonly<Record<string, string>>) =>
      fixture.request('GET', '/api/v1/sessions/me', { token: null, headers })
    await ask({ origin: fixture.org.url })
    await ask({})
    await ask({ origin: 'https://other.example.com', authorization: 'Bearer x' })
    await fixture.request('OPTIONS', '/api/v1/sessions/me', {
      token: null,
      headers: {
        origin: 'https://other.example.com',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    })
    assert.deepEqual(await list(), [])
  })

  test('a grant that the app lacks is allowed by one call', async () => {
    await put(app, () => ({ grant_types: ['authorization_code'] }))
    await authorize(app, { scope: 'openid offline_access' })
    const item = await only()
    assert.equal(item.reason, 'grant-not-allowed')
    assert.equal(item.sent.value, 'refresh_token')
    assert.equal(item.fix.kind, 'allow-grant')
    assert.match(item.fix.warning, /Anybody could have sent/)
    assert.deepEqual(item.fix.before, ['authorization_code'])
    await mend(item)
  })

  test('a grant that the type of the app can’t have, or that nobody serves, is only told', async () => {
    await tokenRequest(fixture, { grant_type: 'client_credentials', client_id: app.clientId })
    await tokenRequest(fixture, { grant_type: 'password', client_id: app.clientId })
    const items = await list()
    assert.deepEqual(items.map(({ reason, fix }: { reason: string; fix: unknown }) => [reason, fix]).sort(), [
      ['grant-not-allowed', null],
      ['grant-not-served', null],
    ])
  })

  test('a request without PKCE is told what it lacks', async () => {
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid',
      state: 's',
    })
    await fixture.request('GET', `/oauth2/default/v1/authorize?${query}`, { token: null })
    const item = await only()
    assert.equal(item.reason, 'pkce-missing')
    assert.deepEqual(item.sent, { name: 'code_challenge', value: '', whole: true })
  })

  test('a person who is not assigned is assigned by one call', async () => {
    const person = await newPerson(fixture)
    const browser = newBrowser()
    const page = await visit(fixture, browser, 'GET', authorizePath(app, newPkce()))
    await submitSignIn(fixture, browser, page.text, person)
    const item = await only()
    assert.equal(item.reason, 'user-not-assigned')
    assert.deepEqual(item.user, { id: person.id, login: person.login })
    assert.equal(item.fix.kind, 'assign-user')
    await mend(item)
  })

  test('a single-page app that is registered as a web app is told to use another integration', async () => {
    const web = await newApp(fixture, { type: 'web' })
    await tokenRequest(
      fixture,
      { grant_type: 'authorization_code', code: 'x', client_id: web.clientId, code_verifier: 'v' },
      { headers: { origin: 'http://localhost:8080' } },
    )
    const item = await only()
    assert.equal(item.reason, 'wrong-client-type')
    assert.equal(item.app.id, web.id)
    assert.match(item.sentence, /create a single-page app/)
    assert.equal(item.fix, null)
  })

  test('a secret of a public client is told, and not kept', async () => {
    const form = { grant_type: 'authorization_code', code: 'x', client_id: app.clientId, client_secret: 'tulip-garden' }
    await tokenRequest(fixture, form)
    const item = await only()
    assert.equal(item.reason, 'wrong-client-type')
    assert.equal(item.sent.value, 'client_secret_post')
    assert.ok(!JSON.stringify(item).includes('tulip-garden'))
  })

  test('a secret in the wrong place is told', async () => {
    const web = await newApp(fixture, { type: 'web' })
    const credentials = { client_id: web.clientId, client_secret: web.secret ?? '' }
    await tokenRequest(fixture, { grant_type: 'authorization_code', code: 'x', ...credentials })
    assert.equal((await only()).reason, 'wrong-client-authentication')
  })

  test('the list pages from what was seen last, of one app or of all, since a time', async () => {
    const other = await newApp(fixture)
    const began = fixture.clock.now()
    for (const port of [1, 2, 3, 4, 5]) {
      await authorize(port === 5 ? other : app, { redirect_uri: `http://localhost:${port}` })
      fixture.clock.advance(1_000)
      await fixture.deps.refusedRequests.flush()
    }
    const ports = (items: { sent: { value: string } }[]) => items.map(({ sent }) => Number(sent.value.slice(-1)))
    assert.deepEqual(ports(await list()), [5, 4, 3, 2, 1])
    assert.deepEqual(ports(await list(`?appId=${app.id}`)), [4, 3, 2, 1])
    assert.deepEqual(await list('?appId=nobody'), [])
    const since = isoText(later(began, 3_000))
    assert.deepEqual(ports(await list(`?since=${since}`)), [5, 4])
    const seen: number[] = []
    for (let path: string | undefined = `${LIST}?limit=2`; path !== undefined; ) {
      const answer = await fixture.request('GET', path)
      seen.push(...ports(answer.json))
      const links = [answer.headers.link].flat().map(String)
      path = links.flatMap((link) => /<[^>]*(\/api[^>]*)>; rel="next"/.exec(link)?.[1] ?? [])[0]
    }
    assert.deepEqual(seen, [5, 4, 3, 2, 1])
    assert.equal((await fixture.request('GET', `${LIST}?since=yesterday`)).status, 400)
    assert.equal((await fixture.request('GET', `${LIST}?after=eA`)).status, 400)
  })

  test('a request is dismissed once, which the System Log tells', async () => {
    await authorize(app, { redirect_uri: 'http://localhost:1' })
    const { id } = await only()
    assert.equal((await fixture.request('DELETE', `${LIST}/${id}`)).status, 204)
    assert.equal((await fixture.request('DELETE', `${LIST}/${id}`)).status, 404)
    assert.deepEqual(await list(), [])
    const filter = encodeURIComponent('eventType eq "keystead.refused_request.dismiss"')
    assert.equal((await fixture.request('GET', `/api/v1/logs?filter=${filter}`)).json.length, 1)
  })

  test('who may read the log alone sees neither what is registered nor the fix', async () => {
    await authorize(app, { redirect_uri: 'http://localhost:1' })
    const reader = (role: RoleType): Caller => ({
      ...anonymousCaller(fixture),
      actor: { kind: 'api-token', tokenId: '00T1', userId: '00u1', login: 'r', displayName: 'R', roles: [role] },
    })
    const query = parseRefusedQuery(new URLSearchParams(), fixture.clock.now())
    const shownTo = async (role: RoleType) =>
      (await listRefused(fixture.deps, reader(role), query)).items[0]?.explanation
    const hidden = await shownTo('REPORT_ADMIN')
    assert.equal(hidden?.fix, undefined)
    assert.deepEqual(hidden?.registered, [])
    assert.ok(!hidden?.sentence.includes(REDIRECT_URI))
    assert.ok((await shownTo('APP_ADMIN'))?.fix)
    assert.equal((await fixture.request('GET', LIST, { token: null })).status, 403)
    assert.equal((await fixture.request('DELETE', `${LIST}/any`, { token: null })).status, 403)
  })

  test('what was shown is text wherever it is shown, and short', async () => {
    await authorize(app, { redirect_uri: `https://a.example.com/<script>\u202E${'x/'.repeat(4_000)}` })
    const { sent, fix } = await only()
    assert.ok(sent.value.length <= 512 && !sent.value.includes('\u202E'))
    assert.equal(sent.whole, false)
    assert.equal(fix, null)
    const { db } = fixture.deps
    const rows = await db.read(all(db.for(fixture.org.id).from('refused_request').selectAll()))
    assert.ok(rows.every((row) => JSON.stringify(row).length < 2_000))
  })
})
