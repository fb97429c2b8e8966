import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CompiledQuery } from 'kysely'
import pg from 'pg'
import { type DatabaseOptions, newDatabase, type TestDatabase } from '#test/databases.ts'
import { assembleDb, type Db } from './db.ts'
import { openDb } from './open.ts'
import { openPostgres, type PostgresOptions } from './postgres.ts'
import { all, first, run, StoreUnavailable } from './unit.ts'

let database: TestDatabase
let db: Db
let admin: pg.Client

before(async () => {
  database = await newDatabase('postgres')
  db = await open()
  admin = new pg.Client({ connectionString: database.address })
  await admin.connect()
})
after(async () => {
  await admin.end()
  await db.close()
  await database.remove()
})

async function open(options: Partial<PostgresOptions> = {}): Promise<Db> {
  const normal = { url: database.address, connections: 4, now: Date.now, scanMilliseconds: 60_000 }
  return assembleDb(await openPostgres({ ...normal, ...options }))
}

const raw = (text: string) => ({ compile: () => CompiledQuery.raw(text) })
const node = (id: string) => db.system.insertInto('node').values({ id, version: '1', seen_at: 1 })

test('a column that another node adds does not break statements that were planned before', async () => {
  const one = db.system.selectFrom('node').selectAll().where('id', '=', 'planned')
  const change = (version: string) =>
    db.system.updateTable('node').set({ version }).where('id', '=', 'planned').returningAll()
  await db.write(() => run(node('planned')))
  // On each connection of the pool.
  await Promise.all(Array.from({ length: 8 }, () => db.read(first(one))))
  await Promise.all(Array.from({ length: 8 }, (_, n) => db.write(() => first(change(String(n))))))
  await admin.query('ALTER TABLE node ADD COLUMN note TEXT COLLATE "C"')
  const rows = await Promise.all(Array.from({ length: 8 }, () => db.read(first(one))))
  for (const row of rows) assert.equal(row?.id, 'planned')
  const changed = await Promise.all(Array.from({ length: 8 }, () => db.write(() => first(change('later')))))
  for (const row of changed) assert.equal(row?.version, 'later')
  await admin.query('ALTER TABLE node DROP COLUMN note')
})

test('a connection that is lost under a unit makes it unavailable, and the next one goes on', async () => {
  const lost = assert.rejects(
    db.write(function* () {
      yield* run(node('lost'))
      yield* run(raw('SELECT pg_sleep(60)'))
    }),
    StoreUnavailable,
  )
  const terminate = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()`
  for (let ended = 0; ended === 0; ) ended = (await admin.query(terminate)).rowCount ?? 0
  await lost
  await db.write(() => run(node('after')))
  const found = await db.read(all(db.system.selectFrom('node').select('id').where('id', 'in', ['lost', 'after'])))
  assert.deepEqual(found, [{ id: 'after' }])
})

test('a unit that writes many rows comes through while others never stop to write them one by one', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => `busy-${index}`)
  const touch = (id: string) => run(db.system.updateTable('node').set({ seen_at: 1 }).where('id', '=', id))
  await db.write(function* () {
    for (const id of ids) yield* run(db.system.insertInto('node').values({ id, version: 'old', seen_at: 0 }))
  })
  let isDone = false
  const keepTouching = async (lane: number) => {
    for (let turn = lane; !isDone; turn++)
      await db.write(() => touch(ids[turn % ids.length] ?? ''), { isolation: 'readCommitted' })
  }
  const lanes = [0, 10, 20, 30].map(keepTouching)
  const all = db.write(function* () {
    const rows = yield* first(db.system.selectFrom('node').select((eb) => eb.fn.countAll<number>().as('count')))
    for (const id of ids) yield* run(db.system.updateTable('node').set({ version: 'new' }).where('id', '=', id))
    return rows?.count
  })
  await all.finally(() => {
    isDone = true
  })
  await Promise.all(lanes)
  assert.ok(((await all) ?? 0) >= ids.length)
})

test('idle connections that the server has closed are replaced', async () => {
  await Promise.all(Array.from({ length: 4 }, () => db.read(first(raw('SELECT 1')))))
  await admin.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => db.read(first(raw('SELECT 1 AS one')))))
  for (const outcome of outcomes) {
    assert.ok(outcome.status === 'fulfilled' || outcome.reason instanceof StoreUnavailable)
  }
  assert.deepEqual(await db.read(first(raw('SELECT 1 AS one'))), { one: 1 })
})

test('a scan is ended at its deadline and leaves its connection usable', async () => {
  const quick = await open({ scanMilliseconds: 50 })
  for (let n = 0; n < 4; n++) await assert.rejects(quick.scan(run(raw('SELECT pg_sleep(60)'))), StoreUnavailable)
  assert.deepEqual(await quick.scan(first(raw('SELECT 1 AS one'))), { one: 1 })
  await quick.close()
})

test('scans keep no unit waiting', async () => {
  const order: string[] = []
  const narrow = await open({ connections: 1 })
  const scans = [1, 2, 3].map(() => narrow.scan(run(raw('SELECT pg_sleep(0.3)'))).then(() => order.push('scanned')))
  await narrow.write(() => run(node('beside')))
  order.push('written')
  await Promise.all(scans)
  assert.equal(order[0], 'written')
  await narrow.close()
})

test('units that wait behind slow ones get their turn, whatever the clock says meanwhile', async (context) => {
  const narrow = await open({ connections: 1 })
  await narrow.read(first(raw('SELECT 1')))
  const places = [1, 2, 3, 4]
  for (const place of places) await admin.query(`SELECT pg_advisory_lock(${place})`)
  context.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
  const units = places.map((place) => narrow.write(() => first(raw(`SELECT pg_advisory_xact_lock(${place})`))))
  const reader = narrow.read(first(raw('SELECT 1 AS one')))
  const waits = (place: number) =>
    `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${place} AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  for (const place of places) {
    while ((await admin.query(waits(place))).rowCount === 0);
    for (let second = 0; second < 9; second++) context.mock.timers.tick(1_000)
    await admin.query(`SELECT pg_advisory_unlock(${place})`)
    await units[place - 1]
  }
  assert.deepEqual(await reader, { one: 1 })
  context.mock.timers.reset()
  await narrow.close()
})

test('a server that does not answer stops the start', async () => {
  const nowhere = 'postgres://nobody:secret@127.0.0.1:1/nothing'
  const refused = openDb({ database: nowhere, now: Date.now, onFatal: assert.ifError })
  await assert.rejects(refused, (error) => error instanceof StoreUnavailable && !error.message.includes('secret'))
})

const UNFIT: readonly [name: string, options: DatabaseOptions, prepare: string, complaint: RegExp][] = [
  ['another encoding', { encoding: 'LATIN1' }, 'SELECT 1', /encoded in UTF8, not in LATIN1/],
  [
    'a column that sorts otherwise',
    { language: 'de' },
    'CREATE TABLE own (name TEXT)',
    /own\.name must have COLLATE "C"/,
  ],
]
for (const [name, options, prepare, complaint] of UNFIT) {
  test(`a database with ${name} stops the start`, async () => {
    const unfit = await newDatabase('postgres', options)
    const client = new pg.Client({ connectionString: unfit.address })
    await client.connect()
    await client.query(prepare)
    await client.end()
    await assert.rejects(open({ url: unfit.address }), complaint)
    await unfit.remove()
  })
}
