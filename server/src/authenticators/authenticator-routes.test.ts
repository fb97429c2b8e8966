import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Fixture, startFixture } from '#test/fixture.ts'

let fixture: Fixture
before(async () => {
  fixture = await startFixture()
})
after(() => fixture.close())

test('the org’s authenticators are listed, and read by their id', async () => {
  const { status, json } = await fixture.request('GET', '/api/v1/authenticators')
  assert.equal(status, 200)
  assert.deepEqual(
    json.map(({ key, type }: { key: string; type: string }) => `${key} ${type}`),
    [
      'okta_email email',
      'google_otp app',
      'okta_verify app',
      'okta_password password',
      'webauthn security_key',
      'security_question security_question',
    ],
  )
  for (const one of json) {
    assert.match(one.id, /^aut[0-9A-Za-z]{17}$/)
    assert.deepEqual((await fixture.request('GET', `/api/v1/authenticators/${one.id}`)).json, one)
  }
  const unknown = await fixture.request('GET', '/api/v1/authenticators/autx')
  assert.deepEqual(
    [unknown.status, unknown.json.errorSummary],
    [404, 'Not found: Resource not found: autx (Authenticator)'],
  )
})
