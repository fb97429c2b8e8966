import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { basic, newApp, tokenRequest } from '#test/oauth-client.ts'

const SCOPES = '/api/v1/authorizationServers/default/scopes'

describe('scopes of an authorization server', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  it('are created with what Okta presets, and count from then on', async () => {
    const made = await fixture.request('POST', SCOPES, { json: { name: 'inventory:read' } })
    assert.equal(made.status, 201, made.text)
    const { id, _links, ...rest } = made.json
    assert.match(id, /^scp[0-9A-Za-z]{17}$/)
    assert.equal(_links.self.href, `http://first.test${SCOPES}/${id}`)
    assert.deepEqual(
      { consent: rest.consent, metadataPublish: rest.metadataPublish, default: rest.default, system: rest.system },
      { consent: 'IMPLICIT', metadataPublish: 'NO_CLIENTS', default: false, system: false },
    )
    const app = await newApp(fixture, { type: 'service' })
    const answer = await tokenRequest(
      fixture,
      { grant_type: 'client_credentials', scope: 'inventory:read' },
      { headers: basic(app) },
    )
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.json.scope, 'inventory:read')
    assert.equal(answer.json.refresh_token, undefined)
  })

  it('are replaced whole and deleted', async () => {
    const { json: made } = await fixture.request('POST', SCOPES, { json: { name: 'a', description: 'first' } })
    const replaced = await fixture.request('PUT', `${SCOPES}/${made.id}`, {
      json: { name: 'b', consent: 'REQUIRED', optional: true },
    })
    assert.equal(replaced.status, 200, replaced.text)
    assert.equal(replaced.json.name, 'b')
    assert.equal(replaced.json.description ?? null, null)
    assert.equal((await fixture.request('DELETE', `${SCOPES}/${made.id}`)).status, 204)
    assert.equal((await fixture.request('GET', `${SCOPES}/${made.id}`)).status, 404)
  })

  for (const [why, json] of [
    ['a space', { name: 'a b' }],
    ['a quotation mark', { name: 'a"b' }],
    ['a reserved name', { name: 'okta.users.read' }],
    ['an empty name', { name: '' }],
    ['no name', {}],
    ['a number', { name: 5 }],
    ['a wish for consent that does not exist', { name: 'x', consent: 'MAYBE' }],
    ['a text for a flag', { name: 'x', default: 'true' }],
    ['an optional scope that nobody is asked for', { name: 'x', optional: true }],
    ['a name that is taken', { name: 'openid' }],
  ] as const) {
    it(`are refused with ${why}`, async () => {
      const answer = await fixture.request('POST', SCOPES, { json })
      assert.equal(answer.status, 400, answer.text)
      assert.equal(answer.json.errorCode, 'E0000001')
    })
  }

  it('are deleted once, however many ask for it, and then there is nothing to replace', async () => {
    const { json: made } = await fixture.request('POST', SCOPES, { json: { name: 'fleeting' } })
    const ask = (method: string, json?: object) => fixture.request(method, `${SCOPES}/${made.id}`, json ? { json } : {})
    const answers = await Promise.all([ask('DELETE'), ask('DELETE'), ask('PUT', { name: 'fleeting2' })])
    assert.equal(answers.filter(({ status }) => status === 204).length, 1)
    assert.equal((await ask('PUT', { name: 'fleeting' })).status, 404)
    const filter = encodeURIComponent(`eventType eq "oauth2.scope.deleted" and target.id eq "${made.id}"`)
    assert.equal((await fixture.request('GET', `/api/v1/logs?filter=${filter}`)).json.length, 1)
  })

  it('of the system can neither be renamed nor deleted', async () => {
    const { json: scopes } = await fixture.request('GET', SCOPES)
    const openid = scopes.find((scope: { name: string }) => scope.name === 'openid')
    assert.equal((await fixture.request('PUT', `${SCOPES}/${openid.id}`, { json: { name: 'mine' } })).status, 403)
    assert.equal((await fixture.request('DELETE', `${SCOPES}/${openid.id}`)).status, 403)
  })
})
