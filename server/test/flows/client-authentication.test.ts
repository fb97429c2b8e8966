// How clients prove who they are, at the token endpoint and beside it; and client credentials, which need nothing else.
import assert from 'node:assert/strict'
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  assign,
  basic,
  claimsOf,
  codeFor,
  exchangeForm,
  newApp,
  newPair,
  newPerson,
  postForm,
  signInForTokens,
  type TestApp,
  type TestPerson,
  tokenRequest,
} from '../oauth-client.ts'
import { addScope, editRules } from '../server-settings.ts'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const ENDPOINT = 'http://first.test/oauth2/default/v1/token'

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function hmacJwt(secret: string | Buffer, claims: object, header: object = { alg: 'HS256' }, hash = 'sha256'): string {
  const input = `${part(header)}.${part(claims)}`
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`
}

function keyJwt(key: KeyObject, claims: object, header: object = { alg: 'RS256', kid: 'k1' }): string {
  const input = `${part(header)}.${part(claims)}`
  const options = key.asymmetricKeyType === 'ec' ? ({ key, dsaEncoding: 'ieee-p1363' } as const) : key
  return `${input}.${sign('sha256', Buffer.from(input), options).toString('base64url')}`
}

const publicJwk = (key: KeyObject, kid: string): object => ({
  ...createPublicKey(key).export({ format: 'jwk' }),
  kid,
  use: 'sig',
})

describe('client authentication', () => {
  let fixture: Fixture
  let person: TestPerson
  before(async () => {
    fixture = await startFixture()
    person = await newPerson(fixture)
    await addScope(fixture, { name: 'things:read' })
    await addScope(fixture, { name: 'things:ask', consent: 'REQUIRED' })
    await addScope(fixture, { name: 'things:maybe', consent: 'FLEXIBLE' })
  })
  after(() => fixture.close())
  beforeEach(() => fixture.clock.advance(1_000))

  const service = (method: string, more: object = {}): Promise<TestApp> =>
    newApp(fixture, { type: 'service', credentials: { token_endpoint_auth_method: method }, settings: { ...more } })

  const FORM = { grant_type: 'client_credentials', scope: 'things:read' }

  function isRefused(answer: TestAnswer, description: string, error = 'invalid_client', status = 401): void {
    assert.deepEqual([answer.status, answer.json], [status, { error, error_description: description }])
  }

  describe('none', () => {
    it('is the id in the body, or auth-js’s header without a colon', async () => {
      const { app, person: somebody } = await newPair(fixture)
      const { refresh_token } = await signInForTokens(fixture, app, somebody)
      const form = { grant_type: 'refresh_token', refresh_token }
      const header = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
      const first = await tokenRequest(fixture, { ...form, client_id: app.clientId })
      assert.equal(first.status, 200)
      for (const text of [app.clientId, `${app.clientId}:`]) {
        const answer = await tokenRequest(fixture, form, { headers: header(text) })
        assert.equal(answer.status, 200, answer.text)
      }
      const both = await tokenRequest(fixture, { ...form, client_id: app.clientId }, { headers: header(app.clientId) })
      assert.equal(both.status, 200)
      const two = await tokenRequest(fixture, { ...form, client_id: 'another' }, { headers: header(app.clientId) })
      isRefused(two, "Invalid value for 'client_id' parameter.")
    })

    it('is enough for a public client at revoke and introspect, and for no other', async () => {
      const { app, person: somebody } = await newPair(fixture)
      const web = await newApp(fixture, { type: 'web' })
      const { access_token: token } = await signInForTokens(fixture, app, somebody)
      const header = { authorization: `Basic ${Buffer.from(app.clientId).toString('base64')}` }
      assert.equal((await postForm(fixture, 'introspect', { token }, { headers: header })).json.active, true)
      isRefused(
        await postForm(fixture, 'introspect', { token, client_id: web.clientId }),
        'No client credentials found.',
      )
      isRefused(await postForm(fixture, 'revoke', { token, client_id: web.clientId }), 'No client credentials found.')
      isRefused(await postForm(fixture, 'revoke', { token }), 'No client credentials found.')
      const revoked = await postForm(fixture, 'revoke', { token, token_type_hint: 'access_token' }, { headers: header })
      assert.equal(revoked.status, 200)
      assert.equal((await postForm(fixture, 'introspect', { token }, { headers: header })).json.active, false)
    })

    it('is not a secret: one that is sent is refused', async () => {
      const { app } = await newPair(fixture)
      const answer = await tokenRequest(fixture, {
        grant_type: 'refresh_token',
        refresh_token: 'x',
        client_id: app.clientId,
        client_secret: 'guess',
      })
      isRefused(answer, 'Client authentication failed. Either the client or the client credentials are invalid.')
    })
  })

  describe('secrets', () => {
    it('go the registered way and no other', async () => {
      const ways = {
        client_secret_basic: (app: TestApp) => tokenRequest(fixture, FORM, { headers: basic(app) }),
        client_secret_post: (app: TestApp) =>
          tokenRequest(fixture, { ...FORM, client_id: app.clientId, client_secret: app.secret ?? '' }),
      }
      for (const method of Object.keys(ways)) {
        const app = await service(method)
        for (const [way, ask] of Object.entries(ways)) {
          const answer = await ask(app)
          if (way === method) assert.equal(answer.status, 200, answer.text)
          else
            isRefused(answer, 'Client authentication failed. Either the client or the client credentials are invalid.')
        }
      }
    })

    it('are compared whole', async () => {
      const app = await service('client_secret_basic')
      const secret = app.secret ?? ''
      for (const wrong of [
        secret.slice(1),
        secret.slice(0, -1),
        `${secret}x`,
        secret.toUpperCase(),
        'x',
        `${secret}\0`,
      ])
        isRefused(
          await tokenRequest(fixture, FORM, { headers: basic({ ...app, secret: wrong }) }),
          'The client secret supplied for a confidential client is invalid.',
        )
    })

    it('may hold what form encoding changes, sent encoded or as it is', async () => {
      const text = 'a+b%20c d:e&f=g/ü'.replace('ü', '~')
      const app = await newApp(fixture, { type: 'service', credentials: { client_secret: text } })
      const header = (id: string, secret: string) => ({
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      })
      const encoded = (value: string) => new URLSearchParams({ v: value }).toString().slice(2)
      for (const secret of [text, encodeURIComponent(text), encoded(text)]) {
        const answer = await tokenRequest(fixture, FORM, { headers: header(app.clientId, secret) })
        assert.equal(answer.status, 200, secret)
      }
      isRefused(
        await tokenRequest(fixture, FORM, { headers: header(app.clientId, text.replace('+', ' ')) }),
        'The client secret supplied for a confidential client is invalid.',
      )
    })

    it('are two at most, and each works while it is active', async () => {
      const app = await service('client_secret_basic')
      const path = `/api/v1/apps/${app.id}/credentials/secrets`
      const second = (await fixture.request('POST', path, { json: {} })).json
      const first = (await fixture.request('GET', path)).json.find((one: { id: string }) => one.id !== second.id)
      const works = async (secret: string) =>
        (await tokenRequest(fixture, FORM, { headers: basic({ ...app, secret }) })).status === 200
      assert.deepEqual([await works(first.client_secret), await works(second.client_secret)], [true, true])
      await fixture.request('POST', `${path}/${first.id}/lifecycle/deactivate`)
      assert.deepEqual([await works(first.client_secret), await works(second.client_secret)], [false, true])
      await fixture.request('POST', `${path}/${first.id}/lifecycle/activate`)
      assert.equal(await works(first.client_secret), true)
    })

    it('of another app open nothing', async () => {
      const app = await service('client_secret_basic')
      const other = await service('client_secret_basic')
      isRefused(
        await tokenRequest(fixture, FORM, { headers: basic({ ...app, secret: other.secret }) }),
        'The client secret supplied for a confidential client is invalid.',
      )
    })

    it('need a header that can be read', async () => {
      for (const authorization of ['Basic', 'Basic ', 'Basic ä', 'Basic ====', 'Bearer x', 'Digest x', 'Basic !!!!'])
        isRefused(
          await tokenRequest(fixture, FORM, {
            headers: { authorization: Buffer.from(authorization, 'latin1').toString('latin1') },
          }),
          'Found Authentication header but was not valid client credentials.',
        )
    })

    it('a refused header is answered with its scheme; whoever sent none gets the sentence alone', async () => {
      const app = await service('client_secret_basic')
      const withHeader = await tokenRequest(fixture, FORM, { headers: basic({ ...app, secret: 'x' }) })
      assert.equal(withHeader.headers['www-authenticate'], 'Basic realm="Keystead"')
      const without = await tokenRequest(fixture, { ...FORM, client_id: app.clientId })
      assert.equal(without.headers['www-authenticate'], undefined)
    })

    it('of an inactive app are nobody’s', async () => {
      const app = await service('client_secret_basic')
      await fixture.request('POST', `/api/v1/apps/${app.id}/lifecycle/deactivate`)
      isRefused(await tokenRequest(fixture, FORM, { headers: basic(app) }), "Invalid value for 'client_id' parameter.")
    })
  })

  describe('assertions', () => {
    let rsa: KeyObject
    let ec: KeyObject
    let keyed: TestApp
    let shared: TestApp

    before(async () => {
      rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
      ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      keyed = await service('private_key_jwt', { jwks: { keys: [publicJwk(rsa, 'k1'), publicJwk(ec, 'k2')] } })
      shared = await service('client_secret_jwt')
    })

    const now = () => fixture.clock.now() / 1_000
    const claims = (app: TestApp, more: object = {}) => ({
      iss: app.clientId,
      sub: app.clientId,
      aud: ENDPOINT,
      exp: Math.floor(now()) + 300,
      jti: randomUUID(),
      ...more,
    })
    const send = (assertion: string, more: Readonly<Record<string, string>> = {}): Promise<TestAnswer> =>
      tokenRequest(fixture, { ...FORM, client_assertion: assertion, client_assertion_type: ASSERTION_TYPE, ...more })

    it('client_secret_jwt, with each of its algorithms', async () => {
      for (const [alg, hash] of Object.entries({ HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' })) {
        const answer = await send(hmacJwt(shared.secret ?? '', claims(shared), { alg }, hash))
        assert.equal(answer.status, 200, answer.text)
        assert.equal(claimsOf(answer.json.access_token).cid, shared.clientId)
      }
    })

    it('client_secret_jwt with either of two active secrets', async () => {
      const path = `/api/v1/apps/${shared.id}/credentials/secrets`
      const { client_secret } = (await fixture.request('POST', path, { json: {} })).json
      for (const secret of [shared.secret ?? '', client_secret])
        assert.equal((await send(hmacJwt(secret, claims(shared)))).status, 200)
    })

    it('private_key_jwt with RS256 and ES256', async () => {
      assert.equal((await send(keyJwt(rsa, claims(keyed)))).status, 200)
      assert.equal((await send(keyJwt(ec, claims(keyed), { alg: 'ES256', kid: 'k2' }))).status, 200)
    })

    it('may name the client beside them, if it is the same', async () => {
      assert.equal((await send(keyJwt(rsa, claims(keyed)), { client_id: keyed.clientId })).status, 200)
      isRefused(
        await send(keyJwt(rsa, claims(keyed)), { client_id: shared.clientId }),
        'The issuer claim for client_assertion is not a valid client_id.',
      )
    })

    it('are good once where they have a jti, and the other client’s jti is its own', async () => {
      const jti = randomUUID()
      const assertion = keyJwt(rsa, claims(keyed, { jti }))
      assert.equal((await send(assertion)).status, 200)
      isRefused(await send(assertion), 'The client_assertion token has already been used.')
      isRefused(await send(keyJwt(rsa, claims(keyed, { jti }))), 'The client_assertion token has already been used.')
      assert.equal((await send(hmacJwt(shared.secret ?? '', claims(shared, { jti })))).status, 200)
    })

    it('are good once, however many are sent at the same time', async () => {
      const assertion = keyJwt(rsa, claims(keyed))
      const answers = await Promise.all(Array.from({ length: 20 }, () => send(assertion)))
      assert.equal(answers.filter((answer) => answer.status === 200).length, 1)
    })

    it('without a jti are good until they end', async () => {
      const assertion = keyJwt(rsa, claims(keyed, { jti: undefined }))
      assert.equal((await send(assertion)).status, 200)
      assert.equal((await send(assertion)).status, 200)
      fixture.clock.advance(301_000)
      isRefused(await send(assertion), 'The client_assertion token is expired.')
    })

    it('end within the hour, and say when in seconds', async () => {
      const missing = "The client_assertion must contain the 'exp' claim as seconds since epoch."
      const far = 'The client_assertion token has an expiration too far into the future.'
      const expired = 'The client_assertion token is expired.'
      const cases: readonly [unknown, string | undefined][] = [
        [undefined, missing],
        ['soon', missing],
        [null, missing],
        [Math.floor(now()), expired],
        [-1, expired],
        [Math.floor(now()) + 3_602, far],
        [Math.floor(now()) * 1_000, far],
        [1e300, far],
        [Math.floor(now()) + 60.5, undefined],
      ]
      for (const [exp, sentence] of cases) {
        const answer = await send(keyJwt(rsa, claims(keyed, { exp })))
        if (sentence === undefined) assert.equal(answer.status, 200, answer.text)
        else isRefused(answer, sentence)
      }
    })

    it('are not from the future', async () => {
      for (const name of ['iat', 'nbf']) {
        const later = Math.floor(now()) + 120
        isRefused(
          await send(keyJwt(rsa, claims(keyed, { [name]: later }))),
          'The client_assertion token must be issued before the current time.',
        )
        assert.equal((await send(keyJwt(rsa, claims(keyed, { [name]: Math.floor(now()) + 30 })))).status, 200)
      }
    })

    it('are for this server: its endpoint, its token endpoint, or its issuer', async () => {
      const sentence = 'The audience claim for client_assertion must be the endpoint invoked for the request.'
      for (const aud of [ENDPOINT, [ENDPOINT], ['x', ENDPOINT], 'http://first.test/oauth2/default'])
        assert.equal((await send(keyJwt(rsa, claims(keyed, { aud })))).status, 200)
      const wrong = [
        undefined,
        '',
        [],
        7,
        { url: ENDPOINT },
        'http://first.test',
        'http://first.test/oauth2/v1/token',
        `${ENDPOINT}/`,
        'http://second.test/oauth2/default/v1/token',
      ]
      for (const aud of wrong) isRefused(await send(keyJwt(rsa, claims(keyed, { aud }))), sentence)
    })

    it('name their client as issuer and subject', async () => {
      const cases: readonly [object, string][] = [
        [{ iss: undefined }, 'The issuer claim for client_assertion is not a valid client_id.'],
        [{ iss: 7 }, 'The issuer claim for client_assertion is not a valid client_id.'],
        [{ sub: undefined }, 'The subject claim for client_assertion is not a valid client_id.'],
        [{ sub: 'somebody' }, 'The subject claim for client_assertion is not a valid client_id.'],
        [{ iss: 'nobody', sub: 'nobody' }, "Invalid value for 'client_id' parameter."],
      ]
      for (const [more, sentence] of cases) isRefused(await send(keyJwt(rsa, claims(keyed, more))), sentence)
    })

    it('that are none are said to be none', async () => {
      for (const assertion of ['x', 'a.b', 'a.b.c', '..', `${part({ alg: 'none' })}.x.`])
        isRefused(await send(assertion), 'The parsing of the client_assertion failed.')
      const answer = await tokenRequest(fixture, { ...FORM, client_assertion: 'x', client_assertion_type: 'y' })
      isRefused(answer, 'The client_assertion_type is invalid.', 'invalid_request', 400)
      const untyped = await tokenRequest(fixture, { ...FORM, client_assertion: keyJwt(rsa, claims(keyed)) })
      isRefused(untyped, 'The client_assertion_type is invalid.', 'invalid_request', 400)
    })

    it('are checked with the app’s keys, by the keys’ own kind of algorithm', async () => {
      const bad = 'The client_assertion signature is invalid.'
      const unknown = 'The client_assertion JWT kid is invalid.'
      const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
      const spki = createPublicKey(rsa).export({ type: 'spki', format: 'pem' })
      const jwk = createPublicKey(attacker).export({ format: 'jwk' })
      const good = keyJwt(rsa, claims(keyed))
      const vectors: Readonly<Record<string, readonly [string, string]>> = {
        'alg none': [`${part({ alg: 'none' })}.${part(claims(keyed))}.`, bad],
        'alg None': [`${part({ alg: 'None', kid: 'k1' })}.${part(claims(keyed))}.`, bad],
        'the public key as an HMAC secret': [hmacJwt(spki, claims(keyed), { alg: 'HS256', kid: 'k1' }), bad],
        'an embedded key': [keyJwt(attacker, claims(keyed), { alg: 'RS256', jwk }), bad],
        'an embedded key with our kid': [keyJwt(attacker, claims(keyed), { alg: 'RS256', kid: 'k1', jwk }), bad],
        'a key by URL': [
          keyJwt(attacker, claims(keyed), { alg: 'RS256', kid: 'k1', jku: 'http://evil.example/k' }),
          bad,
        ],
        'a certificate by URL': [keyJwt(attacker, claims(keyed), { alg: 'RS256', x5u: 'http://evil.example/c' }), bad],
        'an unknown kid': [keyJwt(rsa, claims(keyed), { alg: 'RS256', kid: 'k9' }), unknown],
        'the kid of a key of another kind': [keyJwt(rsa, claims(keyed), { alg: 'RS256', kid: 'k2' }), unknown],
        'an algorithm of another kind of key': [keyJwt(rsa, claims(keyed), { alg: 'ES256', kid: 'k1' }), unknown],
        'a critical header': [keyJwt(rsa, claims(keyed), { alg: 'RS256', kid: 'k1', crit: ['x'], x: 1 }), bad],
        'a changed claim': [good.replace(/\.[^.]+\./, `.${part(claims(keyed, { scope: 'x' }))}.`), bad],
        'a cut signature': [good.slice(0, -4), bad],
        'no signature': [`${good.split('.').slice(0, 2).join('.')}.`, bad],
      }
      for (const [what, [assertion, sentence]] of Object.entries(vectors)) {
        const answer = await send(assertion)
        assert.deepEqual([what, answer.status, answer.json.error_description], [what, 401, sentence])
      }
      assert.equal((await send(good)).status, 200)
    })

    it('of one kind are nothing to an app of the other kind', async () => {
      isRefused(await send(keyJwt(rsa, claims(shared))), 'The client_assertion signature is invalid.')
      isRefused(await send(hmacJwt(shared.secret ?? '', claims(keyed))), 'The client_assertion signature is invalid.')
      const plain = await service('client_secret_basic')
      isRefused(
        await send(hmacJwt(plain.secret ?? '', claims(plain))),
        'Client authentication failed. Either the client or the client credentials are invalid.',
      )
    })

    it('of a key that was deactivated are not good any more', async () => {
      const path = `/api/v1/apps/${keyed.id}/credentials/jwks`
      const key = (await fixture.request('GET', path)).json.find((one: { kid: string }) => one.kid === 'k2')
      await fixture.request('POST', `${path}/${key.id}/lifecycle/deactivate`)
      isRefused(
        await send(keyJwt(ec, claims(keyed), { alg: 'ES256', kid: 'k2' })),
        'The client_assertion JWT kid is invalid.',
      )
    })

    it('open introspect and revoke as well, for the endpoint that is invoked', async () => {
      const { access_token: token } = (await send(keyJwt(rsa, claims(keyed)))).json
      for (const path of ['introspect', 'revoke']) {
        const assertion = keyJwt(rsa, claims(keyed, { aud: `http://first.test/oauth2/default/v1/${path}` }))
        const form = { token, client_assertion: assertion, client_assertion_type: ASSERTION_TYPE }
        assert.equal((await postForm(fixture, path, form)).status, 200)
      }
    })

    it('prove a web app at a code’s exchange', async () => {
      const web = await newApp(fixture, {
        type: 'web',
        credentials: { token_endpoint_auth_method: 'private_key_jwt' },
        settings: { jwks: { keys: [publicJwk(rsa, 'w1')] } },
      })
      await assign(fixture, web, person)
      const { code, pkce } = await codeFor(fixture, web, person)
      const assertion = keyJwt(rsa, claims(web), { alg: 'RS256', kid: 'w1' })
      const form = exchangeForm(web, code, pkce, { client_assertion: assertion, client_assertion_type: ASSERTION_TYPE })
      assert.equal((await tokenRequest(fixture, form)).status, 200)
    })
  })

  describe('client credentials', () => {
    const ask = (app: TestApp, form: Readonly<Record<string, string>>, server = '/default'): Promise<TestAnswer> =>
      tokenRequest(fixture, { grant_type: 'client_credentials', ...form }, { headers: basic(app), server })

    it('give an access token about nobody, and nothing else', async () => {
      const app = await service('client_secret_basic')
      const answer = await ask(app, { scope: 'things:read things:maybe' })
      assert.deepEqual(Object.keys(answer.json).sort(), ['access_token', 'expires_in', 'scope', 'token_type'])
      assert.equal(answer.json.scope, 'things:read things:maybe')
      const claims = claimsOf(answer.json.access_token)
      assert.deepEqual(Object.keys(claims).sort(), ['aud', 'cid', 'exp', 'iat', 'iss', 'jti', 'scp', 'sub', 'ver'])
      assert.deepEqual([claims.sub, claims.cid, claims.aud], [app.clientId, app.clientId, 'api://default'])
      assert.match(claims.jti, /^AT\.[\w-]{43}$/)
      const info = (await postForm(fixture, 'introspect', { token: answer.json.access_token }, { headers: basic(app) }))
        .json
      assert.equal(info.active, true)
      assert.equal(info.uid, undefined)
      const path = '/oauth2/default/v1/userinfo'
      const headers = { authorization: `Bearer ${answer.json.access_token}` }
      assert.equal((await fixture.request('GET', path, { token: null, headers })).status, 401)
    })

    it('end with their app', async () => {
      const app = await service('client_secret_basic')
      const watcher = await service('client_secret_basic')
      const { access_token: token } = (await ask(app, { scope: 'things:read' })).json
      await fixture.request('POST', `/api/v1/apps/${app.id}/lifecycle/deactivate`)
      assert.deepEqual((await postForm(fixture, 'introspect', { token }, { headers: basic(watcher) })).json, {
        active: false,
      })
    })

    it('are refused what has no place in them', async () => {
      const app = await service('client_secret_basic')
      const cases: readonly [Record<string, string>, string, string][] = [
        [
          {},
          'invalid_scope',
          "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
        ],
        [{ scope: 'openid' }, 'invalid_scope', "Cannot request 'openid' scopes using client credentials."],
        [
          { scope: 'things:read offline_access' },
          'invalid_scope',
          "Cannot request 'openid' scopes using client credentials.",
        ],
        [
          { scope: 'things:read nothing' },
          'invalid_scope',
          'One or more scopes are not configured for the authorization server resource.',
        ],
        [
          { scope: 'things:"read"' },
          'invalid_scope',
          'One or more scopes are not configured for the authorization server resource.',
        ],
        [
          { scope: 'things:read things:ask' },
          'consent_required',
          'The following scopes require user consent: [things:ask].',
        ],
      ]
      for (const [form, error, sentence] of cases) isRefused(await ask(app, form), sentence, error, 400)
    })

    it('take the server’s default scopes, but none that is about a person or wants consent', async () => {
      const app = await service('client_secret_basic')
      await addScope(fixture, { name: 'things:default', default: true })
      assert.equal((await ask(app, {})).json.scope, 'things:default')
      await addScope(fixture, { name: 'things:default-ask', default: true, consent: 'REQUIRED' })
      isRefused(
        await ask(app, {}),
        'The following scopes require user consent: [things:default-ask].',
        'consent_required',
        400,
      )
    })

    it('need a rule that allows them', async () => {
      const app = await service('client_secret_basic')
      await editRules(fixture, { grantTypes: ['authorization_code'] })
      isRefused(
        await ask(app, { scope: 'things:read' }),
        'Policy evaluation failed for this request, please check the policy configurations.',
        'access_denied',
      )
      await editRules(fixture, { grantTypes: ['authorization_code', 'client_credentials'], scopes: ['things:maybe'] })
      assert.equal((await ask(app, { scope: 'things:read' })).status, 401)
      assert.equal((await ask(app, { scope: 'things:maybe' })).status, 200)
      await editRules(fixture, { scopes: ['*'], accessTokenMinutes: 5 })
      assert.equal((await ask(app, { scope: 'things:read' })).json.expires_in, 300)
    })

    it('at the org’s own server are for services with keys, and for scopes that were granted', async () => {
      const web = await newApp(fixture, {
        type: 'web',
        settings: { grant_types: ['authorization_code', 'client_credentials'] },
      })
      isRefused(
        await ask(web, { scope: 'okta.apps.read' }, ''),
        "Only clients with 'application_type' of 'service' may use the client_credentials 'grant_type' with the Org Authorization Server.",
      )
      const app = await service('client_secret_basic')
      isRefused(
        await ask(app, { scope: 'okta.apps.read' }, ''),
        'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
      )
      const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
      const keyed = await service('private_key_jwt', { jwks: { keys: [publicJwk(key, 'o1')] } })
      const aud = 'http://first.test/oauth2/v1/token'
      const exp = Math.floor(fixture.clock.now() / 1_000) + 60
      const assertion = keyJwt(key, { iss: keyed.clientId, sub: keyed.clientId, aud, exp }, { alg: 'RS256', kid: 'o1' })
      const form = { ...FORM, client_assertion: assertion, client_assertion_type: ASSERTION_TYPE }
      isRefused(
        await tokenRequest(fixture, form, { server: '' }),
        'You are not allowed any of the requested scopes.',
        'consent_required',
        400,
      )
    })

    it('are nothing for a public client', async () => {
      const { app } = await newPair(fixture)
      const answer = await tokenRequest(fixture, { ...FORM, client_id: app.clientId })
      assert.equal(answer.json.error, 'unauthorized_client')
    })
  })
})
