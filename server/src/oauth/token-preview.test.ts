import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Fixture, startFixture } from '#test/fixture.ts'
import {
  assign,
  claimsOf,
  newApp,
  newBrowser,
  newPerson,
  signInForTokens,
  type TestApp,
  type TestPerson,
  userinfo,
} from '#test/oauth-client.ts'
import { changingNothing } from '#test/rows.ts'

describe('a preview of tokens', () => {
  let fixture: Fixture
  let app: TestApp
  let person: TestPerson
  before(async () => {
    fixture = await startFixture()
    app = await newApp(fixture)
    person = await newPerson(fixture, { city: 'Linz' })
    await assign(fixture, app, person)
    const claim = (json: object) => api('POST', '/authorizationServers/default/claims', json)
    await claim({
      name: 'city',
      claimType: 'RESOURCE',
      valueType: 'EXPRESSION',
      value: 'user.city',
      conditions: { scopes: ['profile'] },
    })
    await claim({
      name: 'town',
      claimType: 'IDENTITY',
      valueType: 'EXPRESSION',
      value: 'user.city',
      alwaysIncludeInToken: true,
    })
  })
  after(() => fixture.close())

  async function api(method: string, path: string, json?: object) {
    const answer = await fixture.request(method, `/api/v1${path}`, json ? { json } : {})
    assert.ok(answer.status < 300, answer.text)
    return answer.json
  }
  const ask = (more: object = {}, server = 'default') =>
    fixture.request('POST', `/api/v1/keystead/authorization-servers/${server}/token-preview`, {
      json: {
        clientId: app.clientId,
        userId: person.id,
        grantType: 'authorization_code',
        scopes: ['openid', 'profile', 'email', 'offline_access'],
        ...more,
      },
    })

  for (const server of ['default', 'org'] as const)
    test(`of the server ${server} is what a sign-in gives, but for times and what is drawn`, async () => {
      const nonce = 'n-0S6_WzA2Mj'
      const previewed = await changingNothing(fixture.deps.db, () => ask({ nonce }, server))
      assert.equal(previewed.status, 200, previewed.text)
      const path = server === 'default' ? '/default' : ''
      const query = { nonce, scope: 'openid profile email offline_access' }
      const tokens = await signInForTokens(fixture, app, person, query, newBrowser(), path)
      const real = { access: claimsOf(tokens.access_token), id: claimsOf(tokens.id_token ?? '') }
      const stable = ({ iat, exp, jti, auth_time, at_hash, ...claims }: Record<string, unknown>) => {
        assert.ok(iat && exp && jti && auth_time)
        return claims
      }
      assert.deepEqual(stable(previewed.json.accessToken.payload), stable(real.access))
      assert.deepEqual(stable(previewed.json.idToken.payload), stable(real.id))
      assert.deepEqual(previewed.json.userinfo, (await userinfo(fixture, tokens.access_token, path)).json)
      if (server === 'default') {
        assert.equal(previewed.json.accessToken.payload.city, 'Linz')
        assert.equal(previewed.json.idToken.payload.town, 'Linz')
        assert.ok(previewed.json.policy.id && previewed.json.rule.name)
      } else {
        assert.equal(previewed.json.accessToken.payload.iss, fixture.org.url)
        assert.equal(previewed.json.policy, null)
        assert.equal(previewed.json.rule, null)
      }
      assert.equal(previewed.json.idToken.payload.at_hash, undefined)
      assert.match(previewed.json.accessToken.header.kid, /./)
    })

  test('without openid there is no ID token', async () => {
    await api('POST', '/authorizationServers/default/scopes', { name: 'things:read' })
    const { json } = await ask({ scopes: ['things:read'] })
    assert.equal(json.idToken, null)
    assert.equal(json.userinfo, null)
    assert.deepEqual(json.accessToken.payload.scp, ['things:read'])
  })

  test('of a service has no person in it', async () => {
    const service = await newApp(fixture, { type: 'service' })
    await api('POST', '/authorizationServers/default/scopes', { name: 'jobs:run' })
    const { status, json, text } = await ask({
      clientId: service.clientId,
      userId: undefined,
      grantType: 'client_credentials',
      scopes: ['jobs:run'],
    })
    assert.equal(status, 200, text)
    assert.equal(json.accessToken.payload.sub, service.clientId)
    assert.equal(json.accessToken.payload.uid, undefined)
    assert.equal(json.idToken, null)
  })

  test('is refused as the engine refuses', async () => {
    const stranger = await newPerson(fixture)
    const leaver = await newPerson(fixture)
    await assign(fixture, app, leaver)
    await api('POST', `/users/${leaver.id}/lifecycle/suspend`)
    const REFUSED: readonly [more: object, error: string, sentence: RegExp][] = [
      [{ userId: stranger.id }, 'access_denied', /not assigned/],
      [{ userId: leaver.id }, 'access_denied', /SUSPENDED/],
      [{ scopes: ['openid', 'nothing:known'] }, 'invalid_scope', /not configured/],
      [{ scopes: ['a b'] }, 'invalid_scope', /not configured/],
      [{ grantType: 'client_credentials' }, 'unauthorized_client', /not authorized/],
    ]
    for (const [more, error, sentence] of REFUSED) {
      const { status, json } = await changingNothing(fixture.deps.db, () => ask(more))
      assert.equal(status, 400)
      assert.equal(json.error, error)
      assert.match(json.error_description, sentence)
    }
  })

  test('says what is not there', async () => {
    assert.equal((await ask({ userId: '00uNobody' })).status, 404)
    assert.equal((await ask({ clientId: 'nobody' })).status, 404)
    assert.equal((await ask({}, 'ausNobody')).status, 404)
    assert.equal((await ask({ userId: undefined })).status, 400)
    assert.equal((await ask({ grantType: 'password' })).status, 400)
    assert.equal((await ask({ nonce: 'x'.repeat(2_000) })).status, 400)
  })

  test('of an inactive app is refused, and nobody without a role gets any', async () => {
    const inactive = await newApp(fixture)
    await api('POST', `/apps/${inactive.id}/lifecycle/deactivate`)
    assert.equal((await ask({ clientId: inactive.clientId })).json.error, 'invalid_client')
    const path = '/api/v1/keystead/authorization-servers/default/token-preview'
    const json = { clientId: app.clientId, grantType: 'authorization_code', scopes: [] }
    assert.equal((await fixture.request('POST', path, { token: null, json })).status, 403)
  })
})
