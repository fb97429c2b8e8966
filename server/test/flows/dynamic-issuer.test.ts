// Dynamic Issuer Mode: a server is called by the host that was asked, among those that the org has registered.
import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setAliases } from '#orgs/service.ts'
import { switchFeature } from '../features.ts'
import { type Fixture, startFixture } from '../fixture.ts'
import {
  authorizePath,
  authorizeWith,
  basic,
  callback,
  claimsOf,
  exchangeForm,
  newApp,
  newBrowser,
  newPair,
  newPkce,
  postForm,
  REDIRECT_URI,
  type TestApp,
  type TestPerson,
  type Tokens,
  tokenRequest,
  visit,
} from '../oauth-client.ts'
import { addScope, addServer } from '../server-settings.ts'

const NAME = 'Dynamic Issuer Mode'
const CANONICAL = 'http://first.test'
const ALIAS = 'http://keystead:8765'
const OTHER = 'http://gateway:8765'
const AT = { host: 'keystead:8765' }
const AT_OTHER = { host: 'gateway:8765' }
const AT_CANONICAL = { host: 'first.test' }
const DEFAULT = '/oauth2/default'

describe('Dynamic Issuer Mode', () => {
  let fixture: Fixture
  let app: TestApp
  let person: TestPerson
  before(async () => {
    fixture = await startFixture({ env: { KEYSTEAD_TRUSTED_PROXIES: 'loopback' } })
    const pair = await newPair(fixture, { type: 'web' })
    app = pair.app
    person = pair.person
    await addScope(fixture, { name: 'things:read' })
  })
  after(() => fixture.close())
  beforeEach(async () => {
    await register(ALIAS, OTHER)
    await switchFeature(fixture, NAME, 'enable')
  })

  async function register(...aliases: readonly string[]): Promise<void> {
    await setAliases(fixture.deps.db, fixture.org.id, aliases)
    fixture.deps.config.drop(fixture.org.id)
    // The list of hosts is looked at again for one that it lacks.
    fixture.clock.advance(1_000)
    await fixture.request('GET', '/', { token: null, headers: { host: 'nobody.test' } })
  }

  const document = async (headers: Readonly<Record<string, string>>, server = DEFAULT, query = '') => {
    const path = `${server}/.well-known/openid-configuration${query}`
    const answer = await fixture.request('GET', path, { token: null, headers })
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }

  /** As a client does it that knows nothing but the document: the browser's way is on the canonical host. */
  async function codeBy(metadata: { authorization_endpoint: string }, client: TestApp = app) {
    const endpoint = new URL(metadata.authorization_endpoint)
    assert.equal(endpoint.origin, CANONICAL)
    const pkce = newPkce()
    const query = new URLSearchParams([
      ...endpoint.searchParams,
      ...new URL(authorizePath(client, pkce), CANONICAL).searchParams,
    ])
    const answer = await authorizeWith(fixture, newBrowser(), `${endpoint.pathname}?${query}`, person)
    assert.ok(answer.code, JSON.stringify(answer))
    return { code: answer.code, iss: answer.iss, pkce }
  }

  async function tokensAt(headers: Readonly<Record<string, string>>, metadata: { authorization_endpoint: string }) {
    const { code, pkce } = await codeBy(metadata)
    const answer = await tokenRequest(fixture, exchangeForm(app, code, pkce, { client_id: undefined }), {
      headers: { ...headers, ...basic(app) },
    })
    assert.equal(answer.status, 200, answer.text)
    return answer.json as Tokens
  }

  const issOf = (token: string) => claimsOf(token).iss
  const introspect = async (token: string, headers: Readonly<Record<string, string>>, server?: string) =>
    (
      await postForm(
        fixture,
        'introspect',
        { token },
        { headers: { ...headers, ...basic(app) }, ...(server === undefined ? {} : { server }) },
      )
    ).json
  const userinfoAt = async (token: string, headers: Readonly<Record<string, string>>) =>
    (
      await fixture.request('GET', `${DEFAULT}/v1/userinfo`, {
        token: null,
        headers: { ...headers, authorization: `Bearer ${token}` },
      })
    ).status

  it('tells a machine at an alias of endpoints there, and of pages on the host that browsers reach', async () => {
    const issuer = `${ALIAS}${DEFAULT}`
    assert.partialDeepStrictEqual(await document(AT), {
      issuer,
      authorization_endpoint: `${CANONICAL}${DEFAULT}/v1/authorize?issuer_host=keystead%3A8765`,
      end_session_endpoint: `${CANONICAL}${DEFAULT}/v1/logout`,
      token_endpoint: `${issuer}/v1/token`,
      jwks_uri: `${issuer}/v1/keys`,
      introspection_endpoint: `${issuer}/v1/introspect`,
      revocation_endpoint: `${issuer}/v1/revoke`,
      userinfo_endpoint: `${issuer}/v1/userinfo`,
      authorization_response_iss_parameter_supported: true,
    })
    const canonical = JSON.stringify(await document(AT_CANONICAL))
    assert.ok(canonical.includes(`"issuer":"${CANONICAL}${DEFAULT}"`))
    assert.ok(!canonical.includes('keystead:8765') && !canonical.includes('issuer_host'))
  })

  it('signs a person in whose backend knows the alias: response, tokens and their renewal name it', async () => {
    const metadata = await document(AT)
    const { code, iss, pkce } = await codeBy(metadata)
    assert.equal(iss, metadata.issuer)
    const exchanged = await tokenRequest(fixture, exchangeForm(app, code, pkce, { client_id: undefined }), {
      headers: { ...AT, ...basic(app) },
    })
    const { access_token, id_token, refresh_token } = exchanged.json as Tokens
    assert.deepEqual([issOf(access_token), issOf(id_token)], [metadata.issuer, metadata.issuer])
    assert.equal(claimsOf(access_token).aud, 'api://default')
    const renewed = await tokenRequest(
      fixture,
      { grant_type: 'refresh_token', refresh_token },
      { headers: { ...AT, ...basic(app) } },
    )
    assert.equal(issOf(renewed.json.access_token), metadata.issuer)
    assert.equal(issOf(renewed.json.id_token), metadata.issuer)
  })

  it('keeps the issuer that was asked for over the sign-in page, a form and an error', async () => {
    const metadata = await document(AT)
    const endpoint = new URL(metadata.authorization_endpoint)
    const form = new URL(authorizePath(app, newPkce()), CANONICAL).searchParams.toString()
    const posted = await visit(fixture, newBrowser(), 'POST', endpoint.pathname + endpoint.search, { form })
    assert.match(posted.text, /name="identifier"/)
    const silent = new URL(authorizePath(app, newPkce(), { prompt: 'none' }), CANONICAL).searchParams
    const refused = await visit(fixture, newBrowser(), 'GET', `${endpoint.pathname}${endpoint.search}&${silent}`)
    assert.partialDeepStrictEqual(callback(refused), { error: 'login_required', iss: metadata.issuer })
    const refusedForm = await visit(fixture, newBrowser(), 'POST', endpoint.pathname + endpoint.search, {
      form: silent.toString(),
    })
    assert.equal(callback(refusedForm).iss, metadata.issuer)
  })

  it('gives tokens of each host under that host’s name, and knows them at every host', async () => {
    const canonical = await document(AT_CANONICAL)
    for (const [headers, origin] of [
      [AT, ALIAS],
      [AT_OTHER, OTHER],
      [AT_CANONICAL, CANONICAL],
    ] as const) {
      // Set by hand: the browser's address is the canonical one, the backend's another.
      const { access_token, id_token } = await tokensAt(headers, canonical)
      assert.equal(issOf(access_token), `${origin}${DEFAULT}`)
      for (const at of [AT, AT_OTHER, AT_CANONICAL]) {
        assert.partialDeepStrictEqual(await introspect(access_token, at), { active: true, iss: `${origin}${DEFAULT}` })
        assert.equal((await introspect(id_token, at)).active, true)
        assert.equal(await userinfoAt(access_token, at), 200)
      }
      const hint = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: 'http://localhost:8080' })
      const out = await fixture.request('GET', `${DEFAULT}/v1/logout?${hint}`, { token: null })
      assert.equal(out.headers.location, 'http://localhost:8080')
    }
  })

  it('refuses what was given under a host that the org has no more', async () => {
    const tokens = await tokensAt(AT, await document(AT))
    await register(OTHER)
    for (const headers of [AT_CANONICAL, AT_OTHER]) {
      assert.deepEqual(await introspect(tokens.access_token, headers), { active: false })
      assert.deepEqual(await introspect(tokens.id_token, headers), { active: false })
      assert.equal(await userinfoAt(tokens.access_token, headers), 401)
    }
    const gone = await fixture.request('GET', `${DEFAULT}/.well-known/openid-configuration`, { headers: AT })
    assert.equal(gone.status, 421)
    // The authorization lives: its tokens come by a host that there is.
    const renewed = await tokenRequest(
      fixture,
      { grant_type: 'refresh_token', refresh_token: tokens.refresh_token },
      { headers: { ...AT_OTHER, ...basic(app) } },
    )
    assert.equal(issOf(renewed.json.access_token), `${OTHER}${DEFAULT}`)
  })

  it('names no host that the org has no more, while the list of hosts is older than that', async () => {
    await setAliases(fixture.deps.db, fixture.org.id, [OTHER])
    fixture.deps.config.drop(fixture.org.id)
    assert.equal((await document(AT)).issuer, `${CANONICAL}${DEFAULT}`)
  })

  it('revokes at one host what was given at another', async () => {
    const tokens = await tokensAt(AT, await document(AT))
    const done = await postForm(fixture, 'revoke', { token: tokens.access_token }, { headers: basic(app) })
    assert.equal(done.status, 200)
    assert.deepEqual(await introspect(tokens.access_token, AT), { active: false })
  })

  it('knows no token of another server, whatever its name', async () => {
    const tokens = await tokensAt(AT, await document(AT))
    const other = await addServer(fixture, 'orders')
    assert.deepEqual(await introspect(tokens.access_token, AT, `/${other}`), { active: false })
    assert.deepEqual(await introspect(tokens.access_token, AT, ''), { active: false })
  })

  describe('client assertions', () => {
    const at = async (headers: Readonly<Record<string, string>>, aud: string, service: TestApp, jti = randomUUID()) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const exp = Math.floor(fixture.clock.now() / 1_000) + 300
      const claims = { iss: service.clientId, sub: service.clientId, aud, exp, jti }
      const input = `${part({ alg: 'HS256' })}.${part(claims)}`
      const signature = createHmac('sha256', service.secret ?? '')
        .update(input)
        .digest('base64url')
      return tokenRequest(
        fixture,
        {
          grant_type: 'client_credentials',
          scope: 'things:read',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: `${input}.${signature}`,
        },
        { headers },
      )
    }
    it('are for the name that the server has where they are sent, and no other', async () => {
      const service = await newApp(fixture, {
        type: 'service',
        credentials: { token_endpoint_auth_method: 'client_secret_jwt' },
      })
      for (const suffix of [DEFAULT, `${DEFAULT}/v1/token`]) {
        const own = await at(AT, ALIAS + suffix, service)
        assert.equal(own.status, 200, own.text)
        assert.equal(issOf(own.json.access_token), `${ALIAS}${DEFAULT}`)
        for (const [headers, origin] of [
          [AT, CANONICAL],
          [AT, OTHER],
          [AT_CANONICAL, ALIAS],
        ] as const)
          assert.equal((await at(headers, origin + suffix, service)).status, 401)
      }
      const jti = randomUUID()
      assert.equal((await at(AT, `${ALIAS}${DEFAULT}`, service, jti)).status, 200)
      assert.equal((await at(AT_CANONICAL, `${CANONICAL}${DEFAULT}`, service, jti)).status, 401)

      await switchFeature(fixture, NAME, 'disable')
      assert.equal((await at(AT, `${ALIAS}${DEFAULT}`, service)).status, 401)
      assert.equal((await at(AT, `${CANONICAL}${DEFAULT}`, service)).status, 200)
    })
  })

  describe('a hostile host (Zitadel CVE-2026-29067: which instance it is was not validated)', () => {
    it('is never echoed, in a header or in the link to the authorization endpoint', async () => {
      for (const headers of [
        { host: 'evil.example' },
        { host: 'keystead:8766' },
        { host: 'keystead:8765@evil.example' },
        { host: 'keystead:8765.evil.example' },
        { host: 'first.test', 'x-forwarded-host': 'evil.example' },
      ]) {
        const path = `${DEFAULT}/.well-known/openid-configuration`
        const answer = await fixture.request('GET', path, { token: null, headers })
        assert.ok([400, 421].includes(answer.status), JSON.stringify(headers))
        assert.ok(!answer.text.includes('evil.example'))
      }
      for (const host of ['evil.example', 'keystead', 'http://keystead:8765', 'first.test', 'keystead:8765/']) {
        const path = authorizePath(app, newPkce(), { prompt: 'none', issuer_host: host })
        const answer = callback(await visit(fixture, newBrowser(), 'GET', path))
        assert.equal(answer.iss, `${CANONICAL}${DEFAULT}`, host)
      }
      const twice = `${authorizePath(app, newPkce(), { issuer_host: 'keystead:8765' })}&issuer_host=evil.example`
      assert.equal((await visit(fixture, newBrowser(), 'GET', twice)).status, 400)
    })

    it('is another org’s: no name of one org is given to the other', async () => {
      const second = await fixture.newOrg('second')
      await switchFeature(fixture, NAME, 'enable', second)
      const answer = await fixture.request('GET', `${DEFAULT}/.well-known/openid-configuration`, { org: second })
      assert.equal(answer.json.issuer, `http://second.test${DEFAULT}`)
      const mine = authorizePath(app, newPkce(), { prompt: 'none', issuer_host: 'second.test' })
      assert.equal(callback(await visit(fixture, newBrowser(), 'GET', mine)).iss, `${CANONICAL}${DEFAULT}`)
      const tokens = await tokensAt(AT, await document(AT))
      const foreign = await fixture.request('GET', `${DEFAULT}/v1/userinfo`, {
        org: second,
        token: null,
        headers: { authorization: `Bearer ${tokens.access_token}` },
      })
      assert.equal(foreign.status, 401)
    })

    it('counts in a forwarded header from a trusted proxy alone, and caches are told so', async () => {
      const path = `${DEFAULT}/.well-known/openid-configuration`
      const headers = { host: 'first.test', 'x-forwarded-host': 'keystead:8765' }
      const proxied = await fixture.request('GET', path, { token: null, headers })
      assert.equal(proxied.json.issuer, `${ALIAS}${DEFAULT}`)
      assert.equal(proxied.headers.vary, 'X-Forwarded-Host')
      const direct = await fixture.server.inject({ method: 'GET', url: path, headers, remoteAddress: '203.0.113.9' })
      assert.equal(direct.json().issuer, `${CANONICAL}${DEFAULT}`)
    })
  })

  it('off: every host names the canonical issuer; what was given before lives on, and its renewal is canonical', async () => {
    const metadata = await document(AT)
    const tokens = await tokensAt(AT, metadata)
    const early = await codeBy(metadata)
    await switchFeature(fixture, NAME, 'disable')
    assert.deepEqual(await document(AT), await document(AT_CANONICAL))
    assert.equal((await codeBy(metadata)).iss, `${CANONICAL}${DEFAULT}`)
    for (const headers of [AT, AT_CANONICAL]) {
      assert.equal((await introspect(tokens.access_token, headers)).active, true)
      assert.equal(await userinfoAt(tokens.access_token, headers), 200)
    }
    const late = await tokenRequest(fixture, exchangeForm(app, early.code, early.pkce, { client_id: undefined }), {
      headers: { ...AT, ...basic(app) },
    })
    assert.equal(issOf(late.json.access_token), `${CANONICAL}${DEFAULT}`)
    const renewed = await tokenRequest(
      fixture,
      { grant_type: 'refresh_token', refresh_token: tokens.refresh_token },
      { headers: { ...AT, ...basic(app) } },
    )
    assert.equal(issOf(renewed.json.access_token), `${CANONICAL}${DEFAULT}`)
    await switchFeature(fixture, NAME, 'enable')
    assert.equal((await document(AT)).issuer, metadata.issuer)
  })

  it('is a matter of servers that are set so', async () => {
    const path = '/api/v1/authorizationServers'
    const wish = (name: string, issuerMode: string) => ({ name, audiences: [`api://${name}`], issuerMode })
    const { json: fixed } = await fixture.request('POST', path, { json: wish('fixed', 'ORG_URL') })
    const { json: dynamic } = await fixture.request('POST', path, { json: wish('dynamic', 'DYNAMIC') })
    assert.equal((await document(AT, `/oauth2/${fixed.id}`)).issuer, `${CANONICAL}/oauth2/${fixed.id}`)
    assert.equal((await document(AT, `/oauth2/${dynamic.id}`)).issuer, `${ALIAS}/oauth2/${dynamic.id}`)
    assert.equal(dynamic.issuer, `${CANONICAL}/oauth2/${dynamic.id}`)
  })

  describe('on the org’s own server', () => {
    it('follows the app: its tokens, and what discovery tells it', async () => {
      const fixed = await newPair(fixture, { settings: { issuer_mode: 'ORG_URL' } })
      const dynamic = await newPair(fixture, { settings: { issuer_mode: 'DYNAMIC' } })
      assert.equal((await document(AT, '')).issuer, ALIAS)
      for (const [{ app: own, person: owner }, origin] of [
        [fixed, CANONICAL],
        [dynamic, ALIAS],
      ] as const) {
        const metadata = await document(AT, '', `?client_id=${own.clientId}`)
        assert.equal(metadata.issuer, origin)
        assert.equal(metadata.token_endpoint, `${origin}/oauth2/v1/token`)
        const pkce = newPkce()
        const path = authorizePath(own, pkce, { issuer_host: 'keystead:8765' }, '')
        const { code = '', iss } = await authorizeWith(fixture, newBrowser(), path, owner)
        assert.equal(iss, origin)
        const tokens = await tokenRequest(fixture, exchangeForm(own, code, pkce, { redirect_uri: REDIRECT_URI }), {
          server: '',
          headers: AT,
        })
        assert.equal(tokens.status, 200, tokens.text)
        const { access_token, id_token } = tokens.json as Tokens
        assert.deepEqual([issOf(id_token), issOf(access_token)], [origin, origin])
        assert.equal(claimsOf(access_token).aud, origin)
        for (const headers of [AT, AT_CANONICAL]) {
          const answer = await postForm(
            fixture,
            'introspect',
            { token: access_token, client_id: own.clientId },
            { server: '', headers },
          )
          assert.partialDeepStrictEqual(answer.json, { active: true, iss: origin, aud: origin })
        }
      }
    })

    it('tells nobody of an app that there is not', async () => {
      for (const server of ['', DEFAULT]) {
        const path = `${server}/.well-known/openid-configuration?client_id=nobody`
        const { status, json } = await fixture.request('GET', path, { token: null })
        assert.equal(status, 400)
        assert.partialDeepStrictEqual(json, {
          errorCode: 'invalid_client',
          errorSummary: "Invalid value for 'client_id' parameter.",
        })
      }
    })
  })
})
