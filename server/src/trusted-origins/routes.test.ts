import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'

const PATH = '/api/v1/trustedOrigins'
const CORS = [{ type: 'CORS' }]

onEachDatabase('trusted origins', (dialect) => {
  let fixture: Fixture
  let made = 0

  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const draft = (more: object = {}) => ({
    name: `Origin ${++made}`,
    origin: `https://app${made}.example.com`,
    scopes: [{ type: 'CORS' }, { type: 'REDIRECT' }],
    ...more,
  })
  const create = async (more: object = {}) => {
    // Ids of one millisecond have no order.
    fixture.clock.advance(1)
    const answer = await fixture.request('POST', PATH, { json: draft(more) })
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }
  const causeOf = (answer: { json: { errorCauses: { errorSummary: string }[] } }) =>
    answer.json.errorCauses[0]?.errorSummary

  test('a created origin answers 200 in the shape that Okta gives', async () => {
    const json = draft({ status: 'INACTIVE', id: 'tosmine', nonsense: true })
    const { status, json: created } = await fixture.request('POST', PATH, { json })
    const self = `${fixture.org.url}${PATH}/${created.id}`
    assert.equal(status, 200)
    assert.match(created.id, /^tos[0-9A-Za-z]{17}$/)
    assert.match(created.createdBy, /^00u/)
    assert.deepEqual(created, {
      id: created.id,
      name: json.name,
      origin: json.origin,
      scopes: json.scopes,
      status: 'ACTIVE',
      created: created.created,
      createdBy: created.createdBy,
      lastUpdated: created.created,
      lastUpdatedBy: created.createdBy,
      _links: {
        self: { href: self, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
        deactivate: { href: `${self}/lifecycle/deactivate`, hints: { allow: ['POST'] } },
      },
    })
    assert.deepEqual((await fixture.request('GET', `${PATH}/${created.id}`)).json, created)
  })

  test('an origin is returned exactly as it was sent, text with markup included', async () => {
    const created = await create({ name: `'; DROP TABLE app; -- <script>`, origin: 'http://localhost:8080/' })
    assert.equal(created.name, `'; DROP TABLE app; -- <script>`)
    assert.equal(created.origin, 'http://localhost:8080/')
  })

  test('deactivating and activating answer with the object and its other link', async () => {
    const { id } = await create()
    const off = await fixture.request('POST', `${PATH}/${id}/lifecycle/deactivate`)
    assert.partialDeepStrictEqual(off, { status: 200, json: { id, status: 'INACTIVE', _links: { activate: {} } } })
    assert.equal(off.json._links.deactivate, undefined)
    const on = await fixture.request('POST', `${PATH}/${id}/lifecycle/activate`)
    assert.partialDeepStrictEqual(on, { status: 200, json: { id, status: 'ACTIVE', _links: { deactivate: {} } } })
  })

  test('replacing keeps id, status and creation', async () => {
    const created = await create()
    fixture.clock.advance(1_000)
    await fixture.request('POST', `${PATH}/${created.id}/lifecycle/deactivate`)
    const { status, json } = await fixture.request('PUT', `${PATH}/${created.id}`, {
      json: { ...created, name: 'Renamed', scopes: CORS, created: 'never' },
    })
    assert.equal(status, 200)
    assert.partialDeepStrictEqual(json, {
      id: created.id,
      name: 'Renamed',
      origin: created.origin,
      scopes: CORS,
      status: 'INACTIVE',
      created: created.created,
    })
    assert.notEqual(json.lastUpdated, created.lastUpdated)
  })

  test('a deleted origin is gone', async () => {
    const { id } = await create()
    const deleted = await fixture.request('DELETE', `${PATH}/${id}`)
    assert.deepEqual([deleted.status, deleted.text], [204, ''])
    for (const method of ['GET', 'DELETE']) {
      const answer = await fixture.request(method, `${PATH}/${id}`)
      assert.equal(answer.status, 404)
      assert.equal(answer.json.errorSummary, `Not found: Resource not found: ${id} (TrustedOrigin)`)
    }
  })

  test('a name and an origin are taken once, however they are spelled', async () => {
    const taken = await create()
    const other = await create()
    const exists = 'An object with this field already exists in the current organization'
    for (const [change, field] of [
      [{ name: taken.name.toUpperCase() }, 'name'],
      [{ origin: `${taken.origin.toUpperCase()}/` }, 'origin'],
    ] as const) {
      const created = await fixture.request('POST', PATH, { json: draft(change) })
      const replaced = await fixture.request('PUT', `${PATH}/${other.id}`, { json: { ...other, ...change } })
      for (const answer of [created, replaced]) {
        assert.equal(answer.status, 400)
        assert.equal(answer.json.errorSummary, `Api validation failed: ${field}`)
        assert.equal(causeOf(answer), `${field}: ${exists}`)
      }
    }
    assert.deepEqual((await fixture.request('GET', `${PATH}/${other.id}`)).json, other)
  })

  const REFUSED: readonly [why: string, change: object, subject: string][] = [
    ['a path in the origin', { origin: 'https://app.example.com/login' }, 'origin'],
    ['no name', { name: undefined }, 'name'],
    ['a number for a name', { name: 7 }, 'name'],
    ['null for an origin', { origin: null }, 'origin'],
    ['no scopes', { scopes: [] }, 'scopes'],
    ['scopes that are no list', { scopes: { type: 'CORS' } }, 'scopes'],
    ['an unknown scope', { scopes: [{ type: 'EVERYTHING' }] }, 'type'],
    ['an unknown app', { scopes: [{ type: 'IFRAME_EMBED', allowedOktaApps: ['OTHER'] }] }, 'allowedOktaApps'],
  ]
  for (const [why, change, subject] of REFUSED) {
    test(`${why} is refused and nothing is created`, async () => {
      const before = (await fixture.request('GET', `${PATH}?limit=200`)).json.length
      const answer = await fixture.request('POST', PATH, { json: draft(change) })
      assert.equal(answer.status, 400)
      assert.equal(answer.json.errorCode, 'E0000001')
      assert.equal(answer.json.errorSummary, `Api validation failed: ${subject}`)
      assert.equal((await fixture.request('GET', `${PATH}?limit=200`)).json.length, before)
    })
  }

  test('the list pages, and is searched by beginnings and by filter', async () => {
    const mine = [
      await create({ name: 'Zebra one' }),
      await create({ name: 'Zebra two', scopes: CORS }),
      await create({ name: 'Zebra three' }),
    ]
    const ids = async (query: string) => {
      const answer = await fixture.request('GET', `${PATH}?${query}`)
      assert.equal(answer.status, 200, answer.text)
      return answer.json.map(({ id }: { id: string }) => id)
    }
    assert.deepEqual(
      await ids('q=zebra'),
      mine.map(({ id }) => id),
    )
    assert.deepEqual(await ids(`q=${encodeURIComponent(mine[1].origin)}`), [mine[1].id])
    const filters = [
      `name eq "Zebra two"`,
      `origin eq "${mine[1].origin}"`,
      `id eq "${mine[1].id}" and status eq "ACTIVE"`,
    ]
    for (const filter of filters)
      assert.deepEqual(await ids(`filter=${encodeURIComponent(filter)}`), [mine[1].id], filter)
    const both = `(name eq "Zebra one" or name eq "Zebra two") and type eq "REDIRECT"`
    assert.deepEqual(await ids(`filter=${encodeURIComponent(both)}`), [mine[0].id])

    const page = await fixture.request('GET', `${PATH}?q=zebra&limit=2`)
    const [self, next] = page.headers.link as unknown as string[]
    assert.equal(self, `<${fixture.org.url}${PATH}?q=zebra&limit=2>; rel="self"`)
    const rest = await fixture.request(
      'GET',
      /<(.*)>; rel="next"/.exec(next ?? '')?.[1]?.replace(fixture.org.url, '') ?? '',
    )
    assert.deepEqual(
      [...page.json, ...rest.json].map(({ id }) => id),
      mine.map(({ id }) => id),
    )
    assert.equal([rest.headers.link].flat().length, 1)
  })

  for (const query of [
    'filter=name%20co%20"a"',
    'filter=createdBy%20eq%20"a"',
    'filter=name',
    'limit=ten',
    'after=!',
  ]) {
    test(`a list with ${query} is refused`, async () => {
      assert.equal((await fixture.request('GET', `${PATH}?${query}`)).status, 400)
    })
  }

  test('each change is in the System Log', async () => {
    const { id, name, origin } = await create()
    await fixture.request('PUT', `${PATH}/${id}`, { json: { name, origin, scopes: CORS } })
    await fixture.request('POST', `${PATH}/${id}/lifecycle/deactivate`)
    await fixture.request('POST', `${PATH}/${id}/lifecycle/activate`)
    await fixture.request('DELETE', `${PATH}/${id}`)
    const filter = encodeURIComponent(`target.id eq "${id}"`)
    const logs = await fixture.request(
      'GET',
      `/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&filter=${filter}`,
    )
    assert.deepEqual(
      logs.json.map(({ eventType }: { eventType: string }) => eventType),
      ['create', 'update', 'deactivate', 'activate', 'delete'].map((action) => `security.trusted_origin.${action}`),
    )
    assert.equal(logs.json[0].actor.alternateId, fixture.admin.login)
    assert.deepEqual(logs.json[0].target[0], {
      id,
      type: 'TrustedOrigin',
      alternateId: origin,
      displayName: name,
      detailEntry: null,
    })
  })

  test('the snapshot of the org knows the origin as soon as the answer is there', async () => {
    const { id } = await create()
    const has = async () =>
      (await fixture.deps.config.get(fixture.org.id)).trustedOrigins.some((origin) => origin.id === id)
    assert.equal(await has(), true)
    await fixture.request('DELETE', `${PATH}/${id}`)
    assert.equal(await has(), false)
  })

  test("another org's origin is not there", async () => {
    const other = await fixture.newOrg(`other-${dialect}`)
    const created = await create()
    for (const [method, path] of [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/lifecycle/activate'],
      ['POST', '/lifecycle/deactivate'],
    ] as const) {
      const json = method === 'PUT' ? { json: draft() } : {}
      const answer = await fixture.request(method, `${PATH}/${created.id}${path}`, { org: other, ...json })
      assert.equal(answer.status, 404, `${method} ${path}`)
      assert.equal(answer.json.errorCode, 'E0000007')
    }
    assert.deepEqual((await fixture.request('GET', PATH, { org: other })).json, [])
    assert.deepEqual((await fixture.request('GET', `${PATH}/${created.id}`)).json, created)
    // The same name and origin are free there.
    const same = { name: created.name, origin: created.origin, scopes: CORS }
    assert.equal((await fixture.request('POST', PATH, { org: other, json: same })).status, 200)
  })

  test('an id that no database keeps is not there', async () => {
    for (const method of ['GET', 'DELETE']) assert.equal((await fixture.request(method, `${PATH}/%00`)).status, 404)
  })

  test('who brings no credential, or a bad one, is refused', async () => {
    const none = await fixture.request('GET', PATH, { token: null })
    assert.partialDeepStrictEqual(none, { status: 403, json: { errorCode: 'E0000005' } })
    const bad = await fixture.request('GET', PATH, { token: 'nonsense' })
    assert.partialDeepStrictEqual(bad, { status: 401, json: { errorCode: 'E0000011' } })
  })
})
