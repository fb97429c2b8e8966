import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { type Fixture, startFixture } from '../fixture.ts'
import {
  authorizePath,
  authorizeWith,
  claimsOf,
  newBrowser,
  newPair,
  newPkce,
  REDIRECT_URI,
  refresh,
  signInForTokens,
  tokenRequest,
  visit,
} from '../oauth-client.ts'

describe('a single-page app signs a person in', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  it('by code and PKCE, and gets tokens as Okta gives them', async () => {
    const { app, person } = await newPair(fixture)
    const tokens = await signInForTokens(fixture, app, person, { nonce: 'n-1' })
    const { json: keySet } = await fixture.request('GET', '/oauth2/default/v1/keys', { token: null })
    const currentDate = new Date(fixture.clock.now())
    const issuer = 'http://first.test/oauth2/default'
    const access = await jwtVerify(tokens.access_token, createLocalJWKSet(keySet), {
      issuer,
      audience: 'api://default',
      currentDate,
    })
    assert.deepEqual(Object.keys(access.payload).sort(), [
      'aud',
      'auth_time',
      'cid',
      'exp',
      'iat',
      'iss',
      'jti',
      'scp',
      'sub',
      'uid',
      'ver',
    ])
    assert.equal(access.payload.sub, person.login)
    assert.equal(access.payload.uid, person.id)
    assert.deepEqual(access.payload.scp, ['openid', 'profile', 'email', 'offline_access'])
    const id = await jwtVerify(tokens.id_token, createLocalJWKSet(keySet), {
      issuer,
      audience: app.clientId,
      currentDate,
    })
    assert.equal(id.payload.sub, person.id)
    assert.equal(id.payload.nonce, 'n-1')
    assert.equal(id.payload.name, 'Ada Lovelace')
    assert.equal(id.payload.preferred_username, person.login)
    assert.deepEqual(id.payload.amr, ['pwd'])
    assert.equal(tokens.expires_in, 3600)
    assert.equal(tokens.scope, 'openid profile email offline_access')
  })

  it('comes back without a question while the session lives', async () => {
    const { app, person } = await newPair(fixture)
    const browser = newBrowser()
    await signInForTokens(fixture, app, person, {}, browser)
    const again = await visit(fixture, browser, 'GET', authorizePath(app, newPkce(), { prompt: 'none', state: 's2' }))
    assert.equal(again.status, 302)
    const location = new URL(String(again.headers.location))
    assert.ok(location.searchParams.get('code'))
    assert.equal(location.searchParams.get('state'), 's2')
  })

  it('has its code taken back when it is used twice, with everything it gave', async () => {
    const { app, person } = await newPair(fixture)
    const pkce = newPkce()
    const { code } = await authorizeWith(fixture, newBrowser(), authorizePath(app, pkce), person)
    const form = {
      grant_type: 'authorization_code',
      code: code ?? '',
      redirect_uri: REDIRECT_URI,
      code_verifier: pkce.verifier,
      client_id: app.clientId,
    }
    const first = await tokenRequest(fixture, form)
    const second = await tokenRequest(fixture, form)
    assert.equal(second.status, 400)
    assert.deepEqual(second.json, {
      error: 'invalid_grant',
      error_description: 'The authorization code is invalid or has expired.',
    })
    const refused = await refresh(fixture, app, first.json.refresh_token)
    assert.equal(refused.json.error, 'invalid_grant')
    const userinfo = await fixture.request('GET', '/oauth2/default/v1/userinfo', {
      token: null,
      headers: { authorization: `Bearer ${first.json.access_token}` },
    })
    assert.equal(userinfo.status, 401)
  })

  it('rotates its refresh token, and a lost answer is given again', async () => {
    const { app, person } = await newPair(fixture)
    const tokens = await signInForTokens(fixture, app, person)
    const one = await refresh(fixture, app, tokens.refresh_token)
    assert.equal(one.status, 200, one.text)
    assert.notEqual(one.json.refresh_token, tokens.refresh_token)
    fixture.clock.advance(29_000)
    const again = await refresh(fixture, app, tokens.refresh_token)
    assert.equal(again.json.refresh_token, one.json.refresh_token)
    assert.equal(claimsOf(again.json.id_token).sub, person.id)
    fixture.clock.advance(2_000)
    const replay = await refresh(fixture, app, tokens.refresh_token)
    assert.deepEqual(replay.json, {
      error: 'invalid_grant',
      error_description: 'The refresh token is invalid or expired.',
    })
    const dead = await refresh(fixture, app, one.json.refresh_token)
    assert.equal(dead.json.error, 'invalid_grant')
  })
})
