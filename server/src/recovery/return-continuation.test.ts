import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Caller } from '#kernel/caller.ts'
import { countWork } from '#test/counted-work.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { newPair } from '#test/oauth-client.ts'
import { addPerson } from '#test/people.ts'
import { newGroup } from '#test/policies.ts'
import { welcomeWay } from './return-continuation.ts'

onEachDatabase('the way of somebody new', (dialect) => {
  let fixture: Fixture
  let nobody: Caller
  const appIds: string[] = []
  before(async () => {
    fixture = await startFixture({ dialect })
    const client = { ip: '203.0.113.7', userAgent: '', requestId: 'req', path: '/' }
    nobody = { org: fixture.org.id, orgUrl: fixture.org.url, actor: { kind: 'anonymous' }, client }
    for (let made = 0; made < 52; made++) appIds.push(await newApp())
  })
  after(() => fixture.close())

  async function newApp(): Promise<string> {
    const { app } = await newPair(fixture, { settings: { initiate_login_uri: 'https://app.example.test/begin' } })
    return app.id
  }
  const ask = async (path: string, json?: object) => {
    const answer = await fixture.request('PUT', `/api/v1${path}`, json ? { json } : {})
    assert.ok(answer.status < 300, answer.text)
  }

  test('leads to their only app by one read, however many apps a sign-in could begin at', async () => {
    const [first = '', second = ''] = appIds
    const person = await addPerson(fixture)
    const way = async () => {
      const { deps, work } = countWork(fixture.deps)
      const found = await welcomeWay(deps, nobody, person.id)
      assert.deepEqual([work.reads, work.writes], [1, 0])
      return found
    }
    assert.deepEqual(await way(), {})
    const groupId = await newGroup(fixture, person.id)
    await ask(`/apps/${first}/groups/${groupId}`, {})
    assert.deepEqual(await way(), { appId: first })
    await fixture.request('POST', `/api/v1/apps/${second}/users`, { json: { id: person.id } })
    assert.deepEqual(await way(), {})
  })
})
