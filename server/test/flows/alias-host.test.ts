import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setAliases } from '#orgs/service.ts'
import { type Fixture, startFixture } from '../fixture.ts'
import { newPair, refresh, signInForTokens } from '../oauth-client.ts'

describe("an org's alias host", () => {
  let fixture: Fixture
  const host = { host: 'keystead:8765' }
  before(async () => {
    fixture = await startFixture()
    await setAliases(fixture.deps.db, fixture.org.id, ['http://keystead:8765'])
    fixture.clock.advance(2_000)
  })
  after(() => fixture.close())

  it('answers machines, always in the name of the canonical origin', async () => {
    const { app, person } = await newPair(fixture)
    const tokens = await signInForTokens(fixture, app, person)
    const document = await fixture.request('GET', '/oauth2/default/.well-known/openid-configuration', {
      token: null,
      headers: host,
    })
    assert.equal(document.json.issuer, 'http://first.test/oauth2/default')
    const keys = await fixture.request('GET', '/oauth2/default/v1/keys', { token: null, headers: host })
    assert.equal(keys.status, 200)
    const headers = { ...host, authorization: `Bearer ${tokens.access_token}` }
    const userinfo = await fixture.request('GET', '/oauth2/default/v1/userinfo', { token: null, headers })
    assert.equal(userinfo.json.sub, person.id)
    assert.equal((await refresh(fixture, app, tokens.refresh_token)).status, 200)
  })

  for (const path of [
    '/',
    '/signin',
    '/oauth2/default/v1/authorize?client_id=x',
    '/api/v1/users',
    '/api/v1/sessions/me',
  ]) {
    it(`does not serve ${path}`, async () => {
      const answer = await fixture.request('GET', path, { headers: host })
      assert.equal(answer.status, 421, answer.text)
    })
  }

  it('is no way in for a host that is nobody’s', async () => {
    const answer = await fixture.request('GET', '/', { token: null, headers: { host: 'evil.test' } })
    assert.equal(answer.status, 421)
    assert.equal(answer.json.errorSummary, 'No organization answers to this host name.')
  })
})
