import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { all } from '#db/unit.ts'
import { instant } from '#kernel/instant.ts'
import { countWork } from '#test/counted-work.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { rememberDevice, removeExpiredDevices } from './remembered-device-store.ts'

onEachDatabase('remembered browsers', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  test('that are over go a chunk at a time, each by one statement; others and other people’s stay', async () => {
    const { deps, work } = countWork(fixture.deps)
    const tx = deps.db.for(fixture.org.id)
    const remembered = [
      ['ada', 'shared', 10],
      ['ada', 'first', 10],
      ['bob', 'shared', 20],
      ['bob', 'second', 9],
      ['eve', 'shared', 30],
    ] as const
    for (const [userId, deviceHash, expires] of remembered)
      await deps.db.write(() =>
        rememberDevice(tx, { userId, deviceHash, created: instant(1), expires: instant(expires) }),
      )
    const left = async () => {
      const rows = await fixture.deps.db.read(all(tx.from('remembered_device').selectAll().orderBy('user_id')))
      return rows.map(({ user_id, device_hash }) => `${user_id} ${device_hash}`)
    }
    const chunk = async () => {
      work.statements = 0
      const gone = await deps.db.write(() => removeExpiredDevices(tx, instant(20), 3))
      assert.equal(work.statements, 1)
      return gone
    }
    assert.equal(await chunk(), 3)
    assert.equal((await left()).length, 2)
    assert.equal(await chunk(), 1)
    assert.deepEqual(await left(), ['eve shared'])
    assert.equal(await chunk(), 0)
  })
})
