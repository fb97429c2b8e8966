import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { all } from '#db/unit.ts'
import { DAY } from '#kernel/instant.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import { addPerson, signIn, type TestPerson } from '#test/people.ts'

const TOKENS = '/api/v1/api-tokens'
const CREATE = '/api/v1/keystead/api-tokens'
const USERS = '/api/v1/users?limit=1'

onEachDatabase('API tokens', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const refusal = ({ status, json }: TestAnswer) => [status, json.errorCode, json.errorSummary]
  const create = async (cookies: Readonly<Record<string, string>>, name = 'CI') => {
    fixture.clock.advance(1)
    const answer = await fixture.request('POST', CREATE, { token: null, cookies, json: { name } })
    assert.equal(answer.status, 201, answer.text)
    return answer.json
  }
  const grant = (person: TestPerson, type: string) =>
    fixture.request('POST', `/api/v1/users/${person.id}/roles`, { json: { type } })
  const administrator = async () => {
    const person = await addPerson(fixture)
    assert.equal((await grant(person, 'ORG_ADMIN')).status, 201)
    return person
  }
  const works = async (token: string) => (await fixture.request('GET', USERS, { token })).status
  /** A token that works however far the clock went. */
  const fresh = async () => (await create(await signIn(fixture, fixture.admin))).token as string
  const INVALID = [401, 'E0000011', 'Invalid token provided']

  test('a token is made by a person who is signed in, shown once, and acts for that person', async () => {
    const person = await administrator()
    const cookies = await signIn(fixture, person)
    const made = await create(cookies, `<script>'; DROP TABLE api_token; --`)
    const { token, ...shown } = made
    const now = fixture.clock.now()
    assert.match(token, /^00[\w-]{40}$/)
    assert.deepEqual(shown, {
      id: made.id,
      name: `<script>'; DROP TABLE api_token; --`,
      userId: person.id,
      clientName: 'Okta API',
      tokenWindow: 'P30D',
      network: { connection: 'ANYWHERE' },
      expiresAt: new Date(now + 30 * DAY).toISOString(),
      created: new Date(now).toISOString(),
      lastUpdated: new Date(now).toISOString(),
      _links: {
        self: { href: `${fixture.org.url}${TOKENS}/${made.id}`, hints: { allow: ['GET', 'DELETE'] } },
        user: { href: `${fixture.org.url}/api/v1/users/${person.id}`, hints: { allow: ['GET'] } },
      },
    })
    assert.equal((await fixture.request('GET', '/api/v1/users/me', { token })).json.id, person.id)
    assert.deepEqual((await fixture.request('GET', `${TOKENS}/${made.id}`)).json, shown)
    const list = await fixture.request('GET', TOKENS)
    assert.deepEqual(list.json.at(-1), shown)
    assert.ok(!list.text.includes(token))
    const { db } = fixture.deps
    const stored = JSON.stringify(await db.read(all(db.for(fixture.org.id).from('api_token').selectAll())))
    assert.ok(!stored.includes(token) && !stored.includes(token.slice(2)))
  })

  test('a token makes no tokens, nor does anybody without the right to', async () => {
    const json = { name: 'CI' }
    assert.deepEqual(refusal(await fixture.request('POST', CREATE, { json })).slice(0, 2), [403, 'E0000006'])
    const nobody = await fixture.request('POST', CREATE, { json, token: null })
    assert.deepEqual(refusal(nobody).slice(0, 2), [403, 'E0000005'])
    const cookies = await signIn(fixture, await addPerson(fixture))
    const person = await fixture.request('POST', CREATE, { json, token: null, cookies })
    assert.deepEqual(refusal(person).slice(0, 2), [403, 'E0000006'])
  })

  test('a page of another origin makes none with the cookie, a trusted one neither', async () => {
    const cookies = await signIn(fixture, fixture.admin)
    const trusted = `https://tokens-${dialect}.example.com`
    const scopes = [{ type: 'CORS' }]
    await fixture.request('POST', '/api/v1/trustedOrigins', { json: { name: trusted, origin: trusted, scopes } })
    const ask = (origin: string) =>
      fixture.request('POST', CREATE, { token: null, cookies, json: { name: 'CI' }, headers: { origin } })
    for (const origin of ['https://evil.example', 'null', trusted])
      assert.deepEqual(refusal(await ask(origin)).slice(0, 2), [403, 'E0000212'], origin)
    assert.equal((await ask(fixture.org.url)).status, 201)
  })

  test('a name is text of 1 to 255 characters', async () => {
    const cookies = await signIn(fixture, fixture.admin)
    for (const json of [
      {},
      { name: '' },
      { name: ' ' },
      { name: 'x'.repeat(256) },
      { name: 7 },
      { name: null },
      { name: 'a\0' },
    ]) {
      const answer = await fixture.request('POST', CREATE, { token: null, cookies, json })
      assert.deepEqual(refusal(answer), [400, 'E0000001', 'Api validation failed: name'], JSON.stringify(json))
    }
    assert.equal((await create(cookies, 'x'.repeat(255))).name.length, 255)
  })

  test('a token has the roles that its person holds at the moment', async () => {
    const person = await administrator()
    const { token } = await create(await signIn(fixture, person))
    assert.equal(await works(token), 200)
    const [role] = (await fixture.request('GET', `/api/v1/users/${person.id}/roles`)).json
    await fixture.request('DELETE', `/api/v1/users/${person.id}/roles/${role.id}`)
    assert.deepEqual(refusal(await fixture.request('GET', USERS, { token })).slice(0, 2), [403, 'E0000006'])
    await grant(person, 'USER_ADMIN')
    assert.equal(await works(token), 200)
  })

  test('a lockout by strangers stops no script, suspension does for its time, deactivation for ever', async () => {
    const person = await administrator()
    const { token } = await create(await signIn(fixture, person))
    for (let n = 0; n < 10; n++) {
      fixture.clock.advance(1_000)
      const json = { username: person.login, password: 'wrong' }
      await fixture.request('POST', '/api/v1/authn', { token: null, json })
    }
    assert.equal((await fixture.request('GET', `/api/v1/users/${person.id}`)).json.status, 'LOCKED_OUT')
    assert.equal(await works(token), 200)
    const lifecycle = async (step: string) =>
      assert.equal((await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/${step}`)).status, 200, step)
    await lifecycle('unlock')
    await lifecycle('suspend')
    assert.deepEqual(refusal(await fixture.request('GET', USERS, { token })), INVALID)
    await lifecycle('unsuspend')
    assert.equal(await works(token), 200)
    await lifecycle('deactivate')
    assert.deepEqual(refusal(await fixture.request('GET', USERS, { token })), INVALID)
    await lifecycle('activate')
    assert.deepEqual(refusal(await fixture.request('GET', USERS, { token })), INVALID)
  })

  test('revoking kills a token at once, its own call included', async () => {
    const cookies = await signIn(fixture, fixture.admin)
    const made = await create(cookies)
    const answer = await fixture.request('DELETE', `${TOKENS}/${made.id}`)
    assert.deepEqual([answer.status, answer.text, answer.headers['content-type']], [204, '', undefined])
    assert.deepEqual(refusal(await fixture.request('GET', USERS, { token: made.token })), INVALID)
    const again = await fixture.request('DELETE', `${TOKENS}/${made.id}`)
    assert.deepEqual(refusal(again), [404, 'E0000007', `Not found: Resource not found: ${made.id} (Token)`])

    const own = await create(cookies)
    assert.equal((await fixture.request('DELETE', `${TOKENS}/current`, { token: own.token })).status, 204)
    assert.deepEqual(refusal(await fixture.request('DELETE', `${TOKENS}/current`, { token: own.token })), INVALID)
    const nobody = await fixture.request('DELETE', `${TOKENS}/current`, { token: null, cookies })
    assert.deepEqual(refusal(nobody).slice(0, 2), [403, 'E0000005'])
  })

  test('making and revoking stand in the log, and the value does not', async () => {
    const made = await create(await signIn(fixture, fixture.admin), 'Logged')
    await fixture.request('DELETE', `${TOKENS}/${made.id}`)
    const { db } = fixture.deps
    const events = await db.read(all(db.for(fixture.org.id).from('log_event').selectAll().orderBy('seq')))
    const types = events.filter(({ targets }) => targets.includes(made.id)).map(({ event_type }) => event_type)
    assert.deepEqual(types, ['system.api_token.create', 'system.api_token.revoke'])
    assert.ok(!JSON.stringify(events).includes(made.token))
  })

  test('values that differ from a token by anything are unknown', async () => {
    const token = await fresh()
    const wrong = [token.slice(1), token.slice(0, -1), `${token}x`, token.toUpperCase(), 'x', '\u00e9', 'x'.repeat(501)]
    for (const value of wrong) assert.deepEqual(refusal(await fixture.request('GET', USERS, { token: value })), INVALID)
    assert.equal(await works(token), 200)
  })

  test('the list is paged', async () => {
    const cookies = await signIn(fixture, fixture.admin)
    for (let n = 0; n < 3; n++) await create(cookies, `Paged ${n}`)
    const whole = (await fixture.request('GET', TOKENS)).json.map(({ id }: { id: string }) => id)
    const found: string[] = []
    for (let path: string | undefined = `${TOKENS}?limit=2`; path !== undefined; ) {
      const { json, headers }: TestAnswer = await fixture.request('GET', path)
      found.push(...json.map(({ id }: { id: string }) => id))
      const next = /<[^>]*?(\/api[^>]+)>; rel="next"/.exec([headers.link].flat().join(', '))
      path = next?.[1]
    }
    assert.deepEqual(found, whole)
  })

  test("another org's tokens are unknown here, as credential and by id", async () => {
    const other = await fixture.newOrg(`tokens-${dialect}`)
    const made = await create(await signIn(fixture, fixture.admin))
    const there = { org: other, token: other.admin.apiToken }
    assert.equal((await fixture.request('GET', `${TOKENS}/${made.id}`, there)).status, 404)
    assert.equal((await fixture.request('DELETE', `${TOKENS}/${made.id}`, there)).status, 404)
    assert.deepEqual(refusal(await fixture.request('GET', USERS, { org: other, token: made.token })), INVALID)
    assert.deepEqual((await fixture.request('GET', TOKENS, there)).json.length, 1)
    assert.equal(await works(made.token), 200)
  })

  test('managing tokens takes an administrator', async () => {
    const calls: [string, string][] = [
      ['GET', TOKENS],
      ['GET', `${TOKENS}/00Tunknown`],
      ['DELETE', `${TOKENS}/00Tunknown`],
    ]
    for (const [method, path] of calls) {
      assert.deepEqual(refusal(await fixture.request(method, path, { token: null })).slice(0, 2), [403, 'E0000005'])
      assert.deepEqual(refusal(await fixture.request(method, path, { token: 'bad' })), INVALID)
    }
    for (const id of ['00Tunknown', '%00', `'%20OR%201=1`])
      assert.deepEqual(refusal(await fixture.request('GET', `${TOKENS}/${id}`)).slice(0, 2), [404, 'E0000007'])
  })

  test('a token lives thirty days from its last use; short use is not written down', async () => {
    const cookies = await signIn(fixture, fixture.admin)
    const keeper = (await create(cookies)).token
    const made = await create(cookies)
    const { token } = made
    const expires = async () =>
      (Date.parse((await fixture.request('GET', `${TOKENS}/${made.id}`, { token: keeper })).json.expiresAt) -
        Date.parse(made.created)) /
      DAY
    fixture.clock.advance(1.5 * DAY)
    assert.equal(await works(token), 200)
    assert.equal(await expires(), 30)
    fixture.clock.advance(8.5 * DAY)
    assert.equal(await works(token), 200)
    assert.equal(await expires(), 40)
    fixture.clock.advance(29 * DAY)
    assert.equal(await works(keeper), 200)
    fixture.clock.advance(1 * DAY - 1)
    assert.equal(await works(token), 200)
    fixture.clock.advance(30 * DAY)
    assert.deepEqual(refusal(await fixture.request('GET', USERS, { token })), INVALID)
    const late = await fresh()
    assert.equal((await fixture.request('GET', `${TOKENS}/${made.id}`, { token: late })).status, 404)
    const list = (await fixture.request('GET', TOKENS, { token: late })).json
    assert.ok(!list.some(({ id }: { id: string }) => id === made.id))
  })
})
