// What every caller of the door may rely on, whichever database stands behind it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CompiledQuery, sql } from 'kysely'
import type { OrgId } from '#kernel/id.ts'
import { newDatabase, onEachDatabase, type TestDatabase } from '#test/databases.ts'
import type { Db, Dialect } from './db.ts'
import { openDb } from './open.ts'
import type { OrgDb } from './org-db.ts'
import { all, Conflict, first, run, StoreUnavailable, type Unit, UnstorableText } from './unit.ts'

onEachDatabase('the door to the database', (dialect) => {
  let database: TestDatabase
  let db: Db
  /** Another process on the same database. */
  let neighbour: Db
  let orgs = 0

  const open = () => openDb({ database: database.address, now: Date.now, onFatal: assert.ifError, connections: 4 })
  before(async () => {
    database = await newDatabase(dialect)
    db = await open()
    neighbour = await open()
  })
  after(async () => {
    await db.close()
    await neighbour.close()
    await database.remove()
  })

  /** An org of its own for each test. */
  async function newOrg(): Promise<OrgDb> {
    const id = `org-${++orgs}` as OrgId
    const org = { id, name: id, subdomain: id, created: 1, version: 1, data_key: '', settings: '{}' }
    await db.write(() => run(db.system.insertInto('org').values(org)))
    return db.for(id)
  }

  const key = (tx: OrgDb, token_hash: string, facts = '{}', created = 1) =>
    run(tx.insert('one_time_token', { token_hash, kind: 'session', user_id: 'u', created, expires: 2, facts }))
  const keys = (tx: OrgDb) => all(tx.from('one_time_token').selectAll().orderBy('token_hash'))
  const hashes = async (tx: OrgDb) => (await db.read(keys(tx))).map((row) => row.token_hash)

  const grant = (tx: OrgDb, id: string, generation: number, ends: number | null) =>
    run(
      tx.insert('oauth_grant', {
        ...{
          id,
          generation,
          ends,
          app_id: 'a',
          user_id: 'u',
          server_id: 's',
          session_id: null,
          scopes: '[]',
          amr: '[]',
        },
        ...{ authenticated: 1, created: 1, last_updated: 1, idle_minutes: null, access_token_minutes: 60 },
        ...{ refreshed: null, revoked: null },
      }),
    )
  const generationOf = (tx: OrgDb, id: string) =>
    first(tx.from('oauth_grant').select('generation').where('id', '=', id))

  const WHOLE = [0, 1, -1, 2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Date.now()]
  test('whole numbers and null come back as they went in', async () => {
    const tx = await newOrg()
    await db.write(function* () {
      for (const [n, value] of WHOLE.entries()) yield* grant(tx, `g${n}`, value, n % 2 === 0 ? value : null)
    })
    const rows = await db.read(all(tx.from('oauth_grant').select(['generation', 'ends']).orderBy('id')))
    assert.deepEqual(
      rows,
      WHOLE.map((generation, n) => ({ generation, ends: n % 2 === 0 ? generation : null })),
    )
  })

  test('counts, sums and truths are numbers', async () => {
    const tx = await newOrg()
    await db.write(function* () {
      yield* grant(tx, 'a', 2, null)
      yield* grant(tx, 'b', 3, null)
    })
    const query = tx
      .from('oauth_grant')
      .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.sum<number>('generation').as('sum')])
      .select([sql<number>`max(generation) = 3`.as('yes'), sql<number>`max(generation) = 2`.as('no')])
    for (const found of [await db.read(first(query)), await db.scan(first(query))]) {
      assert.deepEqual(found, { count: 2, sum: 5, yes: 1, no: 0 })
    }
  })

  const TEXTS = [
    '',
    ' leading and trailing ',
    `'; DROP TABLE one_time_token; --`,
    '"quoted" \\ back\\slash',
    '$1 ? :name @name {"v":1} %_',
    '<script>alert(1)</script>',
    'Ünïcödé ß 漢字 עברית 😀 \u{10FFFF}',
    'e\u0301 is not \u00e9',
    'line\nbreak\r\ttab\u007f\u0001\u2028\ufeff',
    'x'.repeat(1_000_000),
  ]
  test('text comes back as it went in', async () => {
    const tx = await newOrg()
    await db.write(function* () {
      for (const [n, text] of TEXTS.entries()) yield* key(tx, `t${n}`, text)
    })
    const query = all(tx.from('one_time_token').select('facts').orderBy('token_hash'))
    const facts = (await db.read(query)).map((row) => row.facts)
    assert.deepEqual(facts, TEXTS)
    for (const [n, text] of TEXTS.entries()) {
      const found = await db.scan(first(tx.from('one_time_token').select('token_hash').where('facts', '=', text)))
      assert.equal(found?.token_hash, `t${n}`)
    }
  })

  for (const [name, text] of [
    ['U+0000', 'a\0b'],
    ['half of a surrogate pair', '\ud83d!'],
  ] as const) {
    test(`text with ${name} is refused at every door and changes nothing`, async () => {
      const tx = await newOrg()
      const query = () => first(tx.from('one_time_token').select('facts').where('facts', '=', text))
      await assert.rejects(
        db.write(() => key(tx, 'k', text)),
        UnstorableText,
      )
      await assert.rejects(db.read(query()), UnstorableText)
      await assert.rejects(db.scan(query()), UnstorableText)
      assert.deepEqual(await hashes(tx), [])
    })
  }

  test('rows are plain objects', async () => {
    const tx = await newOrg()
    await db.write(() => key(tx, 'a'))
    const expected = {
      org_id: tx.org,
      token_hash: 'a',
      kind: 'session',
      user_id: 'u',
      created: 1,
      expires: 2,
      facts: '{}',
    }
    for (const rows of [await db.read(keys(tx)), await db.scan(keys(tx)), await db.write(() => keys(tx))]) {
      assert.deepEqual(rows, [expected])
      assert.equal(Object.getPrototypeOf(rows[0]), Object.prototype)
    }
  })

  test('a unique key that is taken is a conflict that names its columns', async () => {
    const tx = await newOrg()
    const group = (id: string, name_key: string) =>
      run(
        tx.insert('user_group', {
          ...{ id, name_key, type: 'OKTA_GROUP', name: name_key, profile: '{}' },
          ...{ created: 1, last_updated: 1, last_membership_updated: 1 },
        }),
      )
    await db.write(() => group('a', 'one'))
    const columns = async (write: Promise<unknown>) => {
      const error: unknown = await write.then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      assert.ok(error instanceof Conflict)
      return error.columns
    }
    assert.deepEqual(await columns(db.write(() => group('a', 'two'))), ['org_id', 'id'])
    assert.deepEqual(await columns(db.write(() => group('b', 'one'))), ['org_id', 'name_key'])
    assert.deepEqual(await columns(db.write(() => group('b', 'one'), { isolation: 'readCommitted' })), [
      'org_id',
      'name_key',
    ])
    await db.write(() => group('b', 'two'))
  })

  test('a reference to nothing is refused, and so is the removal of what is referred to', async () => {
    const tx = await newOrg()
    const secret = {
      id: 's',
      app_id: 'nothing',
      status: 'ACTIVE',
      created: 1,
      last_updated: 1,
      sealed: '',
      mac: '',
    } as const
    const isOther = (error: unknown) => !(error instanceof Conflict) && !(error instanceof StoreUnavailable)
    await assert.rejects(
      db.write(() => run(tx.insert('app_secret', secret))),
      isOther,
    )
    const app = { id: 'a', client_id: 'c', name: 'n', label: 'l', label_key: 'l', status: 'ACTIVE', doc: '{}' } as const
    await db.write(function* () {
      yield* run(tx.insert('app', { ...app, created: 1, last_updated: 1 }))
      yield* run(tx.insert('app_secret', { ...secret, app_id: 'a' }))
    })
    await assert.rejects(
      db.write(() => run(tx.deleteFrom('app'))),
      isOther,
    )
    assert.ok(await db.read(first(tx.from('app').select('id'))))
  })

  test('a unit that throws changes nothing, and those beside it stand', async () => {
    const tx = await newOrg()
    const fault = new Error('a rule said no')
    const outcomes = await Promise.allSettled([
      db.write(() => key(tx, 'before')),
      db.write(function* () {
        yield* key(tx, 'own')
        throw fault
      }),
      db.write(function* () {
        yield* key(tx, 'half')
        yield* key(tx, 'before')
      }),
      db.write(() => key(tx, 'after')),
    ])
    // On PostgreSQL the four run side by side, and the third may have been the first to take the key.
    if (dialect === 'sqlite') assert.deepEqual(await hashes(tx), ['after', 'before'])
    const [, thrown] = outcomes
    assert.equal(thrown.status === 'rejected' && thrown.reason, fault)
    const found = await hashes(tx)
    assert.ok(!found.includes('own'))
    assert.equal(found.includes('half'), outcomes[2].status === 'fulfilled')
    assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 2)
  })

  test('what a unit answers arrives once its change is there for everybody', async () => {
    const tx = await newOrg()
    const answers = await Promise.all(
      ['a', 'b', 'c'].map(async (hash) => {
        const seen = await db.write(function* (): Unit<string> {
          yield* key(tx, hash)
          const row = yield* first(tx.from('one_time_token').select('token_hash').where('token_hash', '=', hash))
          return `its own ${row?.token_hash}`
        })
        const elsewhere = await neighbour.read(keys(neighbour.for(tx.org)))
        return [seen, elsewhere.some((row) => row.token_hash === hash)]
      }),
    )
    assert.deepEqual(answers, [
      ['its own a', true],
      ['its own b', true],
      ['its own c', true],
    ])
  })

  test('of many that claim by one statement, one wins', async () => {
    const tx = await newOrg()
    await db.write(() => key(tx, 'code'))
    const claim = (by: number) =>
      first(
        tx
          .update('one_time_token')
          .set({ facts: String(by) })
          .where('token_hash', '=', 'code')
          .where('facts', '=', '{}')
          .returning('facts'),
      )
    const claims = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        (n % 2 === 0 ? db : neighbour).write(() => claim(n), { isolation: 'readCommitted' }),
      ),
    )
    const won = claims.filter((row) => row !== undefined)
    assert.equal(won.length, 1)
    assert.deepEqual(
      (await db.read(keys(tx))).map((row) => row.facts),
      [won[0]?.facts],
    )
  })

  test('many that read and then change one row all get through, and none is lost', async () => {
    const tx = await newOrg()
    await db.write(() => grant(tx, 'g', 0, null))
    const raise = function* (): Unit<void> {
      const now = yield* generationOf(tx, 'g')
      yield* run(
        tx
          .update('oauth_grant')
          .set({ generation: (now?.generation ?? 0) + 1 })
          .where('id', '=', 'g'),
      )
    }
    await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? neighbour : db).write(raise)))
    assert.deepEqual(await db.read(generationOf(tx, 'g')), { generation: 60 })
  })

  test('two that each rely on what the other takes away do not both get their way', async () => {
    const tx = await newOrg()
    await db.write(function* () {
      yield* grant(tx, 'a', 1, null)
      yield* grant(tx, 'b', 1, null)
    })
    let runs = 0
    const retire = (id: string) =>
      function* (): Unit<boolean> {
        runs++
        const alive = yield* all(tx.from('oauth_grant').select('id').where('revoked', 'is', null))
        if (alive.length < 2) return false
        // Long enough for both to have looked.
        if (dialect === 'postgres') yield CompiledQuery.raw('SELECT pg_sleep(0.1)')
        yield* run(tx.update('oauth_grant').set({ revoked: 1 }).where('id', '=', id))
        return true
      }
    const outcomes = await Promise.all([db.write(retire('a')), neighbour.write(retire('b'))])
    assert.deepEqual(outcomes.toSorted(), [false, true])
    // The one that was refused was run again and saw what the other had done.
    assert.equal(runs, dialect === 'postgres' ? 3 : 2)
  })

  test('reading can not change anything', async () => {
    const tx = await newOrg()
    for (const door of [db.read, db.scan]) await assert.rejects(door(key(tx, 'a')), TypeError)
    const raw = { compile: () => CompiledQuery.raw(`DELETE FROM org WHERE id = '${tx.org}'`) }
    await assert.rejects(db.scan(run(raw)))
    assert.deepEqual(await hashes(tx), [])
    assert.ok(await db.read(first(db.system.selectFrom('org').select('id').where('id', '=', tx.org))))
  })

  test('a statement that is no SQL fails alone', async () => {
    const broken = { compile: () => CompiledQuery.raw('SELECT nothing FROM nowhere') }
    await assert.rejects(db.read(run(broken)))
    await assert.rejects(db.scan(run(broken)))
    await assert.rejects(db.write(() => run(broken)))
    const tx = await newOrg()
    await db.write(() => key(tx, 'a'))
    assert.deepEqual(await hashes(tx), ['a'])
  })

  test('closing waits for what was queued, and then nothing is taken any more', async () => {
    const tx = await newOrg()
    const closing = await open()
    const writes = Promise.all(['a', 'b', 'c'].map((hash) => closing.write(() => key(tx, hash))))
    const closed = [closing.close(), closing.close()]
    const late = assert.rejects(
      closing.write(() => key(tx, 'late')),
      StoreUnavailable,
    )
    await Promise.all([writes, ...closed, late])
    await assert.rejects(closing.read(keys(tx)), StoreUnavailable)
    await assert.rejects(closing.scan(keys(tx)), StoreUnavailable)
    assert.deepEqual(await hashes(tx), ['a', 'b', 'c'])
  })
})

const BY_CODE_POINT = [
  ...['', ' ', '!', '-', '0', '10', '9', 'A', 'B', 'Z', '_', 'a', 'a b', 'a-b', 'aB', 'aa', 'ab', 'b', 'z', '~'],
  ...['e', 'e\u0301', '\u00c4', '\u00e9', '\u0131', '\u6f22', '\uff5e', '\u{1f600}', '\u{10ffff}'],
].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

const ORDERED: readonly [name: string, dialect: Dialect, language?: string][] = [
  ['SQLite', 'sqlite'],
  ['PostgreSQL', 'postgres'],
  ['PostgreSQL that sorts as people do', 'postgres', 'en-US'],
]
for (const [name, dialect, language] of ORDERED) {
  test(`text is ordered and compared by code point on ${name}`, async () => {
    const database = await newDatabase(dialect, language ? { language } : {})
    const db = await openDb({ database: database.address, now: Date.now, onFatal: assert.ifError })
    const nodes = db.system.selectFrom('node').select('id').orderBy('id')
    const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
    try {
      await db.write(function* () {
        for (const id of BY_CODE_POINT.toReversed()) {
          yield* run(db.system.insertInto('node').values({ id, version: '1', seen_at: 1 }))
        }
      })
      assert.deepEqual(ids(await db.read(all(nodes))), BY_CODE_POINT)
      assert.deepEqual(ids(await db.read(all(nodes.limit(3).orderBy('id')))), BY_CODE_POINT.slice(0, 3))
      for (const [n, id] of BY_CODE_POINT.entries()) {
        assert.deepEqual(ids(await db.read(all(nodes.where('id', '>', id)))), BY_CODE_POINT.slice(n + 1))
      }
    } finally {
      await db.close()
      await database.remove()
    }
  })
}
