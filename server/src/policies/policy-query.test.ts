import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type PolicyQuery, pageOf, parsePolicyQuery } from './policy-query.ts'

const policies = (ids: string) => [...ids].map((id) => ({ id }))

/** The query for the page behind a cursor, as a client sends it. */
function queryOf(next: string | undefined, limit: number): PolicyQuery {
  const after = next === undefined ? {} : { after: Buffer.from(next).toString('base64url') }
  return parsePolicyQuery(new URLSearchParams({ type: 'PASSWORD', limit: String(limit), ...after }))
}

describe('the next page of policies', () => {
  // All of them are `abcdef`, and the first page was `ab`.
  const CASES: readonly (readonly [name: string, then: string, expected: string])[] = [
    ['begins behind the last one', 'abcdef', 'cd'],
    ['begins behind the last one where that was moved', 'acdbef', 'ef'],
    ['is not the first page again where the last one was deleted', 'acdef', 'cd'],
    ['is whole where all that was read was deleted', 'cdef', 'cd'],
    ['goes on where the last one and the next were deleted', 'adef', 'de'],
    ['shows what came before it', 'abxcdef', 'xc'],
    ['is empty where nothing is left', 'a', ''],
  ]
  for (const [name, then, expected] of CASES)
    test(name, () => {
      const first = pageOf(policies('abcdef'), queryOf(undefined, 2))
      assert.equal(first.rows.map(({ id }) => id).join(''), 'ab')
      const second = pageOf(policies(then), queryOf(first.next, 2))
      assert.equal(second.rows.map(({ id }) => id).join(''), expected)
    })

  test('is told of only where there is one', () => {
    assert.equal(pageOf(policies('ab'), queryOf(undefined, 2)).next, undefined)
    assert.equal(pageOf([], queryOf(undefined, 2)).next, undefined)
  })

  for (const cursor of ['', 'a', 'a:b', 'a:b:x', 'a:b:-1', 'a:b:1:2', "a':b:1"])
    test(`is not read from '${cursor}'`, () => assert.throws(() => queryOf(cursor, 2), { code: 'invalid_paging' }))
})
