import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryCompiler } from './db.ts'

const limited = (limit: number) => queryCompiler('sqlite').selectFrom('node').select('id').limit(limit).compile()

test('a limit of one is part of the statement, any other is bound', () => {
  assert.equal(limited(1).sql, 'select "id" from "node" limit 1')
  assert.deepEqual(limited(1).parameters, [])
  assert.equal(limited(21).sql, 'select "id" from "node" limit ?')
  assert.deepEqual(limited(21).parameters, [21])
})
