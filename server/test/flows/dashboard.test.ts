// The End-User Dashboard as people and attackers meet it: tiles, profile, password, security methods, sessions, connected apps.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { MINUTE } from '#kernel/instant.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import { lastCode } from '../mailed-code.ts'
import {
  assign,
  authorizePath,
  type Browser,
  hiddenFields,
  isActive,
  newApp,
  newBrowser,
  newPerson,
  newPkce,
  refresh,
  signInForTokens,
  submitSignIn,
  type TestApp,
  type TestPerson,
  visit,
} from '../oauth-client.ts'
import { assertSoundPage } from '../page-checks.ts'
import { newGroup, newPasswordPolicy } from '../policies.ts'
import { changingNothing } from '../rows.ts'
import { totpCode } from '../second-factor.ts'
import { softwareAuthenticator } from '../software-authenticator.ts'
import { uploadOf } from '../upload.ts'

const HOME = '/app/UserHome'
const PAGES = ['', '/profile', '/password', '/security', '/sessions', '/connected-apps'].map((path) => HOME + path)
/** Where their forms lead. */
const CHANGES = [
  ...['/profile', '/password', '/sessions', '/connected-apps'],
  ...['/security/set-up', '/security/activate', '/security/resend', '/security/remove'],
].map((path) => HOME + path)
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

onEachDatabase('the dashboard', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  async function signIn(
    person: Pick<TestPerson, 'login' | 'password'>,
    path = HOME,
    browser = newBrowser(),
  ): Promise<{ browser: Browser; answer: TestAnswer }> {
    fixture.clock.advance(1_000)
    const page = await visit(fixture, browser, 'GET', path)
    return { browser, answer: await submitSignIn(fixture, browser, page.text, person) }
  }
  async function newVisitor(profile: Readonly<Record<string, unknown>> = {}) {
    const person = await newPerson(fixture, profile)
    const { browser } = await signIn(person)
    const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
      visit(fixture, browser, 'GET', path, { headers })
    /** Sends a form of the page at `from`. */
    const post = async (path: string, fields: Readonly<Record<string, string>>, from = HOME) =>
      visit(fixture, browser, 'POST', path, {
        form: { csrf: hiddenFields((await get(from)).text).csrf ?? '', ...fields },
      })
    return { person, browser, get, post }
  }
  async function newTile(label: string, person?: TestPerson, mode = 'SPEC'): Promise<TestApp> {
    const app = await newApp(fixture, {
      settings: {
        initiate_login_uri: 'http://localhost:8080/login?from=tile',
        idp_initiated_login: { mode, default_scope: [] },
      },
      app: { label, visibility: { hide: { iOS: false, web: false } } },
    })
    if (person) await assign(fixture, app, person)
    return app
  }
  const nonceOf = ({ headers }: TestAnswer) =>
    /style-src 'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? ''
  const tilesOf = ({ text }: TestAnswer) =>
    [...text.matchAll(/<a class="tile" href="([^"]*)">.*?<\/a>/g)].map(([tile, href]) => [
      href,
      /<span>(.*)<\/span>/.exec(tile)?.[1],
    ])

  describe('its pages', () => {
    it('ask whoever is not signed in to sign in, and then show the page that was asked for', async () => {
      const person = await newPerson(fixture)
      for (const path of [...PAGES, `${HOME}?q=a+b%22&page=2`]) {
        const { browser, answer } = await signIn(person, path)
        assert.deepEqual([answer.status, answer.headers.location], [303, path])
        assert.equal((await visit(fixture, browser, 'GET', path)).status, 200)
      }
      const nobody = newBrowser()
      const posted = await visit(fixture, nobody, 'POST', `${HOME}/profile`, { form: { firstName: 'Eve' } })
      assert.equal(posted.status, 400)
    })

    it('lead nowhere else after a sign-in', async () => {
      const person = await newPerson(fixture)
      for (const path of [`${HOME}//evil.test`, `${HOME}/..%2f..%2fevil.test`, `${HOME}?to=https://evil.test/`]) {
        const { answer } = await signIn(person, path)
        assert.ok(answer.status === 404 || String(answer.headers.location ?? HOME).startsWith(HOME), path)
      }
    })

    it('are sound, run no script but the one that shows times where the person is, and are framed by nobody', async () => {
      const { get, person } = await newVisitor()
      await newTile('A <b>&amp;</b> label', person)
      for (const path of [...PAGES, `${HOME}/security/set-up?factor=question`, `${HOME}?q=nothing`]) {
        const page = await get(path)
        assert.equal(page.status, 200, path)
        assertSoundPage(page.text, nonceOf(page))
        assert.match(page.text, /data-se="name">Ada Lovelace</)
        const policy = String(page.headers['content-security-policy'])
        assert.match(policy, /default-src 'none'/)
        assert.match(policy, /frame-ancestors 'none'/)
        const hasTimes = path === `${HOME}/sessions`
        const scripts = page.text.match(/<script\b/g)?.length ?? 0
        assert.equal(scripts, hasTimes ? 1 : 0, path)
        const [allowed] = /script-src [^;]*/.exec(policy) ?? []
        assert.equal(allowed, hasTimes ? `script-src 'nonce-${nonceOf(page)}'` : undefined, path)
        assert.equal(page.headers['cache-control'], 'no-cache, no-store')
      }
    })

    it('are where `/` leads; an administrator goes to the console, and finds the way here and back', async () => {
      const { get } = await newVisitor()
      const start = await get('/')
      assert.deepEqual([start.status, start.headers.location], [302, HOME])
      assert.ok(!(await get(HOME)).text.includes('Admin Console'))
      const { browser, answer } = await signIn(fixture.admin, '/signin')
      assert.match(String(answer.headers.location), /\/admin\/$/)
      const home = await visit(fixture, browser, 'GET', HOME)
      assert.equal(home.status, 200)
      assert.match(home.text, /<a href="[^"]*\/admin\/">Admin Console<\/a>/)
    })

    it('end with the session and with the person’s access', async () => {
      const { get, person } = await newVisitor()
      await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/suspend`)
      assert.match((await get(`${HOME}/profile`)).text, /name="identifier"/)
      const other = await newVisitor()
      await other.post('/login/signout', {})
      assert.match((await other.get(HOME)).text, /name="identifier"/)
    })

    it('take forms of their own in that browser alone', async () => {
      const { browser, get, person } = await newVisitor()
      const csrf = hiddenFields((await get(`${HOME}/profile`)).text).csrf ?? ''
      const form = { csrf, firstName: 'Mallory', lastName: 'M', mobilePhone: '' }
      const foreign = await newVisitor()
      const foreignCsrf = hiddenFields((await foreign.get(HOME)).text).csrf ?? ''
      const attempts: readonly [object, Readonly<Record<string, string>>][] = [
        [{ ...form, csrf: '' }, {}],
        [{ ...form, csrf: foreignCsrf }, {}],
        [form, { origin: 'https://evil.test' }],
        [form, { 'sec-fetch-site': 'cross-site' }],
        [form, { 'sec-fetch-site': 'same-site' }],
      ]
      for (const path of CHANGES)
        for (const [sent, headers] of attempts) {
          const options = { form: sent as Record<string, string>, headers }
          const answer = await changingNothing(fixture.deps.db, () => visit(fixture, browser, 'POST', path, options))
          assert.equal(answer.status, 400, path)
        }
      const { json } = await fixture.request('GET', `/api/v1/users/${person.id}`)
      assert.equal(json.profile.firstName, 'Ada')
    })
  })

  describe('tiles', () => {
    it('lead to the embed link of each app, with its logo or initials, and are none at first', async () => {
      const { get, person } = await newVisitor()
      assert.match((await get(HOME)).text, /No apps yet/)
      const [mail, board] = [await newTile('Mail Room', person), await newTile('board', person)]
      const uploaded = await fixture.request('POST', `/api/v1/apps/${mail.id}/logo`, uploadOf('<svg/>'))
      assert.equal(uploaded.status, 201)
      const page = await get(HOME)
      const link = ({ id }: TestApp) => `/home/oidc_client/${id}/alnOidcClientLink001`
      assert.deepEqual(tilesOf(page), [
        [link(board), 'board'],
        [link(mail), 'Mail Room'],
      ])
      assert.match(page.text, /<img class="face" src="\/assets\/img\/logos\/[\w-]{43}"/)
      assert.match(page.text, /<span class="face" aria-hidden="true">B<\/span>/)
      const opened = await get(link(mail))
      const address = new URL(String(opened.headers.location))
      assert.equal(address.origin + address.pathname, 'http://localhost:8080/login')
      assert.deepEqual(Object.fromEntries(address.searchParams), {
        from: 'tile',
        iss: fixture.org.url,
        login_hint: person.login,
      })
    })

    it('are searched by a part of the label, whatever its case and accents', async () => {
      const { get, person } = await newVisitor()
      await newTile('Über Ledger', person)
      await newTile('Payroll', person)
      const labels = async (q: string) =>
        tilesOf(await get(`${HOME}?${new URLSearchParams({ q })}`)).map(([, label]) => label)
      assert.deepEqual(await labels('uber'), ['Über Ledger'])
      assert.deepEqual(await labels(' LED '), ['Über Ledger'])
      assert.deepEqual(await labels('pay'), ['Payroll'])
      assert.deepEqual((await labels('')).length, 2)
      const nothing = await get(`${HOME}?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E`)
      assert.match(nothing.text, /Nothing found/)
      assert.ok(!nothing.text.includes('<script>'))
      assert.equal((await get(`${HOME}?q=%00&page=-1`)).status, 200)
      assert.equal((await get(`${HOME}?page=999999`)).status, 200)
    })

    it('show nothing of what another person has', async () => {
      const [one, other] = [await newVisitor(), await newVisitor()]
      const app = await newTile('Only for one', one.person)
      assert.ok(!(await other.get(HOME)).text.includes('Only for one'))
      const refused = await other.get(`/home/oidc_client/${app.id}/alnOidcClientLink001`)
      assert.equal(refused.headers.location, undefined)
      assert.match(refused.text, /access_denied/)
    })

    it('of an app whose sign-ins begin with it alone are not there, and its link says why', async () => {
      const { get, person } = await newVisitor()
      const app = await newTile('Begins itself', person, 'DISABLED')
      assert.deepEqual(tilesOf(await get(HOME)), [])
      assert.match((await get(`/home/oidc_client/${app.id}/alnOidcClientLink001`)).text, /idp_initated_flow_disabled/)
    })

    it('carry a target on the app’s own origin and to no other', async () => {
      const { get, person } = await newVisitor()
      const app = await newTile('With a target', person)
      const open = (target: string) =>
        get(`/home/oidc_client/${app.id}/alnOidcClientLink001?${new URLSearchParams({ target_link_uri: target })}`)
      const good = await open('http://localhost:8080/reports?id=1')
      assert.equal(
        new URL(String(good.headers.location)).searchParams.get('target_link_uri'),
        'http://localhost:8080/reports?id=1',
      )
      const bad = [
        'https://evil.test/',
        'http://localhost:8080@evil.test/',
        'http://localhost:8080.evil.test/',
        'http://localhost:8081/',
        'https://localhost:8080/',
        '//evil.test/',
        '\\\\evil.test',
        '/reports',
        'javascript:alert(1)//http://localhost:8080/',
        'data:text/html,x',
        'http://localhost:8080\\@evil.test/',
        '',
      ]
      for (const target of bad) {
        const answer = await open(target)
        assert.deepEqual([target, answer.headers.location], [target, undefined])
        assert.match(answer.text, /invalid_request/)
      }
    })
  })

  describe('the profile', () => {
    it('shows who the person is, and takes what they may change', async () => {
      const { get, post, person } = await newVisitor({ mobilePhone: '+1 5' })
      const page = await get(`${HOME}/profile`)
      assert.match(page.text, new RegExp(`<dd>${person.login}<`))
      assert.match(page.text, /name="mobilePhone" value="\+1 5"/)
      const saved = await post(`${HOME}/profile`, { firstName: ' Grace ', lastName: 'Hopper', mobilePhone: '' })
      assert.deepEqual([saved.status, saved.headers.location], [303, `${HOME}/profile?done=profile`])
      assert.match((await get(`${HOME}/profile?done=profile`)).text, /Your profile is saved/)
      const { json } = await fixture.request('GET', `/api/v1/users/${person.id}`)
      assert.partialDeepStrictEqual(json.profile, { firstName: 'Grace', lastName: 'Hopper', login: person.login })
      assert.equal(json.profile.mobilePhone ?? null, null)
    })

    it('says what is wrong, keeps what was typed, and takes nothing else', async () => {
      const { post, person } = await newVisitor()
      const wrong = await post(`${HOME}/profile`, { firstName: '', lastName: 'Kept<', mobilePhone: '1' })
      assert.equal(wrong.status, 400)
      assert.match(wrong.text, /The field cannot be left blank/)
      assert.match(wrong.text, /value="Kept&lt;"/)
      const more = {
        firstName: 'A',
        lastName: 'B',
        mobilePhone: '',
        login: 'root@example.test',
        email: 'e@evil.test',
        id: 'x',
      }
      assert.equal((await post(`${HOME}/profile`, more)).status, 303)
      const { json } = await fixture.request('GET', `/api/v1/users/${person.id}`)
      assert.deepEqual([json.profile.login, json.profile.email], [person.login, person.login])
    })
  })

  describe('the password', () => {
    const change = (oldPassword: string, newPassword: string, more: object = {}) => ({
      oldPassword,
      newPassword,
      repeated: newPassword,
      ...more,
    })

    it('is changed by who knows the old one, and ends other sessions and tokens where that is ticked', async () => {
      const { get, post, person } = await newVisitor()
      const app = await newApp(fixture)
      await assign(fixture, app, person)
      const tokens = await signInForTokens(fixture, app, person)
      const { browser: elsewhere } = await signIn(person)
      const form = await get(`${HOME}/password`)
      assert.match(form.text, /name="endOthers" value="true" checked/)
      assert.match(form.text, /at least 8 characters/)
      const kept = await post(`${HOME}/password`, change(person.password, 'Another-Horse-9'))
      assert.equal(kept.headers.location, `${HOME}/password?done=password`)
      assert.match((await visit(fixture, elsewhere, 'GET', HOME)).text, /data-se="sign-out"/)
      const next = change('Another-Horse-9', 'Third-Zebra-33', { endOthers: 'true' })
      assert.equal((await post(`${HOME}/password`, next)).headers.location, `${HOME}/password?done=password-others`)
      assert.match((await visit(fixture, elsewhere, 'GET', HOME)).text, /name="identifier"/)
      assert.match((await get(HOME)).text, /data-se="sign-out"/)
      assert.equal((await refresh(fixture, app, tokens.refresh_token)).json.error, 'invalid_grant')
      assert.equal((await signIn({ ...person, password: 'Third-Zebra-33' })).answer.status, 303)
    })

    it('stays what it was where the old one is wrong, the new one breaks a rule, or is typed differently', async () => {
      const { post, person } = await newVisitor()
      const cases: readonly [object, RegExp][] = [
        [change('Wrong-Horse-7', 'Another-Horse-9'), /The credentials provided were incorrect/],
        [change(person.password, 'short'), /Password requirements were not met/],
        [change(person.password, person.password), /Password requirements were not met/],
        [{ ...change(person.password, 'Another-Horse-9'), repeated: 'Another-Horse-8' }, /are not the same/],
      ]
      for (const [form, sentence] of cases) {
        const answer = await post(`${HOME}/password`, form as Record<string, string>)
        assert.equal(answer.status, 400)
        assert.match(answer.text, sentence)
        assert.ok(!answer.text.includes('Horse'), 'no password is shown again')
      }
      assert.equal((await signIn(person)).answer.status, 303)
    })

    it('is not changed here where the policy leaves it to administrators', async () => {
      const { get, post, person } = await newVisitor()
      const group = await newGroup(fixture, person.id)
      const policy = await newPasswordPolicy(fixture, group, {})
      const { json: rules } = await fixture.request('GET', `/api/v1/policies/${policy}/rules`)
      const [rule] = rules
      const actions = { ...rule.actions, passwordChange: { access: 'DENY' } }
      const put = await fixture.request('PUT', `/api/v1/policies/${policy}/rules/${rule.id}`, {
        json: { ...rule, actions },
      })
      assert.equal(put.status, 200, put.text)
      assert.match((await get(`${HOME}/password`)).text, /Your password is not changed here/)
      const sent = await post(`${HOME}/password`, change(person.password, 'Another-Horse-9'))
      assert.equal(sent.status, 400)
      assert.equal((await signIn(person)).answer.status, 303)
    })
  })

  describe('security methods', () => {
    const SECURITY = `${HOME}/security`
    const begin = (key: string) => ({ factor: key })

    async function withApp() {
      const visitor = await newVisitor()
      const begun = await visitor.post(
        `${SECURITY}/set-up`,
        begin('google_totp'),
        `${SECURITY}/set-up?factor=google_totp`,
      )
      assert.equal(begun.status, 200, begun.text)
      const secret = (/data-se="shared-secret">([^<]*)</.exec(begun.text)?.[1] ?? '').replaceAll(' ', '')
      return { ...visitor, begun, secret }
    }
    const idIn = ({ text }: TestAnswer) => hiddenFields(text).id ?? ''

    it('an authenticator app is set up with a picture and a code, and a mail tells of it', async () => {
      const { get, browser, person, begun, secret } = await withApp()
      assert.match(begun.text, /src="data:image\/svg\+xml;base64,/)
      assertSoundPage(begun.text, nonceOf(begun))
      const fields = hiddenFields(begun.text)
      const wrong = await visit(fixture, browser, 'POST', `${SECURITY}/activate`, {
        form: { ...fields, code: '000000' },
      })
      assert.equal(wrong.status, 400)
      assert.match(wrong.text, /This code is not right/)
      assert.ok(wrong.text.includes(secret.slice(0, 4)))
      await fixture.mails()
      const form = { ...hiddenFields(wrong.text), code: totpCode(fixture, secret).replace(/(...)/, '$1 ') }
      const right = await visit(fixture, browser, 'POST', `${SECURITY}/activate`, { form })
      assert.equal(right.headers.location, `${SECURITY}?done=added`)
      const mails = await fixture.mails(person.login)
      assert.deepEqual(
        mails.map(({ subject }) => subject),
        ['A security method was added'],
      )
      const page = await get(SECURITY)
      assert.match(page.text, /Remove<span class="unseen"> Authenticator app/)
      assert.ok(!page.text.includes('factor=google_totp') && !page.text.includes('factor=okta_totp'))
    })

    it('a change asks for the factor in a fresh sign-in, remembers the page, and then is let through', async () => {
      const { browser, get, post, person, begun, secret } = await withApp()
      const form = { ...hiddenFields(begun.text), code: totpCode(fixture, secret) }
      await visit(fixture, browser, 'POST', `${SECURITY}/activate`, { form })
      const path = `${SECURITY}/remove?factor=${idIn(begun)}`
      // The session has only the password: it is not enough any more.
      const asked = await get(path)
      assert.match(asked.text, /Sign in once more/)
      const removal = { factor: idIn(begun) }
      const tried = await post(`${SECURITY}/remove`, removal)
      assert.equal(tried.headers.location, path)
      fixture.clock.advance(MINUTE)
      const proving = await submitSignIn(fixture, browser, asked.text, person)
      assert.match(proving.text, /Enter the code of your app/)
      const proof = { ...hiddenFields(proving.text), 'credentials.passcode': totpCode(fixture, secret) }
      const back = await visit(fixture, browser, 'POST', '/signin/verify', { form: proof })
      assert.deepEqual([back.status, back.headers.location], [303, path])
      const question = (await get(path)).text
      assert.match(question, /Remove Authenticator app\?/)
      assert.match(question, /data-se="name">Ada Lovelace</)
      await fixture.mails()
      assert.equal((await post(`${SECURITY}/remove`, removal)).headers.location, `${SECURITY}?done=removed`)
      assert.deepEqual(
        (await fixture.mails(person.login)).map(({ subject }) => subject),
        ['A security method was removed'],
      )
      assert.match((await get(SECURITY)).text, /No security methods yet/)
    })

    it('a device that is remembered does not spare the factor before a change', async () => {
      const { browser, get, post, person, begun, secret } = await withApp()
      const form = { ...hiddenFields(begun.text), code: totpCode(fixture, secret) }
      await visit(fixture, browser, 'POST', `${SECURITY}/activate`, { form })
      fixture.clock.advance(16 * MINUTE)
      const asked = await get(`${SECURITY}/set-up?factor=question`)
      const proving = await submitSignIn(fixture, browser, asked.text, person)
      assert.match(proving.text, /Enter the code of your app/)
      assert.equal((await post(`${SECURITY}/set-up`, begin('question'))).status, 303)
    })

    it('an old sign-in changes nothing, neither by a page nor by a form', async () => {
      const { get, post, begun, secret } = await withApp()
      fixture.clock.advance(16 * MINUTE)
      for (const key of ['question', 'email', 'webauthn', 'google_totp']) {
        assert.match((await get(`${SECURITY}/set-up?factor=${key}`)).text, /Sign in once more/)
        const sent = { ...begin(key), question: 'disliked_food', answer: 'porridge' }
        const answer = await changingNothing(fixture.deps.db, () => post(`${SECURITY}/set-up`, sent))
        assert.deepEqual([answer.status, answer.headers.location], [303, `${SECURITY}/set-up?factor=${key}`])
      }
      const late = { ...hiddenFields(begun.text), code: totpCode(fixture, secret) }
      for (const path of ['activate', 'resend']) {
        const answer = await changingNothing(fixture.deps.db, () => post(`${SECURITY}/${path}`, late))
        assert.equal(answer.headers.location, SECURITY)
      }
    })

    it('a passkey is made by a page with a script, whose policy allows nothing else', async () => {
      const { browser, get, post, person } = await newVisitor()
      const begun = await post(`${SECURITY}/set-up`, begin('webauthn'))
      const policy = String(begun.headers['content-security-policy'])
      assert.match(policy, /script-src 'nonce-[^']+';/)
      assertSoundPage(begun.text, nonceOf(begun))
      const { options } = JSON.parse(/id="asked">(.*?)<\/script>/s.exec(begun.text)?.[1] ?? '{}')
      const key = softwareAuthenticator({ origin: fixture.org.url, rpId: 'first.test' })
      const made = key.create(options)
      const form = { ...hiddenFields(begun.text), clientData: made.clientData, attestation: made.attestation }
      const wrong = { ...form, clientData: Buffer.from('{}').toString('base64url') }
      assert.equal((await visit(fixture, browser, 'POST', `${SECURITY}/activate`, { form: wrong })).status, 400)
      const done = await visit(fixture, browser, 'POST', `${SECURITY}/activate`, { form })
      assert.equal(done.headers.location, `${SECURITY}?done=added`, done.text)
      const page = await get(SECURITY)
      assert.match(page.text, /Passkey or security key<\/h3>\n<p class="hint">An unknown browser ·/)
      assert.match(page.text, /set-up\?factor=webauthn/, 'another one may be added')
      const { json } = await fixture.request('GET', `/api/v1/users/${person.id}/factors`)
      assert.deepEqual(
        json.map(({ factorType, status }: Record<string, string>) => [factorType, status]),
        [['webauthn', 'ACTIVE']],
      )
    })

    it('a passkey is called what the person types, else by the browser that it was made in', async () => {
      const { get, post, person } = await newVisitor()
      const nameOf = async (typed: string) => {
        await post(`${SECURITY}/set-up`, { ...begin('webauthn'), name: typed })
        const { json } = await fixture.request('GET', `/api/v1/users/${person.id}/factors`)
        return json.find(({ factorType }: Record<string, string>) => factorType === 'webauthn').profile
          .authenticatorName
      }
      assert.match((await get(`${SECURITY}/set-up?factor=webauthn`)).text, /name="name" value="An unknown browser"/)
      assert.equal(await nameOf(' Blue <key> '), 'Blue <key>')
      assert.equal(await nameOf('x'.repeat(60)), 'x'.repeat(50))
      for (const typed of [' ', 'a\u0007b']) assert.equal(await nameOf(typed), 'An unknown browser')
    })

    it('a code by e-mail goes to the person’s address, again if need be', async () => {
      const { browser, get, post, person } = await newVisitor()
      assert.ok((await get(`${SECURITY}/set-up?factor=email`)).text.includes(person.login))
      const begun = await post(`${SECURITY}/set-up`, begin('email'))
      const fields = hiddenFields(begun.text)
      const soon = await visit(fixture, browser, 'POST', `${SECURITY}/resend`, { form: fields })
      assert.match(soon.text, /A code was sent a moment ago/)
      fixture.clock.advance(6_000)
      assert.equal((await visit(fixture, browser, 'POST', `${SECURITY}/resend`, { form: fields })).status, 200)
      const form = { ...fields, code: await lastCode(fixture) }
      const done = await visit(fixture, browser, 'POST', `${SECURITY}/activate`, { form })
      assert.equal(done.headers.location, `${SECURITY}?done=added`)
    })

    it('a question says what is wrong with its answer', async () => {
      const { get, post } = await newVisitor()
      const sent = { ...begin('question'), question: 'first_award', answer: 'abc' }
      const short = await post(`${SECURITY}/set-up`, sent)
      assert.equal(short.status, 400)
      assert.match(short.text, /must have between 4/)
      assert.match(short.text, /value="first_award" selected/)
      assert.equal(
        (await post(`${SECURITY}/set-up`, { ...sent, answer: 'Swimming' })).headers.location,
        `${SECURITY}?done=added`,
      )
      assert.match((await get(SECURITY)).text, /What did you earn your first medal or award for\?/)
    })

    it('what the policy does not allow is neither offered nor begun', async () => {
      const { get, post, person } = await newVisitor()
      const group = await newGroup(fixture, person.id)
      const made = await fixture.request('POST', '/api/v1/policies', {
        json: {
          type: 'MFA_ENROLL',
          name: `Enrolment of ${group}`,
          conditions: { people: { groups: { include: [group] } } },
          settings: { type: 'AUTHENTICATORS', authenticators: [{ key: 'webauthn', enroll: { self: 'REQUIRED' } }] },
        },
      })
      assert.equal(made.status, 200, made.text)
      const rule = { type: 'MFA_ENROLL', name: 'All', actions: { enroll: { self: 'NEVER' } } }
      const ruled = await fixture.request('POST', `/api/v1/policies/${made.json.id}/rules`, { json: rule })
      assert.equal(ruled.status, 200, ruled.text)
      const page = await get(SECURITY)
      assert.deepEqual(
        [...page.text.matchAll(/set-up\?factor=(\w+)/g)].map(([, key]) => key),
        ['webauthn'],
      )
      assert.match(page.text, /Your organization asks for it/)
      for (const key of ['email', 'google_totp', 'question', 'nothing', '']) {
        assert.equal((await get(`${SECURITY}/set-up?factor=${key}`)).headers.location, SECURITY)
        const form = { ...begin(key), question: 'first_award', answer: 'Swimming' }
        const answer = await changingNothing(fixture.deps.db, () => post(`${SECURITY}/set-up`, form))
        assert.equal(answer.headers.location, SECURITY)
      }
    })

    it('of another person are not shown, removed or activated, and what was shown in one session opens in no other', async () => {
      const theirs = await withApp()
      const mine = await withApp()
      const stolen = hiddenFields(theirs.begun.text)
      const own = hiddenFields(mine.begun.text)
      const code = totpCode(fixture, theirs.secret)
      for (const form of [
        { id: stolen.id ?? '', shown: stolen.shown ?? '', code },
        { id: stolen.id ?? '', shown: own.shown ?? '', code },
        { id: own.id ?? '', shown: stolen.shown ?? '', code },
      ])
        for (const path of ['activate', 'resend']) {
          const answer = await changingNothing(fixture.deps.db, () => mine.post(`${SECURITY}/${path}`, form))
          assert.equal(answer.status, 400)
          assert.match(answer.text, /Request expired/)
        }
      const question = { ...begin('question'), question: 'first_award', answer: 'Swimming' }
      await theirs.post(`${SECURITY}/set-up`, question)
      const { json } = await fixture.request('GET', `/api/v1/users/${theirs.person.id}/factors`)
      const id = json.find(({ factorType }: { factorType: string }) => factorType === 'question').id
      for (const factor of [id, 'ufsNobody', '', "' OR 1=1 --"]) {
        assert.equal((await mine.get(`${SECURITY}/remove?${new URLSearchParams({ factor })}`)).status, 404)
        const answer = await changingNothing(fixture.deps.db, () => mine.post(`${SECURITY}/remove`, { factor }))
        assert.equal(answer.status, 404)
      }
      const { length } = (await fixture.request('GET', `/api/v1/users/${theirs.person.id}/factors`)).json
      assert.equal(length, json.length)
    })
  })

  describe('sessions', () => {
    const SESSIONS = `${HOME}/sessions`
    const idsIn = ({ text }: TestAnswer) =>
      [...text.matchAll(/name="session" value="([^"]*)"/g)].map(([, id]) => id ?? '')

    it('are listed with their browser, and ended one by one or all others at once', async () => {
      const { get, post, person } = await newVisitor()
      assert.match((await get(SESSIONS)).text, /You are signed in nowhere else/)
      const others = [newBrowser(), newBrowser(), newBrowser()]
      for (const browser of others) {
        fixture.clock.advance(1_000)
        const page = await visit(fixture, browser, 'GET', '/signin')
        const form = { ...hiddenFields(page.text), identifier: person.login, 'credentials.passcode': person.password }
        await visit(fixture, browser, 'POST', '/signin', { form, headers: { 'user-agent': CHROME } })
      }
      const page = await get(SESSIONS)
      assert.equal(idsIn(page).length, 3)
      assert.equal(page.text.split('Chrome on Windows 10</h3>').length, 4)
      assert.match(page.text, /<time datetime="2026-01-15T/)
      const [first = ''] = idsIn(page)
      assert.equal((await post(SESSIONS, { session: first })).headers.location, `${SESSIONS}?done=session`)
      assert.equal(idsIn(await get(SESSIONS)).length, 2)
      assert.equal((await post(SESSIONS, { session: first })).status, 404)
      assert.equal((await post(SESSIONS, { others: 'true' })).headers.location, `${SESSIONS}?done=sessions`)
      assert.deepEqual(idsIn(await get(SESSIONS)), [])
      for (const browser of others) assert.match((await visit(fixture, browser, 'GET', HOME)).text, /name="identifier"/)
    })

    it('of another person, and of another org, are not there', async () => {
      const [mine, theirs] = [await newVisitor(), await newVisitor()]
      await signIn(theirs.person)
      const [id = ''] = idsIn(await theirs.get(SESSIONS))
      assert.match(id, /^102/)
      assert.ok(!(await mine.get(SESSIONS)).text.includes(id))
      for (const session of [id, '', '102', 'a\u0000b']) {
        const answer = await changingNothing(fixture.deps.db, () => mine.post(SESSIONS, { session }))
        assert.equal(answer.status, 404)
      }
      assert.deepEqual(idsIn(await theirs.get(SESSIONS)), [id])
    })
  })

  describe('connected apps', () => {
    const CONNECTED = `${HOME}/connected-apps`

    it('are those with tokens of the person; disconnecting ends all that they hold', async () => {
      const { get, post, person } = await newVisitor()
      assert.match((await get(CONNECTED)).text, /No connected apps/)
      const app = await newApp(fixture, { app: { label: 'Holds tokens' } })
      await assign(fixture, app, person)
      const tokens = await signInForTokens(fixture, app, person)
      const page = await get(CONNECTED)
      assert.match(page.text, /<h2>Holds tokens<\/h2>/)
      assert.match(page.text, /May use: [^<]*\w/)
      assert.equal(await isActive(fixture, app, tokens.access_token), true)
      const gone = await post(CONNECTED, { app: app.id })
      assert.equal(gone.headers.location, `${CONNECTED}?done=disconnected`)
      assert.match((await get(CONNECTED)).text, /No connected apps/)
      assert.equal((await refresh(fixture, app, tokens.refresh_token)).json.error, 'invalid_grant')
      assert.equal(await isActive(fixture, app, tokens.access_token), false)
      assert.equal((await post(CONNECTED, { app: app.id })).status, 404)
      await fixture.deps.events.flush()
      const { json: log } = await fixture.request(
        'GET',
        `/api/v1/logs?filter=${encodeURIComponent('eventType eq "app.oauth2.as.token.revoke"')}`,
      )
      assert.equal(log[0]?.actor.id, person.id)
    })

    it('with a consent are asked for it anew', async () => {
      const { browser, get, post, person } = await newVisitor()
      const app = await newApp(fixture, { settings: { consent_method: 'REQUIRED' }, app: { label: 'Consented' } })
      await assign(fixture, app, person)
      const servers = (await fixture.request('GET', '/api/v1/authorizationServers')).json
      const scope = `notes${Math.random().toString(36).slice(2, 8)}`
      const made = await fixture.request('POST', `/api/v1/authorizationServers/${servers[0].id}/scopes`, {
        json: { name: scope, displayName: 'Read your notes', consent: 'REQUIRED' },
      })
      assert.equal(made.status, 201, made.text)
      const path = () => authorizePath(app, newPkce(), { scope: `openid ${scope}` })
      const asked = await visit(fixture, browser, 'GET', path())
      assert.match(asked.text, /asks for access/)
      const form = `${new URLSearchParams({ ...hiddenFields(asked.text), consent: 'allow' })}`
      const action = /<form data-se="o-form" method="post" action="([^"]*)"/.exec(asked.text)?.[1] ?? ''
      assert.equal((await visit(fixture, browser, 'POST', action, { form })).status, 303)
      assert.equal((await visit(fixture, browser, 'GET', path())).status, 302)
      assert.match((await get(CONNECTED)).text, /Read your notes/)
      assert.equal((await post(CONNECTED, { app: app.id })).status, 303)
      assert.match((await visit(fixture, browser, 'GET', path())).text, /asks for access/)
    })

    it('of another person stay', async () => {
      const [mine, theirs] = [await newVisitor(), await newVisitor()]
      const app = await newApp(fixture)
      await assign(fixture, app, theirs.person)
      const tokens = await signInForTokens(fixture, app, theirs.person)
      for (const id of [app.id, app.clientId, '', 'a\u0000b'])
        assert.equal((await changingNothing(fixture.deps.db, () => mine.post(CONNECTED, { app: id }))).status, 404)
      assert.equal((await refresh(fixture, app, tokens.refresh_token)).status, 200)
    })
  })

  it('another org’s session, factor, app and form are nothing here', async () => {
    const { browser, get } = await newVisitor()
    const other = await fixture.newOrg(`other-${dialect}`)
    const person = await newPerson(fixture, {}, other)
    const page = await visit(fixture, browser, 'GET', HOME, { org: other })
    assert.match(page.text, /name="identifier"/)
    const theirs = newBrowser()
    fixture.clock.advance(1_000)
    const signing = await visit(fixture, theirs, 'GET', HOME, { org: other })
    await submitSignIn(fixture, theirs, signing.text, person, other)
    const csrf = hiddenFields((await visit(fixture, theirs, 'GET', HOME, { org: other })).text).csrf ?? ''
    const { sid = '', idx = '' } = browser.cookies
    const form = { csrf, session: sid, others: 'true' }
    const crossed = await visit(fixture, { cookies: { ...theirs.cookies, sid, idx } }, 'POST', `${HOME}/sessions`, {
      form,
      org: other,
    })
    assert.ok([303, 400].includes(crossed.status))
    assert.match((await get(HOME)).text, /data-se="sign-out"/)
    const own = hiddenFields((await get(HOME)).text).csrf ?? ''
    const forged = { form: { csrf: own, firstName: 'E', lastName: 'E' }, org: other }
    assert.equal((await visit(fixture, theirs, 'POST', `${HOME}/profile`, forged)).status, 400)
  })
})
