import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CompiledQuery } from 'kysely'
import type { Db } from '#db/db.ts'
import { MIGRATIONS } from '#db/migrations/index.ts'
import { openDb } from '#db/open.ts'
import { all, run } from '#db/unit.ts'
import type { OrgId } from '#kernel/id.ts'
import { instant } from '#kernel/instant.ts'
import { newDatabase, onEachDatabase, type TestDatabase } from '#test/databases.ts'
import { adminConsoleApp } from './built-in-app.ts'
import { insertApp, selectApps } from './store.ts'

const MADE = instant(Date.UTC(2026, 0, 15, 12))
const [OLD, FRESH] = ['00oAAAAAAAA000000001' as OrgId, '00oAAAAAAAA000000002' as OrgId]

onEachDatabase('the Admin Console as an app', (dialect) => {
  let database: TestDatabase
  let db: Db
  before(async () => {
    database = await newDatabase(dialect)
    db = await openDb({ database: database.address, now: () => MADE, onFatal: (error) => assert.fail(error) })
  })
  after(async () => {
    await db.close()
    await database.remove()
  })

  const addOrg = (id: OrgId) =>
    db.write(() =>
      run(
        db.system
          .insertInto('org')
          .values({ id, name: id, subdomain: id, created: MADE, version: 1, data_key: '', settings: '{}' }),
      ),
    )

  test('an org of before gets the same one that a fresh org is seeded with', async () => {
    await addOrg(OLD)
    const statement = MIGRATIONS.flatMap(({ up }) => up(dialect)).find((text) => text.startsWith('INSERT INTO app '))
    await db.write(() => run({ compile: () => CompiledQuery.raw(statement ?? '') }))
    await addOrg(FRESH)
    await db.write(() => insertApp(db.for(FRESH), adminConsoleApp(FRESH, MADE)))
    const [rows, fresh] = await Promise.all(
      [OLD, FRESH].map((org) => db.read(all(db.for(org).from('app').selectAll()))),
    )
    const bare = (list: typeof rows) => list?.map(({ doc, ...row }) => ({ ...row, doc: JSON.parse(doc) }))
    assert.deepEqual(
      bare(rows),
      bare(fresh)?.map((row) => ({ ...row, org_id: OLD, id: '0oaAAAAAAAA000000001' })),
    )
    const [app] = await db.read(selectApps(db.for(OLD)))
    const { initiateLoginUri, clientUri, logoUri, logo, tosUri, policyUri, jwksUri, ...expected } = adminConsoleApp(
      OLD,
      MADE,
    )
    assert.deepEqual(app, expected)
  })
})
