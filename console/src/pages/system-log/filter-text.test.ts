import assert from 'node:assert/strict'
import { test } from 'node:test'
import { condition, narrowed, withOutcome } from './filter-text.ts'

const ACTOR = 'actor.id eq "00u1"'

const NARROWED: readonly [filter: string, more: string, expected: string][] = [
  ['', ACTOR, ACTOR],
  ['  ', ACTOR, ACTOR],
  [ACTOR, ACTOR, ACTOR],
  ['severity eq "WARN"', ACTOR, `severity eq "WARN" and ${ACTOR}`],
  [`severity eq "WARN" and ${ACTOR}`, ACTOR, `severity eq "WARN" and ${ACTOR}`],
  [`${ACTOR} and severity eq "WARN"`, ACTOR, `${ACTOR} and severity eq "WARN"`],
  ['a eq "1" or b eq "2"', ACTOR, `(a eq "1" or b eq "2") and ${ACTOR}`],
]
for (const [filter, more, expected] of NARROWED)
  test(`"${filter}" narrowed by ${more} is ${expected}`, () => {
    assert.equal(narrowed(filter, more), expected)
  })

test('a value is quoted', () => {
  assert.equal(condition('actor.id', 'a"b\\c'), 'actor.id eq "a\\"b\\\\c"')
})

test('a group of outcomes stands beside the filter', () => {
  assert.equal(withOutcome('', 'succeeded'), 'outcome.result eq "SUCCESS" or outcome.result eq "ALLOW"')
  assert.equal(
    withOutcome('a eq "1" or b eq "2"', 'succeeded'),
    '(outcome.result eq "SUCCESS" or outcome.result eq "ALLOW") and (a eq "1" or b eq "2")',
  )
  assert.equal(withOutcome('a eq "1"', 'nonsense'), 'a eq "1"')
})
