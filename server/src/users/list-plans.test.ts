// Lists stay quick in a big directory: the queries that make them are led to their rows by keys. Asked of SQLite, whose plans depend on
// the schema alone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { CompiledQuery } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import { all, drive, type Unit } from '#db/unit.ts'
import { parseFilter } from '#http/filter.ts'
import type { OrgId } from '#kernel/id.ts'
import { type OpenedDb, openTestDb } from '#test/databases.ts'
import { selectAppUsers } from '../apps/assignment-view.ts'
import { notDeprovisioned, quickCondition, searchCondition } from './user-query.ts'
import { listUsers, selectMembers } from './view.ts'

describe('the plans of lists', () => {
  let opened: OpenedDb
  let tx: OrgDb
  before(async () => {
    opened = await openTestDb('sqlite')
    tx = opened.db.for('00oOrg' as OrgId)
  })
  after(() => opened.close())

  /** How each statement of a unit would be run; `rows` is what every one of them is answered. */
  async function plan(unit: Unit<unknown>, rows: readonly unknown[] = []): Promise<readonly string[]> {
    const queries: CompiledQuery[] = []
    const note = (query: CompiledQuery) => {
      queries.push(query)
      return rows
    }
    try {
      drive(unit, note)
    } catch {
      // A unit that can't make anything of such rows has said what it asks for them.
    }
    const plans: string[] = []
    for (const query of queries) {
      const explained = { ...query, sql: `EXPLAIN QUERY PLAN ${query.sql}` } as CompiledQuery<{ detail: string }>
      plans.push(...(await opened.db.read(all({ compile: () => explained }))).map(({ detail }) => detail))
    }
    return plans
  }

  /** Steps that look at every row of the org. */
  const walks = (steps: readonly string[]) => steps.filter((step) => /^SCAN|\(org_id=\?\)$/.test(step.trim()))

  const list = (search: string) => {
    const parsed = parseFilter(search)
    assert.ok(parsed.ok)
    const conditions = [searchCondition(tx, parsed.filter)]
    return listUsers(tx, { conditions, sort: { by: { column: 'id' }, descending: false }, after: undefined, limit: 50 })
  }
  const begins = ['firstName', 'lastName', 'login', 'email'].map((name) => `profile.${name} sw "x"`).join(' or ')

  for (const search of [
    'status eq "LOCKED_OUT"',
    'profile.lastName sw "x"',
    'profile.login sw "x"',
    'profile.login co "x"',
    begins,
    `status eq "ACTIVE" and (${begins})`,
    `status eq "SUSPENDED" and (${begins})`,
    `(profile.firstName sw "x" and profile.lastName sw "y") or ${begins}`,
  ])
    test(`people by ${search}`, async () => assert.deepEqual(walks(await plan(list(search))), []))

  test('people by the beginning of a name', async () => {
    const conditions = [quickCondition(tx, 'x'), notDeprovisioned]
    const sort = { by: { column: 'id' }, descending: false } as const
    assert.deepEqual(walks(await plan(listUsers(tx, { conditions, sort, after: undefined, limit: 10 }))), [])
  })

  test('a page of everybody goes on where the last one ended', async () => {
    const sort = { by: { column: 'id' }, descending: false } as const
    const steps = await plan(listUsers(tx, { conditions: [notDeprovisioned], sort, after: ['00u', '00u'], limit: 200 }))
    assert.deepEqual(steps, ['SEARCH user USING PRIMARY KEY (org_id=? AND id>?)'])
  })

  test('the members of a group', async () => {
    const steps = await plan(selectMembers(tx, '00g', { after: '00u', limit: 50 }))
    assert.deepEqual(walks(steps), [])
    assert.ok(
      steps.some((step) => /group_member USING PRIMARY KEY \(org_id=\? AND group_id=\? AND user_id>\?\)/.test(step)),
    )
  })

  test('the members of a group by the beginning of a name', async () =>
    assert.deepEqual(walks(await plan(selectMembers(tx, '00g', { q: 'x', after: '00u', limit: 50 }))), []))

  test('the people of an app', async () => {
    const rows = [{ user_id: '00u', group_id: '00g', id: '00u', user_name: null }]
    for (const query of [{}, { prefix: 'x' }, { userId: '00u' }])
      assert.deepEqual(
        walks(await plan(selectAppUsers(tx, '0oa', query, { limit: 50 }), rows)),
        [],
        JSON.stringify(query),
      )
  })
})
