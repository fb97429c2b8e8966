import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Fixture, startFixture } from '#test/fixture.ts'

const PATH = '/api/v1/authorizationServers'
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

describe('reading authorization servers', () => {
  let fixture: Fixture
  let url: string

  before(async () => {
    fixture = await startFixture()
    url = fixture.org.url
  })
  after(() => fixture.close())

  async function get(path: string) {
    const answer = await fixture.request('GET', PATH + path)
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }

  test('the default server answers to its id and to "default", and its links keep "default"', async () => {
    const server = await get('/default')
    assert.deepEqual(await get(`/${server.id}`), server)
    assert.deepEqual(await get(''), [server])
    const self = `${url}${PATH}/default`
    const { created, lastUpdated, credentials } = server
    assert.deepEqual(server, {
      id: server.id,
      name: 'default',
      description: server.description,
      audiences: ['api://default'],
      issuer: `${url}/oauth2/default`,
      issuerMode: 'DYNAMIC',
      status: 'ACTIVE',
      created,
      lastUpdated,
      credentials,
      default: true,
      _links: {
        rotateKey: { href: `${self}/credentials/lifecycle/keyRotate`, hints: { allow: ['POST'] } },
        metadata: ['oauth-authorization-server', 'openid-configuration'].map((name) => ({
          name,
          href: `${url}/oauth2/default/.well-known/${name}`,
          hints: { allow: ['GET'] },
        })),
        keys: { href: `${self}/credentials/keys`, hints: { allow: ['GET'] } },
        claims: { href: `${self}/claims`, hints: { allow: ['GET', 'POST'] } },
        policies: { href: `${self}/policies`, hints: { allow: ['GET', 'POST'] } },
        self: { href: self, hints: { allow: ['GET', 'DELETE', 'PUT'] } },
        scopes: { href: `${self}/scopes`, hints: { allow: ['GET', 'POST'] } },
        deactivate: { href: `${self}/lifecycle/deactivate`, hints: { allow: ['POST'] } },
      },
    })
    const { kid, rotationMode, lastRotated, nextRotation } = credentials.signing
    assert.equal(rotationMode, 'AUTO')
    assert.equal(kid, (await get('/default/credentials/keys'))[0].kid)
    assert.equal(Date.parse(nextRotation) - Date.parse(lastRotated), 90 * 86_400_000)
    for (const time of [created, lastUpdated, lastRotated]) assert.match(time, TIME)
  })

  test('servers are found by name and audience', async () => {
    assert.equal((await get('?q=DEFAULT&limit=200')).length, 1)
    assert.equal((await get('?q=api://')).length, 1)
    assert.deepEqual(await get('?q=nothing'), [])
  })

  test('scopes are listed, found and read', async () => {
    const scopes = await get('/default/scopes')
    assert.deepEqual(scopes.map(({ name }: { name: string }) => name).toSorted(), [
      'address',
      'device_sso',
      'email',
      'offline_access',
      'openid',
      'phone',
      'profile',
    ])
    const [openid] = await get(`/default/scopes?filter=${encodeURIComponent('name eq "openid"')}`)
    assert.deepEqual(openid, {
      id: openid.id,
      name: 'openid',
      displayName: openid.displayName,
      description: openid.description,
      system: true,
      default: false,
      metadataPublish: 'ALL_CLIENTS',
      consent: 'IMPLICIT',
      optional: false,
      _links: {
        self: { href: `${url}${PATH}/default/scopes/${openid.id}`, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
      },
    })
    assert.deepEqual(await get(`/default/scopes/${openid.id}`), openid)
    assert.deepEqual((await get('/default/scopes?q=p')).map(({ name }: { name: string }) => name).toSorted(), [
      'phone',
      'profile',
    ])
  })

  test('a list of scopes pages', async () => {
    const first = await fixture.request('GET', `${PATH}/default/scopes?limit=5`)
    const next = /<([^>]*)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? ''
    const second = await fixture.request('GET', next.replace(url, ''))
    assert.deepEqual([first.json.length, second.json.length], [5, 2])
    assert.doesNotMatch(String(second.headers.link), /next/)
  })

  test('the claim of the subject is read', async () => {
    const claims = await get('/default/claims')
    const claim = claims.find(({ name }: { name: string }) => name === 'sub')
    assert.partialDeepStrictEqual(claim, {
      status: 'ACTIVE',
      claimType: 'RESOURCE',
      valueType: 'EXPRESSION',
      value: '(appuser != null) ? appuser.userName : app.clientId',
      conditions: { scopes: [] },
      system: true,
      alwaysIncludeInToken: true,
    })
    assert.deepEqual(await get(`/default/claims/${claim.id}`), claim)
  })

  test('the default policy and its rule are read', async () => {
    const [policy, ...others] = await get('/default/policies')
    assert.deepEqual(others, [])
    assert.partialDeepStrictEqual(policy, {
      type: 'OAUTH_AUTHORIZATION_POLICY',
      name: 'Default Policy',
      status: 'ACTIVE',
      priority: 1,
      conditions: { clients: { include: ['ALL_CLIENTS'] } },
      _links: { rules: { href: `${url}${PATH}/default/policies/${policy.id}/rules`, hints: { allow: ['GET'] } } },
    })
    assert.deepEqual(await get(`/default/policies/${policy.id}`), policy)
    const [rule] = await get(`/default/policies/${policy.id}/rules`)
    assert.partialDeepStrictEqual(rule, {
      type: 'RESOURCE_ACCESS',
      name: 'Default Policy Rule',
      conditions: {
        people: { users: { include: [], exclude: [] }, groups: { include: ['EVERYONE'], exclude: [] } },
        scopes: { include: ['*'] },
      },
      actions: {
        token: { accessTokenLifetimeMinutes: 60, refreshTokenLifetimeMinutes: 0, refreshTokenWindowMinutes: 10080 },
      },
    })
    assert.ok(rule.conditions.grantTypes.include.includes('authorization_code'))
    assert.deepEqual(await get(`/default/policies/${policy.id}/rules/${rule.id}`), rule)
  })

  test('a key is shown without its private part', async () => {
    const [key] = await get('/default/credentials/keys')
    assert.deepEqual(Object.keys(key).toSorted(), ['_links', 'alg', 'e', 'kid', 'kty', 'n', 'status', 'use'])
    assert.equal(key.status, 'ACTIVE')
    assert.deepEqual(await get(`/default/credentials/keys/${key.kid}`), key)
  })

  const MISSING: readonly [path: string, sentence: string][] = [
    ['/aus1', 'aus1 (AuthorizationServer)'],
    ['/aus1/scopes', 'aus1 (AuthorizationServer)'],
    ['/constructor', 'constructor (AuthorizationServer)'],
    ['/default/scopes/scp1', 'scp1 (OAuth2Scope)'],
    ['/default/claims/ocl1', 'ocl1 (OAuth2Claim)'],
    ['/default/policies/00p1', '00p1 (Policy)'],
    ['/default/policies/00p1/rules', '00p1 (Policy)'],
    ['/default/credentials/keys/kid1', 'kid1 (JsonWebKey)'],
  ]
  for (const [path, sentence] of MISSING) {
    test(`${path} is not found`, async () => {
      const answer = await fixture.request('GET', PATH + path)
      assert.equal(answer.status, 404)
      assert.equal(answer.json.errorSummary, `Not found: Resource not found: ${sentence}`)
    })
  }

  test('another filter than by name is refused', async () => {
    const answer = await fixture.request('GET', `${PATH}/default/scopes?filter=${encodeURIComponent('system eq true')}`)
    assert.partialDeepStrictEqual(answer, { status: 400, json: { errorCode: 'E0000031' } })
  })

  test("another org's server and what belongs to it are not there", async () => {
    const other = await fixture.newOrg('elsewhere')
    const server = await get('/default')
    for (const part of ['', '/scopes', '/claims', '/policies', '/credentials/keys']) {
      assert.equal((await fixture.request('GET', `${PATH}/${server.id}${part}`, { org: other })).status, 404)
    }
    const [scope] = await get('/default/scopes')
    assert.equal((await fixture.request('GET', `${PATH}/default/scopes/${scope.id}`, { org: other })).status, 404)
    assert.notEqual((await fixture.request('GET', `${PATH}/default`, { org: other })).json.id, server.id)
  })

  test('who brings no credential, or a bad one, is refused', async () => {
    const none = await fixture.request('GET', `${PATH}/default`, { token: null })
    assert.partialDeepStrictEqual(none, { status: 403, json: { errorCode: 'E0000005' } })
    const bad = await fixture.request('GET', `${PATH}/default`, { token: 'nonsense' })
    assert.partialDeepStrictEqual(bad, { status: 401, json: { errorCode: 'E0000011' } })
  })
})
