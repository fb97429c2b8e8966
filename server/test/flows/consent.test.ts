// Consent: who is asked for what and when, what is remembered, and that the answer is the person's own.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { all } from '#db/unit.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  assign,
  authorizePath,
  type Browser,
  callback,
  exchangeForm,
  hiddenFields,
  newApp,
  newBrowser,
  newPerson,
  newPkce,
  type Pkce,
  pageError,
  submitSignIn,
  type TestApp,
  type TestPerson,
  tokenRequest,
  visit,
} from '../oauth-client.ts'
import { changingNothing } from '../rows.ts'
import { addScope } from '../server-settings.ts'

const BASE = 'openid offline_access'
const CONSENT = '/signin/consent'

describe('consent', () => {
  let fixture: Fixture
  let person: TestPerson
  before(async () => {
    fixture = await startFixture()
    person = await newPerson(fixture)
    await addScope(fixture, {
      name: 'ask',
      consent: 'REQUIRED',
      displayName: 'Read <b>your</b> things',
      description: 'All of them',
    })
    await addScope(fixture, { name: 'ask2', consent: 'REQUIRED' })
    await addScope(fixture, { name: 'flex', consent: 'FLEXIBLE' })
    await addScope(fixture, { name: 'quiet', consent: 'IMPLICIT' })
    await addScope(fixture, { name: 'maybe', consent: 'REQUIRED', optional: true })
    await addScope(fixture, { name: 'maybe2', consent: 'FLEXIBLE', optional: true })
  })
  after(() => fixture.close())
  beforeEach(() => fixture.clock.advance(1_000))

  interface Story {
    readonly app: TestApp
    readonly browser: Browser
    readonly pkce: Pkce
    ask(scope: string, parameters?: Readonly<Record<string, string | undefined>>): Promise<TestAnswer>
  }

  /** An app and a browser in which the person is signed in. */
  async function story(consent_method: 'TRUSTED' | 'REQUIRED' = 'REQUIRED'): Promise<Story> {
    const app = await newApp(fixture, { settings: { consent_method, tos_uri: 'https://app.example/tos' } })
    await assign(fixture, app, person)
    const browser = newBrowser()
    const pkce = newPkce()
    const page = await visit(fixture, browser, 'GET', authorizePath(app, pkce, { scope: BASE }))
    callback(await submitSignIn(fixture, browser, page.text, person))
    fixture.clock.advance(1)
    return {
      app,
      browser,
      pkce,
      ask: (scope, parameters = {}) =>
        visit(fixture, browser, 'GET', authorizePath(app, pkce, { scope: `${BASE} ${scope}`.trim(), ...parameters })),
    }
  }

  const isConsentPage = (answer: TestAnswer): boolean =>
    answer.status === 200 && answer.text.includes('data-se="consent-allow-btn"')

  /** The scopes that a page asks for: must, or may be unticked. */
  function shown(answer: TestAnswer): { must: number; may: readonly string[] } {
    assert.ok(isConsentPage(answer), `${answer.status} ${answer.headers.location ?? answer.text.slice(0, 300)}`)
    const may = [...answer.text.matchAll(/type="checkbox" name="scope" value="([^"]*)"/g)].map(
      (found) => found[1] ?? '',
    )
    return { must: [...answer.text.matchAll(/<li class="granted">/g)].length, may }
  }

  const answerWith = (
    browser: Browser,
    page: TestAnswer,
    consent: string,
    scopes: readonly string[] = [],
    more: Readonly<Record<string, string>> = {},
  ): Promise<TestAnswer> => {
    const form = new URLSearchParams({ ...hiddenFields(page.text), consent, ...more })
    for (const scope of scopes) form.append('scope', scope)
    return visit(fixture, browser, 'POST', CONSENT, { form: form.toString() })
  }

  async function scopesOf({ app, pkce }: Story, answer: TestAnswer): Promise<readonly string[]> {
    const { code = '', ...rest } = callback(answer)
    assert.ok(code, JSON.stringify(rest))
    const tokens = await tokenRequest(fixture, exchangeForm(app, code, pkce))
    assert.equal(tokens.status, 200, tokens.text)
    return tokens.json.scope.split(' ').filter((scope: string) => !BASE.includes(scope))
  }

  describe('is asked for as the app, the scope and the prompt say', () => {
    const rows = [
      // prompt, app, scope, asked
      ['consent', 'REQUIRED', 'ask', true],
      ['consent', 'TRUSTED', 'ask', true],
      ['consent', 'TRUSTED', 'flex', true],
      ['consent', 'TRUSTED', 'quiet', false],
      ['consent', 'REQUIRED', 'quiet', false],
      [undefined, 'TRUSTED', 'ask', false],
      [undefined, 'TRUSTED', 'flex', false],
      [undefined, 'TRUSTED', 'quiet', false],
      [undefined, 'REQUIRED', 'ask', true],
      [undefined, 'REQUIRED', 'flex', true],
      [undefined, 'REQUIRED', 'quiet', false],
    ] as const
    for (const [prompt, method, scope, asked] of rows)
      it(`prompt ${prompt ?? 'none of its own'}, app ${method}, scope ${scope}: ${asked ? 'asked' : 'not asked'}`, async () => {
        const told = await story(method)
        const answer = await told.ask(scope, { prompt })
        assert.equal(isConsentPage(answer), asked)
        if (!asked) assert.deepEqual(await scopesOf(told, answer), [scope])
      })

    it('scopes of OpenID are never asked for', async () => {
      const told = await story()
      assert.ok(callback(await told.ask('profile email address phone')).code)
    })
  })

  it('the page says who asks whom for what, and shows text as text', async () => {
    const told = await story()
    const page = await told.ask('ask flex quiet maybe')
    assert.deepEqual(shown(page), { must: 2, may: ['maybe'] })
    assert.ok(page.text.includes('Read &lt;b&gt;your&lt;/b&gt; things'))
    assert.ok(page.text.includes('All of them'))
    assert.ok(page.text.includes(person.login))
    assert.ok(page.text.includes('href="https://app.example/tos"'))
    const csp = String(page.headers['content-security-policy'])
    assert.match(csp, /frame-ancestors 'none'/)
    assert.match(csp, /form-action 'self' http:\/\/localhost:8080(;|$)/)
  })

  it('allowed, it gives the scopes and is remembered', async () => {
    const told = await story()
    const page = await told.ask('ask flex quiet')
    assert.deepEqual(await scopesOf(told, await answerWith(told.browser, page, 'allow')), ['ask', 'flex', 'quiet'])
    assert.deepEqual(await scopesOf(told, await told.ask('ask flex')), ['ask', 'flex'])
    assert.deepEqual(await scopesOf(told, await told.ask('ask', { prompt: 'none' })), ['ask'])
  })

  it('remembered for one app, it is asked for again by another', async () => {
    const first = await story()
    await answerWith(first.browser, await first.ask('ask'), 'allow')
    const second = await story()
    assert.ok(isConsentPage(await second.ask('ask')))
  })

  it('a scope more is asked for again', async () => {
    const told = await story()
    await answerWith(told.browser, await told.ask('ask'), 'allow')
    assert.deepEqual(shown(await told.ask('ask ask2')), { must: 2, may: [] })
  })

  it('prompt=consent asks again although it is remembered', async () => {
    const told = await story()
    await answerWith(told.browser, await told.ask('ask'), 'allow')
    assert.ok(isConsentPage(await told.ask('ask', { prompt: 'consent' })))
  })

  it('denied, it is access_denied, and nothing is remembered', async () => {
    const told = await story()
    const page = await told.ask('ask')
    const answer = await changingNothing(fixture.deps.db, () => answerWith(told.browser, page, 'deny'))
    assert.equal(answer.status, 303)
    const { error, error_description, state, code } = callback(answer)
    assert.deepEqual([error, state, code], ['access_denied', 'state-1', undefined])
    assert.equal(error_description, 'The resource owner or authorization server denied the request.')
    assert.ok(isConsentPage(await told.ask('ask')))
  })

  it('anything but `allow` is a denial', async () => {
    const told = await story()
    for (const word of ['', 'ALLOW', 'yes', 'true']) {
      const page = await told.ask('ask')
      assert.equal(callback(await answerWith(told.browser, page, word)).error, 'access_denied')
    }
  })

  it('with prompt=none it is an error that names the scopes', async () => {
    const told = await story()
    const { error, error_description } = callback(await told.ask('ask quiet flex', { prompt: 'none' }))
    assert.equal(error, 'consent_required')
    assert.equal(error_description, 'The following scopes require user consent: [ask, flex].')
  })

  describe('of optional scopes', () => {
    it('leaves out what was unticked', async () => {
      const told = await story()
      const page = await told.ask('ask maybe maybe2')
      assert.deepEqual(shown(page), { must: 1, may: ['maybe', 'maybe2'] })
      const answer = await answerWith(told.browser, page, 'allow', ['maybe2'])
      assert.deepEqual(await scopesOf(told, answer), ['ask', 'maybe2'])
    })

    it('silent renewals go on without them', async () => {
      const told = await story()
      await answerWith(told.browser, await told.ask('ask maybe'), 'allow')
      assert.deepEqual(await scopesOf(told, await told.ask('ask maybe', { prompt: 'none' })), ['ask'])
    })

    it('a page that ticks what was not shown gains nothing', async () => {
      const told = await story()
      const page = await told.ask('maybe')
      const answer = await answerWith(told.browser, page, 'allow', ['maybe', 'maybe2', 'ask', 'quiet', 'x'])
      assert.deepEqual(await scopesOf(told, answer), ['maybe'])
    })

    it('when nothing is left, the request is denied', async () => {
      const told = await story()
      const page = await told.ask('', { scope: 'maybe' })
      assert.equal(callback(await answerWith(told.browser, page, 'allow')).error, 'access_denied')
    })
  })

  it('is for what the page showed: a scope that wants consent only now is asked for', async () => {
    const told = await story()
    await addScope(fixture, { name: 'late', consent: 'IMPLICIT' })
    const page = await told.ask('ask late')
    assert.deepEqual(shown(page), { must: 1, may: [] })
    const { json: scopes } = await fixture.request('GET', '/api/v1/authorizationServers/default/scopes?q=late')
    const put = await fixture.request('PUT', `/api/v1/authorizationServers/default/scopes/${scopes[0].id}`, {
      json: { ...scopes[0], consent: 'REQUIRED' },
    })
    assert.ok(put.status < 300, put.text)
    assert.deepEqual(shown(await answerWith(told.browser, page, 'allow')), { must: 2, may: [] })
  })

  it('covers default scopes that nobody named', async () => {
    await addScope(fixture, { name: 'default-ask', consent: 'REQUIRED', default: true })
    const told = await story()
    const page = await told.ask('', { scope: undefined })
    assert.deepEqual(shown(page), { must: 1, may: [] })
    assert.deepEqual(await scopesOf(told, await answerWith(told.browser, page, 'allow')), ['default-ask'])
    assert.ok(callback(await told.ask('', { scope: undefined, prompt: 'none' })).code)
  })

  it('follows a sign-in in the same interaction', async () => {
    const app = await newApp(fixture, { settings: { consent_method: 'REQUIRED' } })
    await assign(fixture, app, person)
    const browser = newBrowser()
    const path = authorizePath(app, newPkce(), { scope: `${BASE} ask`, prompt: 'login consent', max_age: '0' })
    const signIn = await visit(fixture, browser, 'GET', path)
    const page = await submitSignIn(fixture, browser, signIn.text, person)
    fixture.clock.advance(5 * 60_000)
    assert.ok(callback(await answerWith(browser, page, 'allow')).code)
  })

  describe('is the person’s own', () => {
    const isExpired = (answer: TestAnswer): void => {
      assert.equal(answer.status, 400)
      assert.equal(answer.headers.location, undefined)
      assert.equal(pageError(answer).description, 'Request expired, please start over and try again.')
    }
    const refused = async (send: () => Promise<TestAnswer>): Promise<void> =>
      isExpired(await changingNothing(fixture.deps.db, send))

    it('somebody else who has signed in meanwhile does not give it', async () => {
      const told = await story()
      const page = await told.ask('ask')
      const other = await newPerson(fixture)
      await assign(fixture, told.app, other)
      const signIn = await told.ask('', { prompt: 'login' })
      callback(await submitSignIn(fixture, told.browser, signIn.text, other))
      await refused(() => answerWith(told.browser, page, 'allow'))
    })

    it('nor does a newer session of the same person', async () => {
      const told = await story()
      const page = await told.ask('ask')
      const signIn = await told.ask('', { prompt: 'login' })
      callback(await submitSignIn(fixture, told.browser, signIn.text, person))
      await refused(() => answerWith(told.browser, page, 'allow'))
    })

    it('nor does nobody', async () => {
      const told = await story()
      const page = await told.ask('ask')
      const { sid: _, idx: __, ...cookies } = told.browser.cookies
      await refused(() => answerWith({ cookies }, page, 'allow'))
    })

    it('nor does a form from another site', async () => {
      const told = await story()
      const page = await told.ask('ask')
      const form = { ...hiddenFields(page.text), consent: 'allow' }
      const foreign: readonly Record<string, string>[] = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]
      for (const headers of foreign)
        await refused(() => visit(fixture, told.browser, 'POST', CONSENT, { form, headers }))
      const own = { origin: 'http://first.test', 'sec-fetch-site': 'same-origin' }
      assert.ok(callback(await visit(fixture, told.browser, 'POST', CONSENT, { form, headers: own })).code)
    })

    it('nor does a form without its proof, or one that was tampered with', async () => {
      const told = await story()
      const page = await told.ask('ask')
      const { csrf = '', stateToken = '' } = hiddenFields(page.text)
      const bent = (text: string) => `${text.slice(0, -2)}${text.endsWith('AA') ? 'BB' : 'AA'}`
      for (const more of [
        { csrf: '' },
        { csrf: bent(csrf) },
        { stateToken: '' },
        { stateToken: bent(stateToken) },
        { stateToken: stateToken.slice(0, -1) },
        { stateToken: `${stateToken}A` },
        { stateToken: stateToken.replace(/^1\./, '2.') },
      ])
        await refused(() => answerWith(told.browser, page, 'allow', [], more))
    })

    it('nor does another browser that got hold of the form', async () => {
      const told = await story()
      const page = await told.ask('ask')
      const other = newBrowser()
      await visit(fixture, other, 'GET', authorizePath(told.app, newPkce()))
      const { sid = '', idx = '' } = told.browser.cookies
      const form = { ...hiddenFields(page.text), consent: 'allow' }
      for (const cookies of [{}, { ...other.cookies }, { ...other.cookies, sid, idx }])
        await refused(() => visit(fixture, { cookies }, 'POST', CONSENT, { form }))
    })

    it('nor does the sign-in page’s sealed request, which nobody was asked with', async () => {
      const told = await story()
      const signIn = await told.ask('ask', { prompt: 'login' })
      const form = { ...hiddenFields(signIn.text), consent: 'allow' }
      await refused(() => visit(fixture, told.browser, 'POST', CONSENT, { form }))
    })

    it('nor does a page that lay open for more than ten minutes', async () => {
      const told = await story()
      const page = await told.ask('ask')
      fixture.clock.advance(10 * 60_000)
      await refused(() => answerWith(told.browser, page, 'allow'))
    })

    it('nor for an app that is gone by now', async () => {
      const told = await story()
      const page = await told.ask('ask')
      await fixture.request('POST', `/api/v1/apps/${told.app.id}/lifecycle/deactivate`)
      const answer = await changingNothing(fixture.deps.db, () => answerWith(told.browser, page, 'allow'))
      assert.equal(answer.status, 400)
      assert.equal(pageError(answer).code, 'invalid_client')
    })
  })

  it('is forgotten with the app and with the person', async () => {
    const told = await story()
    await answerWith(told.browser, await told.ask('ask'), 'allow')
    const consents = () =>
      fixture.deps.db.read(
        all(fixture.deps.db.for(fixture.org.id).from('consent').selectAll().where('app_id', '=', told.app.id)),
      )
    assert.equal((await consents()).length, 1)
    await fixture.request('POST', `/api/v1/apps/${told.app.id}/lifecycle/deactivate`)
    await fixture.request('DELETE', `/api/v1/apps/${told.app.id}`)
    assert.equal((await consents()).length, 0)
  })
})
