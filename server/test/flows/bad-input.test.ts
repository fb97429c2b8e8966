// Input that is wrong on purpose: each is refused with the documented error, in the right tongue, and changes nothing.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer, type TestOrg } from '../fixture.ts'
import {
  assign,
  authorizePath,
  authorizeWith,
  type Browser,
  basic,
  callback,
  codeFor,
  exchangeForm,
  newApp,
  newBrowser,
  newPair,
  newPerson,
  newPkce,
  pageError,
  postForm,
  REDIRECT_URI,
  signInForTokens,
  type TestApp,
  type TestPerson,
  type Tokens,
  tokenRequest,
  userinfo,
  visit,
} from '../oauth-client.ts'
import { changingNothing } from '../rows.ts'
import { addServer } from '../server-settings.ts'

const CALLBACK = 'https://app.example.com/login/callback'

/** Each is the registered one, but for one thing. */
const WRONG_REDIRECTS: Readonly<Record<string, string>> = {
  'one character more': `${CALLBACK}k`,
  'one character less': CALLBACK.slice(0, -1),
  'another case in the path': 'https://app.example.com/Login/callback',
  'another case in the host': 'https://APP.example.com/login/callback',
  'another case in the scheme': 'HTTPS://app.example.com/login/callback',
  'a slash at the end': `${CALLBACK}/`,
  'two slashes': 'https://app.example.com//login/callback',
  'a port': 'https://app.example.com:8443/login/callback',
  'the default port': 'https://app.example.com:443/login/callback',
  'a user': 'https://app.example.com@evil.example/login/callback',
  'an empty user': 'https://@app.example.com/login/callback',
  'several at signs': 'https://a@b@app.example.com/login/callback',
  'an encoded dot': 'https://app%2eexample.com/login/callback',
  'an encoded slash': 'https://app.example.com/login%2fcallback',
  'dots in the path': 'https://app.example.com/x/../login/callback',
  'dots and a parameter in the path': 'https://app.example.com/x/..;/login/callback',
  'a backslash': 'https://app.example.com\\login/callback',
  'another scheme': 'http://app.example.com/login/callback',
  'a scheme that runs': 'JaVaScRiPt:alert(1)//app.example.com/login/callback',
  'no scheme': '//app.example.com/login/callback',
  'a fragment': `${CALLBACK}#x`,
  'a query': `${CALLBACK}?x=1`,
  'an empty query': `${CALLBACK}?`,
  'a domain behind': 'https://app.example.com.evil.example/login/callback',
  'a domain before': 'https://evilapp.example.com/login/callback',
  'a dot behind the host': 'https://app.example.com./login/callback',
  'a space': `${CALLBACK} `,
  'a line break': `${CALLBACK}\r\nx: y`,
  'a zero byte': `${CALLBACK}\0`,
  'an asterisk': 'https://*.example.com/login/callback',
  'look-alike letters': 'https://аpp.example.com/login/callback',
}

onEachDatabase('bad input', (dialect) => {
  let fixture: Fixture
  let app: TestApp
  let web: TestApp
  let person: TestPerson
  let browser: Browser
  let tokens: Tokens

  before(async () => {
    fixture = await startFixture({ dialect })
    const pair = await newPair(fixture, { settings: { redirect_uris: [REDIRECT_URI, CALLBACK] } })
    app = pair.app
    person = pair.person
    web = await newApp(fixture, { type: 'web' })
    await assign(fixture, web, person)
    browser = newBrowser()
    tokens = await signInForTokens(fixture, app, person, {}, browser)
  })
  after(() => fixture.close())
  beforeEach(() => fixture.clock.advance(1_000))

  const unchanged = <T>(work: () => Promise<T>): Promise<T> => changingNothing(fixture.deps.db, work)
  const ask = (parameters: Readonly<Record<string, string | undefined>>, of: TestApp = app): Promise<TestAnswer> =>
    unchanged(() => visit(fixture, browser, 'GET', authorizePath(of, newPkce(), parameters)))

  function isPage(answer: TestAnswer, code: string, status = 400): void {
    assert.equal(answer.status, status, answer.text)
    assert.equal(answer.headers.location, undefined)
    assert.match(String(answer.headers['content-type']), /^text\/html/)
    assert.match(String(answer.headers['content-security-policy']), /^default-src 'none'/)
    assert.equal(pageError(answer).code, code)
  }

  /** Two keys and no more. */
  function isOAuthError(answer: TestAnswer, status: number, error: string, error_description?: string): void {
    assert.equal(answer.status, status, answer.text)
    assert.deepEqual(Object.keys(answer.json), ['error', 'error_description'])
    assert.equal(answer.json.error, error)
    if (error_description !== undefined) assert.equal(answer.json.error_description, error_description)
    assert.equal(answer.headers['cache-control'], 'no-cache, no-store')
  }

  describe('at the authorization endpoint', () => {
    it('an unknown client sees a page', async () => {
      for (const client_id of [
        'nobody',
        '',
        ' ',
        '<b>',
        "' OR 1=1 --",
        `${app.clientId} `,
        app.clientId.toUpperCase(),
        '\0',
      ])
        isPage(await ask({ client_id }), 'invalid_client')
    })

    it('an inactive client is an unknown one', async () => {
      const gone = await newApp(fixture)
      await assign(fixture, gone, person)
      await fixture.request('POST', `/api/v1/apps/${gone.id}/lifecycle/deactivate`)
      isPage(await ask({}, gone), 'invalid_client')
    })

    it('a service app signs nobody in', async () => {
      const service = await newApp(fixture, { type: 'service' })
      const answer = await ask({}, service)
      isPage(answer, 'invalid_request')
      assert.equal(
        pageError(answer).description,
        "Clients with 'application_type' of 'service' are not allowed to access the 'authorize' endpoint.",
      )
    })

    for (const [what, redirect_uri] of Object.entries(WRONG_REDIRECTS))
      it(`a redirect URI with ${what} sees a page, and no code is made`, async () => {
        const answer = await ask({ redirect_uri })
        isPage(answer, 'invalid_request')
        assert.match(pageError(answer).description, /^The 'redirect_uri' parameter must be a Login redirect URI/)
        assert.ok(answer.text.includes(`/admin/app/oidc_client/instance/${app.id}#tab-general`))
      })

    it("another client's redirect URI is as wrong as any", async () => {
      const other = await newApp(fixture, { settings: { redirect_uris: ['https://other.example/cb'] } })
      isPage(await ask({ redirect_uri: 'https://other.example/cb' }), 'invalid_request')
      isPage(await ask({ redirect_uri: CALLBACK }, other), 'invalid_request')
    })

    it('loopback is no exception: the port counts', async () => {
      for (const redirect_uri of [
        'http://localhost:8081/login/callback',
        'http://localhost/login/callback',
        'http://127.0.0.1:8080/login/callback',
      ])
        isPage(await ask({ redirect_uri }), 'invalid_request')
    })

    it('a parameter that is given twice sees a page, whichever it is', async () => {
      for (const name of ['client_id', 'redirect_uri', 'state', 'scope', 'response_type', 'nonce', 'unknown']) {
        const path = `${authorizePath(app, newPkce(), { [name]: 'a', nonce: 'n' })}&${name}=b`
        const answer = await unchanged(() => visit(fixture, browser, 'GET', path))
        isPage(answer, 'invalid_request')
        assert.equal(pageError(answer).description, 'The request contained multiple parameters with the same name.')
      }
    })

    it('a parameter of more than eight kilobytes is refused', async () => {
      isPage(await ask({ login_hint: 'x'.repeat(8_193) }), 'invalid_request')
    })

    it('text with HTML or SQL comes back as text', async () => {
      const state = `'"><img src=x onerror=alert(1)>'; DROP TABLE app; --`
      assert.equal(
        callback(await visit(fixture, browser, 'GET', authorizePath(app, newPkce(), { state }))).state,
        state,
      )
      const page = await ask({ client_id: '<script>alert(1)</script>' })
      assert.ok(!page.text.includes('<script>alert'))
    })

    it('control characters in state or nonce are refused, which no database could keep', async () => {
      for (const parameters of [{ state: 'a\0b' }, { state: 'a\nb' }, { nonce: 'a\0b' }, { nonce: 'x'.repeat(1_025) }])
        assert.equal(callback(await ask(parameters)).error, 'invalid_request')
    })

    it('no parameter chooses the server by which a suspended request is resumed', async () => {
      const { json: server } = await fixture.request('GET', '/api/v1/authorizationServers/default')
      const asker = newBrowser()
      const path = authorizePath(app, newPkce(), { '@server': server.id, '@must': 'x', sessionToken: 'x' }, '')
      const answer = await authorizeWith(fixture, asker, path, person)
      assert.ok(answer.code)
      assert.equal(answer.iss, 'http://first.test')
    })

    it('a session token is not used up by a request that is refused', async () => {
      const json = { username: person.login, password: person.password }
      const { sessionToken } = (await fixture.request('POST', '/api/v1/authn', { token: null, json })).json
      for (const wrong of [{ scope: 'openid nothing' }, { client_id: 'nobody' }, { state: undefined }]) {
        const path = authorizePath(app, newPkce(), { sessionToken, ...wrong })
        const answer = await unchanged(() => visit(fixture, newBrowser(), 'GET', path))
        assert.equal(answer.cookies.sid, undefined)
      }
      const good = await visit(fixture, newBrowser(), 'GET', authorizePath(app, newPkce(), { sessionToken }))
      assert.ok(callback(good).code)
    })

    it('a message can’t be sent to an app without a web origin: the error comes the usual way', async () => {
      const native = await newApp(fixture, { type: 'native', settings: { redirect_uris: ['com.example.app:/cb'] } })
      const parameters = { redirect_uri: 'com.example.app:/cb', response_mode: 'okta_post_message' }
      const answer = await ask(parameters, native)
      assert.match(
        String(answer.headers.location),
        /^com\.example\.app:\/cb\?state=state-1&error=unsupported_response_mode&/,
      )
    })

    it('a refusal is in the System Log with its reason, at either endpoint', async () => {
      await ask({ scope: 'openid nothing' })
      await tokenRequest(fixture, { grant_type: 'refresh_token', refresh_token: 'nothing', client_id: app.clientId })
      const { json } = await fixture.request('GET', '/api/v1/logs?limit=1000&sortOrder=DESCENDING')
      for (const [type, reason] of [
        ['app.oauth2.as.authorize', 'invalid_scope'],
        ['app.oauth2.as.token.grant', 'invalid_grant'],
      ]) {
        const event = json.find(
          (one: { eventType: string; actor: { id: string } }) =>
            one.eventType === type && one.actor.id === app.clientId,
        )
        assert.deepEqual(event.outcome, { result: 'FAILURE', reason })
      }
    })

    it('a body that is no form sees a page', async () => {
      const [path = ''] = authorizePath(app, newPkce()).split('?')
      const bodies = { 'application/json': '{}', 'text/plain': 'x', 'multipart/form-data; boundary=x': '--x--' }
      for (const [type, raw] of Object.entries(bodies)) {
        const answer = await unchanged(() =>
          fixture.request('POST', path, { token: null, raw, headers: { 'content-type': type } }),
        )
        isPage(answer, 'invalid_request')
      }
    })
  })

  describe('PKCE at the authorization endpoint', () => {
    const challenge = newPkce().challenge
    const challenges = { absent: undefined, good: challenge, bad: 'short' }
    const methods = { absent: undefined, S256: 'S256', plain: 'plain' }
    const required = 'PKCE code challenge is required by the application.'
    const method = 'PKCE code challenge method is not supported. Valid values: [S256]'
    const illegal = 'PKCE code challenge contains illegal characters.'
    const rows: readonly [keyof typeof challenges, keyof typeof methods, string | undefined, string | undefined][] = [
      // challenge, method, answer to a public client, answer to one that need not use PKCE
      ['absent', 'absent', required, undefined],
      ['absent', 'S256', required, required],
      ['absent', 'plain', method, method],
      ['good', 'absent', method, method],
      ['good', 'S256', undefined, undefined],
      ['good', 'plain', method, method],
      ['bad', 'absent', method, method],
      ['bad', 'S256', illegal, illegal],
      ['bad', 'plain', method, method],
    ]
    for (const [code_challenge, code_challenge_method, publicly, privately] of rows)
      it(`challenge ${code_challenge}, method ${code_challenge_method}`, async () => {
        const parameters = {
          code_challenge: challenges[code_challenge],
          code_challenge_method: methods[code_challenge_method],
        }
        for (const [client, expected] of [
          [app, publicly],
          [web, privately],
        ] as const) {
          const path = authorizePath(client, undefined, parameters)
          const asked = () => visit(fixture, browser, 'GET', path)
          const { code, error, error_description } = callback(
            expected === undefined ? await asked() : await unchanged(asked),
          )
          assert.equal(error_description, expected)
          if (expected === undefined) assert.ok(code)
          else assert.equal(error, 'invalid_request')
        }
      })
  })

  describe('PKCE at the token endpoint', () => {
    const missing = ['invalid_request', 'PKCE code verifier is required by the application.'] as const
    const failed = ['invalid_grant', 'PKCE verification failed.'] as const
    const unasked = [
      'invalid_request',
      'PKCE code challenge should be specified in the authorize request for code verification.',
    ] as const
    type Verifier = 'absent' | 'right' | 'wrong' | 'malformed' | 'the challenge itself'
    const rows: readonly ['absent' | 'good', Verifier, readonly [string, string] | undefined][] = [
      ['absent', 'absent', undefined],
      ['absent', 'right', unasked],
      ['absent', 'wrong', unasked],
      ['absent', 'malformed', unasked],
      ['good', 'absent', missing],
      ['good', 'right', undefined],
      ['good', 'wrong', failed],
      ['good', 'malformed', failed],
      ['good', 'the challenge itself', failed],
    ]
    for (const [challenge, verifier, expected] of rows)
      it(`challenge ${challenge}, verifier ${verifier}: ${expected?.[0] ?? 'tokens'}; a refused try leaves the code good`, async () => {
        const pkce = newPkce()
        const sent = {
          absent: undefined,
          right: pkce.verifier,
          wrong: newPkce().verifier,
          malformed: 'short',
          'the challenge itself': pkce.challenge,
        }[verifier]
        const path = authorizePath(web, challenge === 'good' ? pkce : undefined)
        const { code = '' } = callback(await visit(fixture, browser, 'GET', path))
        const exchange = (code_verifier: string | undefined) =>
          tokenRequest(fixture, exchangeForm(web, code, undefined, { code_verifier }), { headers: basic(web) })
        if (expected) {
          isOAuthError(await unchanged(() => exchange(sent)), 400, ...expected)
          assert.equal((await exchange(challenge === 'good' ? pkce.verifier : undefined)).status, 200)
        } else {
          assert.equal((await exchange(sent)).status, 200)
        }
      })

    it('a setting that became stricter after the code was given is heeded', async () => {
      const lax = await newApp(fixture, { type: 'web', credentials: { pkce_required: false } })
      await assign(fixture, lax, person)
      const { code = '' } = callback(await visit(fixture, browser, 'GET', authorizePath(lax, undefined)))
      const { json } = await fixture.request('GET', `/api/v1/apps/${lax.id}`)
      json.credentials.oauthClient.pkce_required = true
      assert.equal((await fixture.request('PUT', `/api/v1/apps/${lax.id}`, { json })).status, 200)
      const answer = await tokenRequest(fixture, exchangeForm(lax, code, undefined), { headers: basic(lax) })
      isOAuthError(answer, 400, ...missing)
    })
  })

  describe('at the token endpoint', () => {
    const exchange = (form: Record<string, string> | string, headers?: Record<string, string>): Promise<TestAnswer> =>
      unchanged(() => tokenRequest(fixture, form, headers ? { headers } : {}))

    it('a client that nobody knows', async () => {
      isOAuthError(
        await exchange({ grant_type: 'authorization_code', code: 'x', client_id: 'nobody' }),
        401,
        'invalid_client',
        "Invalid value for 'client_id' parameter.",
      )
    })

    it('no client at all', async () => {
      isOAuthError(
        await exchange({ grant_type: 'refresh_token' }),
        401,
        'invalid_client',
        'No client credentials found.',
      )
      isOAuthError(await exchange(''), 401, 'invalid_client', 'No client credentials found.')
    })

    it('a public client chosen for an app that has a secret', async () => {
      const { code, pkce } = await codeFor(fixture, web, person)
      isOAuthError(await exchange(exchangeForm(web, code, pkce)), 401, 'invalid_client', 'No client credentials found.')
    })

    it('a wrong secret', async () => {
      const { code, pkce } = await codeFor(fixture, web, person)
      const wrong = basic({ ...web, secret: `${web.secret}x` })
      isOAuthError(
        await exchange(exchangeForm(web, code, pkce), wrong),
        401,
        'invalid_client',
        'The client secret supplied for a confidential client is invalid.',
      )
    })

    it('two client authentications at once', async () => {
      const { code, pkce } = await codeFor(fixture, web, person)
      const sentence =
        'Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a client_assertion in the post body.'
      for (const more of [{ client_secret: web.secret ?? '' }, { client_assertion: 'x.y.z' }])
        isOAuthError(await exchange(exchangeForm(web, code, pkce, more), basic(web)), 401, 'invalid_request', sentence)
      const both = { client_secret: web.secret ?? '', client_assertion: 'x.y.z' }
      isOAuthError(await exchange(exchangeForm(web, code, pkce, both)), 401, 'invalid_request', sentence)
    })

    it('credentials in the query', async () => {
      const { code, pkce } = await codeFor(fixture, web, person)
      for (const name of ['client_secret', 'client_assertion']) {
        const path = `/oauth2/default/v1/token?${name}=${web.secret}`
        const form = exchangeForm(web, code, pkce)
        isOAuthError(
          await unchanged(() => fixture.request('POST', path, { token: null, form })),
          400,
          'invalid_request',
          'Client credentials cannot be supplied via query parameters.',
        )
      }
    })

    it('other parameters in the query are nobody’s', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      const { code: _, ...form } = exchangeForm(app, code, pkce)
      const path = `/oauth2/default/v1/token?code=${code}`
      isOAuthError(
        await unchanged(() => fixture.request('POST', path, { token: null, form })),
        400,
        'invalid_request',
        "The required parameter 'code' is missing.",
      )
    })

    it('a parameter that is given twice', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      const form = new URLSearchParams(exchangeForm(app, code, pkce)).toString()
      for (const name of ['code', 'client_id', 'code_verifier', 'grant_type', 'unknown'])
        isOAuthError(
          await exchange(`${form}&${name}=x${name === 'unknown' ? '&unknown=y' : ''}`),
          400,
          'invalid_request',
          'The request contained multiple parameters with the same name.',
        )
    })

    it('a body that is no form', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      const json = JSON.stringify(exchangeForm(app, code, pkce))
      const bodies: readonly [string, string][] = [
        ['application/json', json],
        ['application/json', '{'],
        ['text/plain', new URLSearchParams(exchangeForm(app, code, pkce)).toString()],
        ['multipart/form-data; boundary=x', '--x--'],
        ['application/xml', '<a/>'],
      ]
      for (const [type, raw] of bodies) {
        const answer = await unchanged(() =>
          fixture.request('POST', '/oauth2/default/v1/token', {
            token: null,
            raw,
            headers: { 'content-type': type, origin: 'http://localhost:8080' },
          }),
        )
        isOAuthError(answer, 400, 'invalid_request', 'The request body must be application/x-www-form-urlencoded.')
        assert.equal(answer.headers['access-control-allow-origin'], 'http://localhost:8080')
      }
    })

    it('a body of more than a megabyte', async () => {
      for (const path of ['token', 'introspect', 'revoke']) {
        const answer = await unchanged(() => postForm(fixture, path, `token=${'x'.repeat(1_000_001)}`))
        isOAuthError(answer, 413, 'invalid_request')
      }
      const page = await unchanged(() => postForm(fixture, 'authorize', `state=${'x'.repeat(1_000_001)}`))
      isPage(page, 'payload_too_large', 413)
    })

    it('no grant type, and one that the app lacks', async () => {
      isOAuthError(
        await exchange({ client_id: app.clientId }),
        400,
        'invalid_request',
        "The token request must specify a 'grant_type'. Valid values: [authorization_code, refresh_token, client_credentials]",
      )
      isOAuthError(
        await exchange({ client_id: app.clientId, grant_type: 'client_credentials', scope: 'x' }),
        400,
        'unauthorized_client',
        'The client is not authorized to use the provided grant type. Configured grant types: [authorization_code, refresh_token].',
      )
    })

    it('what is missing is named', async () => {
      for (const [grant_type, name] of [
        ['authorization_code', 'code'],
        ['refresh_token', 'refresh_token'],
      ] as const)
        isOAuthError(
          await exchange({ client_id: app.clientId, grant_type }),
          400,
          'invalid_request',
          `The required parameter '${name}' is missing.`,
        )
    })

    it('another redirect URI than the code was asked for with', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      for (const redirect_uri of [CALLBACK, `${REDIRECT_URI}/`, undefined])
        isOAuthError(
          await exchange(exchangeForm(app, code, pkce, { redirect_uri })),
          400,
          'invalid_grant',
          "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
        )
      assert.equal((await tokenRequest(fixture, exchangeForm(app, code, pkce))).status, 200)
    })

    it('the code of another client', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      const thief = await newApp(fixture)
      isOAuthError(
        await exchange(exchangeForm(thief, code, pkce)),
        400,
        'invalid_grant',
        "The grant was issued to another client. Please make sure the 'client_id' matches the one used at the authorize request.",
      )
      assert.equal((await tokenRequest(fixture, exchangeForm(app, code, pkce))).status, 200)
    })

    it('the code of another authorization server', async () => {
      const { code, pkce } = await codeFor(fixture, app, person)
      const second = `/${await addServer(fixture, 'second')}`
      for (const server of ['', second])
        isOAuthError(
          await unchanged(() => tokenRequest(fixture, exchangeForm(app, code, pkce), { server })),
          400,
          'invalid_request',
          'The grant was issued for another authorization server.',
        )
      assert.equal((await tokenRequest(fixture, exchangeForm(app, code, pkce))).status, 200)
    })

    it('a code that nobody gave', async () => {
      for (const code of ['x', '\0', "' OR ''='", 'x'.repeat(8_000)])
        isOAuthError(
          await exchange(exchangeForm(app, code, newPkce())),
          400,
          'invalid_grant',
          'The authorization code is invalid or has expired.',
        )
    })
  })

  describe('of another org', () => {
    let other: TestOrg
    let theirs: { app: TestApp; person: TestPerson; tokens: Tokens; browser: Browser }

    before(async () => {
      other = await fixture.newOrg('second')
      const theirApp = await newApp(fixture, {}, other)
      const theirPerson = await newPerson(fixture, {}, other)
      await assign(fixture, theirApp, theirPerson, other)
      const theirBrowser = newBrowser()
      const spoken = {
        request: (method: string, path: string, options = {}) =>
          fixture.request(method, path, { ...options, org: other }),
      }
      const theirTokens = await signInForTokens(spoken, theirApp, theirPerson, {}, theirBrowser)
      theirs = { app: theirApp, person: theirPerson, tokens: theirTokens, browser: theirBrowser }
    })

    it('a client id is unknown', async () => {
      isPage(await ask({}, theirs.app), 'invalid_client')
      const answer = await unchanged(() =>
        tokenRequest(fixture, { grant_type: 'refresh_token', client_id: theirs.app.clientId, refresh_token: 'x' }),
      )
      isOAuthError(answer, 401, 'invalid_client')
    })

    it('a code is unknown', async () => {
      const pkce = newPkce()
      const answer = await fixture.request('GET', authorizePath(theirs.app, pkce), {
        org: other,
        token: null,
        cookies: theirs.browser.cookies,
      })
      const { code = '' } = callback(answer)
      isOAuthError(
        await unchanged(() => tokenRequest(fixture, exchangeForm(app, code, pkce))),
        400,
        'invalid_grant',
        'The authorization code is invalid or has expired.',
      )
    })

    it('a refresh token is unknown, and stays good where it belongs', async () => {
      const form = { grant_type: 'refresh_token', refresh_token: theirs.tokens.refresh_token }
      isOAuthError(
        await unchanged(() => tokenRequest(fixture, { ...form, client_id: app.clientId })),
        400,
        'invalid_grant',
        'The refresh token is invalid or expired.',
      )
      const revoked = await unchanged(() =>
        postForm(fixture, 'revoke', { token: theirs.tokens.refresh_token, client_id: app.clientId }),
      )
      assert.equal(revoked.status, 200)
      const used = await tokenRequest(fixture, { ...form, client_id: theirs.app.clientId }, { org: other })
      assert.equal(used.status, 200, used.text)
    })

    it('an access token opens nothing and is not active', async () => {
      assert.equal((await userinfo(fixture, theirs.tokens.access_token)).status, 401)
      for (const token of [theirs.tokens.access_token, theirs.tokens.refresh_token, theirs.tokens.id_token]) {
        const answer = await unchanged(() => postForm(fixture, 'introspect', { token, client_id: app.clientId }))
        assert.deepEqual(answer.json, { active: false })
      }
    })

    it('a session cookie is nobody’s', async () => {
      const answer = await unchanged(() =>
        visit(
          fixture,
          { cookies: { ...theirs.browser.cookies } },
          'GET',
          authorizePath(app, newPkce(), { prompt: 'none' }),
        ),
      )
      assert.equal(callback(answer).error, 'login_required')
      const me = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: theirs.browser.cookies })
      assert.equal(me.status, 404)
    })

    it('an ID token is no hint', async () => {
      assert.equal(
        callback(await ask({ prompt: 'none', id_token_hint: theirs.tokens.id_token })).error,
        'invalid_request',
      )
      const path = `/oauth2/default/v1/logout?id_token_hint=${theirs.tokens.id_token}&post_logout_redirect_uri=http://localhost:8080`
      isPage(await unchanged(() => visit(fixture, browser, 'GET', path)), 'invalid_request')
    })

    it('an API token is invalid', async () => {
      const answer = await fixture.request('GET', '/api/v1/apps', { token: other.admin.apiToken })
      assert.equal(answer.status, 401)
      assert.equal(answer.json.errorCode, 'E0000011')
    })

    it('a person can’t sign in', async () => {
      const page = await authorizeWith(fixture, newBrowser(), authorizePath(app, newPkce()), theirs.person).catch(
        (error: Error) => error.message,
      )
      assert.match(String(page), /no redirect to the app: 401/)
    })
  })

  describe('at userinfo', () => {
    it('errors have no body, and say in a header what is wrong', async () => {
      const path = '/oauth2/default/v1/userinfo'
      const cases: readonly [Record<string, string>, RegExp][] = [
        [{}, /^Bearer error="invalid_request", error_description="The access token is missing\."$/],
        [
          { authorization: 'Bearer x' },
          /^Bearer error="invalid_token", error_description="The access token is invalid"$/,
        ],
        [{ authorization: `Basic ${tokens.access_token}` }, /invalid_token/],
        [{ authorization: `Bearer ${tokens.id_token}` }, /invalid_token/],
        [{ authorization: `Bearer ${tokens.refresh_token}` }, /invalid_token/],
      ]
      for (const [headers, challenge] of cases)
        for (const method of ['GET', 'POST']) {
          const answer = await unchanged(() => fixture.request(method, path, { token: null, headers }))
          assert.equal(answer.status, 401)
          assert.equal(answer.text, '')
          assert.match(String(answer.headers['www-authenticate']), challenge)
        }
    })

    it('a token that comes twice is none', async () => {
      const path = '/oauth2/default/v1/userinfo'
      const { access_token } = tokens
      const twice = `access_token=${access_token}&access_token=${access_token}`
      assert.equal((await fixture.request('POST', path, { token: null, form: twice })).status, 401)
      const headers = { authorization: `Bearer ${access_token}` }
      assert.equal((await fixture.request('POST', path, { token: null, form: { access_token }, headers })).status, 401)
    })
  })
})
