// Faults that other identity providers had, each as a test that would have caught it. Where another file already holds the property, the
// row names the test, and it is checked that the test is there.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { all, run } from '#db/unit.ts'
import { enrollApp } from '../authenticator-app.ts'
import { BEGUN_COOKIE, beginConsoleSignIn, CONSOLE_COOKIE, consoleCall, openConsole } from '../console-client.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, type RequestOptions, startFixture, type TestAnswer } from '../fixture.ts'
import { lastCode } from '../mailed-code.ts'
import {
  assign,
  authorizePath,
  type Browser,
  basic,
  callback,
  codeFor,
  exchangeForm,
  hiddenFields,
  newApp,
  newBrowser,
  newPair,
  newPerson,
  newPkce,
  postForm,
  signInForTokens,
  submitSignIn,
  type TestApp,
  type TestPerson,
  type Tokens,
  tokenRequest,
  userinfo,
  visit,
} from '../oauth-client.ts'
import { changingNothing } from '../rows.ts'
import { addScope } from '../server-settings.ts'

const SERVER = join(import.meta.dirname, '../..')

/** Held elsewhere: the fault, the file, and words of the test. */
const ELSEWHERE: readonly (readonly [string, string, string])[] = [
  [
    'Keycloak CVE-2026-7504, CVE-2026-3872, CVE-2024-8883; authentik CVE-2024-52289: redirect URIs compared loosely',
    'src/kernel/redirect-uri.test.ts',
    'a presented URI matches a registered one only character by character',
  ],
  ['the same at the endpoint', 'test/flows/bad-input.test.ts', 'sees a page, and no code is made'],
  [
    'workers-oauth-provider CVE-2025-4143, Authorizer CVE-2026-54072: redirect URI not checked',
    'src/kernel/redirect-uri.test.ts',
    'an empty list matches nothing',
  ],
  [
    'Keycloak CVE-2026-11800: algorithm confusion in an assertion',
    'test/flows/client-authentication.test.ts',
    'are checked with the app’s keys, by the keys’ own kind of algorithm',
  ],
  [
    'Keycloak CVE-2026-4633, Logto: who exists is told by message or time',
    'src/sign-in/password-races.test.ts',
    'whoever is named, a wrong password costs the same calls and statements',
  ],
  [
    'the same by message',
    'src/sign-in/authn-routes.test.ts',
    'whatever is wrong, the answer is the same but for its own ids',
  ],
  [
    'Keycloak #45647, #50999, #51312, better-auth GHSA-392p-2q2v-4372: refresh checked, then acted upon',
    'test/flows/refresh-rotation.test.ts',
    'two hundred uses of one token make one branch',
  ],
  ['the same beside a revocation', 'test/flows/refresh-rotation.test.ts', 'leaves a living token'],
  [
    'Keycloak CVE-2026-9798, Zitadel CVE-2025-64102: attempts without a lockout',
    'src/sign-in/password.test.ts',
    'of fifty wrong passwords at once ten are compared',
  ],
  [
    'Zitadel CVE-2026-105211: a secret in an answer',
    'test/no-secrets.test.ts',
    'stand in no answer but the one that hands them out',
  ],
  [
    'Zitadel CVE-2026-105209, CVE-2026-109372: the org of the request checked instead of the target’s',
    'test/isolation.test.ts',
    'none of it changed a row of the other org',
  ],
  [
    'authentik CVE-2023-48228, workers-oauth-provider CVE-2025-4144: PKCE left out',
    'src/oauth/pkce.test.ts',
    'every combination of challenge and verifier has its answer',
  ],
  ['the same at the endpoints', 'test/flows/bad-input.test.ts', 'PKCE at the token endpoint'],
  [
    'Pocket ID CVE-2026-43983: refresh after disable, consent or group removal',
    'test/flows/refresh-rotation.test.ts',
    'when the person leaves the group that had the app, and comes back',
  ],
  [
    'better-auth CVE-2025-27143, CVE-2025-71403: trusted origins by prefix, `//evil`, backslash',
    'src/kernel/origin.test.ts',
    'an origin of the corpus reads as its normal form or as nothing',
  ],
  [
    'the same where browsers are sent',
    'src/sign-in/return-url.test.ts',
    'no other address is followed, however it is spelled',
  ],
  [
    'Casdoor GHSA-mchx-7j67-8mcf: an origin reflected beside credentials',
    'test/flows/cors.test.ts',
    'nobody else does: not the origin of a redirect URI, not `null`, not a look-alike',
  ],
  [
    'Auth.js GHSA-7rqj-j65f-68wh: a name checked before it is normalised',
    'src/kernel/login-key.test.ts',
    'logins that read the same have one key',
  ],
  [
    'Okta, 30 October 2024: a password that counts to its 72nd byte only',
    'src/sign-in/password.test.ts',
    'one byte more or less than the password is another password',
  ],
  [
    'Keycloak CVE-2026-7507, Zitadel CVE-2026-119128: a flow resumed without its browser (sign-in)',
    'src/sign-in/hosted-routes.test.ts',
    "refuses another browser's interaction",
  ],
  ['the same for consent', 'test/flows/consent.test.ts', 'nor does another browser that got hold of the form'],
  [
    'Zitadel CVE-2026-27840: a shortened token accepted (session tokens)',
    'src/sign-in/session-token.test.ts',
    'no beginning, end or altered character of a token opens anything',
  ],
  [
    'Keycloak CVE-2026-18963: a password set without the link (reset, activation)',
    'src/recovery/link-routes.test.ts',
    'whatever is wrong with a link, one page says so and nothing is changed',
  ],
  [
    'the same for an expired password',
    'src/sign-in/expired-password.test.ts',
    'the page of a sign-in without that proof changes no password',
  ],
  [
    'Keycloak CVE-2026-7507: the console’s sign-in resumed in another browser',
    'test/flows/console.test.ts',
    'in another browser begins nothing, and its code is still good in its own',
  ],
  [
    'the same for a link to choose a password',
    'src/recovery/link-routes.test.ts',
    'a form without its proof, from another page or another browser sets nothing',
  ],
  [
    'better-auth GHSA-7w99-5wm4-3g79: a link used by many at once',
    'src/recovery/link-routes.test.ts',
    'of twenty who hold one link one sets the password',
  ],
  [
    'Logto CVE-2026-15612: a nonce that is missing or another accepted (console)',
    'test/flows/console.test.ts',
    'with the code of a request whose nonce or verifier was another begins nothing',
  ],
  [
    'better-auth CVE-2025-27143: `//evil` after the console’s sign-in',
    'src/console/return-path.test.ts',
    'where the console goes on after its sign-in',
  ],
  [
    'Keycloak CVE-2026-9086: an address that a browser would carry out, offered as a fix',
    'src/refused-requests/routes.test.ts',
    "['javascript:alert(1)', /can't be added/]",
  ],
  ['Keycloak CVE-2026-1486: what is disabled is dead (console)', 'test/flows/console.test.ts', '{what}, at once`'],
  [
    'Keycloak CVE-2026-15572: what is off for a new app, got by changing one',
    'src/features/served.test.ts',
    'off: no app is opened to everyone, and nothing is changed',
  ],
  [
    'Kanidm, 14 May 2026: somebody gives themselves more',
    'test/authority.test.ts',
    'is closed to a person without a role',
  ],
  [
    'the same by a link for one who may do more',
    'test/flows/attacks.test.ts',
    'made by who may do less is void once its person administers something',
  ],
  [
    'Zitadel CVE-2025-64102: codes guessed without end, on whatever node',
    'src/authenticators/routes.test.ts',
    'of fifty wrong codes at once, on two nodes, five are compared, and then no right one is',
  ],
  [
    'the same by beginning anew',
    'src/authenticators/routes.test.ts',
    'one that waits is replaced, and its tries are the other’s',
  ],
  [
    'Zitadel CVE-2026-105207: a credential added on a session in which no factor was proved',
    'src/authenticators/routes.test.ts',
    'who has a factor changes none with a password alone',
  ],
  [
    'Keycloak #26625, Logto #8780: who exists is told by the latency of a reset',
    'src/recovery/request-service.test.ts',
    'costs the same for known and unknown people, and for those who may have none',
  ],
  [
    'Zitadel CVE-2026-105215: who somebody is comes from what was posted',
    'test/flows/sign-in-steps.test.ts',
    'is answered with a proof of its own alone: none, an empty, a wrong or another’s is refused',
  ],
  [
    'Keycloak CVE-2026-7504, Zitadel CVE-2026-29067: an open redirect at an embed link',
    'test/flows/url-corpus.test.ts',
    'is handed to an app as its target only where the URL standard finds the app',
  ],
  [
    'the same after a recovery',
    'test/flows/url-corpus.test.ts',
    'is followed from the relayState of a recovery by the same rule',
  ],
  [
    'Keycloak CVE-2026-1486: what is disabled is dead (embed links)',
    'test/flows/initiate-login.test.ts',
    'is nobody’s once the app is inactive, also for whoever signs in meanwhile',
  ],
  [
    'Zitadel CVE-2026-109372: a proof of one kind or org taken for another’s',
    'test/flows/foreign-proofs.test.ts',
    'of another kind is none',
  ],
  [
    'Zitadel CVE-2026-27840: a shortened token accepted (links, states, devices)',
    'test/flows/foreign-proofs.test.ts',
    'that is spoilt is none',
  ],
  [
    'Keycloak CVE-2026-7507: a session that lives on through a new sign-in',
    'test/flows/foreign-proofs.test.ts',
    'gives a new session each time, and ends the one that the browser had',
  ],
  [
    'Zitadel CVE-2025-64102: passwords guessed without end, on whatever node',
    'test/flows/foreign-proofs.test.ts',
    'by password is tried no oftener on two nodes than on one',
  ],
  [
    'Auth.js GHSA-7rqj-j65f-68wh: a name checked before it is normalised (at the doors)',
    'test/flows/typed-input.test.ts',
    'is nobody’s to take, however it is spelled',
  ],
  [
    'RFC 9700 §4.7: a form sent from elsewhere',
    'test/flows/forms.test.ts',
    'that a page elsewhere sends does nothing, whichever it is',
  ],
]

describe('held elsewhere', () => {
  for (const [fault, file, words] of ELSEWHERE)
    it(fault, () => {
      const path = join(SERVER, file)
      assert.ok(existsSync(path) && readFileSync(path, 'utf8').includes(words), `${file} has no test “${words}”`)
    })
})

describe('faults of others', () => {
  let fixture: Fixture
  let app: TestApp
  let web: TestApp
  let person: TestPerson
  let browser: Browser
  let tokens: Tokens

  before(async () => {
    fixture = await startFixture()
    const pair = await newPair(fixture)
    app = pair.app
    person = pair.person
    web = await newApp(fixture, { type: 'web' })
    await assign(fixture, web, person)
    browser = newBrowser()
    tokens = await signInForTokens(fixture, app, person, {}, browser)
  })
  after(() => fixture.close())
  beforeEach(() => fixture.clock.advance(1_000))

  const silent = (cookies: Readonly<Record<string, string>>): Promise<TestAnswer> =>
    fixture.request('GET', authorizePath(app, newPkce(), { prompt: 'none' }), { token: null, cookies })
  const isSignedIn = async (cookies: Readonly<Record<string, string>>): Promise<boolean> =>
    callback(await silent(cookies)).code !== undefined

  /** Every beginning and end of a text, and every text that differs from it in one character. */
  function* bent(text: string, step = 1): Generator<string> {
    for (let at = 1; at < text.length; at += step) {
      yield text.slice(0, at)
      yield text.slice(at)
    }
    for (let at = 0; at < text.length; at += step) {
      const other = text[at] === 'A' ? 'B' : 'A'
      yield text.slice(0, at) + other + text.slice(at + 1)
    }
    yield `${text}A`
    yield `A${text}`
    yield text.toUpperCase()
    yield `${text}=`
  }

  it('Zitadel CVE-2026-119128: every cookie with one character changed, cut or added is nobody’s', async () => {
    const { sid = '' } = browser.cookies
    assert.ok(await isSignedIn({ sid }))
    for (const wrong of bent(sid)) {
      assert.equal(await isSignedIn({ sid: wrong }), false, wrong)
      assert.equal(await isSignedIn({ idx: wrong }), false, wrong)
    }
  })

  it('Zitadel CVE-2026-119128: the same for the console’s cookies', async () => {
    const { browser: mine } = await openConsole(fixture, fixture.admin)
    const { [CONSOLE_COOKIE]: cookie = '' } = mine.cookies
    const ask = (value: string) =>
      consoleCall(fixture, { cookies: { [CONSOLE_COOKIE]: value } }, 'GET', '/api/v1/keystead/me')
    for (const wrong of bent(cookie)) assert.equal((await ask(wrong)).status, 403, wrong)
    assert.equal((await ask(cookie)).status, 200)
    const begun = await beginConsoleSignIn(fixture, fixture.admin)
    const { [BEGUN_COOKIE]: sealed = '' } = begun.browser.cookies
    for (const wrong of bent(sealed, 11)) {
      const cookies = { ...begun.browser.cookies, [BEGUN_COOKIE]: wrong }
      const answer = await visit(fixture, { cookies }, 'GET', begun.callback)
      assert.deepEqual([answer.status, answer.cookies[CONSOLE_COOKIE]], [400, undefined], wrong)
    }
  })

  it('Zitadel CVE-2026-27840: every beginning, end and alteration of a token is none', async () => {
    for (const wrong of bent(tokens.refresh_token)) {
      const form = { grant_type: 'refresh_token', refresh_token: wrong, client_id: app.clientId }
      assert.equal((await tokenRequest(fixture, form)).json.error, 'invalid_grant', wrong)
    }
    const { code, pkce } = await codeFor(fixture, app, person)
    for (const wrong of bent(code))
      assert.equal((await tokenRequest(fixture, exchangeForm(app, wrong, pkce))).status, 400)
    for (const wrong of bent(fixture.admin.apiToken))
      assert.equal((await fixture.request('GET', '/api/v1/apps', { token: wrong })).status, 401)
    const length = tokens.access_token.length
    for (const wrong of bent(tokens.access_token, 7)) {
      // A wrong header may be read as no token at all; it is never taken for one.
      assert.equal((await userinfo(fixture, wrong)).status, 401, `${wrong.length} of ${length}`)
    }
    const last = tokens.access_token.at(-1) ?? ''
    for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      if (character !== last)
        assert.equal((await userinfo(fixture, tokens.access_token.slice(0, -1) + character)).status, 401)
    assert.equal((await userinfo(fixture, tokens.access_token)).status, 200)
  })

  it('Zitadel CVE-2026-105211: no code, seed or answer of a factor comes back, but the seed once to whoever sets the app up', async () => {
    const { id } = await newPerson(fixture)
    const factors = `/api/v1/users/${id}/factors`
    const told: string[] = []
    const ask = async (method: string, path: string, json?: object) => {
      const answer = await fixture.request(method, path, json ? { json } : {})
      told.push(answer.text, JSON.stringify(answer.headers))
      return answer.json
    }
    const app = await enrollApp(fixture, id)
    const question = { question: 'disliked_food', answer: 'Rhubarb-Crumble' }
    await ask('POST', factors, { factorType: 'question', provider: 'OKTA', profile: question })
    const { id: email } = await ask('POST', factors, { factorType: 'email', provider: 'OKTA' })
    const code = () => lastCode(fixture)
    const mailed = [await code()]
    await ask('POST', `${factors}/${email}/lifecycle/activate`, { passCode: '' })
    await ask('POST', `${factors}/${email}/lifecycle/activate`, { passCode: await code() })
    fixture.clock.advance(5_000)
    await ask('POST', `${factors}/${email}/verify`)
    mailed.push(await code())
    await ask('POST', `${factors}/${email}/verify`, { passCode: '' })
    await ask('POST', `${app.path}/verify`, { passCode: app.wrong() })
    for (const path of [factors, app.path, `${factors}/${email}`, `${factors}/catalog`, `/api/v1/users/${id}`])
      await ask('GET', path)
    await ask('GET', '/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&limit=1000')
    assert.equal(new Set(mailed).size, 2)
    // Digits alone stand in ids and times as well: a code is a word of its own.
    for (const secret of [...mailed, app.sharedSecret, app.code(), 'rhubarb'])
      for (const text of told) assert.doesNotMatch(text, new RegExp(`(?<![\\w.])${secret}(?!\\w)`, 'i'), text)
  })

  it('Keycloak CVE-2026-7507: a suspended request opens in the browser that it was given to and nowhere else', async () => {
    const attacker = newBrowser()
    const page = await visit(fixture, attacker, 'GET', authorizePath(app, newPkce()))
    const victim = newBrowser()
    await visit(fixture, victim, 'GET', authorizePath(app, newPkce()))
    for (const cookies of [victim.cookies, {}]) {
      const form = { ...hiddenFields(page.text), identifier: person.login, 'credentials.passcode': person.password }
      const answer = await changingNothing(fixture.deps.db, () =>
        visit(fixture, { cookies: { ...cookies } }, 'POST', '/signin', { form }),
      )
      assert.equal(answer.status, 400)
      assert.deepEqual([answer.cookies.sid, answer.headers.location], [undefined, undefined])
    }
  })

  it('Keycloak CVE-2026-7507: a session that was planted before sign-in is worth nothing after it', async () => {
    const planted = newBrowser()
    await signInForTokens(fixture, app, person, {}, planted)
    const victim: Browser = { cookies: { ...planted.cookies } }
    fixture.clock.advance(1_000)
    const page = await visit(fixture, victim, 'GET', authorizePath(app, newPkce(), { prompt: 'login' }))
    callback(await submitSignIn(fixture, victim, page.text, person))
    assert.notEqual(victim.cookies.sid, planted.cookies.sid)
    assert.equal(await isSignedIn(planted.cookies), false)
    assert.equal(await isSignedIn(victim.cookies), true)
  })

  it('authentik CVE-2026-49448: no step is skipped by an empty, partial or repeated form', async () => {
    const asker = newBrowser()
    const page = await visit(fixture, asker, 'GET', authorizePath(app, newPkce()))
    const hidden = hiddenFields(page.text)
    const forms: readonly (Readonly<Record<string, string>> | string)[] = [
      {},
      { stateToken: hidden.stateToken ?? '' },
      { csrf: hidden.csrf ?? '' },
      hidden,
      { ...hidden, identifier: person.login },
      { ...hidden, 'credentials.passcode': person.password },
      { ...hidden, consent: 'allow' },
      { ...hidden, identifier: person.login, 'credentials.passcode': '' },
      `${new URLSearchParams(hidden)}&identifier=${person.login}&credentials.passcode=a&credentials.passcode=${person.password}`,
    ]
    const later = ['/signin/consent', '/signin/change-password', '/signin/reset-password']
    for (const path of ['/signin', '/signin/password', ...later])
      for (const form of forms) {
        fixture.clock.advance(1_000)
        const answer = await visit(fixture, asker, 'POST', path, { form })
        // A form without its link is answered as one whose link is dead.
        assert.ok([400, 401, 404].includes(answer.status), `${path} ${JSON.stringify(form)} ${answer.status}`)
        assert.deepEqual([answer.cookies.sid, answer.headers.location], [undefined, undefined])
      }
  })

  it('Keycloak CVE-2026-9086: no address that a browser would carry out is stored, whatever it is for', async () => {
    const fields = [
      'redirect_uris',
      'post_logout_redirect_uris',
      'initiate_login_uri',
      'client_uri',
      'logo_uri',
      'tos_uri',
      'policy_uri',
      'jwks_uri',
    ]
    const addresses = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      'java\tscript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'blob:http://first.test/x',
      'file:///etc/passwd',
    ]
    const { json: good } = await fixture.request('GET', `/api/v1/apps/${web.id}`)
    for (const field of fields)
      for (const address of addresses) {
        const settings = { ...good.settings.oauthClient, [field]: field.endsWith('s') ? [address] : address }
        const made = { ...good, label: `X ${field}`, settings: { ...good.settings, oauthClient: settings } }
        delete made.id
        delete made.credentials.oauthClient.client_id
        const answer = await changingNothing(fixture.deps.db, () =>
          fixture.request('POST', '/api/v1/apps', { json: made }),
        )
        assert.deepEqual([field, address, answer.status], [field, address, 400])
      }
  })

  it('Keycloak CVE-2026-15572: what creation refuses, replacement refuses too', async () => {
    const { json: good } = await fixture.request('GET', `/api/v1/apps/${web.id}`)
    const wrong: readonly Record<string, unknown>[] = [
      { redirect_uris: ['javascript:alert(1)'] },
      { redirect_uris: [] },
      { redirect_uris: ['https://*.com/cb'], wildcard_redirect: 'SUBDOMAIN' },
      { redirect_uris: ['https://app.example/cb#x'] },
      { redirect_uris: ['https://*.app.example/cb'] },
      { grant_types: [] },
      { grant_types: ['authorization_code', 'magic'] },
      { grant_types: ['refresh_token'] },
      { response_types: ['token'] },
      { post_logout_redirect_uris: ['data:x'] },
      { initiate_login_uri: 'https://app.example/#x' },
      { refresh_token: { rotation_type: 'SOMETIMES' } },
      ...[-1, 61, 1.5, '30', null].map((leeway) => ({ refresh_token: { rotation_type: 'ROTATE', leeway } })),
      { consent_method: 'MAYBE' },
      { dpop_bound_access_tokens: true },
    ]
    for (const change of wrong) {
      const json = { ...good, settings: { ...good.settings, oauthClient: { ...good.settings.oauthClient, ...change } } }
      for (const [method, path, body] of [
        ['POST', '/api/v1/apps', { ...json, label: 'Another' }],
        ['PUT', `/api/v1/apps/${web.id}`, json],
      ] as const) {
        const answer = await changingNothing(fixture.deps.db, () => fixture.request(method, path, { json: body }))
        assert.deepEqual([method, change, answer.status], [method, change, 400])
      }
    }
  })

  it('Keycloak CVE-2026-37977: no CORS header depends on what an unproved token says', async () => {
    const forged = (claims: object) =>
      `${Buffer.from('{"alg":"RS256","kid":"x"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.AAAA`
    const token = forged({
      iss: app.clientId,
      sub: app.clientId,
      azp: app.clientId,
      cid: app.clientId,
      aud: 'http://first.test/oauth2/default/v1/token',
      'allowed-origins': ['https://evil.example', '*'],
    })
    const cors = ({ headers }: TestAnswer) =>
      Object.entries(headers)
        .filter(([name]) => name.startsWith('access-control-') || name === 'vary')
        .sort()
    const ask = (origin: string, assertion: string | undefined) =>
      tokenRequest(
        fixture,
        {
          grant_type: 'client_credentials',
          ...(assertion === undefined
            ? { client_id: 'nobody' }
            : {
                client_assertion: assertion,
                client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
              }),
        },
        { headers: { origin } },
      )
    for (const origin of ['https://evil.example', 'http://localhost:8080'])
      assert.deepEqual(cors(await ask(origin, token)), cors(await ask(origin, undefined)))
    const bearer = (authorization: string) =>
      fixture.request('GET', '/oauth2/default/v1/userinfo', {
        token: null,
        headers: { origin: 'https://evil.example', authorization },
      })
    assert.deepEqual(cors(await bearer(`Bearer ${token}`)), cors(await bearer(`Bearer ${tokens.access_token}`)))
  })

  describe('Zitadel CVE-2026-29067: a hostile Host or forwarding header', () => {
    const HOSTILE: readonly Readonly<Record<string, string>>[] = [
      { 'x-forwarded-host': 'evil.example' },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' },
      { forwarded: 'host=evil.example;proto=https' },
      { 'x-original-url': 'http://evil.example/' },
      { 'x-original-host': 'evil.example' },
      { 'x-host': 'evil.example' },
      { 'x-forwarded-server': 'evil.example' },
      { 'x-rewrite-url': '//evil.example' },
    ]
    it('changes no link, issuer, redirect or cookie', async () => {
      const ask = (headers: Readonly<Record<string, string>>): Promise<readonly TestAnswer[]> => {
        const one = (method: string, path: string, more: RequestOptions = {}) =>
          fixture.request(method, path, { token: null, ...more, headers: { ...headers } })
        return Promise.all([
          one('GET', '/.well-known/openid-configuration'),
          one('GET', '/oauth2/default/.well-known/openid-configuration'),
          one('GET', authorizePath(app, newPkce(), { client_id: 'nobody' })),
          one('GET', authorizePath(app, newPkce())),
          one('GET', authorizePath(app, newPkce(), { prompt: 'none' })),
          one('GET', '/oauth2/default/v1/logout'),
          one('GET', '/'),
          one('GET', '/api/v1/apps?limit=1', { token: fixture.admin.apiToken }),
          one('GET', `/api/v1/users/${person.id}`, { token: fixture.admin.apiToken }),
          one('POST', `/api/v1/users/${person.id}/credentials/forgot_password?sendEmail=false`, {
            token: fixture.admin.apiToken,
          }),
          one('GET', '/admin/'),
          one('GET', '/admin/sign-in?to=%2Fadmin%2Fapps'),
          one('GET', '/admin/callback?code=x&state=y'),
          one('POST', '/admin/sign-out'),
        ])
      }
      const plain = await ask({})
      for (const headers of HOSTILE)
        for (const [at, answer] of (await ask(headers)).entries()) {
          assert.equal(answer.status, plain[at]?.status)
          assert.ok(!JSON.stringify([answer.headers, answer.text]).includes('evil.example'), JSON.stringify(headers))
        }
    })

    it('an unknown host is nobody’s', async () => {
      for (const host of [
        'evil.example',
        'first.test.evil.example',
        'first.test@evil.example',
        'first.test:81',
        '127.0.0.1',
        '',
      ])
        for (const path of [
          '/.well-known/openid-configuration',
          authorizePath(app, newPkce()),
          '/',
          '/api/v1/apps',
          '/admin/',
          '/admin/sign-in',
        ]) {
          const answer = await fixture.request('GET', path, { headers: { host } })
          assert.ok([400, 421].includes(answer.status), `${host} ${path} ${answer.status}`)
          assert.ok(!answer.text.includes('first.test'))
          assert.equal(answer.headers.location, undefined)
        }
    })
  })

  describe('Zitadel CVE-2026-29191, authentik CVE-2026-42849, Hydra GO-2026-4861: markup in what is echoed', () => {
    const TAINTS = [
      '"><script>alert(1)</script>',
      '</script><script>alert(1)</script>',
      "'-alert(1)-'",
      '<!--<script>',
      '<img src=x onerror=alert(1)>',
      '{{7*7}}$' + '{7*7}',
      '\u2028alert(1)//',
    ]
    /** Scripts and styles run by nonce alone, and no attribute can carry any. */
    function isInert(answer: TestAnswer, taint: string): void {
      const csp = String(answer.headers['content-security-policy'])
      assert.match(csp, /^default-src 'none'/)
      assert.ok(!csp.includes('unsafe-'))
      const [, nonce] = /'nonce-([^']+)'/.exec(csp) ?? []
      for (const [tag] of answer.text.matchAll(/<script[^>]*>/g))
        assert.ok(tag.includes(`nonce="${nonce}"`) || tag.includes('type="application/json"'), tag)
      const unquoted = answer.text.replaceAll(/"[^"]*"/g, '""')
      assert.ok(!/<[a-z][^>]*\son[a-z]+=/i.test(unquoted), 'an event handler')
      assert.ok(!answer.text.includes(`<img src=x`), 'an element')
      if (/[<"]/.test(taint)) assert.ok(!answer.text.includes(taint), 'as it came')
    }

    for (const taint of TAINTS)
      it(`stays text: ${JSON.stringify(taint)}`, async () => {
        const state = taint.replaceAll('\u2028', ' ')
        for (const response_mode of ['form_post', 'okta_post_message'])
          for (const more of [{}, { scope: 'openid nothing' }]) {
            const parameters = { response_mode, state, prompt: 'none', ...more }
            const answer = await visit(
              fixture,
              { cookies: { ...browser.cookies } },
              'GET',
              authorizePath(app, newPkce(), parameters),
            )
            assert.equal(answer.status, 200)
            isInert(answer, state)
          }
        for (const name of ['client_id', 'redirect_uri', 'login_hint', 'display', 'ui_locales', taint]) {
          const answer = await visit(fixture, newBrowser(), 'GET', authorizePath(app, newPkce(), { [name]: taint }))
          assert.ok(answer.status === 200 || answer.status === 400)
          isInert(answer, taint)
        }
        for (const path of [
          `/oauth2/${encodeURIComponent(taint)}/v1/authorize?client_id=x`,
          `/oauth2/default/v1/logout?id_token_hint=${encodeURIComponent(taint)}`,
        ])
          isInert(await visit(fixture, newBrowser(), 'GET', path), taint)
      })

    it('stays text in the names of apps, people and scopes', async () => {
      const taint = '<img src=x onerror=alert(1)>"\'</title>'
      const name = 'tainted'
      await addScope(fixture, { name, consent: 'REQUIRED', displayName: taint, description: taint })
      const own = await newApp(fixture, { app: { label: taint }, settings: { consent_method: 'REQUIRED' } })
      const somebody = await newPerson(fixture, { firstName: taint, displayName: taint })
      await assign(fixture, own, somebody)
      const asker = newBrowser()
      const signIn = await visit(fixture, asker, 'GET', authorizePath(own, newPkce(), { scope: `openid ${name}` }))
      isInert(signIn, taint)
      const consent = await submitSignIn(fixture, asker, signIn.text, somebody)
      assert.ok(consent.text.includes('consent-allow-btn'))
      isInert(consent, taint)
      for (const page of ['', '/profile', '/connected-apps'])
        isInert(await visit(fixture, asker, 'GET', `/app/UserHome${page}`), taint)
    })
  })

  it('Ory GHSA-r9w3-57w2-gch2: a cursor is a value, whatever is in it', async () => {
    const cursors = [
      "' OR 1=1 --",
      '"; DROP TABLE app; --',
      '\0',
      '%',
      '{}',
      '[1]',
      'x'.repeat(5_000),
      '00u',
      '-1',
      '٣',
    ]
    for (const list of [
      'apps',
      'users',
      'groups',
      'trustedOrigins',
      'authorizationServers',
      'api-tokens',
      'logs',
      `apps/${app.id}/users`,
      `apps/${app.id}/groups`,
      `apps/${app.id}/tokens`,
      `users/${person.id}/clients/${app.clientId}/tokens`,
      `users/${person.id}/grants`,
      'keystead/refused-requests',
    ])
      for (const after of cursors) {
        const path = `/api/v1/${list}?limit=2&after=${encodeURIComponent(after)}`
        const answer = await changingNothing(fixture.deps.db, () => fixture.request('GET', path))
        assert.ok([200, 400].includes(answer.status), `${path} ${answer.status} ${answer.text}`)
      }
  })

  it('Casdoor CVE-2026-90942: no private key is part of an answer', async () => {
    const paths = [
      '/oauth2/v1/keys',
      '/oauth2/default/v1/keys',
      '/api/v1/authorizationServers',
      '/api/v1/authorizationServers/default',
      '/api/v1/authorizationServers/default/credentials/keys',
      `/api/v1/apps/${app.id}`,
      `/api/v1/apps/${app.id}/credentials/jwks`,
      `/api/v1/apps/${app.id}/credentials/keys`,
    ]
    for (const path of paths) {
      const { text } = await fixture.request('GET', path)
      assert.ok(!/"(d|p|q|dp|dq|qi|k|oth)":/.test(text), path)
      assert.ok(!/PRIVATE KEY|sealed|1\.[\w-]{8}\.[\w-]{16}\./.test(text), path)
    }
  })
})

describe('Keycloak CVE-2026-1486: what is disabled is dead, everywhere', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
    await addScope(fixture, { name: 'things' })
  })
  after(() => fixture.close())

  interface World {
    readonly app: TestApp
    readonly person: TestPerson
    readonly browser: Browser
    readonly tokens: Tokens
    readonly waiting: { readonly code: string; readonly pkce: ReturnType<typeof newPkce> }
    readonly sessionToken: string
  }

  const post = async (path: string): Promise<void> => {
    const answer = await fixture.request('POST', `/api/v1/${path}`)
    assert.ok(answer.status < 300, answer.text)
  }

  /** What disables, and which doors must be shut by it. */
  const DISABLED: Readonly<
    Record<string, { disable(world: World): Promise<void>; readonly open?: readonly string[] }>
  > = {
    'a deactivated app': {
      disable: ({ app }) => post(`apps/${app.id}/lifecycle/deactivate`),
      open: ['session', 'sessionToken'],
    },
    'a suspended person': { disable: ({ person }) => post(`users/${person.id}/lifecycle/suspend`), open: ['client'] },
    'a deactivated person': {
      disable: ({ person }) => post(`users/${person.id}/lifecycle/deactivate`),
      open: ['client'],
    },
    'somebody who lost the app': {
      async disable({ app, person }) {
        assert.equal((await fixture.request('DELETE', `/api/v1/apps/${app.id}/users/${person.id}`)).status, 204)
      },
      open: ['client', 'session', 'sessionToken'],
    },
  }

  /** Each door: whether it opens. */
  const DOORS: Readonly<Record<string, (world: World) => Promise<boolean>>> = {
    code: async ({ app, waiting }) =>
      (await tokenRequest(fixture, exchangeForm(app, waiting.code, waiting.pkce), { headers: basic(app) })).status ===
      200,
    refresh: async ({ app, tokens }) => {
      const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
      return (await tokenRequest(fixture, form, { headers: basic(app) })).status === 200
    },
    userinfo: async ({ tokens }) => (await userinfo(fixture, tokens.access_token)).status === 200,
    introspection: async ({ app, tokens }) => {
      const watcher = await newApp(fixture)
      const own = await postForm(fixture, 'introspect', { token: tokens.refresh_token }, { headers: basic(app) })
      const other = await postForm(fixture, 'introspect', { token: tokens.access_token, client_id: watcher.clientId })
      return own.json.active === true || other.json.active === true
    },
    authorize: async ({ app, browser }) => {
      const answer = await visit(
        fixture,
        { cookies: { ...browser.cookies } },
        'GET',
        authorizePath(app, newPkce(), { prompt: 'none' }),
      )
      return String(answer.headers.location ?? '').includes('code=')
    },
    client: async ({ app }) => {
      const form = { grant_type: 'client_credentials', scope: 'things' }
      return (await tokenRequest(fixture, form, { headers: basic(app) })).status === 200
    },
    session: async ({ browser }) =>
      (await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: browser.cookies })).status === 200,
    sessionToken: async ({ sessionToken }) => {
      const path = `/login/sessionCookieRedirect?token=${sessionToken}&redirectUrl=${encodeURIComponent('http://first.test/')}`
      return (await fixture.request('GET', path, { token: null })).cookies.sid !== undefined
    },
  }

  async function makeWorld(): Promise<World> {
    fixture.clock.advance(1_000)
    const app = await newApp(fixture, {
      type: 'web',
      settings: { grant_types: ['authorization_code', 'refresh_token', 'client_credentials'] },
    })
    const person = await newPerson(fixture)
    await assign(fixture, app, person)
    const browser = newBrowser()
    const pkce = newPkce()
    const page = await visit(fixture, browser, 'GET', authorizePath(app, pkce))
    const { code = '' } = callback(await submitSignIn(fixture, browser, page.text, person))
    const answer = await tokenRequest(fixture, exchangeForm(app, code, pkce), { headers: basic(app) })
    const waiting = await codeFor(fixture, app, person)
    const json = { username: person.login, password: person.password }
    const authn = await fixture.request('POST', '/api/v1/authn', { token: null, json })
    return { app, person, browser, tokens: answer.json, waiting, sessionToken: authn.json.sessionToken }
  }

  it('what is not disabled opens every door', async () => {
    for (const [door, opens] of Object.entries(DOORS)) assert.equal(await opens(await makeWorld()), true, door)
  })

  for (const [what, { disable, open = [] }] of Object.entries(DISABLED))
    for (const [door, opens] of Object.entries(DOORS))
      it(`${what} at ${door}: ${open.includes(door) ? 'no matter of it' : 'shut'}`, async () => {
        const world = await makeWorld()
        await disable(world)
        assert.equal(await opens(world), open.includes(door))
      })

  it('an API token ends with its person', async () => {
    const other = await fixture.newOrg('second')
    const { json: me } = await fixture.request('GET', '/api/v1/users/me', { org: other })
    const successor = await newPerson(fixture, {}, other)
    await fixture.request('POST', `/api/v1/users/${successor.id}/roles`, { org: other, json: { type: 'SUPER_ADMIN' } })
    await fixture.request('POST', `/api/v1/users/${me.id}/lifecycle/suspend`, { org: other })
    const answer = await fixture.request('GET', '/api/v1/apps', { org: other })
    assert.deepEqual([answer.status, answer.json.errorCode], [401, 'E0000011'])
  })

  it('Keycloak CVE-2026-16103: somebody who was locked out meanwhile gets nothing for the password of before', async () => {
    const world = await makeWorld()
    await fixture.deps.db.write(() =>
      run(
        fixture.deps.db
          .for(fixture.org.id)
          .update('user')
          .set({ status: 'LOCKED_OUT' })
          .where('id', '=', world.person.id),
      ),
    )
    const answer = await fixture.request(
      'GET',
      authorizePath(world.app, newPkce(), { sessionToken: world.sessionToken, prompt: 'none' }),
      { token: null },
    )
    assert.equal(callback(answer).error, 'login_required')
  })
})

onEachDatabase('better-auth GHSA-7w99-5wm4-3g79: a code that is redeemed at once by many', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  it('gives tokens to one at most, and those die with the others’ attempts', async () => {
    const { app, person } = await newPair(fixture)
    const { code, pkce } = await codeFor(fixture, app, person)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => tokenRequest(fixture, exchangeForm(app, code, pkce))),
    )
    const won = answers.filter((answer) => answer.status === 200)
    assert.equal(won.length, 1)
    assert.ok(answers.every((answer) => answer.status === 200 || answer.json.error === 'invalid_grant'))
    const grants = await fixture.deps.db.read(
      all(fixture.deps.db.for(fixture.org.id).from('oauth_grant').selectAll().where('app_id', '=', app.id)),
    )
    assert.equal(grants.length, 1)
    assert.equal((await userinfo(fixture, won[0]?.json.access_token)).status, 401)
  })
})
