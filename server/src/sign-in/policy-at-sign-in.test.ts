import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DAY, MINUTE } from '#kernel/instant.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { newBrowser, submitSignIn, visit } from '#test/oauth-client.ts'
import { addPerson, authenticate, newSessionToken, signIn, type TestPerson } from '#test/people.ts'
import { newEnrollmentPolicy, newGroup, newPasswordPolicy, newSignOnPolicy } from '#test/policies.ts'

onEachDatabase('the policies of whoever signs in', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const statusOf = async ({ id }: TestPerson) => (await fixture.request('GET', `/api/v1/users/${id}`)).json.status
  const wrong = (person: TestPerson) => authenticate(fixture, { ...person, password: 'Wrong-horse-1' })
  const eventsOf = async (eventType: string, { id }: TestPerson) => {
    await fixture.deps.events.flush()
    const filter = encodeURIComponent(`eventType eq "${eventType}"`)
    const { json } = await fixture.request('GET', `/api/v1/logs?filter=${filter}&sortOrder=DESCENDING`)
    const isTheirs = ({ actor, target }: { actor: { id: string }; target?: { id: string }[] | null }) =>
      actor.id === id || (target ?? []).some((one) => one.id === id)
    return json.filter(isTheirs)
  }

  /** Somebody under a password policy of their own. */
  async function under(password: object): Promise<TestPerson> {
    const person = await addPerson(fixture)
    await newPasswordPolicy(fixture, await newGroup(fixture, person.id), password)
    return person
  }

  test('as many wrong passwords as the policy of their group says lock a person out', async () => {
    const person = await under({ lockout: { maxAttempts: 3 } })
    const other = await addPerson(fixture)
    for (let n = 0; n < 3; n++) for (const one of [person, other]) assert.equal((await wrong(one)).status, 401)
    assert.deepEqual([await statusOf(person), await statusOf(other)], ['LOCKED_OUT', 'ACTIVE'])
    assert.equal((await authenticate(fixture, person)).status, 401)
    assert.equal((await authenticate(fixture, other)).status, 200)
  })

  test('a policy that counts nothing locks nobody out', async () => {
    const person = await under({ lockout: { maxAttempts: 0 } })
    for (let n = 0; n < 12; n++) await wrong(person)
    assert.equal((await authenticate(fixture, person)).status, 200)
  })

  test('a lockout is told of where the policy says so, and nowhere else', async () => {
    const [shown, hidden] = [
      await under({ lockout: { maxAttempts: 2, showLockoutFailures: true } }),
      await under({ lockout: { maxAttempts: 2 } }),
    ]
    assert.equal((await wrong(shown)).status, 401)
    for (const answer of [await wrong(shown), await authenticate(fixture, shown)])
      assert.partialDeepStrictEqual(answer, { status: 200, json: { status: 'LOCKED_OUT', _links: {} } })
    for (let n = 0; n < 3; n++) assert.equal((await wrong(hidden)).status, 401)
    for (const [person, sentence] of [
      [shown, /Your account is locked/],
      [hidden, /<p>Unable to sign in<\/p>/],
    ] as const) {
      fixture.clock.advance(1_000)
      const browser = newBrowser()
      const { text } = await visit(fixture, browser, 'GET', '/signin')
      const page = await submitSignIn(fixture, browser, text, person)
      assert.match(page.text, sentence)
    }
  })

  test('a lockout ends after the minutes that the policy says, counted from the last attempt that counted', async () => {
    const person = await under({ lockout: { maxAttempts: 2, autoUnlockMinutes: 15 } })
    for (let n = 0; n < 2; n++) await wrong(person)
    fixture.clock.advance(14 * MINUTE)
    assert.equal((await authenticate(fixture, person)).status, 401)
    assert.equal(await statusOf(person), 'LOCKED_OUT')
    fixture.clock.advance(MINUTE)
    assert.equal((await authenticate(fixture, person)).status, 200)
    assert.equal(await statusOf(person), 'ACTIVE')
    assert.equal((await eventsOf('user.account.unlock', person)).length, 1)
  })

  test('a wrong password after the end of a lockout is the first of new attempts', async () => {
    const person = await under({ lockout: { maxAttempts: 2, autoUnlockMinutes: 15 } })
    for (let n = 0; n < 2; n++) await wrong(person)
    fixture.clock.advance(16 * MINUTE)
    await wrong(person)
    assert.equal(await statusOf(person), 'ACTIVE')
    await wrong(person)
    assert.equal(await statusOf(person), 'LOCKED_OUT')
  })

  test('a password that is older than the policy allows has to be changed', async () => {
    const person = await under({ age: { maxAgeDays: 20 } })
    fixture.clock.advance(19 * DAY)
    assert.equal((await authenticate(fixture, person)).json.status, 'SUCCESS')
    fixture.clock.advance(DAY)
    const { json } = await authenticate(fixture, person)
    assert.equal(json.status, 'PASSWORD_EXPIRED')
    assert.equal(json._embedded.policy.age.historyCount, 4)
    const change = { stateToken: json.stateToken, oldPassword: person.password, newPassword: 'Another-Horse-8' }
    fixture.clock.advance(1_000)
    const changed = await fixture.request('POST', '/api/v1/authn/credentials/change_password', {
      token: null,
      json: change,
    })
    assert.equal(changed.json.status, 'SUCCESS', changed.text)
    assert.equal((await authenticate(fixture, { ...person, password: 'Another-Horse-8' })).json.status, 'SUCCESS')
  })

  test('a password that ends soon is warned of, from the day on that the policy says, to whoever asks', async () => {
    const person = await under({ age: { maxAgeDays: 20, expireWarnDays: 10 } })
    const ask = async (warnBeforePasswordExpired: boolean) => {
      fixture.clock.advance(1_000)
      const json = { username: person.login, password: person.password, options: { warnBeforePasswordExpired } }
      return (await fixture.request('POST', '/api/v1/authn', { token: null, json })).json
    }
    fixture.clock.advance(9 * DAY)
    assert.equal((await ask(true)).status, 'SUCCESS')
    fixture.clock.advance(2 * DAY)
    assert.partialDeepStrictEqual(await ask(true), {
      status: 'PASSWORD_WARN',
      _embedded: { policy: { expiration: { passwordExpireDays: 9 }, age: { historyCount: 4 } } },
    })
    assert.equal((await ask(false)).status, 'SUCCESS')
  })

  test('where the rule asks for a factor, a password alone opens nothing', async () => {
    const person = await addPerson(fixture)
    await newSignOnPolicy(fixture, await newGroup(fixture, person.id), { requireFactor: true })
    assert.notEqual((await authenticate(fixture, person)).json.status, 'SUCCESS')
  })

  test('who is asked for a factor and may set up none is let in nowhere, not locked out by it, and the log says why', async () => {
    const person = await addPerson(fixture)
    const groupId = await newGroup(fixture, person.id)
    await newSignOnPolicy(fixture, groupId, { requireFactor: true })
    await newEnrollmentPolicy(fixture, groupId, {})
    for (let n = 0; n < 12; n++)
      assert.partialDeepStrictEqual(await authenticate(fixture, person), {
        status: 401,
        json: { errorCode: 'E0000004' },
      })
    assert.equal(await statusOf(person), 'ACTIVE')
    const denials = await eventsOf('policy.evaluate_sign_on', person)
    assert.equal(denials.length, 12)
    assert.equal(denials[0].outcome.reason, 'A second factor is demanded, and none may be set up')
  })

  test('a link that was mailed gives no attempts with passwords back', async () => {
    const person = await under({ lockout: { maxAttempts: 3 } })
    fixture.clock.advance(31_000)
    const json = { username: person.login, factorType: 'EMAIL' }
    await fixture.request('POST', '/api/v1/authn/recovery/password', { token: null, json })
    const [link = ''] = (await fixture.mails()).at(-1)?.links ?? []
    const recoveryToken = new URL(link).pathname.split('/').at(-1)
    for (let n = 0; n < 2; n++) await wrong(person)
    const open = { token: null, json: { recoveryToken } } as const
    const opened = await fixture.request('POST', '/api/v1/authn/recovery/token', open)
    assert.equal(opened.json.status, 'PASSWORD_RESET', opened.text)
    assert.equal(await statusOf(person), 'ACTIVE')
    await wrong(person)
    assert.equal(await statusOf(person), 'LOCKED_OUT')
  })

  test('whom the global session policy denies is told nothing, and the log says which rule it was', async () => {
    const person = await addPerson(fixture)
    const token = await newSessionToken(fixture, person)
    const groupId = await newGroup(fixture, person.id)
    const policyId = await newSignOnPolicy(fixture, groupId, { access: 'DENY' })
    for (const one of [person, { ...person, password: 'Wrong-horse-1' }]) {
      const answer = await authenticate(fixture, one)
      assert.partialDeepStrictEqual(answer, { status: 401, json: { errorCode: 'E0000004', errorCauses: [] } })
    }
    const [denial] = await eventsOf('policy.evaluate_sign_on', person)
    assert.equal(denial.outcome.result, 'DENY')
    assert.equal(denial.target[0].id, policyId)
    // What was proved before the rule was made is no way in either.
    const query = new URLSearchParams({ token, redirectUrl: `${fixture.org.url}/` })
    const redirected = await fixture.request('GET', `/login/sessionCookieRedirect?${query}`, { token: null })
    assert.equal(redirected.cookies.sid, undefined)
    // It is no attempt either: whoever is let in again has all of them.
    for (let n = 0; n < 12; n++) await wrong(person)
    await fixture.request('POST', `/api/v1/policies/${policyId}/lifecycle/deactivate`)
    assert.equal((await authenticate(fixture, person)).status, 200)
  })

  test('a session lasts as long as the rule of the first policy of their groups says', async () => {
    const person = await addPerson(fixture)
    const groupId = await newGroup(fixture, person.id)
    await newSignOnPolicy(fixture, groupId, { session: { maxSessionIdleMinutes: 7, maxSessionLifetimeMinutes: 60 } })
    await newSignOnPolicy(fixture, groupId, { session: { maxSessionIdleMinutes: 99 } })
    const cookies = await signIn(fixture, person)
    const me = () => fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies })
    const { json } = await me()
    assert.equal(Date.parse(json.expiresAt) - fixture.clock.now(), 7 * MINUTE)
    fixture.clock.advance(8 * MINUTE)
    assert.equal((await me()).status, 404)
  })
})
