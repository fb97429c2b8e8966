// An app's embed link, for each mode of a sign-in that begins outside of the app: who is let through, with what, and what each refusal says.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { enrollApp } from '../authenticator-app.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  assign,
  type Browser,
  hiddenFields,
  newApp,
  newBrowser,
  newPerson,
  pageError,
  submitSignIn,
  type TestApp,
  type TestPerson,
  visit,
} from '../oauth-client.ts'
import { assertSoundPage } from '../page-checks.ts'
import { changingNothing } from '../rows.ts'
import { totpCode } from '../second-factor.ts'

const CALLBACK = 'https://app.example.com/login/callback'
const PAGE = 'https://app.example.com/login?tenant=a%20b'
type Mode = 'DISABLED' | 'SPEC' | 'OKTA'

const linkOf = ({ id }: TestApp, query = '') => `/home/oidc_client/${id}/alnOidcClientLink001${query}`

onEachDatabase('an embed link', (dialect) => {
  let fixture: Fixture
  let person: TestPerson
  let browser: Browser

  before(async () => {
    fixture = await startFixture({ dialect })
    person = await newPerson(fixture)
    browser = newBrowser()
    await signIn(browser, '/')
  })
  after(() => fixture.close())
  beforeEach(() => fixture.clock.advance(1_000))

  async function signIn(by: Browser, path: string): Promise<TestAnswer> {
    const page = await visit(fixture, by, 'GET', path)
    assert.match(page.text, /name="identifier"/)
    return submitSignIn(fixture, by, page.text, person)
  }
  const open = (path: string, by: Browser = browser) => visit(fixture, by, 'GET', path)

  async function newLink(mode: Mode, scopes: readonly string[] = [], isAssigned = true): Promise<TestApp> {
    const app = await newApp(fixture, {
      settings: {
        redirect_uris: [CALLBACK, 'https://second.example.com/callback'],
        initiate_login_uri: PAGE,
        idp_initiated_login: { mode, default_scope: scopes },
      },
    })
    if (isAssigned) await assign(fixture, app, person)
    return app
  }

  function isRefused(answer: TestAnswer, code: string, description: string): void {
    assert.equal(answer.status, 400, answer.text)
    assert.equal(answer.headers.location, undefined)
    assert.match(String(answer.headers['content-type']), /^text\/html/)
    assert.deepEqual(pageError(answer), { code, description })
  }

  const policyOf = ({ headers }: TestAnswer) => String(headers['content-security-policy'])

  /** What an app does with the ID token of the page. */
  async function verified({ text }: TestAnswer, app: TestApp) {
    const { json } = await fixture.request('GET', '/oauth2/v1/keys', { token: null })
    const { payload } = await jwtVerify(hiddenFields(text).id_token ?? '', createLocalJWKSet(json), {
      issuer: fixture.org.url,
      audience: app.clientId,
      currentDate: new Date(fixture.clock.now()),
    })
    return payload
  }

  for (const mode of ['DISABLED', 'SPEC', 'OKTA'] as const)
    describe(`of the mode ${mode}`, () => {
      it('asks whoever has no session, or an ended one, to sign in, and goes on as with one', async () => {
        const app = await newLink(mode)
        const fresh = newBrowser()
        const after = await signIn(fresh, linkOf(app))
        const again = await open(linkOf(app), fresh)
        if (mode === 'SPEC') {
          assert.equal(after.status, 303)
          assert.deepEqual(after.headers.location, again.headers.location)
        } else if (mode === 'OKTA') {
          assert.ok(hiddenFields(after.text).id_token)
          assert.ok(hiddenFields(again.text).id_token)
        } else {
          assert.deepEqual(pageError(after), pageError(again))
          assert.equal(pageError(after).code, 'idp_initated_flow_disabled')
        }
        const { json } = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: fresh.cookies })
        assert.equal((await fixture.request('DELETE', `/api/v1/sessions/${json.id}`)).status, 204)
        assert.match((await open(linkOf(app), fresh)).text, /name="identifier"/)
      })

      it('refuses whoever does not have the app', async () => {
        const app = await newLink(mode, [], false)
        const answer = await open(linkOf(app))
        assert.equal(answer.status, 400)
        assert.equal(pageError(answer).code, 'access_denied')
        assert.equal(hiddenFields(answer.text).id_token, undefined)
        assert.equal(answer.headers.location, undefined)
      })

      it('is nobody’s once the app is inactive, also for whoever signs in meanwhile', async () => {
        const app = await newLink(mode)
        const late = newBrowser()
        const page = await open(linkOf(app), late)
        await fixture.request('POST', `/api/v1/apps/${app.id}/lifecycle/deactivate`)
        for (const answer of [await open(linkOf(app)), await submitSignIn(fixture, late, page.text, person)])
          isRefused(answer, 'invalid_request', 'This app does not exist, or is not active.')
        assert.match((await open('/app/UserHome', late)).text, /name="identifier"/)
      })

      it('of another org is nobody’s, with a session and without', async () => {
        const app = await newLink(mode)
        const org = await fixture.newOrg(`o${mode.toLowerCase()}${dialect}`.slice(0, 20))
        for (const by of [newBrowser(), { cookies: { ...browser.cookies } }])
          isRefused(
            await changingNothing(fixture.deps.db, () => visit(fixture, by, 'GET', linkOf(app), { org })),
            'invalid_request',
            'This app does not exist, or is not active.',
          )
      })
    })

  it('of an app that nobody has is refused, whatever it is', async () => {
    for (const id of ['0oaNobodysApp0000001', '%00', '%3Cscript%3E', 'x'.repeat(500)])
      isRefused(
        await open(`/home/oidc_client/${id}/aln`),
        'invalid_request',
        'This app does not exist, or is not active.',
      )
  })

  it('of an app whose sign-ins begin with it alone says so', async () => {
    isRefused(
      await open(linkOf(await newLink('DISABLED'))),
      'idp_initated_flow_disabled',
      'IdP-initiated login is disabled for this client.',
    )
  })

  describe('that leads to the app’s own page', () => {
    it('tells it the issuer and the person, and leaves its query as it was registered', async () => {
      const answer = await open(linkOf(await newLink('SPEC')))
      assert.equal(answer.status, 302)
      const query = new URLSearchParams({ iss: fixture.org.url, login_hint: person.login })
      assert.equal(answer.headers.location, `${PAGE}&${query}`)
      assert.equal(answer.headers['referrer-policy'], 'no-referrer')
    })

    it('hands a target on that is the app’s own, and no hint of the link’s', async () => {
      const app = await newLink('SPEC')
      const target = 'https://app.example.com/reports?a=b&c=d#e'
      const query = new URLSearchParams({ target_link_uri: target, iss: 'https://evil.test', login_hint: 'mallory' })
      const sent = new URL(String((await open(linkOf(app, `?${query}`))).headers.location)).searchParams
      assert.deepEqual(Object.fromEntries(sent), {
        tenant: 'a b',
        iss: fixture.org.url,
        login_hint: person.login,
        target_link_uri: target,
      })
      const away = new URLSearchParams({ target_link_uri: 'https://app.example.com.evil.test/' })
      isRefused(
        await open(linkOf(app, `?${away}`)),
        'invalid_request',
        "The 'target_link_uri' must be on the app's own origin.",
      )
    })

    it('says the same to whoever signs in on the way', async () => {
      const app = await newLink('SPEC')
      const query = new URLSearchParams({ target_link_uri: 'https://app.example.com/reports' })
      const answer = await signIn(newBrowser(), linkOf(app, `?${query}`))
      assert.equal(answer.status, 303)
      assert.equal(
        new URL(String(answer.headers.location)).searchParams.get('target_link_uri'),
        'https://app.example.com/reports',
      )
    })
  })

  describe('that brings the app an ID token', () => {
    it('posts one that the keys prove, for that app and that person, and nothing beside it', async () => {
      const app = await newLink('OKTA', ['email'])
      const answer = await open(linkOf(app))
      assert.equal(answer.status, 200)
      assert.deepEqual(Object.keys(hiddenFields(answer.text)), ['id_token'])
      const claims = await verified(answer, app)
      const session = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: browser.cookies })
      const { lastPasswordVerification, amr } = session.json
      assert.equal(claims.sub, person.id)
      assert.equal(claims.email, person.login)
      assert.equal(claims.auth_time, Math.floor(Date.parse(lastPasswordVerification) / 1_000))
      assert.deepEqual(claims.amr, amr)
      // Nobody asked for it, so there is nothing to repeat, and no access token to vouch for.
      for (const name of ['nonce', 'at_hash', 'c_hash', 'scp', 'acr']) assert.ok(!(name in claims), name)
      assert.match(String(claims.jti), /^ID\./)
    })

    it('is another at each use, and opens nothing here', async () => {
      const app = await newLink('OKTA')
      const [one, other] = [await open(linkOf(app)), await open(linkOf(app))]
      const token = hiddenFields(one.text).id_token ?? ''
      assert.notEqual((await verified(one, app)).jti, (await verified(other, app)).jti)
      const answer = await fixture.request('GET', '/oauth2/v1/userinfo', {
        token: null,
        headers: { authorization: `Bearer ${token}` },
      })
      assert.equal(answer.status, 401)
      const { json } = await fixture.request('GET', `/api/v1/apps/${app.id}/tokens`)
      assert.deepEqual(json, [])
    })

    it('tells of the factors by which the session began', async () => {
      const app = await newLink('OKTA')
      const second = await newPerson(fixture)
      await assign(fixture, app, second)
      const enrolled = await enrollApp(fixture, second.id)
      const json = { username: second.login, password: second.password }
      const { json: begun } = await fixture.request('POST', '/api/v1/authn', { token: null, json })
      assert.ok(begun.status === 'SUCCESS' || begun.status === 'MFA_REQUIRED', begun.status)
      const proof = { stateToken: begun.stateToken, passCode: totpCode(fixture, enrolled.sharedSecret) }
      const { json: done } =
        begun.status === 'SUCCESS'
          ? { json: begun }
          : await fixture.request('POST', `/api/v1/authn/factors/${enrolled.id}/verify`, { token: null, json: proof })
      const by = newBrowser()
      const query = new URLSearchParams({ token: done.sessionToken, redirectUrl: `${fixture.org.url}${linkOf(app)}` })
      await visit(fixture, by, 'GET', `/login/sessionCookieRedirect?${query}`)
      const claims = await verified(await open(linkOf(app), by), app)
      const { json: session } = await fixture.request('GET', '/api/v1/sessions/me', {
        token: null,
        cookies: by.cookies,
      })
      assert.deepEqual(claims.amr, session.amr)
      assert.equal(claims.sub, second.id)
    })

    it('is a sound page that may be sent to that app alone, and goes on by a button without scripts', async () => {
      const app = await newLink('OKTA')
      const answer = await open(linkOf(app))
      const nonce = /style-src 'nonce-([^']+)'/.exec(policyOf(answer))?.[1] ?? ''
      assertSoundPage(answer.text, nonce)
      assert.match(policyOf(answer), /default-src 'none'/)
      assert.match(policyOf(answer), /form-action (?:'self' )?https:\/\/app\.example\.com(?:;|$)/)
      assert.match(policyOf(answer), /frame-ancestors 'none'/)
      assert.match(answer.text, new RegExp(`<form id="answer" method="post" action="${CALLBACK}">`))
      assert.match(answer.text, /<noscript>.*<button class="button" type="submit">Continue<\/button><\/noscript>/)
      assert.equal(answer.headers['cache-control'], 'no-cache, no-store')
      assert.equal(answer.headers['referrer-policy'], 'no-referrer')
      assert.equal(answer.headers['access-control-allow-origin'], undefined)
    })

    it('comes right after a sign-in on the way too', async () => {
      const app = await newLink('OKTA')
      const by = newBrowser()
      const answer = await signIn(by, linkOf(app))
      const claims = await verified(answer, app)
      assert.equal(claims.auth_time, Math.floor(fixture.clock.now() / 1_000))
    })
  })
})
