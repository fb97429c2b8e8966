import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { after, afterEach, beforeEach, describe, test } from 'node:test'
import { CompiledQuery } from 'kysely'
import { assembleDb, type Db, type WriteOptions } from './db.ts'
import { startReader } from './reader-thread.ts'
import { openSqlite, type SqliteOptions } from './sqlite.ts'
import { all, Conflict, first, run, StoreUnavailable, type Unit } from './unit.ts'

const folder = mkdtempSync(join(tmpdir(), 'keystead-sqlite-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
let file: string
let db: Db
let fatal: Error[]
let time: number

const open = (options: Partial<SqliteOptions> = {}): Db =>
  assembleDb(
    openSqlite({ file, now: () => time, onFatal: (error) => fatal.push(error), scanMilliseconds: 60_000, ...options }),
  )

beforeEach(() => {
  file = join(folder, `${++files}.db`)
  fatal = []
  time = 0
  db = open()
})
afterEach(() => db.close())

const raw = (text: string) => ({ compile: () => CompiledQuery.raw(text) })
const node = (id: string, version = '1') => run(db.system.insertInto('node').values({ id, version, seen_at: 1 }))
const nodes = () => all(db.system.selectFrom('node').select('id').orderBy('id'))
const ids = async (from: Db = db) => (await from.read(nodes())).map(({ id }) => id)

/** Counts for a while and answers no row before its end. */
const countTo = (n: number) =>
  raw(
    `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${n}) SELECT count(*) AS counted FROM c`,
  )

describe('a batch', () => {
  test('holds at most 256 units, and settles before the next begins', async () => {
    const log: string[] = []
    await Promise.all(
      Array.from({ length: 600 }, async (_, n) => {
        await db.write(function* () {
          log.push(`run ${n}`)
          yield* node(String(n))
        })
        log.push(`settled ${n}`)
      }),
    )
    const order = (...entries: string[]) =>
      assert.deepEqual(
        log.filter((entry) => entries.includes(entry)),
        entries,
      )
    order('run 0', 'run 255', 'settled 0', 'settled 255', 'run 256', 'run 511', 'settled 256', 'run 512', 'settled 599')
    assert.equal((await ids()).length, 600)
  })

  test('takes no further unit once 5 ms have passed, and always one', async () => {
    const log: string[] = []
    const slow = (name: string, milliseconds: number) =>
      db
        .write(function* () {
          log.push(name)
          time += milliseconds
          yield* node(name)
        })
        .then(() => log.push(`${name} settled`))
    await Promise.all([slow('a', 2), slow('b', 2), slow('c', 2), slow('d', 60_000), slow('e', 0)])
    assert.deepEqual(log, ['a', 'b', 'c', 'a settled', 'b settled', 'c settled', 'd', 'd settled', 'e', 'e settled'])
  })

  test('is seen by nobody before it is committed', async () => {
    const elsewhere = new DatabaseSync(file, { readOnly: true })
    const count = () => Number(elsewhere.prepare('SELECT count(*) AS n FROM node').get()?.n)
    const seen: unknown[] = []
    const writes = [1, 2].map((n) =>
      db
        .write(function* () {
          yield* node(String(n))
          seen.push(['while it runs', count()])
        })
        .then(() => seen.push(['settled', count()])),
    )
    seen.push(['queued', count(), await ids()])
    await Promise.all(writes)
    elsewhere.close()
    assert.deepEqual(seen, [
      ['queued', 0, []],
      ['while it runs', 0],
      ['while it runs', 0],
      ['settled', 2],
      ['settled', 2],
    ])
  })

  test('takes back one unit and keeps its neighbours', async () => {
    const outcomes = await Promise.allSettled([
      db.write(() => node('a')),
      db.write(function* () {
        yield* node('b')
        yield* node('a')
      }),
      db.write(() => node('c')),
    ])
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason instanceof Conflict : 'done')),
      ['done', true, 'done'],
    )
    assert.deepEqual(await ids(), ['a', 'c'])
  })
})

describe('a unit that is needed after something else', () => {
  const turns = async () => {
    for (let n = 0; n < 10; n++) await new Promise((resolve) => setImmediate(resolve))
  }

  for (const outcome of ['settled', 'failed'])
    test(`is written once that has ${outcome}`, async () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const written = db.write(() => node('a'), { neededAfter: promise })
      await turns()
      assert.deepEqual(await ids(), [])
      if (outcome === 'settled') resolve()
      else reject(new Error('not signed'))
      await written
      assert.deepEqual(await ids(), ['a'])
    })

  test('goes along, in its order, with one that is needed at once', async () => {
    const never = new Promise(() => undefined)
    const log: string[] = []
    const write = (name: string, options?: WriteOptions) =>
      db
        .write(function* () {
          log.push(name)
          yield* node(name)
        }, options)
        .then(() => log.push(`${name} settled`))
    await Promise.all([write('a', { neededAfter: never }), write('b', { neededAfter: never }), write('c')])
    assert.deepEqual(log, ['a', 'b', 'c', 'a settled', 'b settled', 'c settled'])
  })

  test('is written before the database closes', async () => {
    const written = db.write(() => node('a'), { neededAfter: new Promise(() => undefined) })
    await db.close()
    await written
    db = open()
    assert.deepEqual(await ids(), ['a'])
  })
})

describe('what the database can not take', () => {
  test('is refused while another process keeps it locked, and taken afterwards', async () => {
    await db.close()
    db = open({ lockMilliseconds: 1 })
    const other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
    const refused = ['a', 'b'].map((id) =>
      assert.rejects(
        db.write(() => node(id)),
        StoreUnavailable,
      ),
    )
    await Promise.all(refused)
    other.exec('ROLLBACK')
    other.close()
    await db.write(() => node('c'))
    assert.deepEqual(await ids(), ['c'])
    assert.deepEqual(fatal, [])
  })

  test('a failed commit takes the whole batch back and tells each of its units', async () => {
    const orphan = db.system.insertInto('org_host').values({ host: 'h', org_id: 'nobody', role: 'alias', origin: 'o' })
    const refused = [
      db.write(() => node('a')),
      db.write(function* (): Unit<void> {
        yield* run(raw('PRAGMA defer_foreign_keys=ON'))
        yield* run(orphan)
      }),
      db.write(() => node('b')),
    ].map((write) => assert.rejects(write, StoreUnavailable))
    await Promise.all(refused)
    assert.deepEqual(await ids(), [])
    await db.write(() => node('c'))
    assert.deepEqual(await ids(), ['c'])
    assert.deepEqual(fatal, [])
  })

  test('a full disk refuses what does not fit, and later work is taken', async () => {
    await db.write(() => node('a'))
    const pages = await db.write(() => first(raw('PRAGMA page_count')))
    const { page_count } = pages as { page_count: number }
    await db.write(() => run(raw(`PRAGMA max_page_count=${page_count + 2}`)))
    const outcomes = await Promise.allSettled([
      db.write(() => node('b')),
      db.write(() => node('large', 'x'.repeat(1_000_000))),
      db.write(() => node('c')),
    ])
    const [, large] = outcomes
    assert.ok(large?.status === 'rejected' && large.reason instanceof StoreUnavailable)
    await db.write(() => run(raw('PRAGMA max_page_count=1000000')))
    await db.write(() => node('d'))
    // What was acknowledged is there and nothing else.
    const named = ['b', 'large', 'c'].filter((_, n) => outcomes[n]?.status === 'fulfilled')
    assert.deepEqual(await ids(), ['a', ...named, 'd'])
    assert.deepEqual(fatal, [])
  })

  test('a place without a write-ahead log is refused at the start', () => {
    assert.throws(() => open({ file: ':memory:' }), /local disk/)
  })
})

test('a column that another process adds does not break statements that were prepared before', async () => {
  const one = db.system.selectFrom('node').selectAll().where('id', '=', 'prepared')
  const change = (version: string) =>
    db.system.updateTable('node').set({ version }).where('id', '=', 'prepared').returningAll()
  await db.write(() => node('prepared'))
  const row = await db.read(first(one))
  await db.write(() => first(change('2')))
  const another = new DatabaseSync(file)
  another.exec('ALTER TABLE node ADD COLUMN note TEXT')
  another.close()
  assert.deepEqual(await db.read(first(one)), { ...row, version: '2', note: null })
  assert.deepEqual(await db.write(() => first(change('3'))), { ...row, version: '3', note: null })
})

describe('the reader thread', () => {
  test('scans while the main thread writes and reads', async () => {
    const order: string[] = []
    const scan = db.scan(first(countTo(3_000_000))).then(() => order.push('scanned'))
    await db.write(() => node('a'))
    order.push('written')
    assert.deepEqual(await ids(), ['a'])
    order.push('read')
    await scan
    assert.deepEqual(order, ['written', 'read', 'scanned'])
  })

  test('a scan is ended at its deadline, and the one behind it is served', async () => {
    await db.close()
    db = open({ scanMilliseconds: 1_000 })
    await db.write(() => node('a'))
    const long = assert.rejects(db.scan(first(countTo(20_000_000))), StoreUnavailable)
    assert.deepEqual(await db.scan(nodes()), [{ id: 'a' }])
    await long
  })

  test('closing ends a scan that runs', async () => {
    const scan = assert.rejects(db.scan(first(countTo(20_000_000))), StoreUnavailable)
    await db.close()
    await scan
  })

  test('moves the write-ahead log into the database, which the main thread leaves alone', async () => {
    assert.deepEqual(await db.read(first(raw('PRAGMA wal_autocheckpoint'))), { wal_autocheckpoint: 0 })
    await db.close()
    db = open()
    await db.write(() => node('a', 'x'.repeat(100_000)))
    const copied = () => {
      const copy = `${file}-copy`
      copyFileSync(file, copy)
      const database = new DatabaseSync(copy)
      const found = database.prepare('SELECT id FROM node').all().length
      database.close()
      return found
    }
    assert.equal(copied(), 0)
    const reader = startReader(file, 60_000)
    reader.checkpoint()
    await reader.query(CompiledQuery.raw('SELECT 1'))
    await reader.close()
    assert.equal(copied(), 1)
  })
})

describe('what was acknowledged is on disk', () => {
  const WRITER = join(import.meta.dirname, '../../test/writing-process.ts')

  /** Rows that the process named, and the process. */
  function startWriter(prefix: string, blocks?: number): { child: ChildProcess; named: string[] } {
    const args = [WRITER, file, prefix]
    const limited = ['-c', `ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, ...args]
    const child = blocks ? spawn('sh', limited) : spawn(process.execPath, args)
    const named: string[] = []
    createInterface({ input: child.stdout }).on('line', (line) => named.push(line))
    return { child, named }
  }

  async function rowsAfter(): Promise<ReadonlySet<string>> {
    const reopened = open()
    const found = new Set(await ids(reopened))
    assert.deepEqual(await reopened.read(first(raw('PRAGMA integrity_check'))), { integrity_check: 'ok' })
    await reopened.close()
    return found
  }

  test('when writing processes are killed: two that share a database that neither had made', async () => {
    await db.close()
    file = join(folder, 'killed.db')
    const writers = ['one', 'two'].map((prefix) => startWriter(prefix))
    await Promise.all(
      writers.map(async ({ child, named }) => {
        while (named.length < 300) await once(child.stdout ?? child, 'data')
        child.kill('SIGKILL')
        await once(child, 'close')
      }),
    )
    const found = await rowsAfter()
    for (const { named } of writers) {
      // The last line may have been cut in the middle.
      for (const id of named.slice(0, -1)) assert.ok(found.has(id), `${id} was acknowledged and is lost`)
    }
  })

  test('when the disk fails: the process stops, and its next start finds everything', {
    skip: process.platform === 'win32',
  }, async () => {
    await db.close()
    file = join(folder, 'failing.db')
    const { child, named } = startWriter('row', 4_000)
    const [code] = await once(child, 'close')
    assert.equal(code, 1)
    assert.ok(named.length > 0)
    const found = await rowsAfter()
    for (const id of named) assert.ok(found.has(id), `${id} was acknowledged and is lost`)
  })
})
