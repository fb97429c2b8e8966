// Whoever asks for a link costs the same, whoever they are.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { countWork, type Work } from '#test/counted-work.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { addPerson, anonymousCaller } from '#test/people.ts'
import { requestRecovery } from './request-service.ts'

onEachDatabase('asking for a link', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  async function workFor(identifier: string, purpose: 'recovery' | 'unlock' = 'recovery'): Promise<Work> {
    fixture.clock.advance(31_000)
    const { deps, work } = countWork(fixture.deps)
    await requestRecovery(deps, anonymousCaller(fixture), { purpose, identifier, way: {} })
    return work
  }

  test('costs the same for known and unknown people, and for those who may have none', async () => {
    const known = await addPerson(fixture)
    const suspended = await addPerson(fixture)
    await fixture.request('POST', `/api/v1/users/${suspended.id}/lifecycle/suspend`)
    const same = await workFor('nobody@example.com')
    assert.deepEqual({ ...same, statements: 0 }, { reads: 1, writes: 1, statements: 0, hashes: 0, mails: 1 })
    for (const name of [suspended.login, 'somebody@example.com']) assert.deepEqual(await workFor(name), same, name)
    assert.deepEqual(await workFor(known.login), same)
    assert.deepEqual(await workFor(known.login, 'unlock'), same)
  })
})
