import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Fixture, startFixture, type TestAnswer, type TestOrg } from '#test/fixture.ts'

const GROUPS = '/api/v1/groups'

describe('the groups API', () => {
  let fixture: Fixture
  let other: TestOrg

  before(async () => {
    fixture = await startFixture()
    other = await fixture.newOrg('other')
  })
  after(() => fixture.close())

  const create = (name: unknown, more: object = {}) =>
    fixture.request('POST', GROUPS, { json: { profile: { name, ...more } } })
  const errorOf = ({ status, json }: TestAnswer) => [status, json.errorCode]

  async function person(login: string): Promise<string> {
    const profile = { login, email: login, firstName: 'Ann', lastName: 'Lee' }
    return (await fixture.request('POST', '/api/v1/users', { json: { profile } })).json.id
  }

  async function everyone(): Promise<string> {
    return (await fixture.request('GET', `${GROUPS}?q=Everyone`)).json[0].id
  }

  test('creates, reads, replaces and deletes in the shape of Okta', async () => {
    const made = await create('Team', { description: 'Those who', costCenter: 7 })
    const at = new Date(fixture.clock.now()).toISOString()
    const { id, ...rest } = made.json
    assert.match(id, /^00g[0-9A-Za-z]{17}$/)
    assert.deepEqual(rest, {
      created: at,
      lastUpdated: at,
      lastMembershipUpdated: at,
      objectClass: ['okta:user_group'],
      type: 'OKTA_GROUP',
      profile: { name: 'Team', description: 'Those who', costCenter: 7 },
      _links: {
        users: { href: `http://first.test${GROUPS}/${id}/users` },
        apps: { href: `http://first.test${GROUPS}/${id}/apps` },
      },
    })
    assert.deepEqual((await fixture.request('GET', `${GROUPS}/${id}`)).json, made.json)
    const replaced = await fixture.request('PUT', `${GROUPS}/${id}`, { json: { profile: { name: 'Crew' } } })
    assert.deepEqual(replaced.json.profile, { name: 'Crew', description: null })
    assert.equal((await fixture.request('DELETE', `${GROUPS}/${id}`)).status, 204)
    const gone = await fixture.request('GET', `${GROUPS}/${id}`)
    assert.equal(gone.json.errorSummary, `Not found: Resource not found: ${id} (UserGroup)`)
  })

  const refused: [string, unknown, object][] = [
    ['no name', undefined, {}],
    ['an empty name', '', {}],
    ['a name of spaces', '  ', {}],
    ['a number for a name', 30, {}],
    ['null for a name', null, {}],
    ['a name of 256 characters', 'x'.repeat(256), {}],
    ['a NUL in the name', 'a\u0000b', {}],
    ['a number for a description', 'Refused', { description: 30 }],
    ['a description of 1025 characters', 'Refused', { description: 'x'.repeat(1025) }],
    ['an attribute that is an object', 'Refused', { own: { nested: 1 } }],
  ]
  for (const [title, name, more] of refused) {
    test(`${title} is refused`, async () => assert.deepEqual(errorOf(await create(name, more)), [400, 'E0000001']))
  }

  test('a body without a profile is refused, unknown members are ignored', async () => {
    assert.deepEqual(errorOf(await fixture.request('POST', GROUPS, { json: { name: 'x' } })), [400, 'E0000001'])
    const json = { id: '00gMine', type: 'BUILT_IN', profile: { name: 'Ignorant' }, _links: {} }
    const made = await fixture.request('POST', GROUPS, { json })
    assert.deepEqual([made.status, made.json.type], [200, 'OKTA_GROUP'])
    assert.notEqual(made.json.id, '00gMine')
  })

  test('a name belongs to one group of the org, however it is written', async () => {
    await create('Sales')
    const twice = await create('SALES')
    assert.equal(twice.json.errorSummary, 'Api validation failed: name')
    assert.deepEqual(twice.json.errorCauses, [
      { errorSummary: 'name: An object with this field already exists in the current organization' },
    ])
    const second = await create('Second sales')
    const renamed = await fixture.request('PUT', `${GROUPS}/${second.json.id}`, {
      json: { profile: { name: 'sales' } },
    })
    assert.deepEqual(errorOf(renamed), [400, 'E0000001'])
    const elsewhere = await fixture.request('POST', GROUPS, { json: { profile: { name: 'Sales' } }, org: other })
    assert.equal(elsewhere.status, 200)
  })

  test('members come and go, as often as it is said', async () => {
    const { json: group } = await create('Members')
    const ids = [await person('m1@example.com'), await person('m2@example.com')]
    fixture.clock.advance(5_000)
    for (const id of [...ids, ...ids]) {
      const answer = await fixture.request('PUT', `${GROUPS}/${group.id}/users/${id}`)
      assert.deepEqual([answer.status, answer.text], [204, ''])
    }
    const list = async () => (await fixture.request('GET', `${GROUPS}/${group.id}/users`)).json
    assert.deepEqual((await list()).map((user: { id: string }) => user.id).sort(), [...ids].sort())
    const of = await fixture.request('GET', `/api/v1/users/${ids[0]}/groups`)
    assert.deepEqual(
      of.json.map((one: { profile: { name: string } }) => one.profile.name),
      ['Everyone', 'Members'],
    )
    for (const id of [ids[0], ids[0]]) {
      assert.equal((await fixture.request('DELETE', `${GROUPS}/${group.id}/users/${id}`)).status, 204)
    }
    assert.deepEqual(
      (await list()).map((user: { id: string }) => user.id),
      [ids[1]],
    )
    const now = (await fixture.request('GET', `${GROUPS}/${group.id}`)).json
    assert.ok(now.lastMembershipUpdated > group.lastMembershipUpdated)
    const nobody = await fixture.request('PUT', `${GROUPS}/${group.id}/users/00uNobody`)
    assert.equal(nobody.json.errorSummary, 'Not found: Resource not found: 00uNobody (User)')
    const nowhere = await fixture.request('PUT', `${GROUPS}/00gNowhere/users/${ids[0]}`)
    assert.equal(nowhere.json.errorSummary, 'Not found: Resource not found: 00gNowhere (UserGroup)')
  })

  test('Everyone holds everybody, and nobody changes that', async () => {
    const id = await everyone()
    const user = await person('every@example.com')
    const members = await fixture.request('GET', `${GROUPS}/${id}/users`)
    assert.ok(members.json.some((member: { id: string }) => member.id === user))
    for (const [method, path, json] of [
      ['PUT', `${GROUPS}/${id}`, { profile: { name: 'Nobody' } }],
      ['DELETE', `${GROUPS}/${id}`, undefined],
      ['PUT', `${GROUPS}/${id}/users/${user}`, undefined],
      ['DELETE', `${GROUPS}/${id}/users/${user}`, undefined],
    ] as const) {
      const answer = await fixture.request(method, path, json ? { json } : {})
      assert.deepEqual([path, ...errorOf(answer)], [path, 403, 'E0000006'])
    }
    assert.deepEqual(errorOf(await create('everyone')), [400, 'E0000001'])
  })

  test('a person can be created into groups, and into none that are not there', async () => {
    const { json: group } = await create('Born into')
    const profile = { login: 'born@example.com', email: 'born@example.com', firstName: 'A', lastName: 'B' }
    const ask = (groupIds: readonly string[]) =>
      fixture.request('POST', '/api/v1/users', { json: { profile, groupIds } })
    assert.deepEqual(errorOf(await ask([group.id, '00gNowhere'])), [404, 'E0000007'])
    assert.deepEqual(errorOf(await ask([await everyone()])), [403, 'E0000006'])
    const { json: user } = await ask([group.id, group.id])
    const members = await fixture.request('GET', `${GROUPS}/${group.id}/users`)
    assert.deepEqual(
      members.json.map((member: { id: string }) => member.id),
      [user.id],
    )
  })

  test('lists page, and a question that cannot be answered is refused', async () => {
    for (const name of ['page 1', 'page 2', 'page 3']) {
      fixture.clock.advance(1)
      await create(name)
    }
    const first = await fixture.request('GET', `${GROUPS}?q=page&limit=2`)
    const next = [first.headers.link]
      .flat()
      .map(String)
      .find((link) => link.endsWith('rel="next"'))
    const path = /^<http:\/\/first\.test(.*)>/.exec(next ?? '')?.[1] ?? ''
    const second = await fixture.request('GET', path)
    const names = [...first.json, ...second.json].map((group: { profile: { name: string } }) => group.profile.name)
    assert.deepEqual(names, ['page 1', 'page 2', 'page 3'])
    assert.deepEqual(errorOf(await fixture.request('GET', `${GROUPS}?filter=profile.name%20eq%20%22x%22`)), [
      400,
      'E0000031',
    ])
    assert.deepEqual(errorOf(await fixture.request('GET', `${GROUPS}?search=x&q=y`)), [400, 'E0000033'])
  })

  test('a group of another org is not there', async () => {
    const { json: group } = await create('Mine alone')
    const user = await person('mine@example.com')
    for (const [method, path, json] of [
      ['GET', `${GROUPS}/${group.id}`, undefined],
      ['PUT', `${GROUPS}/${group.id}`, { profile: { name: 'Taken' } }],
      ['DELETE', `${GROUPS}/${group.id}`, undefined],
      ['GET', `${GROUPS}/${group.id}/users`, undefined],
      ['PUT', `${GROUPS}/${group.id}/users/${user}`, undefined],
      ['DELETE', `${GROUPS}/${group.id}/users/${user}`, undefined],
    ] as const) {
      const answer = await fixture.request(method, path, { org: other, ...(json ? { json } : {}) })
      assert.deepEqual([path, ...errorOf(answer)], [path, 404, 'E0000007'])
    }
    assert.equal((await fixture.request('GET', `${GROUPS}/${group.id}`)).json.profile.name, 'Mine alone')
  })

  test('with `expand=stats` a group says how many people and apps it has', async () => {
    const { json: group } = await create('Counted')
    const member = await person('counted@example.com')
    await fixture.request('PUT', `${GROUPS}/${group.id}/users/${member}`)
    const { json: app } = await fixture.request('POST', '/api/v1/apps', {
      json: {
        name: 'oidc_client',
        label: 'Counted app',
        signOnMode: 'OPENID_CONNECT',
        credentials: { oauthClient: { token_endpoint_auth_method: 'none' } },
        settings: {
          oauthClient: {
            application_type: 'browser',
            grant_types: ['authorization_code'],
            response_types: ['code'],
            redirect_uris: ['http://localhost:8080/login/callback'],
          },
        },
      },
    })
    await fixture.request('PUT', `/api/v1/apps/${app.id}/groups/${group.id}`, { json: {} })
    const [counted] = (await fixture.request('GET', `${GROUPS}?q=Counted&expand=stats`)).json
    assert.deepEqual([counted._embedded.stats.usersCount, counted._embedded.stats.appsCount], [1, 1])
    const { json: one } = await fixture.request('GET', `${GROUPS}/${group.id}?expand=stats`)
    assert.deepEqual(one._embedded, counted._embedded)
    assert.equal((await fixture.request('GET', `${GROUPS}/${group.id}`)).json._embedded, undefined)
  })
})
