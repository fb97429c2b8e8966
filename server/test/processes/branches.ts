// What the rows of a stopped server say of its refresh tokens.
import assert from 'node:assert/strict'
import { openDb } from '#db/open.ts'
import { all } from '#db/unit.ts'

/** Every family is one branch: a token for each generation, all but the newest rotated. @returns how many rotations there were */
export async function assertOneBranchEach(database: string): Promise<number> {
  const db = await openDb({ database, now: Date.now, onFatal: (error) => assert.fail(error), connections: 1 })
  try {
    const grants = await db.read(all(db.system.selectFrom('oauth_grant').select(['id', 'generation'])))
    const tokens = await db.read(
      all(db.system.selectFrom('refresh_token').select(['grant_id', 'generation', 'rotated']).orderBy('generation')),
    )
    for (const { id, generation } of grants) {
      const branch = tokens.filter(({ grant_id }) => grant_id === id)
      const wanted = Array.from({ length: generation }, (_, index) => [index + 1, index + 1 < generation])
      assert.deepEqual(
        branch.map(({ generation: own, rotated }) => [own, rotated !== null]),
        wanted,
        `the branch of ${id}`,
      )
    }
    assert.equal(
      tokens.length,
      grants.reduce((sum, { generation }) => sum + generation, 0),
    )
    return tokens.length - grants.length
  } finally {
    await db.close()
  }
}
