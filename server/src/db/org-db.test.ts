import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { OrgId } from '#kernel/id.ts'
import { DIALECTS, queryCompiler } from './db.ts'
import { orgDb } from './org-db.ts'

const ORG = 'an-org' as OrgId

for (const dialect of DIALECTS) {
  describe(`what a store builds carries the org (${dialect})`, () => {
    const tx = orgDb(queryCompiler(dialect), ORG)
    const group = { id: 'g', type: 'OKTA_GROUP', name: 'n', name_key: 'n', profile: '{}' } as const
    const times = { created: 1, last_updated: 1, last_membership_updated: 1 }
    const first = dialect === 'sqlite' ? '?' : '$1'

    const SCOPED = {
      select: tx.from('user').select('id').where('login_key', '=', 'a'),
      'select with alternatives': tx
        .from('user')
        .select('id')
        .where((eb) => eb.or([eb('id', '=', 'a'), eb('id', '=', 'b')])),
      update: tx.update('user').set({ status: 'ACTIVE' }),
      delete: tx.deleteFrom('user'),
    }
    for (const [kind, query] of Object.entries(SCOPED)) {
      test(`${kind}: in its predicate`, () => {
        const { sql, parameters } = query.compile()
        const place = /where "user"\."org_id" = (\?|\$\d)( and |$)/.exec(sql)
        assert.ok(place, sql)
        const before = sql.slice(0, place.index).split(dialect === 'sqlite' ? '?' : '$').length - 1
        assert.equal(parameters[before], ORG)
      })
    }

    test('a join: in the predicate of its first table, and by the equality that the store adds', () => {
      const query = tx
        .from('group_member')
        .innerJoin('user', (join) =>
          join.onRef('user.org_id', '=', 'group_member.org_id').onRef('user.id', '=', 'group_member.user_id'),
        )
        .select('user.login')
      const { sql, parameters } = query.compile()
      assert.equal(
        sql,
        'select "user"."login" from "group_member" inner join "user" on "user"."org_id" = "group_member"."org_id" ' +
          `and "user"."id" = "group_member"."user_id" where "group_member"."org_id" = ${first}`,
      )
      assert.deepEqual(parameters, [ORG])
    })

    test('insert: among the values of each row, whatever the row says', () => {
      const foreign = { ...group, ...times, org_id: 'another-org' }
      const { sql, parameters } = tx.insert('user_group', [foreign, { ...group, ...times, id: 'h' }]).compile()
      assert.equal(sql.match(/"org_id"/g)?.length, 1)
      assert.equal(parameters.filter((value) => value === ORG).length, 2)
      assert.ok(!parameters.includes('another-org'))
    })

    test('one row is inserted as a list of one', () => {
      const { parameters } = tx.insert('user_group', { ...group, ...times }).compile()
      assert.ok(parameters.includes(ORG))
    })
  })
}
