// The identifier first, the password on a page of its own: the same for everybody until the password is right, in looks and in cost, and
// on the way to whatever was asked for.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { MINUTE } from '#kernel/instant.ts'
import { buildServer } from '../../src/server.ts'
import { ENTRANCE_PATHS } from '../../src/sign-in/entrance-paths.ts'
import { countWork, type Work } from '../counted-work.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  authorizePath,
  type Browser,
  callback,
  hiddenFields,
  newBrowser,
  newPair,
  newPkce,
  visit,
} from '../oauth-client.ts'
import { assertSoundPage, findTag } from '../page-checks.ts'
import { addPerson, authenticate, PASSWORD, type TestPerson } from '../people.ts'
import { askIdentifierFirst, newGroup, newPasswordPolicy, newSignOnPolicy } from '../policies.ts'
import { changingNothing } from '../rows.ts'

const WRONG = 'Wrong-Password-1'
const { identify: IDENTIFY, password: PROVE, rename: RENAME, again: AGAIN, signIn: SIGN_IN } = ENTRANCE_PATHS

onEachDatabase('a sign-in that asks who it is first', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
    await askIdentifierFirst(fixture)
  })
  after(() => fixture.close())

  const users = async (path: string, json?: object) => {
    const answer = await fixture.request('POST', `/api/v1/users/${path}`, json ? { json } : {})
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }
  /** A form of a page, a second after whatever came before: passwords are looked at four times a second. */
  const send = (browser: Browser, page: TestAnswer, path: string, fields: Readonly<Record<string, string>> = {}) => {
    fixture.clock.advance(1_000)
    return visit(fixture, browser, 'POST', path, { form: { ...hiddenFields(page.text), ...fields } })
  }
  const open = async (path: string = SIGN_IN, browser: Browser = newBrowser()) => {
    fixture.clock.advance(1_000)
    return { browser, page: await visit(fixture, browser, 'GET', path) }
  }
  const prove = (browser: Browser, page: TestAnswer, password: string, more: Readonly<Record<string, string>> = {}) =>
    send(browser, page, PROVE, { 'credentials.passcode': password, ...more })
  const named = async (identifier: string, path?: string) => {
    const { browser, page } = await open(path)
    return { browser, page: await send(browser, page, IDENTIFY, { identifier }) }
  }

  const asksWho = ({ text, status }: TestAnswer, value?: string) => {
    assert.equal(status, 200, text)
    findTag(text, 'form', { action: IDENTIFY, 'data-se': 'o-form' })
    findTag(text, 'input', { name: 'identifier', autocomplete: 'username', ...(value !== undefined && { value }) })
    assert.doesNotMatch(text, /credentials\.passcode/)
  }
  const asksPassword = ({ text, status }: TestAnswer, identifier: string, expected = 200) => {
    assert.equal(status, expected, text)
    findTag(text, 'form', { action: PROVE, 'data-se': 'o-form' })
    findTag(text, 'input', { type: 'password', name: 'credentials.passcode', autocomplete: 'current-password' })
    assert.match(text, new RegExp(`data-se="identifier">${RegExp.escape(identifier)}<`))
    assert.doesNotMatch(text, /name="identifier"/)
  }

  it('goes from the identifier to the password and on to the app, which both pages name', async () => {
    const { app, person } = await newPair(fixture)
    const { browser, page } = await open(authorizePath(app, newPkce(), { state: 'kept' }))
    asksWho(page)
    const { label } = (await fixture.request('GET', `/api/v1/apps/${app.id}`)).json
    findTag(page.text, 'input', { type: 'submit', 'data-type': 'save', value: 'Next' })
    findTag(page.text, 'input', { type: 'checkbox', name: 'rememberMe' })
    const next = await send(browser, page, IDENTIFY, { identifier: person.login })
    asksPassword(next, person.login)
    for (const { text, headers } of [page, next]) {
      const csp = String(headers['content-security-policy'])
      assertSoundPage(text, /'nonce-([^']+)'/.exec(csp)?.[1] ?? '')
      assert.match(csp, /form-action 'self' https?:/)
      assert.doesNotMatch(csp, /script-src|unsafe/)
      assert.equal(headers['cache-control'], 'no-cache, no-store')
      assert.ok(text.includes(`to continue to <strong>${label}</strong>`))
      findTag(text, 'button', { 'data-se': 'forgot-password' })
    }
    // It was asked before.
    assert.doesNotMatch(next.text, /rememberMe/)
    const { code, state } = callback(await prove(browser, next, person.password))
    assert.ok(code)
    assert.equal(state, 'kept')
  })

  it('gives password managers the name in a field that nobody sees and that is not sent', async () => {
    const { page } = await named('ada@example.com')
    const { attributes } = findTag(page.text, 'input', { autocomplete: 'username', value: 'ada@example.com' })
    assert.deepEqual(
      ['readonly', 'tabindex', 'type', 'name'].map((name) => attributes.get(name)),
      ['', '-1', 'text', undefined],
    )
    assert.doesNotMatch(Buffer.from(hiddenFields(page.text).stateToken ?? '', 'base64url').toString(), /ada/)
  })

  it('keeps a person signed in where they wished it with their name, and only then', async () => {
    const person = await addPerson(fixture)
    for (const rememberMe of ['true', '']) {
      const { browser, page } = await open()
      const next = await send(browser, page, IDENTIFY, { identifier: person.login, rememberMe })
      const done = await prove(browser, next, person.password, { rememberMe: rememberMe === '' ? 'true' : '' })
      assert.equal(done.status, 303)
      const lines = [done.headers['set-cookie'] ?? []].flat().map(String)
      for (const line of lines) assert.equal(/Max-Age=\d{6,}/.test(line), rememberMe === 'true', line)
    }
  })

  describe('whoever is named', () => {
    /** Logins of one length, so that nothing but the person tells them apart. */
    const login = (kind: string) => `${kind.padEnd(12, 'x')}@${dialect.padEnd(8, 'x')}.example.com`
    const names: string[] = []
    let server: FastifyInstance
    let work: Work
    before(async () => {
      const lifecycle = async (name: string, ...actions: readonly string[]) => {
        const person = await addPerson(fixture, login(name))
        for (const action of actions) await users(`${person.id}/lifecycle/${action}`)
        return person
      }
      await lifecycle('known')
      await lifecycle('suspended', 'suspend')
      await lifecycle('deactivated', 'deactivate')
      const expired = await addPerson(fixture, login('expired'))
      await users(`${expired.id}/lifecycle/expire_password`)
      const denied = await lifecycle('denied')
      await newSignOnPolicy(fixture, await newGroup(fixture, denied.id), { access: 'DENY' })
      const second = await lifecycle('factor')
      await newSignOnPolicy(fixture, await newGroup(fixture, second.id), { requireFactor: true })
      await fixture.request('POST', '/api/v1/users?activate=false', {
        json: {
          profile: { login: login('staged'), email: 'a@example.com', firstName: 'A', lastName: 'B' },
        },
      })
      names.push(...['known', 'suspended', 'deactivated', 'expired', 'denied', 'factor', 'staged'].map(login))
      names.push(login('nobody'))
      const counted = countWork(fixture.deps)
      work = counted.work
      server = await buildServer(counted.deps)
    })
    after(() => server.close())

    const headersOf = (answer: { headers: Readonly<Record<string, unknown>> }) => {
      const rest = Object.entries(answer.headers).filter(
        ([name]) => !/^(x-okta-request-id|x-rate-limit-.*|date)$/.test(name),
      )
      return rest.map(([name, value]) => [name, String(value).replaceAll(/nonce-[^']+/g, 'nonce')])
    }
    const wordsOf = (text: string, name: string) =>
      text.replaceAll(name, 'NAME').replaceAll(/((?:csrf|stateToken)" value|nonce)="[^"]*"/g, '$1')
    const post = async (browser: Browser, page: TestAnswer, url: string, fields: Readonly<Record<string, string>>) => {
      fixture.clock.advance(1_000)
      // Now and then it asks anew which org the host is, whoever comes.
      await server.inject({ url: SIGN_IN, headers: { host: 'first.test' } })
      Object.assign(work, { reads: 0, writes: 0, statements: 0, hashes: 0, mails: 0 })
      const answer = await server.inject({
        method: 'POST',
        url,
        headers: {
          host: 'first.test',
          'content-type': 'application/x-www-form-urlencoded',
          cookie: `keystead_browser=${browser.cookies.keystead_browser}`,
        },
        payload: new URLSearchParams({ ...hiddenFields(page.text), ...fields }).toString(),
      })
      return { answer, cost: { ...work } }
    }

    /** All that can be seen of an answer, and all that it costs; of every name the same. */
    async function theSame(of: readonly string[], see: (name: string) => Promise<object>): Promise<void> {
      const [first = '', ...others] = of
      const expected = await see(first)
      for (const other of others) assert.deepEqual(await see(other), expected, other)
    }
    const seen = ({ answer, cost }: Awaited<ReturnType<typeof post>>, name: string) => ({
      status: answer.statusCode,
      headers: headersOf(answer),
      bytes: answer.payload.length,
      words: wordsOf(answer.payload, name),
      cost,
    })

    it('is not looked for before the password: the page of the identifier leads on at the cost of nothing', async () => {
      await theSame(names, async (name) => {
        const { browser, page } = await open()
        const sent = await post(browser, page, IDENTIFY, { identifier: name })
        assert.deepEqual(sent.cost, { reads: 0, writes: 0, statements: 0, hashes: 0, mails: 0 })
        return seen(sent, name)
      })
    })

    it('is refused with the same page at the same cost for a wrong password', async () => {
      await theSame(names, async (name) => {
        const { browser, page } = await named(name)
        const sent = await post(browser, page, PROVE, { 'credentials.passcode': WRONG })
        assert.equal(sent.answer.statusCode, 401)
        assert.match(sent.answer.payload, /Unable to sign in/)
        assert.deepEqual(sent.cost, { reads: 1, writes: 1, statements: 4, hashes: 1, mails: 0 })
        return seen(sent, name)
      })
    })

    it('is refused so with the right password, too, where it opens nothing', async () => {
      await theSame(['suspended', 'deactivated', 'denied', 'staged', 'nobody'].map(login), async (name) => {
        const { browser, page } = await named(name)
        const sent = await post(browser, page, PROVE, { 'credentials.passcode': PASSWORD })
        assert.equal(sent.answer.statusCode, 401)
        return seen(sent, name)
      })
    })

    it('is led to the same pages when all attempts are used up', async () => {
      const tried = async (name: string) => {
        const { browser, page } = await named(name)
        for (let n = 0; n < 11; n++) await prove(browser, page, WRONG)
        const asked = await post(browser, (await open(SIGN_IN, browser)).page, IDENTIFY, { identifier: name })
        const sent = await post(browser, page, PROVE, { 'credentials.passcode': PASSWORD })
        return [seen(asked, name), seen(sent, name)]
      }
      const locked = await addPerson(fixture, login('locked'))
      const nobody = await tried(login('stranger'))
      assert.deepEqual(await tried(locked.login), nobody)
      assert.equal((await fixture.request('GET', `/api/v1/users/${locked.id}`)).json.status, 'LOCKED_OUT')
    })
  })

  it('counts the attempts of whom the page has named, whatever the form says', async () => {
    const [victim, own] = [await addPerson(fixture), await addPerson(fixture)]
    const { browser, page } = await named(own.login)
    const others = { identifier: victim.login, username: victim.login, named: victim.login }
    for (let n = 0; n < 10; n++) asksPassword(await prove(browser, page, WRONG, others), own.login, 401)
    const statusOf = async ({ id }: TestPerson) => (await fixture.request('GET', `/api/v1/users/${id}`)).json.status
    assert.deepEqual([await statusOf(victim), await statusOf(own)], ['ACTIVE', 'LOCKED_OUT'])
    // Nor does one's own name open a door to another's password.
    const again = await named(victim.login)
    const done = await prove(again.browser, again.page, PASSWORD, { identifier: own.login })
    assert.equal(done.status, 303)
    const me = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: again.browser.cookies })
    assert.equal(me.json.login, victim.login)
  })

  it('spells a name in one way at every door, and shows it inert', async () => {
    const person = await addPerson(fixture)
    const loud = ` ${person.login.toUpperCase()} `
    const { browser, page } = await named(loud)
    asksPassword(page, loud)
    assert.equal((await prove(browser, page, person.password)).status, 303)
    const attack = '"><img src=x onerror=alert(1)>\0\uD800'
    const odd = attack + 'a'.repeat(300)
    const kept = 255 - attack.length
    const { page: shown } = await named(odd)
    assert.ok(!shown.text.includes('<img'))
    assert.ok(shown.text.includes(`\uFFFD\uFFFD${'a'.repeat(kept)}<`))
  })

  it('asks again for a name of nothing', async () => {
    for (const identifier of ['', ' ', '\u200b']) {
      const { browser, page } = await open()
      const answer = await send(browser, page, IDENTIFY, { identifier, rememberMe: 'true' })
      assert.equal(answer.status, 400)
      findTag(answer.text, 'input', { name: 'identifier', 'aria-invalid': 'true', value: '' })
      findTag(answer.text, 'input', { name: 'rememberMe', checked: '' })
      assert.match(answer.text, /Enter your username\./)
      asksPassword(await send(browser, answer, IDENTIFY, { identifier: 'ada' }), 'ada')
    }
  })

  it('begins with the password where the app says who is expected, and asks there what the other page would', async () => {
    const { app, person } = await newPair(fixture)
    const path = authorizePath(app, newPkce(), { login_hint: person.login })
    const { browser, page } = await open(path)
    asksPassword(page, person.login)
    const failed = await prove(browser, page, WRONG, { rememberMe: 'true' })
    asksPassword(failed, person.login, 401)
    findTag(failed.text, 'input', { name: 'rememberMe', checked: '' })
    const done = await prove(browser, failed, person.password, { rememberMe: 'true' })
    assert.ok(callback(done).code)
    assert.match(String(done.headers['set-cookie']), /Max-Age=\d{6,}/)
  })

  it('lets whoever is somebody else say so, and still ends in the app', async () => {
    const { app, person } = await newPair(fixture)
    for (const hint of ['somebody@else.example', undefined]) {
      const { browser, page } = await open(authorizePath(app, newPkce(), { login_hint: hint }))
      const asked =
        hint === undefined ? await send(browser, page, IDENTIFY, { identifier: 'typo', rememberMe: 'true' }) : page
      asksPassword(asked, hint ?? 'typo')
      const failed = await prove(browser, asked, WRONG)
      const back = await send(browser, failed, RENAME)
      asksWho(back, hint ?? 'typo')
      assert.equal(findTag(back.text, 'input', { name: 'rememberMe' }).attributes.has('checked'), hint === undefined)
      const next = await send(browser, back, IDENTIFY, { identifier: person.login })
      asksPassword(next, person.login)
      assert.ok(callback(await prove(browser, next, person.password)).code)
    }
  })

  it('asks anew where the app wants it, and ends the session that was there', async () => {
    const { app, person } = await newPair(fixture)
    const { browser, page } = await open(authorizePath(app, newPkce()))
    await prove(browser, await send(browser, page, IDENTIFY, { identifier: person.login }), person.password)
    const former = { ...browser.cookies }
    const silent = authorizePath(app, newPkce(), { prompt: 'none' })
    assert.ok(callback(await visit(fixture, browser, 'GET', silent)).code)
    const { page: anew } = await open(authorizePath(app, newPkce(), { prompt: 'login', max_age: '0' }), browser)
    asksWho(anew)
    const next = await send(browser, anew, IDENTIFY, { identifier: person.login })
    assert.ok(callback(await prove(browser, next, person.password)).code)
    const me = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: former })
    assert.equal(me.status, 404)
  })

  it('stands being gone back, loaded again and sent twice', async () => {
    const { app, person } = await newPair(fixture)
    const { browser, page } = await open(authorizePath(app, newPkce()))
    const first = await send(browser, page, IDENTIFY, { identifier: 'typo' })
    const second = await send(browser, page, IDENTIFY, { identifier: person.login })
    asksPassword(await send(browser, page, IDENTIFY, { identifier: person.login }), person.login)
    // A page that is still open in another tab proves whom it names.
    asksPassword(await prove(browser, first, person.password), 'typo', 401)
    const answers = await Promise.all([1, 2].map(() => prove(browser, second, person.password)))
    for (const answer of answers) assert.ok(callback(answer).code)
    for (const path of Object.values(ENTRANCE_PATHS)) asksWho((await open(path)).page)
  })

  it('is over after ten minutes, at every door, however far it has come', async () => {
    const person = await addPerson(fixture)
    const { browser, page } = await open()
    fixture.clock.advance(9 * MINUTE)
    const next = await send(browser, page, IDENTIFY, { identifier: person.login })
    asksPassword(next, person.login)
    fixture.clock.advance(MINUTE)
    for (const path of Object.values(ENTRANCE_PATHS))
      for (const shown of [page, next]) {
        const form = { identifier: person.login, 'credentials.passcode': person.password }
        const answer = await changingNothing(fixture.deps.db, () => send(browser, shown, path, form))
        assert.equal(answer.status, 400)
        assert.match(answer.text, /Request expired/)
        assert.equal(browser.cookies.sid, undefined)
      }
  })

  it('keeps the name when the password was forgotten, and the way back leads to where it was asked', async () => {
    const { app, person } = await newPair(fixture)
    for (const purpose of [
      { ask: '/signin/forgot-password', send: '/signin/recover' },
      { ask: '/signin/unlock-account', send: '/signin/send-unlock' },
    ]) {
      const { browser, page } = await named(person.login, authorizePath(app, newPkce(), { state: 'kept' }))
      const asked = await send(browser, page, purpose.ask)
      findTag(asked.text, 'input', { name: 'identifier', value: person.login })
      findTag(asked.text, 'form', { action: AGAIN })
      asksPassword(await send(browser, asked, AGAIN), person.login)
      const mailed = await send(browser, asked, purpose.send, { identifier: person.login })
      assert.match(mailed.text, /Check your e-mail/)
      findTag(mailed.text, 'meta', { name: 'referrer', content: 'same-origin' })
      const back = await send(browser, mailed, AGAIN)
      asksPassword(back, person.login)
      assert.equal(callback(await prove(browser, back, person.password)).state, 'kept')
    }
  })

  it('goes on with the app after the mail, as after any other sign-in', async () => {
    const { app, person } = await newPair(fixture)
    const { browser, page } = await named(person.login, authorizePath(app, newPkce(), { state: 'kept' }))
    const asked = await send(browser, page, '/signin/forgot-password')
    await fixture.mails()
    await send(browser, asked, '/signin/recover', { identifier: person.login })
    const [mail] = await fixture.mails()
    const link = await visit(fixture, browser, 'GET', new URL(mail?.links[0] ?? '').pathname)
    const chosen = { 'credentials.passcode': 'Another-Horse-8', confirmPassword: 'Another-Horse-8' }
    assert.equal(callback(await send(browser, link, '/signin/reset-password', chosen)).state, 'kept')
  })

  it('begins anew with the identifier when a later step is left', async () => {
    const person = await addPerson(fixture)
    await newPasswordPolicy(fixture, await newGroup(fixture, person.id), {
      age: { maxAgeDays: 20, expireWarnDays: 20 },
    })
    const { browser, page } = await named(person.login)
    const warned = await prove(browser, page, person.password)
    assert.match(warned.text, /Your password expires in/)
    asksWho(await send(browser, warned, '/signin/cancel'), '')
  })

  it('is asked of whoever opens an embed link or a page of the dashboard', async () => {
    const { app, person } = await newPair(fixture, {
      settings: { initiate_login_uri: 'https://app.example.test/login', idp_initiated_login: { mode: 'SPEC' } },
    })
    for (const [path, leads] of [
      [`/home/oidc_client/${app.id}/alnOidcClientLink001`, /^https:\/\/app\.example\.test\/login/],
      ['/app/UserHome/profile', /^\/app\/UserHome\/profile$/],
      ['/', /^\/app\/UserHome$/],
    ] as const) {
      const { browser, page } = await open(path)
      asksWho(page)
      const next = await send(browser, page, IDENTIFY, { identifier: person.login })
      assert.match(String((await prove(browser, next, person.password)).headers.location), leads)
    }
  })

  it('takes name and password at once from a page that was open before, and says the same of a wrong one', async () => {
    const person = await addPerson(fixture)
    const { browser, page } = await open()
    const form = { identifier: person.login, 'credentials.passcode': WRONG }
    const wrong = await send(browser, page, SIGN_IN, form)
    assert.equal(wrong.status, 401)
    findTag(wrong.text, 'form', { action: IDENTIFY, 'data-se': 'o-form' })
    assert.match(wrong.text, /Unable to sign in/)
    assert.equal((await send(browser, wrong, SIGN_IN, { ...form, 'credentials.passcode': PASSWORD })).status, 303)
    assert.equal((await authenticate(fixture, person)).json.status, 'SUCCESS')
  })

  it('is no way in for a password without a name', async () => {
    const person = await addPerson(fixture)
    const { browser, page } = await open()
    const form = { identifier: person.login, 'credentials.passcode': person.password }
    const answer = await changingNothing(fixture.deps.db, () => send(browser, page, PROVE, form))
    assert.equal(answer.status, 400)
    assert.match(answer.text, /Request expired/)
  })
})

describe('a rule that changes while somebody signs in', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  it('leaves every page that is open good', async () => {
    const { app, person } = await newPair(fixture)
    const browser = newBrowser()
    const send = (page: TestAnswer, path: string, fields: Readonly<Record<string, string>>) => {
      fixture.clock.advance(1_000)
      return visit(fixture, browser, 'POST', path, { form: { ...hiddenFields(page.text), ...fields } })
    }
    const open = () => {
      fixture.clock.advance(1_000)
      return visit(fixture, browser, 'GET', authorizePath(app, newPkce(), { prompt: 'login' }))
    }
    const [identifier, passcode] = [{ identifier: person.login }, { 'credentials.passcode': person.password }]
    const together = await open()
    assert.match(together.text, /name="credentials\.passcode"/)
    const policy = await askIdentifierFirst(fixture)
    const apart = await open()
    assert.doesNotMatch(apart.text, /name="credentials\.passcode"/)
    assert.ok(callback(await send(together, SIGN_IN, { ...identifier, ...passcode })).code)
    const deactivated = await fixture.request('POST', `/api/v1/policies/${policy}/lifecycle/deactivate`)
    assert.ok(deactivated.status < 300)
    assert.match((await open()).text, /name="credentials\.passcode"/)
    const next = await send(apart, IDENTIFY, identifier)
    assert.ok(callback(await send(next, PROVE, passcode)).code)
  })

  it('leaves the pages of recovery a way back to the app’s sign-in, where both are asked together, too', async () => {
    const { app, person } = await newPair(fixture)
    const browser = newBrowser()
    const page = await visit(fixture, browser, 'GET', authorizePath(app, newPkce(), { state: 'kept' }))
    const send = (from: TestAnswer, path: string, fields: Readonly<Record<string, string>> = {}) =>
      visit(fixture, browser, 'POST', path, { form: { ...hiddenFields(from.text), ...fields } })
    const asked = await send(page, '/signin/forgot-password', { identifier: person.login })
    const sent = await send(asked, '/signin/recover', { identifier: person.login })
    for (const from of [asked, sent]) {
      const back = await send(from, AGAIN)
      fixture.clock.advance(1_000)
      const fields = { identifier: person.login, 'credentials.passcode': person.password }
      assert.equal(callback(await send(back, SIGN_IN, fields)).state, 'kept')
    }
    const alone = await visit(fixture, newBrowser(), 'GET', '/signin/forgot-password')
    findTag(alone.text, 'a', { href: '/signin', 'data-se': 'cancel' })
  })
})
