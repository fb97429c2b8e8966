import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { run } from '#db/unit.ts'
import { MINUTE } from '#kernel/instant.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import { addPerson, authenticate, PASSWORD } from '#test/people.ts'
import { USER_STATUSES } from '#users/user.ts'

const AUTHN = '/api/v1/authn'

onEachDatabase('the authentication API', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const post = (json: unknown, headers: Readonly<Record<string, string>> = {}): Promise<TestAnswer> => {
    fixture.clock.advance(1_000)
    return fixture.request('POST', AUTHN, { token: null, json, headers })
  }
  const refusal = ({ status, json }: TestAnswer) => [status, json.errorCode, json.errorSummary]
  const FAILED = [401, 'E0000004', 'Authentication failed']

  test('name and password get a session token in the shape that Okta gives', async () => {
    const person = await addPerson(fixture)
    const { status, json, headers } = await authenticate(fixture, person)
    const now = fixture.clock.now()
    assert.equal(status, 200)
    assert.deepEqual(json, {
      expiresAt: new Date(now + 5 * MINUTE).toISOString(),
      status: 'SUCCESS',
      sessionToken: json.sessionToken,
      _embedded: {
        user: {
          id: person.id,
          passwordChanged: json._embedded.user.passwordChanged,
          profile: {
            login: person.login,
            firstName: 'Pat',
            lastName: 'Person',
            locale: 'en_US',
            timeZone: 'America/Los_Angeles',
          },
        },
      },
      _links: { cancel: { href: `${fixture.org.url}${AUTHN}/cancel`, hints: { allow: ['POST'] } } },
    })
    assert.match(json.sessionToken, /^[\w-]{43}$/)
    assert.match(json._embedded.user.passwordChanged, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    assert.equal(headers['set-cookie'], undefined)
    assert.match(String(headers['cache-control']), /no-store/)
    assert.match(String(headers['x-okta-request-id']), /^req/)
  })

  test('the short name, options, context and a relay state are taken, and unknown members ignored', async () => {
    const person = await addPerson(fixture, `options-${dialect}@example.com`)
    const relayState = `https://app.example.com/?a=<b>&'"`
    const answer = await post({
      username: `options-${dialect}`,
      password: person.password,
      relayState,
      options: { multiOptionalFactorEnroll: true, warnBeforePasswordExpired: true },
      context: { deviceToken: 'x'.repeat(32) },
      nonsense: { deep: [1] },
    })
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.json.relayState, relayState)
  })

  test('whatever is wrong, the answer is the same but for its own ids', async () => {
    const known = await addPerson(fixture)
    const suspended = await addPerson(fixture)
    await fixture.request('POST', `/api/v1/users/${suspended.id}/lifecycle/suspend`)
    const gone = await addPerson(fixture)
    await fixture.request('POST', `/api/v1/users/${gone.id}/lifecycle/deactivate`)
    const staged = await fixture.request('POST', '/api/v1/users?activate=false', {
      json: {
        profile: { login: `staged-${dialect}@example.com`, email: 'a@example.com', firstName: 'A', lastName: 'B' },
        credentials: { password: { value: PASSWORD } },
      },
    })
    assert.equal(staged.json.status, 'STAGED')
    const locked = await addPerson(fixture)
    for (let n = 0; n < 10; n++) await post({ username: locked.login, password: 'wrong' })
    const bodies = [
      { username: known.login, password: 'wrong' },
      { username: 'nobody@example.com', password: 'wrong' },
      { username: 'nobody', password: PASSWORD },
      { username: '', password: '' },
      { username: suspended.login, password: PASSWORD },
      { username: gone.login, password: PASSWORD },
      { username: `staged-${dialect}@example.com`, password: PASSWORD },
      { username: locked.login, password: PASSWORD },
      { username: locked.login, password: 'wrong' },
      { username: known.login },
      { token: 'activation-token' },
    ]
    const errorIds = new Set<string>()
    for (const body of bodies) {
      const { status, json, headers } = await post(body)
      const { errorId, ...rest } = json
      errorIds.add(errorId)
      assert.match(errorId, /^oae[0-9A-Za-z]{22}$/)
      const same = {
        errorCode: 'E0000004',
        errorSummary: 'Authentication failed',
        errorLink: 'E0000004',
        errorCauses: [],
      }
      assert.deepEqual([status, rest], [401, same], JSON.stringify(body).slice(0, 100))
      assert.equal(headers['set-cookie'], undefined)
    }
    assert.equal(errorIds.size, bodies.length)
  })

  test('the right password lets in who is active, opens a change to whom it has expired for, and nothing to others', async () => {
    const person = await addPerson(fixture)
    const { db } = fixture.deps
    for (const status of USER_STATUSES) {
      await db.write(() => run(db.for(fixture.org.id).update('user').set({ status }).where('id', '=', person.id)))
      const answer = await authenticate(fixture, person)
      if (status === 'ACTIVE') assert.equal(answer.json.status, 'SUCCESS')
      else if (status === 'PASSWORD_EXPIRED') {
        assert.deepEqual([answer.json.status, answer.json.sessionToken], ['PASSWORD_EXPIRED', undefined])
      } else assert.deepEqual(refusal(answer), FAILED, status)
    }
  })

  test('a state token is unknown, at the start and at every further step', async () => {
    const unknown = [401, 'E0000011', 'Invalid token provided']
    assert.deepEqual(refusal(await post({ stateToken: '00unknown' })), unknown)
    const steps = [
      'cancel',
      'introspect',
      'previous',
      'skip',
      'credentials/change_password',
      'credentials/reset_password',
      'factors',
      'factors/uft1/verify',
      'factors/webauthn/verify/resend',
      'factors/uft1/lifecycle/activate',
      'recovery/factors/SMS/verify',
      'recovery/answer',
    ]
    for (const step of steps) {
      const ask = (json: unknown) => fixture.request('POST', `${AUTHN}/${step}`, { token: null, json })
      assert.deepEqual(refusal(await ask({ stateToken: '00unknown', newPassword: 'x' })), unknown, step)
      assert.deepEqual(refusal(await ask({})).slice(0, 2), [400, 'E0000001'], step)
    }
    const recovery = { token: null, json: { recoveryToken: 'unknown' } }
    assert.deepEqual(refusal(await fixture.request('POST', `${AUTHN}/recovery/token`, recovery)), unknown)
  })

  test('nothing is coerced, and what is no JSON object is refused', async () => {
    const { login } = fixture.admin
    const wrong: unknown[] = [
      {},
      null,
      [],
      'text',
      7,
      { username: login, password: 7 },
      { username: [login], password: PASSWORD },
      { username: null, password: PASSWORD },
      { username: login, password: null },
      { username: login, password: PASSWORD, options: 'x' },
      { username: login, password: PASSWORD, options: { warnBeforePasswordExpired: 'true' } },
      { username: login, password: PASSWORD, relayState: 1 },
      { username: login, password: PASSWORD, context: { deviceToken: 'x'.repeat(33) } },
    ]
    for (const body of wrong)
      assert.deepEqual(refusal(await post(body)).slice(0, 2), [400, 'E0000001'], JSON.stringify(body))
    for (const raw of ['{', 'username=a&password=b', '{"username":"a","__proto__":{"x":1}}']) {
      const headers = { 'content-type': 'application/json' }
      const answer = await fixture.request('POST', AUTHN, { token: null, raw, headers })
      assert.deepEqual(refusal(answer).slice(0, 2), [400, 'E0000003'], raw)
    }
    const form = await fixture.request('POST', AUTHN, { token: null, form: { username: login, password: PASSWORD } })
    assert.equal(form.status, 400)
  })

  test('an app that the person may not use is refused by `audience`, without costing an attempt', async () => {
    const person = await addPerson(fixture)
    for (let n = 0; n < 12; n++) {
      const answer = await post({ username: person.login, password: person.password, audience: '0oaUnknown' })
      assert.deepEqual(refusal(answer), [400, 'E0000001', 'Api validation failed: authRequest'])
    }
    assert.equal((await authenticate(fixture, person)).status, 200)
  })

  test('an API token may come along, and a bad one is refused', async () => {
    const person = await addPerson(fixture)
    fixture.clock.advance(1_000)
    const json = { username: person.login, password: person.password }
    assert.equal((await fixture.request('POST', AUTHN, { json })).status, 200)
    const bad = await fixture.request('POST', AUTHN, { json, token: 'bad' })
    assert.deepEqual(refusal(bad), [401, 'E0000011', 'Invalid token provided'])
  })

  test("another org's people are unknown here", async () => {
    const other = await fixture.newOrg(`authn-${dialect}`)
    assert.equal((await authenticate(fixture, other.admin, other)).status, 200)
    assert.deepEqual(refusal(await authenticate(fixture, other.admin)), FAILED)
  })

  test('more than four attempts a second with one name are too many', async () => {
    fixture.clock.advance(1_000)
    const attempt = () =>
      fixture.request('POST', AUTHN, { token: null, json: { username: 'pace@example.com', password: 'x' } })
    for (let n = 0; n < 4; n++) assert.equal((await attempt()).status, 401)
    assert.deepEqual(refusal(await attempt()).slice(0, 2), [429, 'E0000047'])
  })

  test('a trusted origin may read the answer with credentials, refusals too, and no other may', async () => {
    const origin = `https://authn-${dialect}.example.com`
    await fixture.request('POST', '/api/v1/trustedOrigins', {
      json: { name: origin, origin, scopes: [{ type: 'CORS' }] },
    })
    for (const password of [fixture.admin.password, 'wrong']) {
      const allowed = await post({ username: fixture.admin.login, password }, { origin })
      assert.equal(allowed.headers['access-control-allow-origin'], origin)
      assert.equal(allowed.headers['access-control-allow-credentials'], 'true')
      const denied = await post({ username: fixture.admin.login, password }, { origin: 'https://evil.example' })
      assert.equal(denied.headers['access-control-allow-origin'], undefined)
    }
  })
})
