import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { all } from '#db/unit.ts'
import type { Caller, RoleType } from '#kernel/caller.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { authorizePath, newApp, newPerson, newPkce } from '#test/oauth-client.ts'
import { anonymousCaller } from '#test/people.ts'
import { countEverything } from './service.ts'

const COUNTS = '/api/v1/keystead/counts'

onEachDatabase('counts', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
    const other = await fixture.newOrg('other')
    await newApp(fixture, {}, other)
    const app = await newApp(fixture)
    const asleep = await newApp(fixture)
    await fixture.request('POST', `/api/v1/apps/${asleep.id}/lifecycle/deactivate`)
    const person = await newPerson(fixture)
    await newPerson(fixture)
    await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/suspend`)
    await fixture.request('POST', '/api/v1/groups', { json: { profile: { name: 'Gardeners' } } })
    for (const port of [1, 2, 2])
      await fixture.request('GET', authorizePath(app, newPkce(), { redirect_uri: `http://localhost:${port}` }))
  })
  after(() => fixture.close())

  test('tell of apps, people, groups and refused requests of the org', async () => {
    const { json } = await fixture.request('GET', COUNTS)
    assert.deepEqual(json, {
      apps: { active: 1, inactive: 1 },
      users: { total: 3, byStatus: { ACTIVE: 2, SUSPENDED: 1 } },
      groups: 2,
      refusedLastDay: 2,
    })
  })

  test('tell nobody what their roles do not', async () => {
    const countsFor = (roles: readonly RoleType[]) => {
      const person = { userId: '00u1', login: 'r', displayName: 'R', roles }
      const caller: Caller = { ...anonymousCaller(fixture), actor: { kind: 'api-token', tokenId: '00T1', ...person } }
      return countEverything(fixture.deps, caller)
    }
    assert.deepEqual(await countsFor([]), {
      apps: undefined,
      users: undefined,
      groups: undefined,
      refusedLastDay: undefined,
    })
    const helpDesk = await countsFor(['HELP_DESK_ADMIN'])
    assert.equal(helpDesk.apps, undefined)
    assert.equal(helpDesk.refusedLastDay, undefined)
    assert.equal(helpDesk.groups, 2)
    assert.equal((await countsFor(['REPORT_ADMIN'])).refusedLastDay, 2)
    assert.equal((await fixture.request('GET', COUNTS, { token: null })).status, 403)
  })

  if (dialect === 'sqlite')
    test('people are counted on an index, without their rows', async () => {
      const { db } = fixture.deps
      const plan = sql<{ detail: string }>`EXPLAIN QUERY PLAN
        SELECT status, count(*) FROM "user" WHERE "user".org_id = ${fixture.org.id} GROUP BY status`
      const [step] = await db.read(all({ compile: () => plan.compile(db.system) }))
      assert.match(step?.detail ?? '', /COVERING INDEX user_status/)
    })
})
