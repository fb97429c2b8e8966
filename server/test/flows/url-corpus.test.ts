// The corpus of origins and redirect URIs at every door that compares URLs, and each decision beside the one of the URL standard.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parseOrigin } from '#kernel/origin.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  authorizePath,
  type Browser,
  exchangeForm,
  hiddenFields,
  newApp,
  newBrowser,
  newPair,
  newPerson,
  newPkce,
  REDIRECT_URI,
  signInForTokens,
  type TestApp,
  tokenRequest,
  visit,
} from '../oauth-client.ts'
import { URL_CORPUS } from '../url-corpus.ts'

const ORIGINS = '/api/v1/trustedOrigins'
const APP = 'https://app.example.com'
const LOCAL = 'http://localhost:8080'
const IONIC = 'ionic://localhost'
const AWAY = 'https://replaced.example'
const TRUSTED: readonly string[] = [APP, LOCAL, IONIC]
const ORG = 'http://first.test'

/** How the URL standard reads an origin; of schemes that it doesn't know it says `null`, and leaves the host as it is. */
function standardOrigin(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url) return undefined
  return url.origin === 'null' ? `${url.protocol}//${url.host.toLowerCase()}` : url.origin
}

/** What we refuse on purpose though the URL standard reads a host out of it. */
function isStricter(text: string): boolean {
  const url = URL.parse(text)
  return (
    // Spaces, controls, backslashes and percent signs that parsers drop, fold or decode.
    /[\\%\p{Cc}\p{Cf}\p{Z}]/u.test(text) ||
    // Slashes too many or too few, credentials, wildcards, hosts that would end a policy's source.
    !/^[a-z]+:\/\/[^/]/i.test(text) ||
    /^[a-z]+:\/\/[^/?#]*[@*;,'"`{}|^<>$&!()+=~]/i.test(text) ||
    // Labels that are empty, and a port that nobody has.
    /^[a-z]+:\/\/(\.|[^/?#]*\.\.)/i.test(text) ||
    url?.port === '0'
  )
}

describe('the corpus of URLs', () => {
  let fixture: Fixture
  let app: TestApp
  let signedIn: Browser
  let idToken: string

  before(async () => {
    fixture = await startFixture()
    const pair = await newPair(fixture, {
      settings: { redirect_uris: [REDIRECT_URI, APP], post_logout_redirect_uris: [APP, `${LOCAL}/bye`] },
    })
    app = pair.app
    signedIn = newBrowser()
    idToken = (await signInForTokens(fixture, app, pair.person, {}, signedIn)).id_token
    for (const origin of TRUSTED) {
      const json = { name: origin, origin, scopes: [{ type: 'CORS' }, { type: 'REDIRECT' }] }
      assert.equal((await fixture.request('POST', ORIGINS, { json })).status, 200)
    }
  })
  after(() => fixture.close())

  const CATEGORIES: readonly [what: string, pattern: RegExp, atLeast: number][] = [
    ['user names and passwords', /^[a-z]+:\/\/[^/?#\\]*@/i, 10],
    ['backslashes', /\\/, 8],
    ['percent-encoding in the host', /^https?:\/\/[^/?#]*%/i, 10],
    ['scheme-relative addresses', /^(\/\/|\\\\|\/\\)/, 5],
    ['internationalised names', /[^\0-\x7f]|xn--/i, 15],
    ['IPv6 addresses', /\[/, 12],
    ['default ports', /:0*(443|80|21)\/?$/, 10],
    ['mixed case', /^(?=.*[A-Z])[a-z]+:\/\/[a-z.]+/i, 12],
    ['trailing dots', /\.(\/|:443)?$/, 6],
    ['the origin null', /null/i, 4],
    ['data: and blob:', /^(data|blob):/i, 4],
    ['javascript:', /javascript/i, 10],
    ['white space and controls', /[\p{Cc}\p{Cf}\p{Z}]/u, 15],
    ['wildcards', /\*/, 8],
    ['ports that are none', /:(0+|\d{5,}|[-+]\d+|\w+x\w*)$/i, 5],
    ['other schemes', /^(?!https?:)[a-z][a-z.+-]*:/i, 30],
  ]
  for (const [what, pattern, atLeast] of CATEGORIES)
    it(`has ${what}`, () => {
      const found = URL_CORPUS.filter(({ text }) => pattern.test(text)).length
      assert.ok(found >= atLeast, `${found} of at least ${atLeast}`)
    })

  it('has far more than 150 texts, origins and redirect URIs, good and bad', () => {
    const texts = new Set(URL_CORPUS.map(({ text }) => text))
    assert.equal(texts.size, URL_CORPUS.length)
    assert.ok(texts.size >= 300, String(texts.size))
    assert.ok(URL_CORPUS.filter(({ origin }) => origin !== undefined).length >= 60)
    assert.ok(URL_CORPUS.filter(({ redirect }) => redirect !== 'none').length >= 90)
    assert.ok(URL_CORPUS.filter(({ origin, redirect }) => origin === undefined && redirect === 'none').length >= 150)
  })

  it('is read as the URL standard reads it, or refused for a reason that stands here', () => {
    for (const { text, origin } of URL_CORPUS) {
      assert.equal(parseOrigin(text), origin)
      const standard = standardOrigin(text)
      const url = URL.parse(text)
      if (origin !== undefined) assert.equal(standard, origin, text)
      // A bare origin of a scheme that can be trusted, as the standard has it.
      else if (url && /^(https?|ftp|ionic|capacitor):$/.test(url.protocol) && `${url.origin}/` === url.href)
        assert.ok(isStricter(text) || /[?#]/.test(text), `${JSON.stringify(text)} is ${standard}, and refused`)
    }
  })

  it('is trusted by POST and by PUT exactly where it is an origin', async () => {
    const made = await fixture.request('POST', ORIGINS, {
      json: { name: 'Replaced', origin: AWAY, scopes: [{ type: 'CORS' }] },
    })
    for (const [n, { text, origin }] of URL_CORPUS.entries()) {
      const known = origin !== undefined && TRUSTED.includes(origin)
      const json = { name: `Corpus ${n}`, origin: text, scopes: [{ type: 'CORS' }] }
      const post = await fixture.request('POST', ORIGINS, { json })
      const put = await fixture.request('PUT', `${ORIGINS}/${made.json.id}`, {
        json: { ...json, name: 'Replaced', ...(post.status === 200 ? { origin: AWAY } : {}) },
      })
      const shown = JSON.stringify(text)
      assert.equal(post.status, origin === undefined || known ? 400 : 200, shown)
      if (post.status === 200) {
        assert.equal(post.json.origin, text)
        assert.equal((await fixture.request('DELETE', `${ORIGINS}/${post.json.id}`)).status, 204)
        const replaced = await fixture.request('PUT', `${ORIGINS}/${made.json.id}`, { json })
        assert.deepEqual([replaced.status, replaced.json.origin], [200, text])
        await fixture.request('PUT', `${ORIGINS}/${made.json.id}`, { json: { ...json, origin: AWAY } })
        continue
      }
      assert.equal(put.status, 400, shown)
      for (const answer of [post, put]) {
        assert.equal(answer.json.errorCode, 'E0000001', shown)
        assert.equal(answer.json.errorSummary, 'Api validation failed: origin', shown)
      }
    }
    await fixture.request('DELETE', `${ORIGINS}/${made.json.id}`)
  })

  const changed = (whole: Record<string, unknown>, change: object) => {
    const settings = whole.settings as { oauthClient: object }
    return { ...whole, settings: { ...settings, oauthClient: { ...settings.oauthClient, ...change } } }
  }

  for (const type of ['browser', 'native'] as const)
    it(`is registered by a ${type} app, by POST and by PUT, exactly where it may be`, async () => {
      const one = await newApp(fixture, { type })
      const { _links, id: _, credentials: __, ...whole } = (await fixture.request('GET', `/api/v1/apps/${one.id}`)).json
      const none = { token_endpoint_auth_method: 'none' }
      for (const [n, { text, redirect }] of URL_CORPUS.entries()) {
        const allowed = redirect === 'any' || (type === 'native' && redirect === 'custom')
        // What a browser app may not have besides is refused by the same rule at each door.
        for (const list of type === 'native' ? ['redirect_uris', 'post_logout_redirect_uris'] : []) {
          const body = changed(whole, { [list]: [text] })
          const put = await fixture.request('PUT', `/api/v1/apps/${one.id}`, {
            json: { ...body, credentials: { oauthClient: none } },
          })
          const note = `PUT ${list} ${JSON.stringify(text)}: ${put.text}`
          assert.equal(put.status, allowed ? 200 : 400, note)
          if (allowed) assert.deepEqual(put.json.settings.oauthClient[list], [text])
          else assert.equal(put.json.errorCode, 'E0000001', note)
        }
        const json = {
          ...changed(whole, { redirect_uris: [text] }),
          label: `Corpus ${type} ${n}`,
          credentials: { oauthClient: none },
        }
        const post = await fixture.request('POST', '/api/v1/apps', { json })
        assert.equal(post.status, allowed ? 200 : 400, `POST ${JSON.stringify(text)}`)
        if (!allowed) continue
        // What was registered is what opens, character by character.
        const { client_id: clientId } = post.json.credentials.oauthClient
        const registered = { id: post.json.id, clientId, secret: undefined }
        const page = await visit(
          fixture,
          newBrowser(),
          'GET',
          authorizePath(registered, newPkce(), { redirect_uri: text }),
        )
        assert.equal(page.status, 200, `GET ${JSON.stringify(text)}`)
      }
    })

  it('is sent a code at /authorize only where it is registered, character by character', async () => {
    for (const { text } of URL_CORPUS) {
      const path = authorizePath(app, newPkce(), { redirect_uri: text })
      const { status, headers } = await visit(fixture, signedIn, 'GET', path)
      const isRegistered = text === APP || text === REDIRECT_URI
      const shown = JSON.stringify(text)
      assert.equal(status, isRegistered ? 302 : 400, shown)
      assert.equal(headers.location === undefined, !isRegistered, shown)
    }
  })

  it('is led to after sign-out only where it is registered', async () => {
    // An empty parameter is none.
    for (const { text } of URL_CORPUS.filter((one) => one.text !== '')) {
      const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: text })
      const { status, headers } = await visit(fixture, newBrowser(), 'GET', `/oauth2/default/v1/logout?${query}`)
      assert.equal(status, text === APP ? 302 : 400, JSON.stringify(text))
      assert.equal(headers.location, text === APP ? APP : undefined, JSON.stringify(text))
    }
  })

  /** Where a browser goes, if it is the org's or a trusted origin; undefined for anywhere else. */
  function safeTarget(text: string): string | undefined {
    const url = URL.parse(text, `${ORG}/login/`)
    const origin = url && standardOrigin(url.href)
    return url && origin && [...TRUSTED, ORG].includes(origin) && url.username + url.password === ''
      ? url.href
      : undefined
  }

  const followed = (text: string, { headers }: TestAnswer) => {
    const { location } = headers
    const safe = safeTarget(text)
    const shown = `${JSON.stringify(text)} → ${location}`
    if (location !== undefined) return assert.equal(location, safe, shown)
    const isRelative = !/^[a-z][a-z\d+.-]*:/i.test(text) && !text.startsWith('/')
    return assert.ok(safe === undefined || isRelative || isStricter(text), shown)
  }

  it('is followed from fromURI only where the URL standard finds the org or a trusted origin', async () => {
    let count = 0
    for (const { text } of URL_CORPUS) {
      const query = new URLSearchParams({ fromURI: text })
      const answer = await visit(fixture, newBrowser(), 'GET', `/login/signout?${query}`)
      assert.ok(answer.status === 200 || answer.status === 302)
      if (answer.status === 302) count += 1
      followed(text, answer)
      // From another site people are asked first; the form then leads there.
      const asked = await visit(fixture, { cookies: { ...signedIn.cookies } }, 'GET', `/login/signout?${query}`, {
        headers: { 'sec-fetch-site': 'cross-site' },
      })
      assert.equal(asked.status, 200, JSON.stringify(text))
      assert.equal(asked.text.includes('fromURI='), answer.status === 302, JSON.stringify(text))
    }
    assert.ok(count > 30, String(count))
  })

  it('is followed from sessionCookieRedirect by the same rule', async () => {
    for (const { text } of URL_CORPUS) {
      const query = new URLSearchParams({ redirectUrl: text, token: 'x' })
      const path = `/login/sessionCookieRedirect?${query}`
      const answer = await visit(fixture, signedIn, 'GET', path)
      assert.equal(answer.status, answer.headers.location === undefined ? 400 : 302)
      followed(text, answer)
    }
  })

  it('is handed to an app as its target only where the URL standard finds the app', async () => {
    const own = await newApp(fixture, {
      settings: {
        redirect_uris: [REDIRECT_URI],
        initiate_login_uri: `${APP}/login`,
        idp_initiated_login: { mode: 'SPEC', default_scope: [] },
      },
    })
    const { json } = await visit(fixture, signedIn, 'GET', '/api/v1/sessions/me')
    const assigned = await fixture.request('POST', `/api/v1/apps/${own.id}/users`, { json: { id: json.userId } })
    assert.equal(assigned.status, 200, assigned.text)
    let count = 0
    for (const { text } of URL_CORPUS) {
      const query = new URLSearchParams({ target_link_uri: text })
      const answer = await visit(fixture, signedIn, 'GET', `/home/oidc_client/${own.id}/aln?${query}`)
      const location = String(answer.headers.location ?? '')
      const shown = `${JSON.stringify(text)} → ${location}`
      if (location === '') {
        assert.match(answer.text, /invalid_request/, shown)
        continue
      }
      count += 1
      assert.ok(location.startsWith(`${APP}/login?`), shown)
      assert.equal(new URL(location).searchParams.get('target_link_uri'), text)
      assert.ok([APP, LOCAL].includes(standardOrigin(text) ?? ''), shown)
    }
    assert.ok(count > 1, String(count))
  })

  it('is followed from the relayState of a recovery by the same rule, and the person is let in either way', async () => {
    const person = await newPerson(fixture)
    // A link by mail for each: every tenth of the corpus, and all that lead anywhere.
    const some = URL_CORPUS.filter(({ text }, n) => text !== '' && (n % 10 === 0 || safeTarget(text) !== undefined))
    assert.ok(some.length >= 40, String(some.length))
    const visitor = newBrowser()
    let count = 0
    for (const [n, { text }] of some.slice(0, 80).entries()) {
      fixture.clock.advance(60_000)
      const json = { username: person.login, factorType: 'EMAIL', relayState: text }
      const asked = await fixture.request('POST', '/api/v1/authn/recovery/password', { token: null, json })
      assert.equal(asked.status, 200, JSON.stringify(text))
      const [mail] = (await fixture.mails(person.login)).filter(({ links }) =>
        links.some((link) => /reset-password/.test(link)),
      )
      const link = mail?.links.find((one) => one.includes('/signin/reset-password/'))
      assert.ok(link, JSON.stringify(text))
      const page = await visit(fixture, visitor, 'GET', new URL(link).pathname)
      const chosen = `Another-Horse-${n}`
      const form = { ...hiddenFields(page.text), 'credentials.passcode': chosen, confirmPassword: chosen }
      const answer = await visit(fixture, visitor, 'POST', '/signin/reset-password', { form })
      assert.deepEqual([answer.status, answer.cookies.sid === undefined], [303, false], answer.text)
      if (answer.headers.location === '/app/UserHome') continue
      count += 1
      assert.equal(answer.headers.location, safeTarget(text), JSON.stringify(text))
    }
    assert.ok(count >= 10, String(count))
  })

  // What a header can hold.
  const SENT = URL_CORPUS.filter(({ text }) => /^[\x20-\x7e]+$/.test(text) && text.trim() === text)

  it('may read, as an Origin header, only where it is a trusted origin', async () => {
    assert.ok(SENT.length > 250, String(SENT.length))
    for (const { text, origin } of SENT) {
      const { headers } = await visit(fixture, signedIn, 'GET', '/api/v1/sessions/me', { headers: { origin: text } })
      const trusted = origin !== undefined && TRUSTED.includes(origin)
      assert.equal(headers['access-control-allow-origin'], trusted ? text : undefined, text)
      assert.equal(headers['access-control-allow-credentials'], trusted ? 'true' : undefined, text)
      assert.equal(headers.vary, 'Origin')
      if (trusted) assert.equal(standardOrigin(text), origin)
    }
  })

  it('changes nothing by the cookie, as an Origin header, unless it is trusted', async () => {
    for (const { text, origin } of SENT) {
      const trusted = origin !== undefined && TRUSTED.includes(origin)
      const options = { token: null, cookies: signedIn.cookies, headers: { origin: text } }
      const { status } = await fixture.request('POST', '/api/v1/sessions/me/lifecycle/refresh', {
        ...options,
        json: {},
      })
      assert.equal(status, trusted ? 200 : 403, text)
    }
  })

  it('is given tokens, as an Origin header, only where it is the app’s or trusted', async () => {
    for (const { text, origin } of SENT) {
      const form = exchangeForm(app, 'nobody-s-code', newPkce())
      const { json, headers } = await tokenRequest(fixture, form, { headers: { origin: text } })
      const admitted = origin !== undefined && TRUSTED.includes(origin)
      assert.equal(json.error, admitted ? 'invalid_grant' : 'invalid_request', text)
      assert.equal(headers['access-control-allow-origin'], admitted ? text : undefined, text)
      assert.equal(headers['access-control-allow-credentials'], undefined)
      assert.equal(headers.vary, 'Origin')
    }
  })
})
