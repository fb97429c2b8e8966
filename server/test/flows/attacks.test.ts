// What somebody tries who is after more than they were given, over several rooms. Each is named after what would be won by it.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Db } from '#db/db.ts'
import { all } from '#db/unit.ts'
import { buildServer } from '../../src/server.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  authorizePath,
  authorizeWith,
  basic,
  exchangeForm,
  hiddenFields,
  newApp,
  newBrowser,
  newPair,
  newPkce,
  postForm,
  tokenRequest,
  visit,
} from '../oauth-client.ts'
import { addPerson, signIn, type TestPerson } from '../people.ts'
import { newGroup } from '../policies.ts'

const errorOf = ({ status, json }: TestAnswer) => [status, json?.errorCode]

/** Somebody with a role, and their API token: it is made while they may make one, and acts with the role that they have then. */
async function newAdministrator(
  fixture: Fixture,
  type: string,
): Promise<{ person: TestPerson; token: string; sid: string }> {
  const person = await addPerson(fixture)
  const roles = `/api/v1/users/${person.id}/roles`
  const granted = await fixture.request('POST', roles, { json: { type: 'SUPER_ADMIN' } })
  const { sid } = await signIn(fixture, person)
  const made = await fixture.request('POST', '/api/v1/keystead/api-tokens', {
    token: null,
    cookies: { sid },
    json: { name: 'script' },
  })
  assert.equal(made.status, 201, made.text)
  if (type !== 'SUPER_ADMIN') {
    await fixture.request('DELETE', `${roles}/${granted.json.id}`)
    await fixture.request('POST', roles, { json: { type } })
  }
  return { person, token: made.json.token, sid }
}

describe('an administrator acts on one who may do more', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  it('and takes from them neither a session nor what apps hold nor an API token', async () => {
    const { person, sid, token } = await newAdministrator(fixture, 'SUPER_ADMIN')
    const mine = { token: null, cookies: { sid } }
    const sessionId = (await fixture.request('GET', '/api/v1/sessions/me', mine)).json.id
    const tokens = (await fixture.request('GET', '/api/v1/api-tokens')).json
    const tokenId = tokens.find(({ userId }: { userId: string }) => userId === person.id).id
    const lesser = await newAdministrator(fixture, 'ORG_ADMIN')
    const attempts = [
      ['DELETE', `/api/v1/users/${person.id}/sessions?oauthTokens=true`],
      ['DELETE', `/api/v1/sessions/${sessionId}`],
      ['POST', `/api/v1/sessions/${sessionId}/lifecycle/refresh`],
      ['DELETE', `/api/v1/api-tokens/${tokenId}`],
    ] as const
    for (const [method, path] of attempts)
      assert.deepEqual(errorOf(await fixture.request(method, path, { token: lesser.token })), [403, 'E0000006'], path)
    assert.equal((await fixture.request('GET', '/api/v1/sessions/me', mine)).status, 200)
    assert.equal((await fixture.request('GET', '/api/v1/users/me', { token })).status, 200)
  })

  it('and choose none of their groups, whose policies say what is demanded of whoever signs in', async () => {
    const { person, token: own } = await newAdministrator(fixture, 'SUPER_ADMIN')
    const clerk = await newAdministrator(fixture, 'USER_ADMIN')
    const strict = await newGroup(fixture, person.id)
    const other = await newGroup(fixture)
    const member = (group: string, id: string) => `/api/v1/groups/${group}/users/${id}`
    const refused = [
      ['DELETE', member(strict, person.id)],
      ['PUT', member(other, person.id)],
      // Nor of themselves: what is demanded of an administrator is not theirs to leave.
      ['PUT', member(other, clerk.person.id)],
      ['DELETE', `/api/v1/groups/${strict}`],
    ] as const
    for (const [method, path] of refused)
      assert.deepEqual(errorOf(await fixture.request(method, path, { token: clerk.token })), [403, 'E0000006'], path)
    const groups = (await fixture.request('GET', `/api/v1/users/${person.id}/groups`)).json
    assert.ok(groups.some(({ id }: { id: string }) => id === strict))
    const anybody = await addPerson(fixture)
    for (const method of ['PUT', 'DELETE'])
      assert.equal((await fixture.request(method, member(other, anybody.id), { token: clerk.token })).status, 204)
    assert.equal((await fixture.request('DELETE', `/api/v1/groups/${other}`, { token: clerk.token })).status, 204)
    assert.equal((await fixture.request('PUT', member(strict, person.id), { token: own })).status, 204)
  })

  it('but on those who may do less they do, and everybody on themselves', async () => {
    const { person, sid } = await newAdministrator(fixture, 'USER_ADMIN')
    const { token } = await newAdministrator(fixture, 'ORG_ADMIN')
    const own = { token: null, cookies: { sid } }
    assert.equal(
      (await fixture.request('POST', '/api/v1/sessions/me/lifecycle/refresh', { ...own, json: {} })).status,
      200,
    )
    assert.equal((await fixture.request('DELETE', `/api/v1/users/${person.id}/sessions`, { token })).status, 204)
    assert.equal((await fixture.request('DELETE', '/api/v1/api-tokens/current', { token })).status, 204)
  })
})

describe('a link to choose a password', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  const linkOf = async (person: TestPerson, action: string, token?: string): Promise<string> => {
    const path = `/api/v1/users/${person.id}/${action}?sendEmail=false`
    const { status, json, text } = await fixture.request('POST', path, token === undefined ? {} : { token })
    assert.equal(status, 200, text)
    return new URL(json.resetPasswordUrl ?? json.activationUrl).pathname
  }

  it('made by who may do less is void once its person administers something', async () => {
    const lesser = await newAdministrator(fixture, 'USER_ADMIN')
    const person = await addPerson(fixture)
    for (const type of ['READ_ONLY_ADMIN', 'SUPER_ADMIN']) {
      if (type === 'SUPER_ADMIN') {
        const held = (await fixture.request('GET', `/api/v1/users/${person.id}/roles`)).json
        await fixture.request('DELETE', `/api/v1/users/${person.id}/roles/${held[0].id}`)
      }
      const path = await linkOf(person, 'credentials/forgot_password', lesser.token)
      assert.equal((await fixture.request('GET', path, { token: null })).status, 200)
      const granted = await fixture.request('POST', `/api/v1/users/${person.id}/roles`, { json: { type } })
      assert.equal(granted.status, 201, granted.text)
      assert.equal((await fixture.request('GET', path, { token: null })).status, 404)
    }
  })
})

describe('a request is made to be more work than it looks', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  it('as a person of a hundred thousand values, and is refused', async () => {
    const names = { login: 'many@example.com', email: 'many@example.com', firstName: 'Ann', lastName: 'Lee' }
    const profile = { ...names, own: Array.from({ length: 100_000 }, (_, at) => at) }
    const made = await fixture.request('POST', '/api/v1/users', { json: { profile } })
    assert.deepEqual(errorOf(made), [400, 'E0000001'])
    const person = await addPerson(fixture)
    const changed = await fixture.request('POST', `/api/v1/users/${person.id}`, {
      json: { profile: { own: profile.own } },
    })
    assert.deepEqual(errorOf(changed), [400, 'E0000001'])
  })

  it('as a form of a hundred thousand names, and is refused before it is read', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, at) => `n${at}`).join('&')
    for (const path of ['/oauth2/default/v1/token', '/oauth2/v1/introspect', '/signin', '/api/v1/authn', '/nowhere']) {
      const few = await fixture.request('POST', path, { token: null, form: names(1_000) })
      const many = await fixture.request('POST', path, { token: null, form: names(1_001) })
      if (path === '/nowhere') assert.equal(many.status, 404)
      else assert.deepEqual([many.status, few.text === many.text], [400, false], path)
    }
    const { status, json } = await fixture.request('POST', '/oauth2/v1/token', { token: null, form: names(20_000) })
    assert.deepEqual(
      [status, json.error_description],
      [400, 'The request body must be application/x-www-form-urlencoded.'],
    )
  })

  it('as a form of many blanks, and is refused before it is read', async () => {
    const blanks = (size: number) =>
      fixture.request('POST', '/oauth2/v1/token', { token: null, form: `a=${'+'.repeat(size - 2)}` })
    assert.equal((await blanks(200_000)).status, 400)
    assert.equal((await blanks(200_001)).status, 413)
  })

  it('as a text of accents without end, and is refused before it is folded', async () => {
    const accents = (size: number) => `a${'\u0315\u0321'.repeat(size / 2)}`
    const person = await addPerson(fixture)
    const change = (json: object) => fixture.request('POST', `/api/v1/users/${person.id}`, { json })
    const recovery_question = { question: 'Who?', answer: accents(400_000) }
    assert.deepEqual(errorOf(await change({ credentials: { recovery_question } })), [400, 'E0000001'])
    const redirectUrl = `https://${accents(150_000)}/`
    const form = new URLSearchParams({ redirectUrl, token: 'x' }).toString().slice(0, 200_000)
    const led = await fixture.request('POST', '/login/sessionCookieRedirect', { token: null, form })
    assert.equal(led.status, 400)
  })

  it('as JSON of a hundred levels and more, which could never be answered, and is refused before anything is kept', async () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    const app = (levels: number) =>
      JSON.stringify({
        name: 'oidc_client',
        label: `Nested ${levels}`,
        signOnMode: 'OPENID_CONNECT',
        credentials: { oauthClient: { token_endpoint_auth_method: 'none' } },
        settings: {
          app: { x: 0 },
          oauthClient: {
            application_type: 'browser',
            grant_types: ['authorization_code'],
            response_types: ['code'],
            redirect_uris: ['http://localhost:8080/cb'],
          },
        },
      }).replace('"x":0', `"x":${nested(levels)}`)
    const headers = { 'content-type': 'application/json' }
    for (const levels of [101, 7_000, 400_000])
      assert.deepEqual(errorOf(await fixture.request('POST', '/api/v1/apps', { headers, raw: app(levels) })), [
        400,
        'E0000003',
      ])
    assert.equal((await fixture.request('POST', '/api/v1/apps', { headers, raw: app(50) })).status, 200)
    const list = await fixture.request('GET', '/api/v1/apps')
    assert.deepEqual([list.status, list.json.length], [200, 1])
  })

  it('as people, groups, apps and assignments of many thousand characters, which lists would have to show, and is refused', async () => {
    const { app, person } = await newPair(fixture)
    const text = (size: number) => 'x'.repeat(size)
    const team = async (profile: object) =>
      fixture.request('POST', '/api/v1/groups', { json: { profile: { name: `Team ${text(5)}`, ...profile } } })
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`own${at}`, text(4_000)]))
    const shown = (await fixture.request('GET', `/api/v1/apps/${app.id}`)).json
    const everyone = (await fixture.request('GET', '/api/v1/groups?q=Everyone')).json[0].id
    const answers = [
      await fixture.request('POST', `/api/v1/users/${person.id}`, { json: { profile: many } }),
      await team({ own: text(5_000) }),
      await team({ own: 'a\u0007' }),
      await team({ own: [text(4_000), text(4_000)], other: text(4_000) }),
      await fixture.request('PUT', `/api/v1/apps/${app.id}`, { json: { ...shown, profile: { own: text(100_000) } } }),
      await fixture.request('PUT', `/api/v1/apps/${app.id}`, {
        json: { ...shown, settings: { ...shown.settings, notes: { admin: text(100_000) } } },
      }),
      await fixture.request('POST', `/api/v1/apps/${app.id}/users/${person.id}`, {
        json: { profile: { own: text(20_000) } },
      }),
      await fixture.request('PUT', `/api/v1/apps/${app.id}/groups/${everyone}`, {
        json: { profile: { own: text(20_000) } },
      }),
    ]
    assert.deepEqual(
      answers.map(errorOf),
      answers.map(() => [400, 'E0000001']),
    )
    assert.equal((await team({ own: text(4_000), list: [1, true, 'a'] })).status, 200)
    assert.equal((await fixture.request('PUT', `/api/v1/apps/${app.id}`, { json: shown })).status, 200)
  })

  it('as a claim whose pattern meets many groups with long names, and costs no more than one may', async () => {
    const { app, person } = await newPair(fixture)
    for (let n = 0; n < 40; n++) {
      const profile = { name: `${'a'.repeat(250)}${n}` }
      const { id } = (await fixture.request('POST', '/api/v1/groups', { json: { profile } })).json
      await fixture.request('PUT', `/api/v1/groups/${id}/users/${person.id}`)
    }
    const server = (await fixture.request('GET', '/api/v1/authorizationServers')).json[0].id
    const claims = `/api/v1/authorizationServers/${server}/claims`
    const claim = {
      claimType: 'RESOURCE',
      valueType: 'GROUPS',
      group_filter_type: 'REGEX',
      value: `${'.*'.repeat(120)}b`,
    }
    const tokens = async () => {
      const pkce = newPkce()
      const { code = '' } = await authorizeWith(fixture, newBrowser(), authorizePath(app, pkce), person)
      return tokenRequest(fixture, exchangeForm(app, code, pkce))
    }
    const first = await fixture.request('POST', claims, { json: { ...claim, name: 'first' } })
    assert.equal(first.status, 201, first.text)
    assert.equal((await tokens()).status, 200)
    // Together they are too much.
    await fixture.request('POST', claims, { json: { ...claim, name: 'second' } })
    const refused = await tokens()
    assert.deepEqual([refused.status, refused.json.error], [500, 'server_error'])
  })
})

describe('what opens a door is taken away in the moment in which it is used', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  /** A server before whose write of the number given something else happens. */
  async function serverInWhich(happens: () => Promise<unknown>, write = 1): Promise<FastifyInstance> {
    const { db } = fixture.deps
    let writes = 0
    const watched: Db = {
      ...db,
      async write(make, options) {
        if (++writes === write) await happens()
        return db.write(make, options)
      },
    }
    return buildServer({ ...fixture.deps, db: watched })
  }
  const json = { host: 'first.test', 'content-type': 'application/json' }
  const done = async (answer: Promise<TestAnswer>) => assert.ok((await answer).status < 300)
  const changePassword = (person: TestPerson) => {
    fixture.clock.advance(1_000)
    const passwords = { oldPassword: { value: person.password }, newPassword: { value: 'Another-Horse-8' } }
    const path = `/api/v1/users/${person.id}/credentials/change_password`
    return done(fixture.request('POST', path, { json: { ...passwords, revokeSessions: true } }))
  }

  it('and a session that was ended gives no authorization code', async () => {
    const { app, person } = await newPair(fixture)
    const { sid } = await signIn(fixture, person)
    const server = await serverInWhich(() =>
      done(fixture.request('DELETE', `/api/v1/users/${person.id}/sessions?oauthTokens=true`)),
    )
    const headers = { host: 'first.test', cookie: `sid=${sid}` }
    const answer = await server.inject({ url: authorizePath(app, newPkce()), headers })
    assert.equal(answer.statusCode, 200)
    assert.match(answer.payload, /name="credentials\.passcode"/)
    const { db } = fixture.deps
    assert.deepEqual(await db.read(all(db.for(fixture.org.id).from('authorization_code').selectAll())), [])
  })

  it('and one of an administrator who was sent away makes no API token, not even for their return', async () => {
    const { person, sid } = await newAdministrator(fixture, 'SUPER_ADMIN')
    const lifecycle = (action: string) =>
      done(fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/${action}`))
    const server = await serverInWhich(() => lifecycle('deactivate'))
    const answer = await server.inject({
      method: 'POST',
      url: '/api/v1/keystead/api-tokens',
      headers: { ...json, cookie: `sid=${sid}` },
      payload: { name: 'for later' },
    })
    assert.deepEqual([answer.statusCode, answer.json().errorCode], [403, 'E0000005'])
    await lifecycle('activate')
    const tokens = (await fixture.request('GET', '/api/v1/api-tokens')).json
    assert.ok(!tokens.some(({ userId }: { userId: string }) => userId === person.id))
  })

  it('and a password that was changed gives no session token', async () => {
    const person = await addPerson(fixture)
    // The first write takes the attempt.
    const server = await serverInWhich(() => changePassword(person), 2)
    const payload = { username: person.login, password: person.password }
    const answer = await server.inject({ method: 'POST', url: '/api/v1/authn', headers: json, payload })
    assert.deepEqual([answer.statusCode, answer.json().errorCode], [401, 'E0000004'])
  })

  it('and a password that was changed opens no session, nor ends the one that the browser had', async () => {
    const person = await addPerson(fixture)
    const other = await addPerson(fixture)
    const browser = newBrowser()
    const page = await visit(fixture, browser, 'GET', '/signin')
    const { sid } = await signIn(fixture, other)
    const server = await serverInWhich(() => changePassword(person), 2)
    const fields = { ...hiddenFields(page.text), identifier: person.login, 'credentials.passcode': person.password }
    const answer = await server.inject({
      method: 'POST',
      url: '/signin',
      headers: {
        host: 'first.test',
        'content-type': 'application/x-www-form-urlencoded',
        cookie: `keystead_browser=${browser.cookies.keystead_browser}; sid=${sid}`,
      },
      payload: new URLSearchParams(fields).toString(),
    })
    assert.equal(answer.statusCode, 401)
    const mine = { token: null, cookies: { sid } }
    assert.equal((await fixture.request('GET', '/api/v1/sessions/me', mine)).status, 200)
  })
})

describe('a stranger floods the org', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ env: { KEYSTEAD_RATE_LIMITS: 'on', KEYSTEAD_TRUSTED_PROXIES: 'loopback' } })
  })
  after(() => fixture.close())

  it('and shuts out other strangers, but neither its administrators nor its people', async () => {
    const person = await addPerson(fixture)
    const { sid } = await signIn(fixture, person)
    for (const [path, limit, options] of [
      ['/api/v1/apps', 100, {}],
      ['/api/v1/sessions/me', 750, { token: null, cookies: { sid } }],
    ] as const) {
      for (let n = 0; n < limit; n++) await fixture.request('GET', path, { token: null })
      assert.deepEqual(errorOf(await fixture.request('GET', path, { token: null })), [429, 'E0000047'])
      assert.deepEqual(errorOf(await fixture.request('GET', path, { token: 'made-up' })), [429, 'E0000047'])
      assert.equal((await fixture.request('GET', path, options)).status, 200)
    }
  })

  const from = (address: string) => ({ 'x-forwarded-for': address })
  const FORM = { grant_type: 'client_credentials', scope: 'things' }

  it('and refuses nothing to clients that prove themselves, nor to strangers elsewhere while it comes from one address', async () => {
    const web = await newApp(fixture, { type: 'web' })
    const askWith = async (headers: Record<string, string>, form: Record<string, string> = FORM) => {
      const { status, json } = await tokenRequest(fixture, form, { headers })
      return [status, json.error ?? json.errorCode]
    }
    const guess = { client_id: web.clientId, client_secret: 'guessed', ...FORM }
    for (let n = 0; n < 500; n++) await askWith(from('192.0.2.1'), guess)
    assert.deepEqual(await askWith(from('192.0.2.1'), guess), [429, 'E0000047'])
    assert.deepEqual(await askWith(from('192.0.2.2'), guess), [401, 'invalid_client'])
    for (let n = 1; n < 1_500; n++) await askWith(from(`198.51.100.${n % 100}`), guess)
    assert.deepEqual(await askWith(from('192.0.2.3'), guess), [429, 'E0000047'])
    // Who it is, is known: what it may do is another matter.
    assert.deepEqual(await askWith({ ...from('192.0.2.3'), ...basic(web) }), [400, 'unauthorized_client'])
    const introspection = await postForm(fixture, 'introspect', { token: 'x' }, { headers: basic(web) })
    assert.equal(introspection.headers['x-rate-limit-limit'], '600')
    const events = await fixture.request(
      'GET',
      '/api/v1/logs?filter=eventType+eq+%22system.org.rate_limit.violation%22',
    )
    const violations = events.json.filter(({ debugContext }: { debugContext: { debugData: { url: string } } }) =>
      debugContext.debugData.url.endsWith('/token'),
    )
    assert.deepEqual(
      violations.map(
        ({ debugContext }: { debugContext: { debugData: { limit: string } } }) => debugContext.debugData.limit,
      ),
      ['500', '2000'],
    )
  })
})
