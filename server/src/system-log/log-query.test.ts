import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, instant, isoText, later } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { comparePositions, cursorOf, type LogQuery, parseLogQuery } from './log-query.ts'
import { NOON } from './test-events.ts'

const NOW = instant(NOON)
const parse = (query: string) => parseLogQuery(new URLSearchParams(query), NOW)
const after = (kind: LogQuery['kind']) =>
  Buffer.from(cursorOf(kind, { major: 5, seq: 7, part: 2 })).toString('base64url')

test('without an end, a query polls from seven days ago', () => {
  assert.deepEqual(parse(''), {
    kind: 'polling',
    since: later(NOW, -7 * DAY),
    until: undefined,
    after: undefined,
    filter: undefined,
    keywords: [],
    limit: 100,
  })
})

test('with an end, or downwards, a query is bounded', () => {
  assert.partialDeepStrictEqual(parse('since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z'), {
    kind: 'ascending',
    since: Date.UTC(2026, 0, 1),
    until: Date.UTC(2026, 0, 2),
  })
  assert.partialDeepStrictEqual(parse('until=2026-01-02T00:00:00Z'), {
    kind: 'ascending',
    since: Date.UTC(2025, 11, 26),
  })
  assert.partialDeepStrictEqual(parse('sortOrder=DESCENDING'), {
    kind: 'descending',
    since: later(NOW, -7 * DAY),
    until: NOW,
  })
})

test('who goes on polling after a long pause loses nothing', () => {
  assert.deepEqual(parse(`after=${after('polling')}`), {
    ...parse(''),
    since: undefined,
    after: { major: 5, seq: 7, part: 2 },
  })
})

test('a limit of 0 is one, and a larger one than 1000 is 1000', () => {
  assert.equal(parse('limit=0').limit, 0)
  assert.equal(parse('limit=5000').limit, 1_000)
})

test('keywords are parted by spaces and lower-cased', () => {
  assert.deepEqual(parse('q=Ann%20+SHOP').keywords, ['ann', 'shop'])
})

const REFUSED: readonly [query: string, code: string][] = [
  ['since=yesterday', 'validation_failed'],
  ['until=2026-13-45', 'validation_failed'],
  ['sortOrder=UP', 'validation_failed'],
  [`since=${isoText(later(NOW, -181 * DAY))}`, 'invalid_filter'],
  ['filter=eventType%20is%20"x"', 'invalid_filter'],
  ['filter=published%20gt%20"2026-01-01"', 'invalid_search'],
  ['limit=-1', 'invalid_paging'],
  ['limit=ten', 'invalid_paging'],
  ['after=nonsense', 'invalid_paging'],
  [`after=${after('ascending')}`, 'invalid_paging'],
  [`q=${'x'.repeat(41)}`, 'validation_failed'],
  [`q=${Array(11).fill('x').join('+')}`, 'validation_failed'],
]
for (const [query, code] of REFUSED) {
  test(`${query.slice(0, 60)} is refused with ${code}`, () => {
    assert.throws(
      () => parse(query),
      (error) => error instanceof Refusal && error.code === code,
    )
  })
}

test('positions are ordered by time, then row, then event of the row', () => {
  const positions = [
    { major: 1, seq: 1, part: 0 },
    { major: 1, seq: 1, part: 1 },
    { major: 1, seq: 2, part: 0 },
    { major: 2, seq: 1, part: 0 },
  ]
  assert.deepEqual(positions.toReversed().sort(comparePositions), positions)
})
