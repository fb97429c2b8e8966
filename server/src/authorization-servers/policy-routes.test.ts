import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { basic, newApp, type TestApp } from '#test/oauth-client.ts'

const SERVERS = '/api/v1/authorizationServers'

interface Wire {
  readonly id: string
  readonly name: string
  readonly priority: number
}

onEachDatabase('access policies', (dialect) => {
  let fixture: Fixture
  let url: string
  let server: string
  let app: TestApp

  before(async () => {
    fixture = await startFixture({ dialect })
    server = await newServer('Main')
    url = `${SERVERS}/${server}/policies`
    app = await newApp(fixture, { type: 'service' })
  })
  after(() => fixture.close())

  async function newServer(name: string): Promise<string> {
    const made = await fixture.request('POST', SERVERS, { json: { name, audiences: [`api://${name}`] } })
    assert.equal(made.status, 201, made.text)
    await fixture.request('POST', `${SERVERS}/${made.json.id}/scopes`, { json: { name: 'read' } })
    return made.json.id
  }
  const send = async (method: string, path: string, json?: object) => {
    const answer = await fixture.request(method, path, json ? { json } : {})
    assert.ok(answer.status < 300, answer.text)
    return answer.json
  }
  const order = async (path: string) =>
    (await send('GET', path)).map(({ name, priority }: Wire) => `${name}${priority}`).join(' ')
  const service = { grantTypes: { include: ['client_credentials'] }, scopes: { include: ['*'] } }
  const people = { users: { include: [] }, groups: { include: ['EVERYONE'] } }

  it('are made active for all clients, at the end or at the place that was wished for', async () => {
    const first = await send('POST', url, { type: 'OAUTH_AUTHORIZATION_POLICY', name: 'a', description: 'd' })
    assert.partialDeepStrictEqual(first, {
      type: 'OAUTH_AUTHORIZATION_POLICY',
      status: 'ACTIVE',
      priority: 1,
      system: false,
      conditions: { clients: { include: ['ALL_CLIENTS'] } },
      _links: { deactivate: { href: `${fixture.org.url}${url}/${first.id}/lifecycle/deactivate` } },
    })
    await send('POST', url, { name: 'b' })
    await send('POST', url, { name: 'c', priority: 1, conditions: { clients: { include: [app.clientId] } } })
    assert.equal(await order(url), 'c1 a2 b3')
    await send('PUT', `${url}/${first.id}`, { name: 'A', priority: 3 })
    assert.equal(await order(url), 'c1 b2 A3')
    await send('PUT', `${url}/${first.id}`, { name: 'A' })
    assert.equal(await order(url), 'c1 b2 A3')
    const [c] = await send('GET', url)
    await send('DELETE', `${url}/${c.id}`)
    assert.equal(await order(url), 'b1 A2')
  })

  it('have rules in an order of their own', async () => {
    const policy = await send('POST', url, { name: 'with rules' })
    const rules = `${url}/${policy.id}/rules`
    const first = await send('POST', rules, { name: 'r', conditions: { people, ...service } })
    assert.partialDeepStrictEqual(first, {
      type: 'RESOURCE_ACCESS',
      status: 'ACTIVE',
      priority: 1,
      conditions: {
        people: { users: { include: [], exclude: [] }, groups: { include: ['EVERYONE'], exclude: [] } },
        ...service,
      },
      actions: {
        token: { accessTokenLifetimeMinutes: 60, refreshTokenLifetimeMinutes: 0, refreshTokenWindowMinutes: 10_080 },
      },
    })
    await send('POST', rules, { name: 's', priority: 1, conditions: service })
    assert.equal(await order(rules), 's1 r2')
    const replaced = await send('PUT', `${rules}/${first.id}`, {
      name: 'R',
      priority: 1,
      conditions: service,
      actions: { token: { accessTokenLifetimeMinutes: 5 } },
    })
    assert.equal(replaced.actions.token.accessTokenLifetimeMinutes, 5)
    assert.equal(await order(rules), 'R1 s2')
    await send('DELETE', `${rules}/${first.id}`)
    assert.equal(await order(rules), 's1')
  })

  it('decide at once who gets a token, and for how long', async () => {
    const id = await newServer('Deciding')
    const policies = `${SERVERS}/${id}/policies`
    const outcome = async () => {
      const form = { grant_type: 'client_credentials', scope: 'read' }
      const { json } = await fixture.request('POST', `/oauth2/${id}/v1/token`, {
        token: null,
        form,
        headers: basic(app),
      })
      return json.error ?? json.expires_in
    }
    assert.equal(await outcome(), 'access_denied')
    const policy = await send('POST', policies, { name: 'p' })
    assert.equal(await outcome(), 'access_denied')
    const rule = await send('POST', `${policies}/${policy.id}/rules`, {
      name: 'r',
      conditions: service,
      actions: { token: { accessTokenLifetimeMinutes: 7 } },
    })
    assert.equal(await outcome(), 420)
    for (const path of [`${policies}/${policy.id}`, `${policies}/${policy.id}/rules/${rule.id}`]) {
      await send('POST', `${path}/lifecycle/deactivate`)
      assert.equal((await send('GET', path)).status, 'INACTIVE')
      assert.equal(await outcome(), 'access_denied')
      await send('POST', `${path}/lifecycle/activate`)
      assert.equal(await outcome(), 420)
    }
    await send('DELETE', `${policies}/${policy.id}`)
    assert.equal(await outcome(), 'access_denied')
    const { json } = await fixture.request(
      'GET',
      '/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&limit=1000',
    )
    const types = json
      .filter(({ target }: { target: Wire[] | null }) => target?.some((one) => one.id === policy.id))
      .map(({ eventType }: { eventType: string }) => eventType.replace('policy.', ''))
    assert.deepEqual(types.toSorted(), [
      'lifecycle.activate',
      'lifecycle.create',
      'lifecycle.deactivate',
      'lifecycle.delete',
      'rule.activate',
      'rule.add',
      'rule.deactivate',
    ])
  })

  const ONE_OF = "At least one of 'conditions.people.users.include' or 'conditions.people.groups.include' must contain"
  const code = { grantTypes: { include: ['authorization_code'] }, scopes: { include: ['*'] } }
  for (const [why, part, json, cause] of [
    ['a policy without a name', '', { description: 'x' }, 'name: The field cannot be left blank'],
    ['a policy with a long name', '', { name: 'x'.repeat(101) }, 'name: The field cannot be longer than 100'],
    ['a long description', '', { name: 'x', description: 'x'.repeat(256) }, 'description: The field cannot be longer'],
    ['a priority of zero', '', { name: 'x', priority: 0 }, 'priority: The field must be greater than or equal to 1'],
    ['a priority in quotation marks', '', { name: 'x', priority: '1' }, ''],
    ['another type', '', { name: 'x', type: 'PASSWORD' }, ''],
    ['an unknown client', '', { name: 'x', conditions: { clients: { include: ['nobody'] } } }, 'conditions.clients'],
    ['a rule without a name', '/rules', { conditions: { people, ...code } }, 'name: The field cannot be left blank'],
    [
      'a rule without a grant type',
      '/rules',
      { name: 'x', conditions: { people } },
      'conditions.grantTypes.include: At',
    ],
    [
      'an unknown grant type',
      '/rules',
      { name: 'x', conditions: { people, grantTypes: { include: ['magic'] } } },
      "conditions.grantTypes.include: 'magic'",
    ],
    ['a rule for people without people', '/rules', { name: 'x', conditions: code }, ONE_OF],
    [
      'an unknown scope',
      '/rules',
      { name: 'x', conditions: { ...service, scopes: { include: ['write'] } } },
      "conditions.scopes.include: 'write'",
    ],
    [
      'an unknown person',
      '/rules',
      { name: 'x', conditions: { ...code, people: { users: { include: ['00u1'] } } } },
      "conditions.people.users: '00u1'",
    ],
    [
      'an unknown group',
      '/rules',
      { name: 'x', conditions: { ...code, people: { groups: { include: ['00g1'] } } } },
      "conditions.people.groups: '00g1'",
    ],
    ...[4, 1_441].map(
      (accessTokenLifetimeMinutes) =>
        [
          `an access token of ${accessTokenLifetimeMinutes} minutes`,
          '/rules',
          { name: 'x', conditions: service, actions: { token: { accessTokenLifetimeMinutes } } },
          'accessTokenLifetimeMinutes: ',
        ] as const,
    ),
    [
      'a refresh token that ends before the access token',
      '/rules',
      { name: 'x', conditions: service, actions: { token: { refreshTokenLifetimeMinutes: 30 } } },
      'refreshTokenLifetimeMinutes: ',
    ],
    [
      'a window of nine minutes',
      '/rules',
      { name: 'x', conditions: service, actions: { token: { refreshTokenWindowMinutes: 9 } } },
      'refreshTokenWindowMinutes: ',
    ],
    [
      'a hook that is not there',
      '/rules',
      { name: 'x', conditions: service, actions: { token: { inlineHook: { id: 'cal1' } } } },
      "inlineHook: 'cal1'",
    ],
  ] as const) {
    it(`are refused with ${why}`, async () => {
      const policy = part === '' ? undefined : await send('POST', url, { name: 'for rules' })
      const answer = await fixture.request('POST', policy ? `${url}/${policy.id}${part}` : url, { json })
      assert.equal(answer.status, 400, answer.text)
      assert.equal(answer.json.errorCode, 'E0000001')
      assert.ok(answer.json.errorCauses[0].errorSummary.startsWith(cause), answer.text)
    })
  }

  it('of another server are not there', async () => {
    const policy = await send('POST', url, { name: 'mine' })
    const elsewhere = `${SERVERS}/default/policies/${policy.id}`
    for (const [method, path, json] of [
      ['PUT', elsewhere, { name: 'x' }],
      ['DELETE', elsewhere, undefined],
      ['POST', `${elsewhere}/lifecycle/deactivate`, undefined],
      ['POST', `${elsewhere}/rules`, { name: 'x', conditions: service }],
    ] as const) {
      const answer = await fixture.request(method, path, json ? { json } : {})
      assert.deepEqual([answer.status, answer.json.errorCode], [404, 'E0000007'], path)
    }
  })
})
