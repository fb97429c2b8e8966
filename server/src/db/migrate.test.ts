import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { CompiledQuery } from 'kysely'
import { newDatabase, onEachDatabase, type TestDatabase } from '#test/databases.ts'
import { assembleDb, type Db, type Dialect } from './db.ts'
import { pendingMigrations } from './migrate.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { type Migration, spell } from './migrations/migration.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import { all, run } from './unit.ts'

const made = (name: string, ...statements: readonly string[]): Migration => ({
  name,
  phase: 'expand',
  up: (dialect) => statements.map((statement) => spell(dialect, statement)),
})

describe('which migrations are left', () => {
  const [one, two, three] = [made('1'), made('2'), made('3')]
  const known = [one, two, three]
  const names = (applied: Parameters<typeof pendingMigrations>[0]) =>
    pendingMigrations(applied, known).map(({ name }) => name)

  test('all of them, in order, for an empty database', () => {
    assert.deepEqual(names([]), ['1', '2', '3'])
  })

  test('those that have not run', () => {
    assert.deepEqual(names([{ name: '1', phase: 'expand' }]), ['2', '3'])
    assert.deepEqual(names(known), [])
  })

  test('what a later release has added does not stand in the way', () => {
    assert.deepEqual(names([...known, { name: '4', phase: 'expand' }]), [])
  })

  test('what a later release has taken away stops the start', () => {
    assert.throws(() => names([...known, { name: '4', phase: 'contract' }]), /changed by a later release \(4\)/)
    assert.deepEqual(names([{ name: '3', phase: 'contract' }]), ['1', '2'])
  })
})

const SPELLED: readonly [statement: string, postgres: string][] = [
  [
    'CREATE TABLE t (a TEXT NOT NULL, b INTEGER, PRIMARY KEY (a)) STRICT, WITHOUT ROWID',
    'CREATE TABLE t (a TEXT COLLATE "C" NOT NULL, b BIGINT, PRIMARY KEY (a))',
  ],
  ['CREATE TABLE t (a TEXT) STRICT', 'CREATE TABLE t (a TEXT COLLATE "C")'],
  ['CREATE INDEX context_integers ON t (a)', 'CREATE INDEX context_integers ON t (a)'],
]
for (const [statement, postgres] of SPELLED) {
  test(`a statement is spelled for each database: ${statement.slice(0, 40)}`, () => {
    assert.equal(spell('sqlite', statement), statement)
    assert.equal(spell('postgres', statement), postgres)
  })
}

test('names of migrations are given once and stand in order', () => {
  const names = MIGRATIONS.map(({ name }) => name)
  assert.deepEqual(names, [...new Set(names)].toSorted())
})

async function open(dialect: Dialect, address: string, migrations?: readonly Migration[]): Promise<Db> {
  const options = { now: () => 5, scanMilliseconds: 1_000, ...(migrations && { migrations }) }
  if (dialect === 'postgres') return assembleDb(await openPostgres({ ...options, url: address, connections: 2 }))
  return assembleDb(openSqlite({ ...options, file: address.slice('sqlite:'.length), onFatal: assert.ifError }))
}

onEachDatabase('a database at its start', (dialect) => {
  let database: TestDatabase
  before(async () => {
    database = await newDatabase(dialect)
  })
  after(() => database.remove())

  const applied = (db: Db) => db.read(all(db.system.selectFrom('migration').selectAll().orderBy('name')))
  const raw = (text: string) => ({ compile: () => CompiledQuery.raw(text) })

  test('is brought up to date once, however often and by however many it is opened', async () => {
    const expected = MIGRATIONS.map(({ name, phase }) => ({ name, phase, applied_at: 5 }))
    const nodes = await Promise.all([1, 2, 3].map(() => open(dialect, database.address)))
    for (const db of nodes) assert.deepEqual(await applied(db), expected)
    await Promise.all(nodes.map((db) => db.close()))
    const again = await open(dialect, database.address)
    assert.deepEqual(await applied(again), expected)
    await again.close()
  })

  test('keeps nothing of a migration that fails, and all of those before it', async () => {
    const good = made('9001-good', 'CREATE TABLE good (id TEXT NOT NULL)')
    const bad = made('9002-bad', 'CREATE TABLE half (id TEXT NOT NULL)', 'CREATE TABLE nonsense (')
    await assert.rejects(open(dialect, database.address, [...MIGRATIONS, good, bad]))
    const db = await open(dialect, database.address, [...MIGRATIONS, good])
    assert.deepEqual(await db.read(all(raw('SELECT id FROM good'))), [])
    await assert.rejects(db.read(all(raw('SELECT id FROM half'))))
    assert.deepEqual(
      (await applied(db)).map(({ name }) => name),
      [...MIGRATIONS.map(({ name }) => name), '9001-good'],
    )
    await db.close()
  })

  test('is refused where a later release has contracted it', async () => {
    const contracting: Migration = { ...made('9003-contract'), phase: 'contract' }
    const later = await open(dialect, database.address, [...MIGRATIONS, contracting])
    await later.close()
    await assert.rejects(open(dialect, database.address), /changed by a later release \(9003-contract\)/)
    await (await open(dialect, database.address, [...MIGRATIONS, contracting])).close()
  })
})

test('a table that SQLite builds anew keeps those who refer to it, and a broken reference stops the migration', async () => {
  const database = await newDatabase('sqlite')
  const tables = made(
    '1-tables',
    'CREATE TABLE parent (id TEXT PRIMARY KEY) STRICT',
    'CREATE TABLE child (parent_id TEXT REFERENCES parent (id)) STRICT',
    `INSERT INTO parent VALUES ('a'), ('b')`,
    `INSERT INTO child VALUES ('a')`,
  )
  const anew = (name: string, condition: string) =>
    made(
      name,
      'CREATE TABLE parent_new (id TEXT PRIMARY KEY, note TEXT) STRICT',
      `INSERT INTO parent_new SELECT id, '' FROM parent WHERE ${condition}`,
      'DROP TABLE parent',
      'ALTER TABLE parent_new RENAME TO parent',
    )
  const raw = (text: string) => ({ compile: () => CompiledQuery.raw(text) })
  const rebuilt = await open('sqlite', database.address, [tables, anew('2-rebuild', 'true')])
  assert.deepEqual(await rebuilt.read(all(raw('SELECT parent_id FROM child'))), [{ parent_id: 'a' }])
  await assert.rejects(rebuilt.write(() => run(raw(`INSERT INTO child VALUES ('nobody')`))))
  await rebuilt.close()
  const losing = [tables, anew('2-rebuild', 'true'), anew('3-lose', `id <> 'a'`)]
  await assert.rejects(open('sqlite', database.address, losing), /3-lose breaks 1 references/)
  await database.remove()
})
