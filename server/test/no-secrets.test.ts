// After a whole story, nothing that opens a door is anywhere but where it was handed out: not in a table, not in a log line, not in
// another answer.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { DIALECTS } from '#db/db.ts'
import { all } from '#db/unit.ts'
import { enrollApp } from './authenticator-app.ts'
import { CONSOLE_COOKIE, consoleCall, openConsole } from './console-client.ts'
import { type Fixture, type RequestOptions, startFixture, type TestAnswer } from './fixture.ts'
import {
  assign,
  authorizePath,
  basic,
  callback,
  exchangeForm,
  hiddenFields,
  newApp,
  newBrowser,
  newPerson,
  newPkce,
  postForm,
  refresh,
  signInForTokens,
  submitSignIn,
  tokenRequest,
  userinfo,
  visit,
} from './oauth-client.ts'
import { TABLES } from './rows.ts'

interface Secret {
  readonly name: string
  readonly value: string
  /** The answers that hand it out: part of their method and path. */
  readonly from: readonly string[]
}

for (const dialect of DIALECTS)
  describe(`secrets (${dialect})`, () => {
    let fixture: Fixture
    const secrets: Secret[] = []
    const codes: Pick<Secret, 'name' | 'value'>[] = []
    /** Mails as they waited. */
    const queued: object[] = []
    const answers: { readonly call: string; readonly text: string }[] = []

    before(async () => {
      fixture = await startFixture({ dialect })
      await tell(watched(fixture))
      await fixture.deps.events.flush()
      await fixture.deps.refusedRequests.flush()
    })
    after(() => fixture.close())

    /** The same fixture, remembering every answer whole. */
    const watched = (real: Fixture): Fixture => ({
      ...real,
      async request(method: string, path: string, options?: RequestOptions): Promise<TestAnswer> {
        const answer = await real.request(method, path, options)
        const call = `${method} ${path.split('?', 1)[0]}`
        answers.push({ call, text: JSON.stringify([answer.headers, answer.text]) })
        return answer
      },
    })

    function keep(name: string, value: string | undefined, ...from: readonly string[]): string {
      assert.ok(value && value.length >= 10, `${name} was not given`)
      secrets.push({ name, value, from })
      return value
    }

    async function tell(world: Fixture): Promise<void> {
      keep('the administrator’s password', world.admin.password)
      keep('the API token', world.admin.apiToken)
      const person = await newPerson(world)
      keep('the person’s password', person.password)
      const app = await enrollApp(world, person.id)
      keep('the seed of an authenticator app', app.sharedSecret, `POST /api/v1/users/${person.id}/factors`)
      const profile = { question: 'disliked_food', answer: 'rhubarb crumble' }
      const question = { factorType: 'question', provider: 'OKTA', profile }
      await world.request('POST', `/api/v1/users/${person.id}/factors`, { json: question })
      keep('the answer to a question', profile.answer)
      await world.request('GET', `/api/v1/users/${person.id}/factors`)
      await tellByMail(world)
      const spa = await newApp(world)
      const web = await newApp(world, { type: 'web' })
      const secretPaths = ['POST /api/v1/apps']
      keep('the client secret', web.secret, ...secretPaths)
      const { json: second } = await world.request('POST', `/api/v1/apps/${web.id}/credentials/secrets`, { json: {} })
      keep('the second client secret', second.client_secret, ...secretPaths)
      for (const app of [spa, web]) await assign(world, app, person)

      // A wrong password, then the right one; a session token; an SPA's life; a web app's.
      const browser = newBrowser()
      const page = await visit(world, browser, 'GET', authorizePath(spa, newPkce()))
      const wrong = 'Wrong-Password-77'
      keep('a wrong password', wrong)
      await submitSignIn(world, browser, page.text, { login: person.login, password: wrong })
      const tokens = await signInForTokens(world, spa, person, { nonce: 'n-0S6_WzA2Mj' }, browser)
      const session = ['/signin', '/api/v1/sessions', '/authorize', '/login/sessionCookieRedirect']
      keep('the session cookie', browser.cookies.sid, ...session)
      keep('a refresh token', tokens.refresh_token, '/v1/token')
      keep('an access token', tokens.access_token, '/v1/token')
      const next = (await refresh(world, spa, tokens.refresh_token)).json
      keep('its successor', next.refresh_token, '/v1/token')
      await refresh(world, spa, tokens.refresh_token)
      await userinfo(world, next.access_token)
      await postForm(world, 'introspect', { token: next.refresh_token, client_id: spa.clientId })

      const { json: authn } = await world.request('POST', '/api/v1/authn', {
        token: null,
        json: { username: person.login, password: person.password },
      })
      keep('a session token', authn.sessionToken, '/api/v1/authn')
      const other = newBrowser()
      const pkce = newPkce()
      const redirect = await visit(world, other, 'GET', authorizePath(web, pkce, { sessionToken: authn.sessionToken }))
      keep('the other session cookie', other.cookies.sid, ...session)
      const code = keep('a code', callback(redirect).code, '/authorize', '/signin')
      keep('a code verifier', pkce.verifier)
      const form = exchangeForm(web, code, pkce)
      // Everything in the wrong place first: what is refused is logged.
      const query = new URLSearchParams({ ...form, client_secret: web.secret ?? '', password: person.password })
      await world.request('POST', `/oauth2/default/v1/token?${query}`, { token: null, form })
      await tokenRequest(world, { ...form, client_secret: web.secret ?? '' }, { headers: basic(web) })
      await tokenRequest(world, { ...form, client_id: 'nobody', client_secret: web.secret ?? '' })
      const redeemed = await tokenRequest(world, form, { headers: basic(web) })
      assert.equal(redeemed.status, 200, redeemed.text)
      keep('another refresh token', redeemed.json.refresh_token, '/v1/token')
      await tokenRequest(world, form, { headers: basic(web) })
      await postForm(world, 'revoke', { token: next.refresh_token, client_id: spa.clientId })
      await refresh(world, spa, next.refresh_token)

      const { json: reset } = await world.request(
        'POST',
        `/api/v1/users/${person.id}/lifecycle/reset_password?sendEmail=false`,
      )
      const link = reset.resetPasswordUrl.slice(world.org.url.length)
      const linkAnswers = ['/lifecycle/reset_password', '/signin/reset-password']
      const linkToken = keep('a link to a new password', link.slice(link.lastIndexOf('/') + 1), ...linkAnswers)
      const choosing = newBrowser()
      const chosen = { password: 'Chosen-Password-8' }
      keep('a chosen password', chosen.password)
      const choice = await visit(world, choosing, 'GET', link)
      const sent = { ...hiddenFields(choice.text), token: linkToken }
      const twice = { 'credentials.passcode': chosen.password, confirmPassword: chosen.password }
      await visit(world, choosing, 'POST', '/signin/reset-password', { form: { ...sent, ...twice } })
      const { json: expired } = await world.request(
        'POST',
        `/api/v1/users/${person.id}/lifecycle/expire_password_with_temp_password`,
      )
      keep('a temporary password', expired.tempPassword, 'expire_password_with_temp_password')
      const { json: waiting } = await world.request('POST', '/api/v1/authn', {
        token: null,
        json: { username: person.login, password: expired.tempPassword },
      })
      keep('a state token', waiting.stateToken, '/api/v1/authn')

      for (const path of [
        'apps',
        `apps/${web.id}`,
        `apps/${web.id}/users`,
        'users',
        `users/${person.id}`,
        'api-tokens',
        'logs?limit=1000',
        'keystead/refused-requests',
        'authorizationServers',
        'trustedOrigins',
        'policies?type=PASSWORD',
        'policies?type=OKTA_SIGN_ON',
        'keystead/mailbox',
      ])
        await world.request('GET', `/api/v1/${path}`)
      const console = await openConsole(world, world.admin)
      const { [CONSOLE_COOKIE]: opened, sid } = console.browser.cookies
      keep('the console’s cookie', opened, '/admin/callback')
      keep('the administrator’s session cookie', sid, ...session)
      await consoleCall(world, console.browser, 'GET', '/api/v1/keystead/me')
      await consoleCall(world, console.browser, 'POST', '/admin/sign-out')

      await visit(world, browser, 'GET', '/')
      await visit(world, browser, 'GET', '/login/signout')
    }

    /** A code and links that go by mail: none is in an answer, and at rest they are sealed until they are sent, then gone. */
    async function tellByMail(world: Fixture): Promise<void> {
      const person = await newPerson(world)
      const mailed = async (name: string, pattern: RegExp) => {
        queued.push(...(await rowsOf('mail')))
        const [mail] = await world.mails(person.login)
        return keepMailed(name, pattern.exec(mail?.text ?? '')?.[1])
      }
      const factors = `/api/v1/users/${person.id}/factors`
      const { json: factor } = await world.request('POST', factors, { json: { factorType: 'email', provider: 'OKTA' } })
      const code = await mailed('the code that an address is confirmed with', /\b(\d{6})\b/)
      const passCode = { json: { passCode: code } }
      const { status } = await world.request('POST', `${factors}/${factor.id}/lifecycle/activate`, passCode)
      assert.equal(status, 200)
      await world.mails(person.login)
      world.clock.advance(60_000)
      await world.request('POST', `${factors}/${factor.id}/verify`, { json: {} })
      const proof = await mailed('the code that a sign-in is proved with', /\b(\d{6})\b/)
      await world.request('POST', `${factors}/${factor.id}/verify`, { json: { passCode: proof } })
      await world.request('POST', `/api/v1/users/${person.id}/lifecycle/reset_password?sendEmail=true`)
      await mailed('a mailed link to a new password', /\/signin\/reset-password\/([\w-]{32})/)
      world.clock.advance(60_000)
      await world.mails(person.login)
      const asked = { username: person.login, factorType: 'EMAIL', relayState: '/x' }
      await world.request('POST', '/api/v1/authn/recovery/password', { token: null, json: asked })
      const recoveryToken = await mailed('a link that a stranger asked for', /\/signin\/reset-password\/([\w-]{32})/)
      const opened = await world.request('POST', '/api/v1/authn/recovery/token', {
        token: null,
        json: { recoveryToken },
      })
      const { stateToken } = opened.json
      keep('the state token of a recovery', stateToken, '/api/v1/authn')
      const newPassword = 'Recovered-Horse-71'
      keep('a recovered password', newPassword)
      const reset = { stateToken, newPassword }
      const done = await world.request('POST', '/api/v1/authn/credentials/reset_password', { token: null, json: reset })
      keep('the session token of a recovery', done.json.sessionToken, '/api/v1/authn')
      // It also tells of the new password.
      await world.mails(person.login)
      const login = `welcome-${person.login}`
      const profile = { firstName: 'Ada', lastName: 'Lovelace', login, email: person.login }
      await world.request('POST', '/api/v1/users?activate=true', { json: { profile } })
      await mailed('a mailed link to a first password', /\/welcome\/([\w-]{32})/)
    }

    /** Six digits may stand anywhere by chance: they are looked for on their own. */
    function keepMailed(name: string, value: string | undefined): string {
      if (value && /^\d{6}$/.test(value)) {
        codes.push({ name, value })
        return value
      }
      return keep(name, value)
    }

    const rowsOf = async (table: (typeof TABLES)[number]) => {
      const { db } = fixture.deps
      return (await db.read(all(db.system.selectFrom(table as 'app').selectAll() as never))) as readonly object[]
    }

    /** As it is, and in the spellings in which it might have got somewhere. */
    const spellings = (value: string): readonly string[] => [
      value,
      encodeURIComponent(value),
      Buffer.from(value).toString('base64').replace(/=+$/, ''),
      Buffer.from(value).toString('base64url'),
      Buffer.from(value).toString('hex'),
      ...(/^[\w-]{40,}$/.test(value) ? [Buffer.from(value, 'base64url').toString('hex')] : []),
    ]

    const found = (text: string, { value }: Secret): boolean =>
      spellings(value).some((spelling) => text.includes(spelling))

    it('were all part of the story', () => {
      assert.ok(secrets.length >= 15)
      assert.ok(answers.length >= 35)
      assert.equal(new Set(secrets.map((secret) => secret.value)).size, secrets.length)
    })

    it('that go by mail wait sealed, and are forgotten once sent', async () => {
      assert.equal(codes.length, 2)
      assert.equal(secrets.filter(({ name }) => name.startsWith('a mailed link')).length, 2)
      const waiting = JSON.stringify(queued)
      assert.ok(waiting.includes('"status":"QUEUED"'))
      for (const secret of secrets) assert.ok(!found(waiting, secret), secret.name)
      const sent = (await rowsOf('mail')).filter((row) => 'status' in row && row.status === 'SENT')
      assert.ok(sent.length >= 4)
      for (const row of sent) assert.ok('facts' in row && row.facts === null)
      const { json } = await fixture.request(
        'GET',
        '/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&limit=1000',
      )
      const told = [waiting, JSON.stringify(json), JSON.stringify(fixture.logged), ...answers.map(({ text }) => text)]
      for (const { name, value } of codes)
        for (const text of told) assert.ok(!new RegExp(`(?<![\\w.-])${value}(?![\\w.-])`).test(text), name)
    })

    it('stand in no table', async () => {
      const { db } = fixture.deps
      for (const table of TABLES) {
        const rows = await db.read(all(db.system.selectFrom(table as 'app').selectAll() as never))
        const text = JSON.stringify(rows)
        for (const secret of secrets) assert.ok(!found(text, secret), `${secret.name} stands in ${table}`)
      }
    })

    it('stand in no answer but the one that hands them out', () => {
      for (const secret of secrets)
        for (const { call, text } of answers)
          if (!secret.from.some((part) => call.includes(part)))
            assert.ok(!found(text, secret), `${secret.name} stands in the answer to ${call}`)
    })

    it('stand in no line of the operator’s log, nor in the System Log', async () => {
      const { json } = await fixture.request(
        'GET',
        '/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&limit=1000',
      )
      assert.ok(json.length > 10)
      for (const secret of secrets) {
        assert.ok(!found(JSON.stringify(fixture.logged), secret), secret.name)
        assert.ok(!found(JSON.stringify(json), secret), secret.name)
      }
    })

    it('a code never stands in an answer of the token endpoint, nor a refresh token in one of the authorization endpoint', () => {
      const tokens = answers.filter(({ call }) => call.endsWith('/v1/token'))
      const codes = secrets.filter(({ name }) => name === 'a code')
      for (const secret of codes) for (const { text } of tokens) assert.ok(!found(text, secret))
    })
  })
