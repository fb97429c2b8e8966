import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { basic, newApp } from '#test/oauth-client.ts'

const SERVERS = '/api/v1/authorizationServers'

onEachDatabase('authorization servers of an org', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const create = async (json: object) => {
    const made = await fixture.request('POST', SERVERS, { json })
    assert.equal(made.status, 201, made.text)
    return made.json
  }
  const events = async (id: string): Promise<readonly string[]> => {
    const { json } = await fixture.request(
      'GET',
      '/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&limit=1000',
    )
    return json
      .filter(({ target }: { target: { id: string }[] | null }) => target?.some((one) => one.id === id))
      .map(({ eventType }: { eventType: string }) => eventType)
  }

  it('begin with a key that signs, one that will, the system scopes, the subject and no policy', async () => {
    const server = await create({ name: 'Orders', description: '<b>orders</b>', audiences: ['api://orders'] })
    assert.match(server.id, /^aus[0-9A-Za-z]{17}$/)
    const { name, description, audiences, issuer, issuerMode, status } = server
    assert.deepEqual(
      { name, description, audiences, issuer, issuerMode, status, default: server.default },
      {
        name: 'Orders',
        description: '<b>orders</b>',
        audiences: ['api://orders'],
        issuer: `${fixture.org.url}/oauth2/${server.id}`,
        issuerMode: 'ORG_URL',
        status: 'ACTIVE',
        default: false,
      },
    )
    assert.equal(server._links.self.href, `${fixture.org.url}${SERVERS}/${server.id}`)
    const read = async (part: string) => (await fixture.request('GET', `${SERVERS}/${server.id}${part}`)).json
    assert.deepEqual(await read(''), server)
    assert.equal((await read('/scopes')).length, 7)
    assert.deepEqual(
      (await read('/claims')).map((claim: { name: string }) => claim.name),
      ['sub'],
    )
    assert.deepEqual(await read('/policies'), [])
    const keys: readonly { kid: string; status: string }[] = await read('/credentials/keys')
    assert.deepEqual(
      keys.map((key) => key.status),
      ['ACTIVE', 'NEXT'],
    )
    const published = await fixture.request('GET', `/oauth2/${server.id}/v1/keys`, { token: null })
    assert.deepEqual(
      published.json.keys.map((key: { kid: string }) => key.kid).toSorted(),
      keys.map((key) => key.kid).toSorted(),
    )
    assert.deepEqual(await events(server.id), ['oauth2.as.created'])
  })

  it('without a policy issue nothing', async () => {
    const server = await create({ name: 'Bare', audiences: ['bare'] })
    await fixture.request('POST', `${SERVERS}/${server.id}/scopes`, { json: { name: 'read' } })
    const app = await newApp(fixture, { type: 'service' })
    const answer = await fixture.request('POST', `/oauth2/${server.id}/v1/token`, {
      token: null,
      form: { grant_type: 'client_credentials', scope: 'read' },
      headers: basic(app),
    })
    assert.ok(answer.status >= 400, answer.text)
    assert.equal(answer.json.error, 'access_denied')
  })

  it('are replaced, also the default one, whose address stays', async () => {
    const server = await create({ name: 'Old name', audiences: ['old'] })
    const replaced = await fixture.request('PUT', `${SERVERS}/${server.id}`, {
      json: {
        name: 'New name',
        audiences: ['https://new.example.com'],
        credentials: { signing: { rotationMode: 'MANUAL' } },
      },
    })
    assert.equal(replaced.status, 200, replaced.text)
    assert.deepEqual(
      [replaced.json.name, replaced.json.audiences, replaced.json.description],
      ['New name', ['https://new.example.com'], null],
    )
    assert.deepEqual(Object.keys(replaced.json.credentials.signing).toSorted(), ['kid', 'lastRotated', 'rotationMode'])
    const { json: standard } = await fixture.request('GET', `${SERVERS}/default`)
    const renamed = await fixture.request('PUT', `${SERVERS}/default`, { json: { ...standard, name: 'Ours' } })
    assert.equal(renamed.status, 200, renamed.text)
    assert.equal(renamed.json.issuer, `${fixture.org.url}/oauth2/default`)
  })

  it('refuse at every endpoint while they are inactive', async () => {
    const server = await create({ name: 'Sleeper', audiences: ['sleeper'] })
    const lifecycle = (action: string) => fixture.request('POST', `${SERVERS}/${server.id}/lifecycle/${action}`)
    const discovery = () =>
      fixture.request('GET', `/oauth2/${server.id}/.well-known/openid-configuration`, { token: null })
    assert.equal((await discovery()).status, 200)
    for (let time = 0; time < 2; time++) {
      const answer = await lifecycle('deactivate')
      assert.deepEqual([answer.status, answer.text], [204, ''])
    }
    assert.equal((await discovery()).status, 404)
    const { json } = await fixture.request('GET', `${SERVERS}/${server.id}`)
    assert.equal(json.status, 'INACTIVE')
    assert.ok(json._links.activate)
    assert.equal((await lifecycle('activate')).status, 204)
    assert.equal((await discovery()).status, 200)
    assert.deepEqual((await events(server.id)).toSorted(), [
      'oauth2.as.activated',
      'oauth2.as.created',
      'oauth2.as.deactivated',
    ])
  })

  it('are deleted with all that belongs to them, but never the default one', async () => {
    const server = await create({ name: 'Short-lived', audiences: ['short'] })
    const policy = await fixture.request('POST', `${SERVERS}/${server.id}/policies`, { json: { name: 'A policy' } })
    assert.equal(policy.status, 201, policy.text)
    assert.equal((await fixture.request('DELETE', `${SERVERS}/${server.id}`)).status, 204)
    assert.equal((await fixture.request('GET', `${SERVERS}/${server.id}`)).status, 404)
    assert.equal((await fixture.request('DELETE', `${SERVERS}/${server.id}`)).status, 404)
    assert.equal((await fixture.request('GET', `/oauth2/${server.id}/v1/keys`, { token: null })).status, 404)
    await create({ name: 'Short-lived', audiences: ['short'] })
    const refused = await fixture.request('DELETE', `${SERVERS}/default`)
    assert.deepEqual([refused.status, refused.json.errorCode], [403, 'E0000006'])
  })

  const AUDIENCE = 'audiences: '
  for (const [why, json, cause] of [
    ['no name', { audiences: ['x'] }, 'name: The field cannot be left blank'],
    ['a blank name', { name: ' ', audiences: ['x'] }, 'name: The field cannot be left blank'],
    ['a name that is taken', { name: 'TAKEN', audiences: ['x'] }, 'name: An object with this field already exists'],
    ['no audience', { name: 'x' }, `${AUDIENCE}The field cannot be left blank`],
    ['an empty list of audiences', { name: 'x', audiences: [] }, `${AUDIENCE}The field cannot be left blank`],
    ['two audiences', { name: 'x', audiences: ['a', 'b'] }, `${AUDIENCE}Exactly one audience is supported`],
    [
      'an audience with a colon that is no URI',
      { name: 'x', audiences: [':x'] },
      `${AUDIENCE}An audience that contains`,
    ],
    ['an audience with a space', { name: 'x', audiences: ['https://a b'] }, `${AUDIENCE}An audience that contains`],
    ['a custom domain', { name: 'x', audiences: ['x'], issuerMode: 'CUSTOM_URL' }, "issuerMode: 'CUSTOM_URL' needs"],
    ['an issuer mode that does not exist', { name: 'x', audiences: ['x'], issuerMode: 'MINE' }, ''],
    ['a text for the audiences', { name: 'x', audiences: 'x' }, ''],
    ['a number for the name', { name: 5, audiences: ['x'] }, ''],
  ] as const) {
    it(`are refused with ${why}`, async () => {
      await fixture.request('POST', SERVERS, { json: { name: 'Taken', audiences: ['x'] } })
      const answer = await fixture.request('POST', SERVERS, { json })
      assert.equal(answer.status, 400, answer.text)
      assert.equal(answer.json.errorCode, 'E0000001')
      assert.ok(answer.json.errorCauses[0].errorSummary.startsWith(cause), answer.text)
    })
  }

  it('are for administrators alone, and each org has its own', async () => {
    const server = await create({ name: 'Private', audiences: ['private'] })
    const other = await fixture.newOrg('neighbour')
    const json = { name: 'Stolen', audiences: ['x'] }
    for (const [method, path] of [
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/lifecycle/deactivate'],
      ['POST', '/policies'],
    ] as const) {
      const url = `${SERVERS}/${server.id}${path}`
      const body = path === '/lifecycle/deactivate' || method === 'DELETE' ? {} : { json }
      assert.equal((await fixture.request(method, url, { ...body, org: other })).status, 404, url)
      assert.equal((await fixture.request(method, url, { ...body, token: null })).status, 403, url)
      assert.equal((await fixture.request(method, url, { ...body, token: 'wrong' })).status, 401, url)
    }
    assert.equal((await fixture.request('GET', `${SERVERS}/${server.id}`)).json.name, 'Private')
  })
})
