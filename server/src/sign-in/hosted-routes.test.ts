import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { HOUR, MINUTE } from '#kernel/instant.ts'
import { type Fixture, type RequestOptions, startFixture, type TestAnswer } from '#test/fixture.ts'
import {
  authorizePath,
  type Browser,
  hiddenFields,
  newApp,
  newBrowser,
  newPkce,
  submitSignIn,
  visit,
} from '#test/oauth-client.ts'
import { assertSoundPage } from '#test/page-checks.ts'
import { addPerson, signIn, type TestPerson } from '#test/people.ts'

const ORIGIN = 'http://first.test'
const EXPIRED = /Request expired, please start over and try again\./

/** The `Set-Cookie` lines of an answer. */
const setCookies = (answer: TestAnswer): readonly string[] =>
  [answer.headers['set-cookie'] ?? []].flat().map((line) => String(line))

describe('the hosted sign-in page', () => {
  let fixture: Fixture
  let person: TestPerson
  before(async () => {
    fixture = await startFixture()
    person = await addPerson(fixture)
  })
  after(() => fixture.close())

  async function openPage(browser: Browser = newBrowser()): Promise<{ browser: Browser; page: string }> {
    // The pace of attempts with one name is limited to four a second.
    fixture.clock.advance(1_000)
    const { text, status } = await visit(fixture, browser, 'GET', '/')
    assert.equal(status, 200)
    return { browser, page: text }
  }

  const send = (browser: Browser, form: Readonly<Record<string, string>>, headers: RequestOptions['headers'] = {}) =>
    visit(fixture, browser, 'POST', '/signin', { form, headers })

  const filled = (page: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    ...hiddenFields(page),
    identifier: person.login,
    'credentials.passcode': person.password,
    ...more,
  })

  const sessionOf = (cookies: Readonly<Record<string, string>>) =>
    fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies })

  async function assertNobodyIsIn(browser: Browser): Promise<void> {
    assert.equal(browser.cookies.sid, undefined)
    assert.equal((await sessionOf(browser.cookies)).status, 404)
  }

  it('asks for name and password, allows no script, and nothing but itself and its own form', async () => {
    const answer = await visit(fixture, newBrowser(), 'GET', '/')
    const csp = String(answer.headers['content-security-policy'])
    const nonce = /'nonce-([^']+)'/.exec(csp)?.[1] ?? ''
    assertSoundPage(answer.text, nonce)
    assert.match(csp, /default-src 'none'/)
    assert.match(csp, /frame-ancestors 'none'/)
    assert.match(csp, /form-action 'self'(;|$)/)
    assert.doesNotMatch(csp, /script-src|unsafe/)
    assert.equal(answer.headers['cache-control'], 'no-cache, no-store')
    for (const name of ['identifier', 'credentials.passcode', 'rememberMe'])
      assert.ok(answer.text.includes(`name="${name}"`))
  })

  it('is found under the paths that links to Okta have', async () => {
    for (const path of ['/login/login.htm', '/login/default', '/signin'])
      assert.ok((await visit(fixture, newBrowser(), 'GET', path)).text.includes('name="identifier"'), path)
  })

  it('signs in with both cookies for this browser session, and leads to the start page', async () => {
    const { browser, page } = await openPage()
    const answer = await send(browser, filled(page))
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.location, '/app/UserHome')
    const lines = setCookies(answer)
    for (const name of ['sid', 'idx']) {
      const line = lines.find((text) => text.startsWith(`${name}=`)) ?? ''
      assert.match(line, /; HttpOnly/)
      assert.match(line, /; Path=\//)
      assert.doesNotMatch(line, /Domain|Max-Age|Expires/)
    }
    assert.equal(answer.cookies.sid, answer.cookies.idx)
    const home = await visit(fixture, browser, 'GET', '/app/UserHome')
    assert.ok(home.text.includes(person.login))
  })

  it('keeps a person signed in where they wish it, but never an administrator', async () => {
    const wish = { rememberMe: 'true' }
    const kept = await openPage()
    for (const line of setCookies(await send(kept.browser, filled(kept.page, wish))))
      assert.match(line, /Max-Age=\d{6,}/)
    const { browser, page } = await openPage()
    const administrator = { identifier: fixture.admin.login, 'credentials.passcode': fixture.admin.password }
    const answer = await send(browser, filled(page, { ...administrator, ...wish }))
    assert.equal(answer.headers.location, '/admin/')
    for (const line of setCookies(answer)) assert.doesNotMatch(line, /Max-Age/)
  })

  it('says the same of every wrong sign-in, and shows what was typed inert', async () => {
    const nobody = '"><img src=x onerror=alert(1)>@example.com'
    const pages = []
    for (const identifier of [person.login, nobody]) {
      const { browser, page } = await openPage()
      const answer = await send(browser, filled(page, { identifier, 'credentials.passcode': 'Wrong-Password-1' }))
      assert.equal(answer.status, 401)
      assert.ok(answer.text.includes('Unable to sign in'))
      assert.ok(!answer.text.includes('<img'))
      await assertNobodyIsIn(browser)
      pages.push(answer.text.replaceAll(/(value|nonce)="[^"]*"/g, ''))
    }
    assert.equal(pages[0], pages[1])
  })

  it('goes on from a wrong password with the same page', async () => {
    const { browser, page } = await openPage()
    const wrong = await send(browser, filled(page, { 'credentials.passcode': 'Wrong-Password-1' }))
    const answer = await submitSignIn(fixture, browser, wrong.text, person)
    assert.equal(answer.status, 303)
  })

  it('answers too many attempts in one second with a sentence', async () => {
    const { browser, page } = await openPage()
    const form = filled(page, { identifier: 'pace@example.com', 'credentials.passcode': 'Wrong-Password-1' })
    const statuses = []
    for (let attempt = 0; attempt < 5; attempt++) statuses.push((await send(browser, form)).status)
    assert.deepEqual(statuses, [401, 401, 401, 401, 429])
    const refused = await send(browser, form)
    assert.match(String(refused.headers['content-type']), /^text\/html/)
    assert.match(refused.text, /wait/i)
  })

  it('refuses a form without its proof, with a wrong one, and with that of another browser', async () => {
    const stranger = await openPage()
    const strangers = hiddenFields(stranger.page)
    for (const change of [{ csrf: '' }, { csrf: 'A'.repeat(43) }, { csrf: strangers.csrf ?? '' }]) {
      const { browser, page } = await openPage()
      const answer = await send(browser, filled(page, change))
      assert.equal(answer.status, 400)
      assert.match(answer.text, EXPIRED)
      await assertNobodyIsIn(browser)
    }
  })

  it('refuses a form from a browser without its cookie', async () => {
    const { page } = await openPage()
    const browser = newBrowser()
    assert.equal((await send(browser, filled(page))).status, 400)
    await assertNobodyIsIn(browser)
  })

  it("refuses another browser's interaction", async () => {
    const stranger = await openPage()
    const { browser, page } = await openPage()
    const stateToken = hiddenFields(stranger.page).stateToken ?? ''
    const answer = await send(browser, filled(page, { stateToken }))
    assert.equal(answer.status, 400)
    assert.match(answer.text, EXPIRED)
    await assertNobodyIsIn(browser)
  })

  it('refuses an interaction of another org', async () => {
    const other = await fixture.newOrg('elsewhere')
    const browser = newBrowser()
    const foreign = await visit(fixture, browser, 'GET', '/', { org: other })
    // The same browser value at both orgs: hosts of one site can see to that.
    const { page } = await openPage(browser)
    const stateToken = hiddenFields(foreign.text).stateToken ?? ''
    assert.equal((await send(browser, filled(page, { stateToken }))).status, 400)
    const csrf = hiddenFields(foreign.text).csrf ?? ''
    assert.equal((await send(browser, filled(page, { csrf }))).status, 400)
    await assertNobodyIsIn(browser)
  })

  it('refuses an interaction with any one part altered, cut off or left out', async () => {
    const { browser, page } = await openPage()
    const sealed = hiddenFields(page).stateToken ?? ''
    const flip = (at: number) => `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
    const places = [...sealed].flatMap((_, at) => (at % 7 === 0 || at > sealed.length - 3 ? [at] : []))
    const altered = [...places.map(flip), sealed.slice(0, -1), sealed.slice(1), `${sealed}A`, '', '....']
    for (const stateToken of altered) {
      const answer = await send(browser, filled(page, { stateToken }))
      assert.equal(answer.status, 400, stateToken)
    }
    const { stateToken: _, ...without } = filled(page)
    assert.equal((await send(browser, without)).status, 400)
    await assertNobodyIsIn(browser)
  })

  it('refuses an interaction after ten minutes', async () => {
    const early = await openPage()
    fixture.clock.advance(10 * MINUTE - 1)
    assert.equal((await send(early.browser, filled(early.page))).status, 303)
    const late = await openPage()
    fixture.clock.advance(10 * MINUTE)
    assert.equal((await send(late.browser, filled(late.page))).status, 400)
    await assertNobodyIsIn(late.browser)
  })

  it('refuses a form that another site sent', async () => {
    const { browser, page } = await openPage()
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'same-origin', origin: 'http://first.test.evil.example' },
    ]) {
      const answer = await send(browser, filled(page), headers)
      assert.equal(answer.status, 400, JSON.stringify(headers))
      await assertNobodyIsIn(browser)
    }
    const own = await send(browser, filled(page), { 'sec-fetch-site': 'same-origin', origin: ORIGIN })
    assert.equal(own.status, 303)
  })

  it('refuses a body that is no form', async () => {
    const { browser, page } = await openPage()
    const { cookies } = browser
    const answer = await fixture.request('POST', '/signin', { token: null, cookies, json: filled(page) })
    assert.equal(answer.status, 400)
    assert.equal(answer.cookies.sid, undefined)
  })

  it('makes a new session at each sign-in and ends the one that was there', async () => {
    const browser = newBrowser()
    const first = await openPage(browser)
    await send(browser, filled(first.page))
    const before = { ...browser.cookies }
    const { id } = (await sessionOf(before)).json
    const page = (await visit(fixture, browser, 'GET', '/signin')).text
    fixture.clock.advance(1_000)
    await send(browser, filled(page))
    assert.notEqual(browser.cookies.sid, before.sid)
    assert.notEqual((await sessionOf(browser.cookies)).json.id, id)
    assert.equal((await sessionOf(before)).status, 404)
  })

  it('gives a planted session no worth: it ends when its victim signs in', async () => {
    const attacker = await addPerson(fixture)
    const planted = await signIn(fixture, attacker)
    const { browser, page } = await openPage()
    Object.assign(browser.cookies, planted)
    assert.equal((await send(browser, filled(page))).status, 303)
    assert.notEqual(browser.cookies.sid, planted.sid)
    assert.equal((await sessionOf(browser.cookies)).json.login, person.login)
    assert.equal((await sessionOf(planted)).status, 404)
  })

  it('takes no value that a browser invented for a session', async () => {
    const invented = { sid: 'A'.repeat(43), idx: 'A'.repeat(43) }
    const { browser, page } = await openPage()
    Object.assign(browser.cookies, invented)
    await send(browser, filled(page))
    assert.notEqual(browser.cookies.sid, invented.sid)
    assert.equal((await sessionOf(invented)).status, 404)
  })

  it('believes no cookie that came twice', async () => {
    const attacker = await signIn(fixture, await addPerson(fixture))
    const mine = await signIn(fixture, person)
    const padding = Array.from({ length: 60 }, (_, at) => `c${at}=x`).join('; ')
    for (const cookie of [
      `sid=${attacker.sid}; idx=${attacker.idx}; sid=${mine.sid}; idx=${mine.idx}`,
      `sid=${mine.sid}; idx=${mine.idx}; sid=${attacker.sid}; idx=${attacker.idx}`,
      `sid=${attacker.sid}; idx=${attacker.idx}; ${padding}; sid=${mine.sid}; idx=${mine.idx}`,
    ]) {
      const answer = await fixture.request('GET', '/', { token: null, headers: { cookie } })
      assert.ok(answer.text.includes('name="identifier"'), 'the sign-in page is shown')
    }
  })

  it('believes no browser cookie that came twice', async () => {
    const { browser, page } = await openPage()
    const own = browser.cookies.keystead_browser
    const cookie = `keystead_browser=${own}; keystead_browser=${'A'.repeat(32)}`
    const answer = await fixture.request('POST', '/signin', { token: null, form: filled(page), headers: { cookie } })
    assert.equal(answer.status, 400)
  })

  it('shows no session any more after two idle hours, and counts its visit as use', async () => {
    const { browser, page } = await openPage()
    await send(browser, filled(page))
    for (let hours = 0; hours < 3; hours++) {
      fixture.clock.advance(2 * HOUR - 1)
      assert.equal((await visit(fixture, browser, 'GET', '/')).headers.location, '/app/UserHome')
    }
    fixture.clock.advance(2 * HOUR)
    assert.ok((await visit(fixture, browser, 'GET', '/')).text.includes('name="identifier"'))
  })

  it('shows no start page to somebody who was suspended', async () => {
    const gone = await addPerson(fixture)
    const cookies = await signIn(fixture, gone)
    const suspended = await fixture.request('POST', `/api/v1/users/${gone.id}/lifecycle/suspend`, { json: {} })
    assert.equal(suspended.status, 200)
    const home = await fixture.request('GET', '/', { token: null, cookies })
    assert.ok(home.text.includes('name="identifier"'))
  })

  it('says with a page that the app of the suspended request is gone, and signs nobody in', async () => {
    const app = await newApp(fixture)
    const browser = newBrowser()
    const { text } = await visit(fixture, browser, 'GET', authorizePath(app, newPkce()))
    assert.ok(text.includes('name="identifier"'))
    const gone = await fixture.request('POST', `/api/v1/apps/${app.id}/lifecycle/deactivate`, { json: {} })
    assert.equal(gone.status, 200)
    fixture.clock.advance(1_000)
    const answer = await send(browser, filled(text))
    assert.equal(answer.status, 400)
    assert.match(String(answer.headers['content-type']), /^text\/html/)
    assert.match(answer.text, /data-se="error-code"/)
    await assertNobodyIsIn(browser)
  })
})

describe('where the console has an origin of its own', () => {
  const CONSOLE = 'https://console.example.com'
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ env: { KEYSTEAD_ADMIN_URL: CONSOLE } })
  })
  after(() => fixture.close())

  it('an administrator is led there, and the page lets its form lead there', async () => {
    const browser = newBrowser()
    const { text, headers } = await visit(fixture, browser, 'GET', '/')
    assert.match(String(headers['content-security-policy']), /form-action 'self' https:\/\/console\.example\.com(;|$)/)
    const { login, password } = fixture.admin
    const form = { ...hiddenFields(text), identifier: login, 'credentials.passcode': password }
    const answer = await visit(fixture, browser, 'POST', '/signin', { form })
    assert.equal(answer.headers.location, `${CONSOLE}/admin/`)
    assert.equal((await visit(fixture, browser, 'GET', '/')).headers.location, `${CONSOLE}/admin/`)
  })
})
