import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#kernel/refusal.ts'
import type { FilterValue } from './filter.ts'
import { readFilter, readTime } from './read-filter.ts'

const invalidSearch = (error: unknown) => error instanceof Refusal && error.code === 'invalid_search'
const NOON = '2026-01-15T12:00:00.000Z'

test('a text that is no filter is refused with the place where it goes wrong', () => {
  assert.deepEqual(readFilter('a pr'), { kind: 'present', attribute: 'a' })
  assert.throws(
    () => readFilter('a eq'),
    (error) => invalidSearch(error) && /^Expected .* at 4$/.test((error as Refusal).facts.causes?.[0] ?? ''),
  )
})

test('an instant is compared by its order', () => {
  const signs = (['eq', 'gt', 'ge', 'lt', 'le'] as const).map((operator) => readTime(operator, NOON))
  assert.deepEqual(
    signs.map(({ sign }) => sign),
    ['=', '>', '>=', '<', '<='],
  )
  assert.ok(signs.every(({ at }) => at === Date.UTC(2026, 0, 15, 12)))
})

test('other comparisons of an instant, and what is none, are refused', () => {
  for (const operator of ['ne', 'sw', 'co', 'ew'] as const) assert.throws(() => readTime(operator, NOON), invalidSearch)
  const values: readonly FilterValue[] = ['yesterday', '', 1, true, null]
  for (const value of values) assert.throws(() => readTime('gt', value), invalidSearch)
})
