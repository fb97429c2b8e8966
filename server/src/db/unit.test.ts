import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery } from 'kysely'
import { queryCompiler } from './db.ts'
import { all, checkParameters, drive, driveAsync, first, reading, run, type Unit, UnstorableText } from './unit.ts'

const compiler = queryCompiler('sqlite')
const nodes = compiler.selectFrom('node').select('id')
const insert = compiler.insertInto('node').values({ id: 'a', version: '1', seen_at: 1 })

function* conversation(): Unit<readonly unknown[]> {
  const listed = yield* all(nodes)
  const one = yield* first(nodes)
  const nothing = yield* run(insert)
  return [listed, one, nothing]
}

test('a unit is handed the rows of each of its queries in turn', async () => {
  const asked: string[] = []
  const execute = ({ sql }: CompiledQuery) => {
    asked.push(sql)
    return [{ id: `row ${asked.length}` }, { id: 'another' }]
  }
  const answer = [[{ id: 'row 1' }, { id: 'another' }], { id: 'row 2' }, undefined]
  assert.deepEqual(drive(conversation(), execute), answer)
  const select = 'select "id" from "node"'
  assert.deepEqual(asked, [select, select, 'insert into "node" ("id", "version", "seen_at") values (?, ?, ?)'])

  asked.length = 0
  assert.deepEqual(await driveAsync(conversation(), async (query) => execute(query)), answer)
})

test('the first of no rows is undefined', () => {
  assert.deepEqual(
    drive(first(nodes), () => []),
    undefined,
  )
})

test('a unit that reads may ask, and nothing else', () => {
  const rows = [{ id: 'a' }]
  assert.deepEqual(
    drive(reading(all(nodes)), () => rows),
    rows,
  )
  assert.deepEqual(
    drive(reading(all({ compile: () => CompiledQuery.raw('SELECT 1') })), () => rows),
    rows,
  )
  const changes = [
    insert,
    compiler.updateTable('node').set({ version: '2' }),
    compiler.deleteFrom('node').where('id', '=', 'a'),
  ]
  for (const change of changes) {
    assert.throws(() => drive(reading(run(change)), () => assert.fail('it ran')), TypeError)
  }
})

const BOUND: readonly [value: unknown, expected: 'bound' | typeof UnstorableText | typeof TypeError][] = [
  ['', 'bound'],
  ['Zoë 😀 \'quoted\' "twice" \\ %_', 'bound'],
  [null, 'bound'],
  [0, 'bound'],
  [-1, 'bound'],
  [Number.MAX_SAFE_INTEGER, 'bound'],
  [Number.MIN_SAFE_INTEGER, 'bound'],
  ['a\0b', UnstorableText],
  ['\ud83d', UnstorableText],
  ['\ude00\ud83d', UnstorableText],
  [2 ** 53, TypeError],
  [0.5, TypeError],
  [Number.NaN, TypeError],
  [Number.POSITIVE_INFINITY, TypeError],
  [1n, TypeError],
  [true, TypeError],
  [undefined, TypeError],
  [{}, TypeError],
  [new Uint8Array(1), TypeError],
  [new Date(0), TypeError],
]
for (const [value, expected] of BOUND) {
  const name = expected === 'bound' ? 'binds' : 'does not bind'
  test(`a statement ${name} ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`, () => {
    const check = () => checkParameters(CompiledQuery.raw('SELECT ?', ['first', value]))
    if (expected === 'bound') check()
    else assert.throws(check, expected)
  })
}
