import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MINUTE } from '#kernel/instant.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import { type Browser, hiddenFields, newBrowser, visit } from '#test/oauth-client.ts'
import { assertSoundPage } from '#test/page-checks.ts'
import { addPerson, authenticate, PASSWORD, type TestPerson } from '#test/people.ts'
import { changingNothing } from '#test/rows.ts'

const NEW = 'Another-Horse-8'
const CHANGE = '/signin/change-password'

onEachDatabase('an expired password', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  async function temporary(): Promise<TestPerson> {
    const person = await addPerson(fixture)
    fixture.clock.advance(1_000)
    const path = `/api/v1/users/${person.id}/lifecycle/expire_password_with_temp_password`
    const { status, json } = await fixture.request('POST', path)
    assert.equal(status, 200)
    assert.match(json.tempPassword, /^[0-9A-Za-z]{12}$/)
    fixture.clock.advance(1_000)
    return { ...person, password: json.tempPassword }
  }

  const statusOf = async ({ id }: TestPerson) => (await fixture.request('GET', `/api/v1/users/${id}`)).json.status

  async function signIn(browser: Browser, { login, password }: TestPerson): Promise<TestAnswer> {
    fixture.clock.advance(1_000)
    const page = await visit(fixture, browser, 'GET', '/signin')
    const form = { ...hiddenFields(page.text), identifier: login, 'credentials.passcode': password }
    return visit(fixture, browser, 'POST', '/signin', { form })
  }

  const change = (browser: Browser, page: TestAnswer, password: string, repeated = password) => {
    const form = { ...hiddenFields(page.text), 'credentials.passcode': password, confirmPassword: repeated }
    return visit(fixture, browser, 'POST', CHANGE, { form })
  }

  test('on the page, a temporary password opens the step in which it is changed, and that goes on to where it led', async () => {
    const person = await temporary()
    assert.equal(await statusOf(person), 'PASSWORD_EXPIRED')
    const browser = newBrowser()
    const step = await signIn(browser, person)
    assert.equal(step.status, 200)
    assert.match(step.text, /Change your password/)
    assert.equal(browser.cookies.sid, undefined)
    assertSoundPage(step.text, /'nonce-([^']+)'/.exec(String(step.headers['content-security-policy']))?.[1] ?? '')
    const done = await change(browser, step, NEW)
    assert.deepEqual([done.status, done.headers.location], [303, '/app/UserHome'])
    assert.ok(browser.cookies.sid)
    assert.equal(await statusOf(person), 'ACTIVE')
    assert.equal((await authenticate(fixture, person)).status, 401)
    assert.equal((await authenticate(fixture, { ...person, password: NEW })).json.status, 'SUCCESS')
  })

  test('the last super administrator comes back from an expired and from a temporary password', async () => {
    const me = fixture.admin
    const { json } = await fixture.request('GET', `/api/v1/users/${encodeURIComponent(me.login)}`)
    let known = { id: json.id, login: me.login, password: me.password }
    for (const [way, chosen] of [
      ['expire_password', 'Brown-Horse-11'],
      ['expire_password_with_temp_password', 'Grey-Horse-22'],
    ] as const) {
      const expired = await fixture.request('POST', `/api/v1/users/${json.id}/lifecycle/${way}`)
      assert.equal(expired.status, 200, expired.text)
      assert.equal(await statusOf(known), 'PASSWORD_EXPIRED')
      const password = expired.json.tempPassword ?? known.password
      const browser = newBrowser()
      const done = await change(browser, await signIn(browser, { ...known, password }), chosen)
      assert.equal(done.status, 303)
      known = { ...known, password: chosen }
      const { cookies } = browser
      const mine = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies })
      assert.equal(mine.status, 200)
      assert.equal(await statusOf(known), 'ACTIVE')
    }
  })

  test('what the policy refuses, what differs and the temporary password itself change nothing, and the step stays', async () => {
    const person = await temporary()
    const browser = newBrowser()
    let step = await signIn(browser, person)
    for (const [password, repeated] of [
      ['weak', 'weak'],
      [NEW, `${NEW}x`],
      [person.password, person.password],
      ['', ''],
      [`Aa1${'x'.repeat(70)}`, `Aa1${'x'.repeat(70)}`],
    ] as const) {
      step = await changingNothing(fixture.deps.db, () => change(browser, step, password, repeated))
      assert.equal(step.status, 400, password)
      assert.match(step.text, /data-se="o-form-error-container" role="alert" id="password-error" class="alert"/)
    }
    assert.equal((await change(browser, step, NEW)).status, 303)
  })

  test('the step is good once, in its browser, for ten minutes and for that password', async () => {
    const person = await temporary()
    const browser = newBrowser()
    const step = await signIn(browser, person)
    assert.equal((await change(newBrowser(), step, NEW)).status, 400)
    const late = await signIn(browser, person)
    fixture.clock.advance(10 * MINUTE)
    assert.match((await change(browser, late, NEW)).text, /Request expired/)
    const stale = await signIn(browser, person)
    fixture.clock.advance(1_000)
    await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/expire_password_with_temp_password`)
    assert.match((await change(browser, stale, NEW)).text, /Request expired/)
    assert.equal(await statusOf(person), 'PASSWORD_EXPIRED')
    const other = await temporary()
    const used = await signIn(browser, other)
    const both = await Promise.all([change(browser, used, NEW), change(browser, used, 'Third-Horse-9')])
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [303, 400])
  })

  test('the page of a sign-in without that proof changes no password', async () => {
    const browser = newBrowser()
    const page = await visit(fixture, browser, 'GET', '/signin')
    assert.match((await change(browser, page, NEW)).text, /Request expired/)
  })

  const post = (step: string, json: object) => fixture.request('POST', `/api/v1/authn${step}`, { token: null, json })

  test('by the authentication API it opens a transaction that the change completes', async () => {
    const person = await temporary()
    fixture.clock.advance(1_000)
    const opened = await post('', { username: person.login, password: person.password, relayState: 'r' })
    const { stateToken, ...rest } = opened.json
    assert.match(stateToken, /^[\w-]{43}$/)
    const url = `${fixture.org.url}/api/v1/authn`
    assert.deepEqual(rest, {
      expiresAt: new Date(fixture.clock.now() + 5 * MINUTE).toISOString(),
      status: 'PASSWORD_EXPIRED',
      relayState: 'r',
      _embedded: {
        user: rest._embedded.user,
        policy: {
          complexity: {
            minLength: 8,
            minLowerCase: 1,
            minUpperCase: 1,
            minNumber: 1,
            minSymbol: 0,
            excludeUsername: 'true',
          },
          age: { minAgeMinutes: 0, historyCount: 4 },
        },
      },
      _links: {
        next: { name: 'changePassword', href: `${url}/credentials/change_password`, hints: { allow: ['POST'] } },
        cancel: { href: `${url}/cancel`, hints: { allow: ['POST'] } },
      },
    })
    for (const step of ['', '/introspect']) assert.deepEqual((await post(step, { stateToken })).json, opened.json)
    const changePassword = (oldPassword: string, newPassword: string) => {
      fixture.clock.advance(1_000)
      return post('/credentials/change_password', { stateToken, oldPassword, newPassword })
    }
    for (const [old, next, cause] of [
      ['wrong', NEW, /^oldPassword: The credentials provided were incorrect\.$/],
      [person.password, 'weak', /^Password requirements were not met/],
    ] as const) {
      const refused = await changePassword(old, next)
      assert.deepEqual([refused.status, refused.json.errorCode], [403, 'E0000014'])
      assert.match(refused.json.errorCauses[0].errorSummary, cause)
    }
    const done = await changePassword(person.password, NEW)
    assert.deepEqual([done.status, done.json.status, done.json.relayState], [200, 'SUCCESS', 'r'])
    const session = await fixture.request('POST', '/api/v1/sessions', {
      json: { sessionToken: done.json.sessionToken },
    })
    assert.equal(session.json.userId, person.id)
    for (const step of ['', '/introspect', '/cancel']) assert.equal((await post(step, { stateToken })).status, 401)
    assert.equal((await changePassword(person.password, NEW)).status, 401)
  })

  test('a transaction ends by being cancelled and after five minutes', async () => {
    const person = await temporary()
    const { json } = await authenticate(fixture, person)
    assert.deepEqual((await post('/cancel', { stateToken: json.stateToken })).json, {})
    assert.equal((await post('', { stateToken: json.stateToken })).status, 401)
    const { json: late } = await authenticate(fixture, person)
    fixture.clock.advance(5 * MINUTE)
    assert.equal((await post('', { stateToken: late.stateToken })).status, 401)
  })

  test('ten wrong guesses use it up without making it good: an administrator gives them back, and it is still expired', async () => {
    const person = await temporary()
    for (let n = 0; n < 10; n++) await authenticate(fixture, { ...person, password: PASSWORD })
    assert.equal((await authenticate(fixture, person)).status, 401)
    assert.equal(await statusOf(person), 'PASSWORD_EXPIRED')
    assert.equal((await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/unlock`)).status, 200)
    assert.equal((await authenticate(fixture, person)).json.status, 'PASSWORD_EXPIRED')
  })
})
