import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { basic, newApp } from '#test/oauth-client.ts'

const SERVERS = '/api/v1/authorizationServers'
const DAY = 86_400_000

interface Key {
  readonly kid: string
  readonly status: string
}

onEachDatabase('signing keys of an authorization server', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const rotate = async (server: string): Promise<readonly Key[]> => {
    const url = `${SERVERS}/${server}/credentials/lifecycle/keyRotate`
    const answer = await fixture.request('POST', url, { json: { use: 'sig' } })
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }
  const list = async (server: string): Promise<readonly Key[]> =>
    (await fixture.request('GET', `${SERVERS}/${server}/credentials/keys`)).json
  const published = async (server: string): Promise<readonly string[]> => {
    const { json } = await fixture.request('GET', `/oauth2/${server}/v1/keys`, { token: null })
    return json.keys.map(({ kid }: Key) => kid)
  }
  const kidOf = (keys: readonly Key[], status: string) => keys.find((key) => key.status === status)?.kid

  it('move on by one: the next signs, the former stays published, another is next', async () => {
    const made = await fixture.request('POST', SERVERS, { json: { name: 'Rotating', audiences: ['rotating'] } })
    const { id } = made.json
    const first = await list(id)
    fixture.clock.advance(1_000)
    const second = await rotate(id)
    assert.deepEqual(
      second.map(({ status }) => status),
      ['ACTIVE', 'NEXT', 'EXPIRED'],
    )
    assert.equal(kidOf(second, 'ACTIVE'), kidOf(first, 'NEXT'))
    assert.equal(kidOf(second, 'EXPIRED'), kidOf(first, 'ACTIVE'))
    assert.deepEqual((await published(id)).toSorted(), second.map(({ kid }) => kid).toSorted())
    const { json: server } = await fixture.request('GET', `${SERVERS}/${id}`)
    assert.equal(server.credentials.signing.kid, kidOf(second, 'ACTIVE'))
    assert.ok(server.credentials.signing.lastRotated > server.created)
    const { json: events } = await fixture.request(
      'GET',
      `/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&filter=${encodeURIComponent('eventType eq "app.oauth2.as.key.rollover"')}`,
    )
    assert.equal(events.length, 1)

    fixture.clock.advance(2 * DAY)
    assert.deepEqual((await published(id)).length, 2)
    assert.equal((await rotate(id)).length, 3)
  })

  it('that are rotated away still open what they signed', async () => {
    const app = await newApp(fixture, { type: 'service' })
    await fixture.request('POST', `${SERVERS}/default/scopes`, { json: { name: 'read' } })
    const token = async () => {
      const answer = await fixture.request('POST', '/oauth2/default/v1/token', {
        token: null,
        form: { grant_type: 'client_credentials', scope: 'read' },
        headers: basic(app),
      })
      assert.equal(answer.status, 200, answer.text)
      return String(answer.json.access_token)
    }
    const isActive = async (value: string) => {
      const form = { token: value }
      const answer = await fixture.request('POST', '/oauth2/default/v1/introspect', {
        token: null,
        form,
        headers: basic(app),
      })
      return answer.json.active
    }
    const kid = (value: string) => JSON.parse(Buffer.from(value.split('.')[0] ?? '', 'base64url').toString()).kid
    const before = await token()
    const keys = await rotate('default')
    const afterwards = await token()
    assert.equal(kid(before), kidOf(keys, 'EXPIRED'))
    assert.equal(kid(afterwards), kidOf(keys, 'ACTIVE'))
    assert.deepEqual([await isActive(before), await isActive(afterwards)], [true, true])
    const again = await rotate('default')
    assert.equal(kidOf(again, 'ACTIVE'), kidOf(keys, 'NEXT'))
    assert.equal(await isActive(before), true)
  })

  for (const json of [{ use: 'enc' }, { use: '' }, {}]) {
    it(`are not rotated for ${JSON.stringify(json)}`, async () => {
      const answer = await fixture.request('POST', `${SERVERS}/default/credentials/lifecycle/keyRotate`, { json })
      assert.equal(answer.status, 400)
      assert.equal(answer.json.errorSummary, 'Api validation failed: rotateKeys')
      assert.equal(answer.json.errorCauses[0].errorSummary, "Invalid value specified for key 'use' parameter.")
    })
  }

  it('of a server that is not there are not found', async () => {
    const url = `${SERVERS}/aus1/credentials/lifecycle/keyRotate`
    assert.equal((await fixture.request('POST', url, { json: { use: 'sig' } })).status, 404)
    const none = await fixture.request('POST', `${SERVERS}/default/credentials/lifecycle/keyRotate`, {
      json: { use: 'sig' },
      token: null,
    })
    assert.equal(none.status, 403)
  })
})
