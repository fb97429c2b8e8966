// Ways back in by the authentication API, and what is said on the way: which token opens what, the question, the end of a lockout, the
// first password, and what an app with an API token is handed.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { MINUTE } from '#kernel/instant.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import { hiddenFields, newBrowser, visit } from '../oauth-client.ts'
import { addPerson, authenticate, organizationAdministratorToken, PASSWORD, type TestPerson } from '../people.ts'
import { newGroup } from '../policies.ts'
import { changingNothing } from '../rows.ts'
import { joinGroup, policyForGroup, totpCode } from '../second-factor.ts'

const NEW = 'Another-Horse-8'
const ANSWER = 'Brussels sprouts'
const WEAK = 'The password does meet the complexity requirements of the current password policy.'

onEachDatabase('the ways back in by the authentication API', (dialect) => {
  let fixture: Fixture
  /** A policy that asks the question, lets people unlock themselves, and says who is locked out. */
  let open: string
  let always: string
  before(async () => {
    fixture = await startFixture({ dialect })
    open = await newGroup(fixture)
    const policy = await fixture.request('POST', '/api/v1/policies', {
      json: {
        ...{ type: 'PASSWORD', name: 'Open' },
        conditions: { people: { groups: { include: [open] } } },
        settings: { password: { lockout: { maxAttempts: 3, showLockoutFailures: true } } },
      },
    })
    const allow = { access: 'ALLOW' }
    const reset = { ...allow, requirement: { stepUp: { required: true } } }
    const actions = { passwordChange: allow, selfServicePasswordReset: reset, selfServiceUnlock: allow }
    const rule = { name: 'Open', actions }
    const made = await fixture.request('POST', `/api/v1/policies/${policy.json.id}/rules`, { json: rule })
    assert.equal(made.status, 200, made.text)
    always = await policyForGroup(fixture, 'always', { requireFactor: true, factorPromptMode: 'ALWAYS' })
  })
  after(() => fixture.close())

  const post = (path: string, json: object, token: string | null = null) =>
    fixture.request('POST', `/api/v1/authn${path}`, { token, json })
  const refusal = ({ status, json }: TestAnswer) => [status, json.errorCode, json.errorSummary]
  const INVALID = [401, 'E0000011', 'Invalid token provided']
  const FAILED = [401, 'E0000004', 'Authentication failed']
  const WRONG_STEP = [403, 'E0000079', 'This operation is not allowed in the current authentication state.']
  const linked = async (address = 'person@example.com'): Promise<string> => {
    const links = (await fixture.mails(address)).flatMap(({ links }) => links)
    return (
      links
        .findLast((link) => /\/(signin|welcome)\//.test(link))
        ?.split('/')
        .at(-1) ?? ''
    )
  }
  async function mailed(path: 'password' | 'unlock', { login }: { login: string }, more: object = {}): Promise<string> {
    fixture.clock.advance(31_000)
    const answer = await post(`/recovery/${path}`, { username: login, factorType: 'EMAIL', ...more })
    assert.equal(answer.json.status, 'RECOVERY_CHALLENGE', answer.text)
    return linked()
  }
  async function welcomed(name: string): Promise<{ id: string; login: string; token: string }> {
    const login = `${name}-${dialect}@example.com`
    const profile = { login, email: login, firstName: 'New', lastName: 'Comer' }
    const made = await fixture.request('POST', '/api/v1/users', { json: { profile } })
    assert.equal(made.json.status, 'PROVISIONED', made.text)
    return { id: made.json.id, login, token: await linked(login) }
  }
  async function questioned(): Promise<TestPerson> {
    const person = await addPerson(fixture)
    await joinGroup(fixture, open, person.id)
    const recovery_question = { question: 'What did you dislike?', answer: ANSWER }
    const set = { json: { credentials: { recovery_question } } }
    assert.equal((await fixture.request('POST', `/api/v1/users/${person.id}`, set)).status, 200)
    return person
  }
  async function lockedOut(person: TestPerson): Promise<TestAnswer> {
    for (let time = 0; time < 3; time++) await authenticate(fixture, { ...person, password: 'Wrong-Horse-1' })
    return authenticate(fixture, person)
  }

  it('each token opens what it is for, and nothing else', async () => {
    const person = await questioned()
    const recovery = await mailed('password', person)
    await lockedOut(person)
    const newcomer = await welcomed('kinds')
    await changingNothing(fixture.deps.db, async () => {
      assert.deepEqual(refusal(await post('', { token: recovery })), FAILED)
      assert.deepEqual(refusal(await post('/recovery/token', { recoveryToken: newcomer.token })), INVALID)
    })
    assert.equal((await post('/recovery/token', { recoveryToken: recovery })).json.status, 'RECOVERY')
    const unlock = await mailed('unlock', person)
    assert.deepEqual(refusal(await post('', { token: unlock })), FAILED)
    const opened = await post('/recovery/token', { recoveryToken: unlock })
    assert.deepEqual([opened.json.status, opened.json.recoveryType], ['RECOVERY', 'UNLOCK'])
    const welcome = await post('', { token: newcomer.token })
    assert.deepEqual([welcome.json.status, welcome.json.recoveryType], ['PASSWORD_RESET', 'ACCOUNT_ACTIVATION'])
  })

  it('a mailed token, the answer and the new password are a session token, and the answer has five tries', async () => {
    const person = await questioned()
    const recoveryToken = await mailed('password', person, { relayState: '/kept' })
    const opened = await post('/recovery/token', { recoveryToken })
    const { stateToken } = opened.json
    const url = `${fixture.org.url}/api/v1/authn`
    assert.deepEqual(opened.json, {
      stateToken,
      expiresAt: new Date(fixture.clock.now() + 5 * MINUTE).toISOString(),
      status: 'RECOVERY',
      recoveryType: 'PASSWORD',
      relayState: '/kept',
      _embedded: {
        user: { ...opened.json._embedded.user, recovery_question: { question: 'What did you dislike?' } },
      },
      _links: {
        next: { name: 'answer', href: `${url}/recovery/answer`, hints: { allow: ['POST'] } },
        cancel: { href: `${url}/cancel`, hints: { allow: ['POST'] } },
      },
    })
    for (let time = 0; time < 4; time++) {
      const wrong = await post('/recovery/answer', { stateToken, answer: 'carrots' })
      assert.deepEqual(refusal(wrong).slice(0, 2), [403, 'E0000087'])
    }
    assert.deepEqual(refusal(await post('/credentials/reset_password', { stateToken, newPassword: NEW })), WRONG_STEP)
    const answered = await post('/recovery/answer', { stateToken, answer: ANSWER })
    assert.equal(answered.json.status, 'PASSWORD_RESET', answered.text)
    assert.equal(answered.json._embedded.policy.complexity.minLength, 8)
    assert.deepEqual(answered.json._links.next.name, 'resetPassword')
    for (const [newPassword, cause] of [
      ['weak', /^Password requirements were not met\. Password requirements: at least 8 characters, /],
      [PASSWORD, /^Password requirements were not met\. Your password cannot be any of your last 4 passwords\.$/],
      ['', /^Password requirements were not met/],
    ] as const) {
      const weak = await changingNothing(fixture.deps.db, () =>
        post('/credentials/reset_password', { stateToken, newPassword }),
      )
      assert.deepEqual(refusal(weak), [403, 'E0000014', WEAK])
      assert.match(weak.json.errorCauses[0].errorSummary, cause)
    }
    const done = await post('/credentials/reset_password', { stateToken, newPassword: NEW })
    assert.deepEqual([done.json.status, done.json.relayState], ['SUCCESS', '/kept'], done.text)
    const session = await fixture.request('POST', '/api/v1/sessions', {
      token: null,
      json: { sessionToken: done.json.sessionToken },
    })
    assert.equal(session.json.userId, person.id, session.text)
    assert.deepEqual(refusal(await post('/recovery/token', { recoveryToken })), INVALID)

    const again = await mailed('password', person)
    const { json } = await post('/recovery/token', { recoveryToken: again })
    for (let time = 0; time < 5; time++)
      await post('/recovery/answer', { stateToken: json.stateToken, answer: 'carrots' })
    const late = await post('/recovery/answer', { stateToken: json.stateToken, answer: ANSWER })
    assert.deepEqual(refusal(late).slice(0, 2), [429, 'E0000047'])
    const anew = await post('/recovery/token', { recoveryToken: again })
    const still = await post('/recovery/answer', { stateToken: anew.json.stateToken, answer: ANSWER })
    assert.deepEqual(refusal(still).slice(0, 2), [429, 'E0000047'], 'the tries are the link’s')
  })

  it('a lockout says so where the policy does, with the way out, which signs nobody in', async () => {
    const person = await questioned()
    const locked = await lockedOut(person)
    const unlock = `${fixture.org.url}/api/v1/authn/recovery/unlock`
    assert.deepEqual(locked.json, {
      status: 'LOCKED_OUT',
      _embedded: {},
      _links: { next: { name: 'unlock', href: unlock, hints: { allow: ['POST'] } } },
    })
    const recoveryToken = await mailed('unlock', person, { relayState: 'r' })
    const { stateToken } = (await post('/recovery/token', { recoveryToken })).json
    const done = await post('/recovery/answer', { stateToken, answer: ANSWER })
    const { user } = done.json._embedded
    assert.deepEqual(done.json, {
      ...{ status: 'SUCCESS', recoveryType: 'UNLOCK', relayState: 'r' },
      ...{ _embedded: { user }, _links: {} },
    })
    assert.equal(user.id, person.id)
    assert.deepEqual(refusal(await post('/recovery/token', { recoveryToken })), INVALID)
    assert.deepEqual(refusal(await post('', { stateToken })), INVALID)
    assert.equal((await authenticate(fixture, person)).json.status, 'SUCCESS')
  })

  it('a lockout is over with the new password, too', async () => {
    const person = await questioned()
    await lockedOut(person)
    const recoveryToken = await mailed('password', person)
    const { stateToken } = (await post('/recovery/token', { recoveryToken })).json
    await post('/recovery/answer', { stateToken, answer: ANSWER })
    const done = await post('/credentials/reset_password', { stateToken, newPassword: NEW })
    assert.equal(done.json.status, 'SUCCESS', done.text)
    assert.equal((await authenticate(fixture, { ...person, password: NEW })).json.status, 'SUCCESS')
  })

  it('a new password is no second factor: whoever has one proves it, and somebody new enrols it', async () => {
    const newcomer = await welcomed('factor')
    await joinGroup(fixture, always, newcomer.id)
    const asked = await post('', { token: newcomer.token, relayState: 'r' })
    const { stateToken } = asked.json
    assert.deepEqual([asked.json.status, asked.json.relayState], ['PASSWORD_RESET', 'r'], asked.text)
    const enroll = await post('/credentials/reset_password', { stateToken, newPassword: NEW })
    assert.deepEqual([enroll.json.status, enroll.json.sessionToken], ['MFA_ENROLL', undefined], enroll.text)
    assert.deepEqual(refusal(await post('', { token: newcomer.token })), FAILED)
    const state = { stateToken: enroll.json.stateToken }
    const begun = await post('/factors', { ...state, factorType: 'token:software:totp', provider: 'OKTA' })
    const { id, _embedded } = begun.json._embedded.factor
    const secret = _embedded.activation.sharedSecret
    const code = () => ({ ...state, passCode: totpCode(fixture, secret) })
    assert.equal((await post(`/factors/${id}/lifecycle/activate`, code())).json.status, 'SUCCESS')

    fixture.clock.advance(31_000)
    await post('/recovery/password', { username: newcomer.login, factorType: 'EMAIL' })
    const { json } = await post('/recovery/token', { recoveryToken: await linked(newcomer.login) })
    const required = await post('/credentials/reset_password', { stateToken: json.stateToken, newPassword: `${NEW}9` })
    assert.deepEqual([required.json.status, required.json.sessionToken], ['MFA_REQUIRED', undefined], required.text)
    const proof = { stateToken: required.json.stateToken, passCode: totpCode(fixture, secret) }
    assert.equal((await post(`/factors/${id}/verify`, proof)).json.status, 'SUCCESS')
  })

  it('who begins with a token may wish for optional factors as anybody', async () => {
    const options = { multiOptionalFactorEnroll: true }
    const newcomer = await welcomed('wishes')
    const { stateToken } = (await post('', { token: newcomer.token, options })).json
    const offered = await post('/credentials/reset_password', { stateToken, newPassword: NEW })
    assert.equal(offered.json.status, 'MFA_ENROLL', offered.text)
    const skipped = await post('/skip', { stateToken: offered.json.stateToken })
    assert.equal(skipped.json.status, 'SUCCESS', skipped.text)

    fixture.clock.advance(31_000)
    await post('/recovery/password', { username: newcomer.login, factorType: 'EMAIL' })
    const opened = await post('/recovery/token', { recoveryToken: await linked(newcomer.login), options })
    const again = { stateToken: opened.json.stateToken, newPassword: `${NEW}9` }
    assert.equal((await post('/credentials/reset_password', again)).json.status, 'MFA_ENROLL')
  })

  it('steps of states that are none here are refused as wrong to the living and unknown to the dead', async () => {
    const person = await addPerson(fixture)
    await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/expire_password`)
    const { json } = await authenticate(fixture, person)
    for (const path of [
      ...['/consent', '/device/activate', '/recovery/factors/SMS/verify', '/recovery/factors/CALL/resend'],
      ...['/factors/opf1/lifecycle/activate/poll', '/factors/opf1/lifecycle/activate/sms'],
    ]) {
      const body = {
        stateToken: json.stateToken,
        passCode: '123456',
        userCode: 'ABCD',
        consent: { scopes: ['openid'] },
      }
      assert.deepEqual(refusal(await post(path, body)), WRONG_STEP, path)
      assert.deepEqual(refusal(await post(path, { ...body, stateToken: '00unknown' })), INVALID, path)
    }
  })

  it('the link of a mail leads back to where its relay state says, where that is trusted, and else to the start', async () => {
    const origin = `https://relay-${dialect}.example.com`
    const scopes = [{ type: 'REDIRECT' }]
    const trust = { name: origin, origin, scopes }
    assert.equal((await fixture.request('POST', '/api/v1/trustedOrigins', { json: trust })).status, 200)
    for (const [relayState, expected] of [
      [`${origin}/done?a=1`, `${origin}/done?a=1`],
      ['https://evil.example/done', '/app/UserHome'],
      ['javascript:alert(1)', '/app/UserHome'],
      ['opaque', '/app/UserHome'],
    ] as const) {
      const person = await addPerson(fixture)
      const token = await mailed('password', person, { relayState })
      const browser = newBrowser()
      const page = await visit(fixture, browser, 'GET', `/signin/reset-password/${token}`)
      const form = { ...hiddenFields(page.text), 'credentials.passcode': NEW, confirmPassword: NEW }
      const done = await visit(fixture, browser, 'POST', '/signin/reset-password', { form })
      assert.equal(done.status, 303, done.text)
      assert.equal(done.headers.location, expected, relayState)
    }
  })

  it('the mail goes to both addresses that a person has, with one link, and once where they are one', async () => {
    const second = `second-${dialect}@example.com`
    for (const [secondEmail, expected] of [
      [second, ['person@example.com', second]],
      ['person@example.com', ['person@example.com']],
    ] as const) {
      const person = await addPerson(fixture)
      const set = { json: { profile: { secondEmail } } }
      assert.equal((await fixture.request('POST', `/api/v1/users/${person.id}`, set)).status, 200)
      await fixture.mails()
      fixture.clock.advance(31_000)
      await post('/recovery/password', { username: person.login, factorType: 'EMAIL' })
      const mails = await fixture.mails()
      assert.deepEqual(mails.map(({ to }) => to).toSorted(), expected)
      assert.equal(new Set(mails.map(({ links }) => links[0])).size, 1)
    }
  })

  it('a relay state is handed back by a recovery that is cancelled', async () => {
    const person = await addPerson(fixture)
    const recoveryToken = await mailed('password', person, { relayState: 'r' })
    const { stateToken } = (await post('/recovery/token', { recoveryToken })).json
    assert.deepEqual((await post('/cancel', { stateToken })).json, { relayState: 'r' })
    assert.equal((await post('/recovery/token', { recoveryToken })).json.status, 'PASSWORD_RESET')
  })

  it('nothing is asked for by telephone', async () => {
    for (const path of ['/recovery/password', '/recovery/unlock'])
      for (const factorType of ['SMS', 'CALL', 'email', '', null, undefined]) {
        const answer = await post(path, { username: fixture.admin.login, factorType })
        assert.deepEqual(refusal(answer).slice(0, 2), [400, 'E0000001'], `${path} ${factorType}`)
      }
  })

  it('an app with an API token is handed the token that a mail would carry, for whom it may administer', async () => {
    const person = await questioned()
    const { apiToken } = fixture.admin
    await fixture.mails()
    const handed = await post('/recovery/password', { username: person.login, relayState: 'r' }, apiToken)
    const { recoveryToken, _embedded, ...rest } = handed.json
    assert.deepEqual(rest, {
      expiresAt: new Date(fixture.clock.now() + 60 * MINUTE).toISOString(),
      ...{ status: 'RECOVERY', recoveryType: 'PASSWORD', relayState: 'r' },
      _links: {
        next: {
          name: 'recovery',
          href: `${fixture.org.url}/api/v1/authn/recovery/token`,
          hints: { allow: ['POST'] },
        },
      },
    })
    assert.deepEqual(_embedded.user.recovery_question, { question: 'What did you dislike?' })
    assert.deepEqual(await fixture.mails(), [])
    assert.equal((await post('/recovery/token', { recoveryToken })).json.status, 'RECOVERY')

    await changingNothing(fixture.deps.db, async () => {
      const unknown = await post('/recovery/password', { username: 'nobody@example.com' }, apiToken)
      assert.deepEqual(refusal(unknown), [403, 'E0000095', 'Recovery not allowed for unknown user.'])
      const open = await post('/recovery/unlock', { username: person.login }, apiToken)
      assert.deepEqual(refusal(open), [403, 'E0000032', 'Unlock is not allowed for this user.'])
    })
    await lockedOut(person)
    const unlock = await post('/recovery/unlock', { username: person.login }, apiToken)
    assert.equal(unlock.json.recoveryType, 'UNLOCK', unlock.text)
    const { stateToken } = (await post('/recovery/token', { recoveryToken: unlock.json.recoveryToken })).json
    assert.equal((await post('/recovery/answer', { stateToken, answer: ANSWER })).json.recoveryType, 'UNLOCK')

    const suspended = await addPerson(fixture)
    await fixture.request('POST', `/api/v1/users/${suspended.id}/lifecycle/suspend`)
    const lesser = await organizationAdministratorToken(fixture)
    await changingNothing(fixture.deps.db, async () => {
      const stopped = await post('/recovery/password', { username: suspended.login }, apiToken)
      assert.deepEqual(refusal(stopped).slice(0, 2), [403, 'E0000034'])
      const above = await post('/recovery/password', { username: fixture.admin.login }, lesser)
      assert.deepEqual(refusal(above).slice(0, 2), [403, 'E0000006'])
      const nobodys = await post('/recovery/password', { username: person.login }, 'unknown')
      assert.deepEqual(refusal(nobodys), INVALID)
    })
  })

  it('an app with an API token names the device that is remembered, and nobody else does', async () => {
    const onDevice = await policyForGroup(fixture, 'device', { requireFactor: true, factorPromptMode: 'DEVICE' })
    const person = await addPerson(fixture)
    await joinGroup(fixture, onDevice, person.id)
    const { apiToken } = fixture.admin
    const context = { deviceToken: `device-${dialect}` }
    const start = (token: string | null, named: object = context) => {
      fixture.clock.advance(1_000)
      return post('', { username: person.login, password: person.password, context: named }, token)
    }
    const { stateToken } = (await start(apiToken)).json
    const profile = { question: 'disliked_food', answer: ANSWER }
    const enroll = { stateToken, factorType: 'question', provider: 'OKTA', profile }
    assert.equal((await post('/factors', enroll, apiToken)).json.status, 'SUCCESS')

    const asked = await start(apiToken)
    assert.equal(asked.json.status, 'MFA_REQUIRED', asked.text)
    const { id } = asked.json._embedded.factors[0]
    const answer = { stateToken: asked.json.stateToken, answer: ANSWER, rememberDevice: true }
    const done = await post(`/factors/${id}/verify`, answer, apiToken)
    assert.equal(done.json.status, 'SUCCESS')
    assert.equal(done.cookies.DT, undefined, 'the app has its own name for the device')
    assert.equal((await start(apiToken)).json.status, 'SUCCESS')
    assert.equal((await start(apiToken, { deviceToken: 'another' })).json.status, 'MFA_REQUIRED')
    assert.equal((await start(apiToken, {})).json.status, 'MFA_REQUIRED')
    assert.equal((await start(null)).json.status, 'MFA_REQUIRED')
    const cookies = { DT: context.deviceToken }
    const json = { username: person.login, password: person.password }
    fixture.clock.advance(1_000)
    const browser = await fixture.request('POST', '/api/v1/authn', { token: null, json, cookies })
    assert.equal(browser.json.status, 'MFA_REQUIRED')
  })
})
