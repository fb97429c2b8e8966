import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { all } from '#db/unit.ts'
import { HOUR, MINUTE } from '#kernel/instant.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, type RequestOptions, startFixture, type TestAnswer } from '#test/fixture.ts'
import { addPerson, newSessionToken, PASSWORD, signIn, type TestPerson } from '#test/people.ts'
import { recordParticipant, touchSession } from './service.ts'

const SESSIONS = '/api/v1/sessions'
const ME = `${SESSIONS}/me`
const REFRESH = `${ME}/lifecycle/refresh`

type Cookies = Readonly<Record<string, string>>

onEachDatabase('sessions', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const browser = (method: string, path: string, cookies: Cookies, more: RequestOptions = {}) =>
    fixture.request(method, path, { token: null, cookies, ...more })
  const refusal = ({ status, json }: TestAnswer) => [status, json.errorCode, json.errorSummary]
  const NO_SESSION = [404, 'E0000007', 'Not found: Resource not found: me (Session)']
  const iso = (at: number) => new Date(at).toISOString()
  const newSession = async (person: TestPerson) => {
    const json = { sessionToken: await newSessionToken(fixture, person) }
    const answer = await fixture.request('POST', SESSIONS, { json })
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }
  const eventsOf = async (eventType: string, sessionId: string) => {
    const tx = fixture.deps.db.for(fixture.org.id)
    const query = tx
      .from('log_event')
      .selectAll()
      .where('event_type', '=', eventType)
      .where('session_id', '=', sessionId)
    return fixture.deps.db.read(all(query))
  }

  test("a browser reads its own session in the shape that Okta gives, with links to the caller's own paths", async () => {
    const person = await addPerson(fixture)
    const cookies = await signIn(fixture, person)
    const now = fixture.clock.now()
    const { status, json } = await browser('GET', ME, cookies)
    assert.equal(status, 200)
    assert.match(json.id, /^102[0-9A-Za-z]{17}$/)
    assert.deepEqual(json, {
      id: json.id,
      userId: person.id,
      login: person.login,
      createdAt: iso(now),
      expiresAt: iso(now + 2 * HOUR),
      status: 'ACTIVE',
      lastPasswordVerification: iso(now),
      lastFactorVerification: null,
      amr: ['pwd'],
      idp: { id: fixture.org.id, type: 'OKTA' },
      mfaActive: false,
      _links: {
        self: { href: `${fixture.org.url}${ME}`, hints: { allow: ['GET', 'DELETE'] } },
        refresh: { href: `${fixture.org.url}${REFRESH}`, hints: { allow: ['POST'] } },
        user: { name: 'Pat Person', href: `${fixture.org.url}/api/v1/users/me`, hints: { allow: ['GET'] } },
      },
    })
  })

  test('a session made of a token is the one that an administrator reads, refreshes and ends by its id', async () => {
    const person = await addPerson(fixture)
    const made = await newSession(person)
    const path = `${SESSIONS}/${made.id}`
    const read = await fixture.request('GET', path)
    assert.equal(read.status, 200)
    assert.equal(made._links.self.href, `${fixture.org.url}${ME}`)
    assert.equal(read.json._links.self.href, `${fixture.org.url}${path}`)
    assert.equal(read.json._links.user.href, `${fixture.org.url}/api/v1/users/${person.id}`)
    const { _links: _a, ...shown } = read.json
    const { _links: _b, ...first } = made
    assert.deepEqual(shown, first)
    fixture.clock.advance(MINUTE)
    const refreshed = await fixture.request('POST', `${path}/lifecycle/refresh`)
    assert.equal(refreshed.json.expiresAt, iso(fixture.clock.now() + 2 * HOUR))
    const ended = await fixture.request('DELETE', path)
    assert.deepEqual([ended.status, ended.text, ended.headers['content-type']], [204, '', undefined])
    for (const method of ['GET', 'DELETE']) {
      const gone = await fixture.request(method, path)
      assert.deepEqual(refusal(gone), [404, 'E0000007', `Not found: Resource not found: ${made.id} (AppSession)`])
    }
    assert.equal((await fixture.request('POST', `${path}/lifecycle/refresh`)).status, 404)
    assert.equal((await eventsOf('user.session.start', made.id)).length, 1)
    assert.equal((await eventsOf('user.session.end', made.id)).length, 1)
  })

  test('a session token is taken without a credential, once, and nothing else is', async () => {
    const person = await addPerson(fixture)
    const sessionToken = await newSessionToken(fixture, person)
    const post = (json: unknown) => fixture.request('POST', SESSIONS, { token: null, json })
    assert.equal((await post({ sessionToken })).status, 200)
    for (const wrong of [sessionToken, 'unknown', '', '\0', `' OR 1=1 --`])
      assert.deepEqual(refusal(await post({ sessionToken: wrong })), [401, 'E0000004', 'Authentication failed'])
    for (const wrong of [{}, { sessionToken: 1 }, { sessionToken: null }, { sessionToken: [sessionToken] }])
      assert.deepEqual(refusal(await post(wrong)).slice(0, 2), [400, 'E0000001'])
  })

  test('without a living session there is none: 404 for no, an unknown, an altered and an ended one', async () => {
    const person = await addPerson(fixture)
    const cookies = await signIn(fixture, person)
    const { sid } = cookies
    for (const wrong of [{}, { sid: 'unknown' }, { sid: `${sid}x` }, { sid: sid.slice(1) }, { other: sid }]) {
      for (const method of ['GET', 'DELETE']) assert.deepEqual(refusal(await browser(method, ME, wrong)), NO_SESSION)
      assert.deepEqual(refusal(await browser('POST', REFRESH, wrong, { json: {} })), NO_SESSION)
    }
    assert.equal((await browser('DELETE', ME, cookies)).status, 204)
    assert.deepEqual(refusal(await browser('GET', ME, cookies)), NO_SESSION)
  })

  test('an API token is no session, whether a cookie comes along or not', async () => {
    const cookies = await signIn(fixture, fixture.admin)
    for (const options of [{}, { cookies }]) {
      assert.deepEqual(refusal(await fixture.request('GET', ME, options)).slice(0, 2), [403, 'E0000006'])
      assert.deepEqual(refusal(await fixture.request('DELETE', ME, options)).slice(0, 2), [403, 'E0000006'])
    }
    assert.equal((await browser('GET', ME, cookies)).status, 200)
  })

  test('signing out ends the session for both cookies and clears both, without a content type', async () => {
    const cookies = await signIn(fixture, await addPerson(fixture))
    const answer = await browser('DELETE', ME, cookies)
    assert.deepEqual([answer.status, answer.text, answer.headers['content-type']], [204, '', undefined])
    assert.deepEqual(answer.headers['set-cookie'], [
      'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
      'idx=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    ])
    for (const one of [{ sid: cookies.sid }, { idx: cookies.idx }])
      assert.equal((await browser('GET', ME, one)).status, 404)
  })

  test('looking does not extend a session, refreshing does, and after two idle hours it is over', async () => {
    const cookies = await signIn(fixture, await addPerson(fixture))
    const { json: first } = await browser('GET', ME, cookies)
    fixture.clock.advance(HOUR)
    assert.equal((await browser('GET', ME, cookies)).json.expiresAt, first.expiresAt)
    const refreshed = await browser('POST', REFRESH, cookies, { json: {} })
    assert.equal(refreshed.json.expiresAt, iso(Date.parse(first.expiresAt) + HOUR))
    assert.equal(refreshed.json.id, first.id)
    fixture.clock.advance(2 * HOUR - 1)
    assert.equal((await browser('GET', ME, cookies)).status, 200)
    fixture.clock.advance(1)
    assert.equal((await browser('GET', ME, cookies)).status, 404)
    assert.equal((await browser('POST', REFRESH, cookies, { json: {} })).status, 404)
    assert.equal((await fixture.request('GET', `${SESSIONS}/${first.id}`)).status, 404)
  })

  test('`Prefer: return=minimal` gets no body and is told so', async () => {
    const cookies = await signIn(fixture, await addPerson(fixture))
    const headers = { prefer: 'return=minimal' }
    const answer = await browser('POST', REFRESH, cookies, { json: {}, headers })
    assert.deepEqual([answer.status, answer.text, answer.headers['content-type']], [204, '', undefined])
    assert.equal(answer.headers['preference-applied'], 'return=minimal')
    const other = await browser('POST', REFRESH, cookies, { json: {}, headers: { prefer: 'return=minimalist' } })
    assert.equal(other.status, 200)
  })

  test('a real use is written down only after a twentieth of the idle window', async () => {
    const cookies = await signIn(fixture, await addPerson(fixture))
    const { json } = await browser('GET', ME, cookies)
    const start = fixture.clock.now()
    const session = {
      id: json.id,
      userId: json.userId,
      created: start,
      lastActive: start,
      idleMinutes: 120,
      ends: undefined,
      persistent: false,
      authenticated: start,
      amr: ['pwd'],
      proved: { password: start, factor: undefined },
      userAgent: undefined,
    }
    const expires = async () => Date.parse((await browser('GET', ME, cookies)).json.expiresAt) - start
    fixture.clock.advance(6 * MINUTE)
    await touchSession(fixture.deps, fixture.org.id, session)
    assert.equal(await expires(), 2 * HOUR)
    fixture.clock.advance(1)
    await touchSession(fixture.deps, fixture.org.id, session)
    assert.equal(await expires(), 2 * HOUR + 6 * MINUTE + 1)
  })

  test('a cookie that came twice says nothing and is cleared, and nothing else is', async () => {
    const { sid } = await signIn(fixture, await addPerson(fixture))
    const twice = (cookie: string) => fixture.request('GET', ME, { token: null, headers: { cookie } })
    const answer = await twice(`sid=planted; sid=${sid}`)
    assert.deepEqual(refusal(answer), NO_SESSION)
    assert.deepEqual(Object.keys(answer.cookies), ['sid'])
    assert.deepEqual(refusal(await twice(`sid=${sid}; sid=${sid}`)), NO_SESSION)
    const other = await twice(`sid=${sid}; idx=planted; idx=${sid}; theme=a; theme=b`)
    assert.equal(other.status, 200)
    assert.deepEqual(Object.keys(other.cookies), ['idx'])
    assert.equal((await twice(`sid=${sid}; theme=a; theme=b`)).headers['set-cookie'], undefined)
  })

  test("another site's page can neither read nor change a session, and a trusted origin can do both", async () => {
    const cookies = await signIn(fixture, await addPerson(fixture))
    const trusted = `https://sessions-${dialect}.example.com`
    const scopes = [{ type: 'CORS' }]
    await fixture.request('POST', '/api/v1/trustedOrigins', { json: { name: trusted, origin: trusted, scopes } })
    for (const origin of ['https://evil.example', 'null', `${trusted}.evil.example`]) {
      const headers = { origin }
      assert.equal((await browser('GET', ME, cookies, { headers })).headers['access-control-allow-origin'], undefined)
      assert.deepEqual(refusal(await browser('DELETE', ME, cookies, { headers })).slice(0, 2), [403, 'E0000212'])
      const refreshed = await browser('POST', REFRESH, cookies, { json: {}, headers })
      assert.deepEqual(refusal(refreshed).slice(0, 2), [403, 'E0000212'])
    }
    const form = await browser('POST', REFRESH, cookies, { form: {} })
    assert.deepEqual(refusal(form).slice(0, 2), [400, 'E0000021'])
    const headers = { origin: trusted }
    const read = await browser('GET', ME, cookies, { headers })
    assert.equal(read.headers['access-control-allow-origin'], trusted)
    assert.equal(read.headers['access-control-allow-credentials'], 'true')
    assert.equal((await browser('DELETE', ME, cookies, { headers })).status, 204)
    const gone = await browser('GET', ME, cookies, { headers })
    assert.deepEqual([gone.status, gone.headers['access-control-allow-origin']], [404, trusted])
  })

  test("an administrator ends all of a person's sessions, by id or login, and none of another's", async () => {
    const person = await addPerson(fixture)
    const other = await signIn(fixture, await addPerson(fixture))
    for (const name of [person.id, person.login]) {
      const browsers = [await signIn(fixture, person), await signIn(fixture, person)]
      const sessionToken = await newSessionToken(fixture, person)
      const answer = await fixture.request('DELETE', `/api/v1/users/${name}/sessions`)
      assert.deepEqual([answer.status, answer.text, answer.headers['content-type']], [204, '', undefined])
      for (const cookies of browsers) assert.equal((await browser('GET', ME, cookies)).status, 404)
      const late = await fixture.request('POST', SESSIONS, { json: { sessionToken } })
      assert.equal(late.status, 401)
    }
    assert.equal((await browser('GET', ME, other)).status, 200)
    for (const name of ['00uUnknown', 'nobody@example.com', '%00']) {
      const unknown = await fixture.request('DELETE', `/api/v1/users/${name}/sessions`)
      assert.deepEqual(refusal(unknown).slice(0, 2), [404, 'E0000007'], name)
    }
  })

  test('`oauthTokens=true` revokes what apps hold, in the same commit; anything else leaves it', async () => {
    const person = await addPerson(fixture)
    const tx = fixture.deps.db.for(fixture.org.id)
    const now = fixture.clock.now()
    const grant = {
      id: `oar${dialect}`,
      app_id: '0oaSome',
      user_id: person.id,
      server_id: 'org',
      session_id: null,
      scopes: 'openid',
      amr: 'pwd',
      authenticated: now,
      created: now,
      last_updated: now,
      ends: null,
      idle_minutes: null,
      access_token_minutes: 60,
      generation: 0,
      refreshed: null,
      revoked: null,
    }
    await fixture.deps.db.write(function* () {
      yield* all(tx.insert('oauth_grant', grant))
    })
    const revoked = async () => {
      const [row] = await fixture.deps.db.read(all(tx.from('oauth_grant').select('revoked').where('id', '=', grant.id)))
      return row?.revoked !== null
    }
    for (const query of ['', '?oauthTokens=false', '?oauthTokens=1', '?oauthTokens=']) {
      assert.equal((await fixture.request('DELETE', `/api/v1/users/${person.id}/sessions${query}`)).status, 204)
      assert.equal(await revoked(), false, query)
    }
    const path = `/api/v1/users/${person.id}/sessions?oauthTokens=true&forgetDevices=true`
    assert.equal((await fixture.request('DELETE', path)).status, 204)
    assert.equal(await revoked(), true)
  })

  test('a person ends their other sessions, and with `keepCurrent: false` this one too', async () => {
    const person = await addPerson(fixture)
    const [here, there] = [await signIn(fixture, person), await signIn(fixture, person)]
    const path = '/api/v1/users/me/lifecycle/delete_sessions'
    const kept = await browser('POST', path, here, { json: { keepCurrent: true } })
    assert.deepEqual([kept.status, kept.json], [200, {}])
    assert.deepEqual([(await browser('GET', ME, here)).status, (await browser('GET', ME, there)).status], [200, 404])
    for (const keepCurrent of ['false', null, 0])
      assert.equal((await browser('POST', path, here, { json: { keepCurrent } })).status, 400)
    assert.equal((await browser('POST', path, here, { json: { keepCurrent: false } })).status, 200)
    assert.equal((await browser('GET', ME, here)).status, 404)
    assert.deepEqual(refusal(await browser('POST', path, here, { json: {} })).slice(0, 2), [403, 'E0000005'])
    assert.deepEqual(refusal(await fixture.request('POST', path, { json: {} })).slice(0, 2), [403, 'E0000006'])
  })

  test('a lockout by strangers ends no session; suspension and deactivation end all at once', async () => {
    const person = await addPerson(fixture)
    const cookies = await signIn(fixture, person)
    for (let n = 0; n < 10; n++) {
      fixture.clock.advance(1_000)
      const json = { username: person.login, password: 'wrong' }
      await fixture.request('POST', '/api/v1/authn', { token: null, json })
    }
    assert.equal((await fixture.request('GET', `/api/v1/users/${person.id}`)).json.status, 'LOCKED_OUT')
    assert.equal((await browser('GET', ME, cookies)).status, 200)
    for (const way of ['suspend', 'deactivate']) {
      const someone = await addPerson(fixture)
      const theirs = await signIn(fixture, someone)
      assert.equal((await fixture.request('POST', `/api/v1/users/${someone.id}/lifecycle/${way}`)).status, 200)
      assert.equal((await browser('GET', ME, theirs)).status, 404, way)
      const json = { username: someone.login, password: PASSWORD }
      fixture.clock.advance(1_000)
      assert.equal((await fixture.request('POST', '/api/v1/authn', { token: null, json })).status, 401)
    }
  })

  test('what took part in a session is remembered once, and goes with it; dead ones go when the next begins', async () => {
    const person = await addPerson(fixture)
    const { db, now } = fixture.deps
    const tx = db.for(fixture.org.id)
    const sessions = () => db.read(all(tx.from('session').select('id').where('user_id', '=', person.id)))
    const participants = (id: string) =>
      db.read(all(tx.from('session_participant').select('client_id').where('session_id', '=', id)))
    const join = (sessionId: string) => {
      const participant = { sessionId, kind: 'oidc', clientId: '0oaApp', sid: sessionId, now: now() }
      return db.write(() => recordParticipant(tx, participant))
    }
    const first = (await newSession(person)).id
    await join(first)
    await join(first)
    assert.equal((await participants(first)).length, 1)
    fixture.clock.advance(3 * HOUR)
    const second = (await newSession(person)).id
    assert.deepEqual([await sessions(), await participants(first)], [[{ id: second }], []])
    await join(second)
    await fixture.request('DELETE', `${SESSIONS}/${second}`)
    assert.deepEqual(await participants(second), [])
    const third = (await newSession(person)).id
    await join(third)
    await fixture.request('DELETE', `/api/v1/users/${person.id}/sessions`)
    assert.deepEqual([await sessions(), await participants(third)], [[], []])
  })

  test("another org's session is unknown here, by id and by cookie", async () => {
    const other = await fixture.newOrg(`sessions-${dialect}`)
    const made = await newSession(await addPerson(fixture))
    const cookies = await signIn(fixture, await addPerson(fixture))
    const there = { org: other, token: other.admin.apiToken }
    assert.equal((await fixture.request('GET', `${SESSIONS}/${made.id}`, there)).status, 404)
    assert.equal((await fixture.request('DELETE', `${SESSIONS}/${made.id}`, there)).status, 404)
    assert.equal((await fixture.request('POST', `${SESSIONS}/${made.id}/lifecycle/refresh`, there)).status, 404)
    assert.equal((await fixture.request('DELETE', `/api/v1/users/${made.userId}/sessions`, there)).status, 404)
    assert.equal((await fixture.request('GET', ME, { org: other, token: null, cookies })).status, 404)
    assert.equal((await fixture.request('GET', `${SESSIONS}/${made.id}`)).status, 200)
  })

  test('managing sessions takes an administrator with a token', async () => {
    const made = await newSession(await addPerson(fixture))
    const person = await addPerson(fixture)
    const cookies = await signIn(fixture, person)
    const calls: [string, string][] = [
      ['GET', `${SESSIONS}/${made.id}`],
      ['DELETE', `${SESSIONS}/${made.id}`],
      ['POST', `${SESSIONS}/${made.id}/lifecycle/refresh`],
      ['DELETE', `/api/v1/users/${made.userId}/sessions`],
    ]
    for (const [method, path] of calls) {
      assert.deepEqual(refusal(await fixture.request(method, path, { token: null })).slice(0, 2), [403, 'E0000005'])
      assert.deepEqual(refusal(await fixture.request(method, path, { token: 'bad' })).slice(0, 2), [401, 'E0000011'])
      const withCookie = await fixture.request(method, path, { token: null, cookies })
      assert.deepEqual(refusal(withCookie).slice(0, 2), [403, 'E0000005'])
    }
    assert.equal((await fixture.request('GET', `${SESSIONS}/%00`)).status, 404)
  })
})
