// Ways back in: a link by mail, another password, and on to where the person was going; the end of a lockout; the first password.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { HOUR, MINUTE } from '#kernel/instant.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  authorizePath,
  type Browser,
  callback,
  hiddenFields,
  isActive,
  newBrowser,
  newPair,
  newPkce,
  signInForTokens,
  visit,
} from '../oauth-client.ts'
import { findTag } from '../page-checks.ts'
import { addPerson, authenticate } from '../people.ts'
import { newGroup, newPasswordPolicy } from '../policies.ts'

/** Of everybody whom `addPerson` makes. */
const PERSON_ADDRESS = 'person@example.com'
const NEW = 'Another-Horse-8'
const AUTHN = '/api/v1/authn'
const INITIATE = 'https://app.example.test/login?from=idp'

onEachDatabase('recovery', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const tick = () => fixture.clock.advance(31_000)
  const submit = (browser: Browser, page: TestAnswer, path: string, fields: Record<string, string>) =>
    visit(fixture, browser, 'POST', path, { form: { ...hiddenFields(page.text), ...fields } })
  const linkOf = async (): Promise<string> => {
    const links = (await fixture.mails()).map(({ links: [first = 'https://no.mail'] }) => new URL(first).pathname)
    // Mails that tell of a change lead to nothing but the org.
    return links.findLast((path) => path !== '/') ?? '/'
  }
  const chosen = (password = NEW) => ({ 'credentials.passcode': password, confirmPassword: password })

  /** Up to the mail, from the sign-in page that an app's request has led to. */
  async function forget(browser: Browser, path: string, login: string): Promise<void> {
    tick()
    const page = await visit(fixture, browser, 'GET', path)
    const asked = await submit(browser, page, '/signin/forgot-password', { identifier: login })
    assert.match(asked.text, /Forgot your password\?/)
    const sent = await submit(browser, asked, '/signin/recover', { identifier: login })
    assert.match(sent.text, /Check your e-mail/)
  }

  async function pair() {
    const { app, person } = await newPair(fixture, { settings: { initiate_login_uri: INITIATE } })
    const tokens = await signInForTokens(fixture, app, person)
    return { app, person, tokens }
  }

  it('begun at an app and ended in the same browser goes on with the request that was interrupted', async () => {
    const { app, person, tokens } = await pair()
    const browser = newBrowser()
    await forget(browser, authorizePath(app, newPkce(), { state: 'kept' }), person.login)
    const path = await linkOf()
    assert.match(path, /^\/signin\/reset-password\//)
    for (let n = 0; n < 3; n++)
      assert.match((await visit(fixture, newBrowser(), 'GET', path)).text, /Reset your password/)
    const page = await visit(fixture, browser, 'GET', path)
    const weak = await submit(browser, page, '/signin/reset-password', chosen('weak'))
    assert.equal(weak.status, 400)
    const done = await submit(browser, weak, '/signin/reset-password', chosen())
    assert.equal(done.status, 303, done.text)
    const { code, state } = callback(done)
    assert.ok(code)
    assert.equal(state, 'kept')
    assert.equal((await authenticate(fixture, { ...person, password: NEW })).json.status, 'SUCCESS')
    assert.equal((await authenticate(fixture, person)).status, 401)
    assert.equal(await isActive(fixture, app, tokens.access_token), false)
    assert.match((await visit(fixture, newBrowser(), 'GET', path)).text, /link/i)
    assert.equal((await visit(fixture, newBrowser(), 'GET', path)).status, 404)
  })

  it('ended in another browser opens the app’s own page, which begins anew and is let in', async () => {
    const { app, person } = await pair()
    await forget(newBrowser(), authorizePath(app, newPkce()), person.login)
    const other = newBrowser()
    const page = await visit(fixture, other, 'GET', await linkOf())
    const done = await submit(other, page, '/signin/reset-password', chosen())
    assert.equal(done.status, 303, done.text)
    const issuer = `${fixture.org.url}/oauth2/default`
    const query = new URLSearchParams({ iss: issuer, login_hint: person.login })
    assert.equal(done.headers.location, `${INITIATE}&${query}`)
    assert.ok(callback(await visit(fixture, other, 'GET', authorizePath(app, newPkce()))).code)
  })

  it('without an app ends at the start', async () => {
    const person = await addPerson(fixture)
    const browser = newBrowser()
    await forget(browser, '/signin', person.login)
    const page = await visit(fixture, browser, 'GET', await linkOf())
    const done = await submit(browser, page, '/signin/reset-password', chosen())
    assert.equal(done.status, 303)
    assert.equal(new URL(String(done.headers.location), fixture.org.url).href, `${fixture.org.url}/app/UserHome`)
  })

  it('counts answers to the question by person, whatever links they come by, and a right one starts anew', async () => {
    const person = await addPerson(fixture)
    const answered = { credentials: { recovery_question: { question: 'First pet?', answer: 'Biscuit' } } }
    assert.equal((await fixture.request('POST', `/api/v1/users/${person.id}`, { json: answered })).status, 200)
    await newPasswordPolicy(fixture, await newGroup(fixture, person.id), {}, { asksQuestion: true })
    const begin = async (): Promise<string> => {
      tick()
      const asked = { username: person.login, factorType: 'EMAIL' }
      await fixture.request('POST', `${AUTHN}/recovery/password`, { token: null, json: asked })
      const recoveryToken = (await linkOf()).split('/').at(-1)
      const opened = await fixture.request('POST', `${AUTHN}/recovery/token`, { token: null, json: { recoveryToken } })
      assert.equal(opened.json.status, 'RECOVERY', opened.text)
      return opened.json.stateToken
    }
    const answer = (stateToken: string, text: string) =>
      fixture.request('POST', `${AUTHN}/recovery/answer`, { token: null, json: { stateToken, answer: text } })
    const [first, second] = [await begin(), await begin()]
    for (const token of [first, second, first, second, second]) assert.equal((await answer(token, 'Rex')).status, 403)
    for (const token of [first, second, await begin()]) assert.equal((await answer(token, 'Biscuit')).status, 429)
    fixture.clock.advance(HOUR + MINUTE)
    const third = await begin()
    assert.equal((await answer(third, 'Rex')).status, 403)
    assert.equal((await answer(third, 'biscuit')).json.status, 'PASSWORD_RESET')
    const fourth = await begin()
    for (let n = 0; n < 5; n++) assert.equal((await answer(fourth, 'Rex')).status, 403)
    assert.equal((await answer(fourth, 'Biscuit')).status, 429)
  })

  it('ends a lockout at the click behind the link, once, and the person signs in to what was interrupted', async () => {
    const { app, person } = await pair()
    await newPasswordPolicy(fixture, await newGroup(fixture, person.id), { lockout: { maxAttempts: 2 } })
    for (let n = 0; n < 2; n++) await authenticate(fixture, { ...person, password: 'Wrong-Horse-1' })
    const statusOf = async () => (await fixture.request('GET', `/api/v1/users/${person.id}`)).json.status
    assert.equal(await statusOf(), 'LOCKED_OUT')
    const browser = newBrowser()
    tick()
    const start = await visit(fixture, browser, 'GET', authorizePath(app, newPkce(), { state: 'kept' }))
    const asked = await submit(browser, start, '/signin/unlock-account', { identifier: person.login })
    const sent = await submit(browser, asked, '/signin/send-unlock', { identifier: person.login })
    assert.match(sent.text, /Check your e-mail/)
    const path = await linkOf()
    assert.match(path, /^\/signin\/unlock\//)
    const page = await visit(fixture, browser, 'GET', path)
    assert.equal(await statusOf(), 'LOCKED_OUT', 'opening the page is no click')
    const unlocked = await submit(browser, page, '/signin/reset-password', {})
    assert.match(unlocked.text, /Your account is unlocked\. Sign in now\./)
    findTag(unlocked.text, 'input', { name: 'identifier', value: person.login })
    assert.equal(await statusOf(), 'ACTIVE')
    assert.equal((await submit(browser, page, '/signin/reset-password', {})).status, 404)
    const credentials = { identifier: person.login, 'credentials.passcode': person.password }
    assert.equal(callback(await submit(browser, unlocked, '/signin', credentials)).state, 'kept')
  })

  it('by a link that was mailed to a former address opens nothing', async () => {
    const changes = [
      { email: 'moved@example.com' },
      { login: 'moved.login@example.com' },
      { secondEmail: 'x@example.com' },
    ]
    for (const profile of changes) {
      const person = await addPerson(fixture)
      await forget(newBrowser(), '/signin', person.login)
      const path = await linkOf()
      const unchanged = { profile: { lastName: 'Other' } }
      await fixture.request('POST', `/api/v1/users/${person.id}`, { json: unchanged })
      assert.equal((await visit(fixture, newBrowser(), 'GET', path)).status, 200)
      assert.equal((await fixture.request('POST', `/api/v1/users/${person.id}`, { json: { profile } })).status, 200)
      assert.equal((await visit(fixture, newBrowser(), 'GET', path)).status, 404, JSON.stringify(profile))
    }
  })

  it('says the same of everybody, and mails only whom it may', async () => {
    const person = await addPerson(fixture)
    const suspended = await addPerson(fixture)
    await fixture.request('POST', `/api/v1/users/${suspended.id}/lifecycle/suspend`)
    await fixture.mails()
    const answers: string[] = []
    for (const username of [person.login, suspended.login, 'nobody@example.com', 'nobody', '']) {
      tick()
      const answer = await fixture.request('POST', `${AUTHN}/recovery/password`, {
        token: null,
        json: { username, factorType: 'EMAIL' },
      })
      answers.push(`${answer.status} ${answer.text}`)
    }
    assert.equal(new Set(answers).size, 1, answers.join('\n'))
    assert.deepEqual(
      (await fixture.mails()).map(({ to }) => to),
      [PERSON_ADDRESS],
    )
  })

  it('is mailed once in half a minute, however often it is asked for', async () => {
    const person = await addPerson(fixture)
    await fixture.mails()
    tick()
    for (let n = 0; n < 3; n++)
      await fixture.request('POST', `${AUTHN}/recovery/password`, {
        token: null,
        json: { username: person.login, factorType: 'EMAIL' },
      })
    assert.equal((await fixture.mails()).length, 1)
    tick()
    await fixture.request('POST', `${AUTHN}/recovery/password`, {
      token: null,
      json: { username: person.login, factorType: 'EMAIL' },
    })
    assert.equal((await fixture.mails()).length, 1)
  })

  it('by the authentication API: the token of the mail, the new password, a session token', async () => {
    const person = await addPerson(fixture)
    tick()
    const post = (path: string, json: object) => fixture.request('POST', `${AUTHN}${path}`, { token: null, json })
    const challenge = await post('/recovery/password', {
      username: person.login,
      factorType: 'EMAIL',
      relayState: '/x',
    })
    assert.deepEqual(challenge.json, {
      status: 'RECOVERY_CHALLENGE',
      factorResult: 'WAITING',
      factorType: 'EMAIL',
      recoveryType: 'PASSWORD',
      relayState: '/x',
    })
    const recoveryToken = (await linkOf()).split('/').at(-1) ?? ''
    for (const wrong of [recoveryToken.slice(0, -1), `${recoveryToken}A`, 'nothing', ''])
      assert.equal((await post('/recovery/token', { recoveryToken: wrong })).status, 401)
    const opened = await post('/recovery/token', { recoveryToken })
    assert.deepEqual([opened.json.status, opened.json.recoveryType], ['PASSWORD_RESET', 'PASSWORD'], opened.text)
    const { stateToken } = opened.json
    const weak = await post('/credentials/reset_password', { stateToken, newPassword: 'weak' })
    assert.deepEqual([weak.status, weak.json.errorCode], [403, 'E0000014'])
    const done = await post('/credentials/reset_password', { stateToken, newPassword: NEW })
    assert.equal(done.json.status, 'SUCCESS', done.text)
    assert.ok(done.json.sessionToken)
    assert.equal((await post('/recovery/token', { recoveryToken })).status, 401)
    assert.equal((await post('/credentials/reset_password', { stateToken, newPassword: 'Third-Horse-99' })).status, 401)
  })

  it('is the first password of somebody new, by the mail that welcomes them', async () => {
    const login = `welcome-${dialect}@example.com`
    const profile = { login, email: login, firstName: 'New', lastName: 'Comer' }
    const made = await fixture.request('POST', '/api/v1/users', { json: { profile } })
    assert.equal(made.json.status, 'PROVISIONED', made.text)
    const path = await linkOf()
    assert.match(path, /^\/welcome\//)
    const browser = newBrowser()
    const page = await visit(fixture, browser, 'GET', path)
    assert.match(page.text, /Welcome/)
    const done = await submit(browser, page, '/signin/reset-password', chosen())
    assert.equal(done.status, 303, done.text)
    assert.ok(browser.cookies.sid)
    assert.equal((await fixture.request('GET', `/api/v1/users/${made.json.id}`)).json.status, 'ACTIVE')
  })

  it('a link lives as long as the policy says, and one that an administrator mails as well', async () => {
    const person = await addPerson(fixture)
    const reset = await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/reset_password`)
    assert.deepEqual([reset.status, reset.json], [200, {}])
    const path = await linkOf()
    fixture.clock.advance(60 * MINUTE - 1)
    assert.equal((await visit(fixture, newBrowser(), 'GET', path)).status, 200)
    fixture.clock.advance(1)
    assert.equal((await visit(fixture, newBrowser(), 'GET', path)).status, 404)
  })
})
