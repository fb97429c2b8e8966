// What a token is worth, asked at introspection and userinfo, and the end of it by revocation.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  assign,
  basic,
  claimsOf,
  isActive,
  newApp,
  newPair,
  newPerson,
  postForm,
  refresh,
  signInForTokens,
  type TestApp,
  type TestPerson,
  type Tokens,
  userinfo,
} from '../oauth-client.ts'
import { changingNothing } from '../rows.ts'
import { addServer } from '../server-settings.ts'

const INACTIVE = { active: false }
const HOUR = 3_600_000

describe('tokens', () => {
  let fixture: Fixture
  let app: TestApp
  let person: TestPerson
  let tokens: Tokens
  before(async () => {
    fixture = await startFixture()
    const pair = await newPair(fixture)
    app = pair.app
    person = pair.person
  })
  after(() => fixture.close())
  beforeEach(async () => {
    fixture.clock.advance(1_000)
    tokens = await signInForTokens(fixture, app, person)
  })

  const introspect = (token: string, of: TestApp = app, server = '/default'): Promise<TestAnswer> =>
    postForm(fixture, 'introspect', { token, client_id: of.clientId }, { server })

  describe('at introspection', () => {
    it('an access token says what it is', async () => {
      const { status, json, headers } = await introspect(tokens.access_token)
      const claims = claimsOf(tokens.access_token)
      assert.equal(status, 200)
      assert.deepEqual(json, {
        active: true,
        scope: 'openid profile email offline_access',
        username: person.login,
        exp: claims.exp,
        iat: claims.iat,
        sub: person.login,
        aud: 'api://default',
        iss: 'http://first.test/oauth2/default',
        jti: claims.jti,
        token_type: 'Bearer',
        client_id: app.clientId,
        uid: person.id,
      })
      assert.equal(headers['cache-control'], 'no-cache, no-store')
    })

    it('a refresh token says what it is, and when it ends if it is not used', async () => {
      const { json } = await introspect(tokens.refresh_token)
      assert.deepEqual(json, {
        active: true,
        scope: 'openid profile email offline_access',
        username: person.login,
        exp: Math.floor(fixture.clock.now() / 1_000) + 7 * 24 * 3_600,
        sub: person.login,
        token_type: 'Bearer',
        client_id: app.clientId,
      })
    })

    it('an ID token says what is in it, to its own client', async () => {
      assert.deepEqual((await introspect(tokens.id_token)).json, { ...claimsOf(tokens.id_token), active: true })
      const other = await newApp(fixture)
      assert.deepEqual((await introspect(tokens.id_token, other)).json, INACTIVE)
      fixture.clock.advance(HOUR)
      assert.deepEqual((await introspect(tokens.id_token)).json, INACTIVE)
    })

    it('an access token is told to any client of the server, a refresh token to its own alone', async () => {
      const other = await newApp(fixture)
      assert.equal((await introspect(tokens.access_token, other)).json.active, true)
      assert.deepEqual((await introspect(tokens.refresh_token, other)).json, INACTIVE)
    })

    it('the hint about the type may be right, wrong or nonsense', async () => {
      for (const [token, hint] of [
        [tokens.access_token, 'refresh_token'],
        [tokens.refresh_token, 'access_token'],
        [tokens.refresh_token, 'nonsense'],
      ] as const) {
        const form = { token, token_type_hint: hint, client_id: app.clientId }
        assert.equal((await postForm(fixture, 'introspect', form)).json.active, true)
      }
    })

    it('whatever is no token of this server is not active, and nothing more is said', async () => {
      const second = `/${await addServer(fixture, 'second')}`
      for (const token of ['x', '', ' ', '\0', 'a.b.c', `${tokens.access_token}x`, tokens.access_token.slice(0, -1)]) {
        const answer = await changingNothing(fixture.deps.db, () => introspect(token || ' '))
        assert.deepEqual([answer.status, answer.json], [200, INACTIVE])
      }
      for (const token of [tokens.access_token, tokens.refresh_token, tokens.id_token])
        for (const server of ['', second]) assert.deepEqual((await introspect(token, app, server)).json, INACTIVE)
    })

    it('an access token ends to the second', async () => {
      fixture.clock.advance(HOUR - 1)
      assert.equal(await isActive(fixture, app, tokens.access_token), true)
      assert.equal((await userinfo(fixture, tokens.access_token)).status, 200)
      fixture.clock.advance(1)
      assert.deepEqual((await introspect(tokens.access_token)).json, INACTIVE)
      assert.equal((await userinfo(fixture, tokens.access_token)).status, 401)
    })

    it('a token of somebody who may not use the app any more is not active', async () => {
      const { app: own, person: somebody } = await newPair(fixture)
      const theirs = await signInForTokens(fixture, own, somebody)
      await fixture.request('POST', `/api/v1/users/${somebody.id}/lifecycle/suspend`)
      for (const token of [theirs.access_token, theirs.refresh_token])
        assert.deepEqual((await introspect(token, own)).json, INACTIVE)
    })

    it('the name is the person’s name in the app', async () => {
      const own = await newApp(fixture)
      const somebody = await newPerson(fixture)
      const json = { id: somebody.id, scope: 'USER', credentials: { userName: 'ada-in-app' } }
      assert.equal((await fixture.request('POST', `/api/v1/apps/${own.id}/users`, { json })).status, 200)
      const theirs = await signInForTokens(fixture, own, somebody)
      assert.equal(claimsOf(theirs.access_token).sub, 'ada-in-app')
      assert.equal(claimsOf(theirs.id_token).sub, somebody.id)
      for (const token of [theirs.access_token, theirs.refresh_token])
        assert.equal((await introspect(token, own)).json.username, 'ada-in-app')
    })

    it('the token must be there, and the client known', async () => {
      const answer = await postForm(fixture, 'introspect', { client_id: app.clientId })
      assert.deepEqual(
        [answer.status, answer.json],
        [400, { error: 'invalid_request', error_description: "The 'token' parameter is required." }],
      )
      assert.equal((await postForm(fixture, 'introspect', { token: tokens.access_token })).status, 401)
    })
  })

  describe('at revocation', () => {
    const revoke = (
      form: Readonly<Record<string, string>>,
      headers: Record<string, string> = {},
    ): Promise<TestAnswer> => postForm(fixture, 'revoke', form, { headers })

    it('the answer is 200 and empty, with no content type to trip over', async () => {
      const answer = await revoke({ token: tokens.refresh_token, client_id: app.clientId })
      assert.deepEqual([answer.status, answer.text, answer.headers['content-type']], [200, '', undefined])
      assert.equal(Number(answer.headers['content-length'] ?? 0), 0)
    })

    it('it is so for rubbish too', async () => {
      for (const token of ['x', '\0', 'a.b.c', tokens.id_token]) {
        const answer = await changingNothing(fixture.deps.db, () => revoke({ token, client_id: app.clientId }))
        assert.deepEqual([answer.status, answer.text], [200, ''])
      }
    })

    it('it is so for what was revoked before', async () => {
      for (const token of [tokens.access_token, tokens.refresh_token])
        for (let turn = 0; turn < 2; turn++)
          assert.equal((await revoke({ token, client_id: app.clientId })).status, 200)
    })

    it('an access token ends alone', async () => {
      const other = (await refresh(fixture, app, tokens.refresh_token)).json
      await revoke({ token: tokens.access_token, token_type_hint: 'refresh_token', client_id: app.clientId })
      assert.equal((await userinfo(fixture, tokens.access_token)).status, 401)
      assert.equal(await isActive(fixture, app, tokens.access_token), false)
      assert.equal((await userinfo(fixture, other.access_token)).status, 200)
      assert.equal(await isActive(fixture, app, other.refresh_token), true)
    })

    it('a refresh token takes every access token of its authorization along, and no other authorization', async () => {
      const second = (await refresh(fixture, app, tokens.refresh_token)).json
      const elsewhere = await signInForTokens(fixture, app, person)
      await revoke({ token: second.refresh_token, client_id: app.clientId })
      for (const token of [tokens.access_token, second.access_token])
        assert.equal((await userinfo(fixture, token)).status, 401)
      assert.equal((await userinfo(fixture, elsewhere.access_token)).status, 200)
      assert.equal((await refresh(fixture, app, elsewhere.refresh_token)).status, 200)
    })

    it('another client’s token stays as it is', async () => {
      const other = await newApp(fixture)
      for (const token of [tokens.access_token, tokens.refresh_token]) {
        const answer = await changingNothing(fixture.deps.db, () => revoke({ token, client_id: other.clientId }))
        assert.equal(answer.status, 200)
      }
      assert.equal(await isActive(fixture, app, tokens.access_token), true)
    })

    it('the client must be known, and prove it', async () => {
      const web = await newApp(fixture, { type: 'web' })
      await assign(fixture, web, person)
      const token = tokens.refresh_token
      for (const [form, headers] of [
        [{ token }, {}],
        [{ token, client_id: 'nobody' }, {}],
        [{ token, client_id: web.clientId }, {}],
        [{ token }, basic({ ...web, secret: 'wrong' })],
      ] as const)
        assert.equal((await revoke({ ...form }, { ...headers })).status, 401)
      const missing = await revoke({ client_id: app.clientId })
      assert.deepEqual([missing.status, missing.json.error_description], [400, "The 'token' parameter is required."])
    })
  })

  describe('at userinfo', () => {
    it('the claims are those of the person today', async () => {
      const { app: own, person: somebody } = await newPair(fixture)
      const theirs = await signInForTokens(fixture, own, somebody)
      await fixture.request('POST', `/api/v1/users/${somebody.id}`, { json: { profile: { firstName: 'Augusta' } } })
      const { json, headers } = await userinfo(fixture, theirs.access_token)
      assert.equal(json.given_name, 'Augusta')
      assert.equal(headers['cache-control'], 'no-cache, no-store')
    })

    it('a token of another server is none', async () => {
      assert.equal((await userinfo(fixture, tokens.access_token, '')).status, 401)
      const theirs = await signInForTokens(fixture, app, person, {}, undefined, '')
      assert.equal((await userinfo(fixture, theirs.access_token, '')).status, 200)
      assert.equal((await userinfo(fixture, theirs.access_token)).status, 401)
    })

    it('a token of a moment ago is known on every node', async () => {
      const other = await fixture.newNode()
      await other.deps.config.fresh(fixture.org.id)
      const { app: own, person: somebody } = await newPair(fixture)
      const theirs = await signInForTokens(fixture, own, somebody)
      assert.equal((await userinfo(other, theirs.access_token)).status, 200)
      await other.deps.config.fresh(fixture.org.id)
      const third = await newApp(fixture)
      await assign(fixture, third, somebody)
      const more = await signInForTokens(fixture, third, somebody)
      assert.equal(await isActive(other, app, more.access_token), true)
    })
  })
})
