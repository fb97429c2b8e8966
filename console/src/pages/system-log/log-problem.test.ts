import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from '../../ui/api-error.ts'
import { logProblem } from './log-problem.ts'

const TYPED = {
  filter: 'actor.id is "1"',
  sentFilter: '(outcome.result eq "DENY") and (actor.id is "1")',
  since: '2020-01-01',
}
const invalid = (subject: string) => new ApiError(400, 'E0000053', `Invalid filter '${subject}'`, [])

test('a filter that can’t be read is told as it was typed', () => {
  assert.deepEqual(logProblem(invalid(TYPED.sentFilter), TYPED), {
    field: 'filter',
    sentence: `Invalid filter 'actor.id is "1"'`,
  })
})

test('a beginning that is too long ago is told there', () => {
  assert.equal(logProblem(invalid(TYPED.since), TYPED)?.field, 'since')
})

test('a cause stands at the field that it names', () => {
  const error = new ApiError(400, 'E0000001', 'Api validation failed: q', [
    { field: 'q', sentence: 'at most 10 keywords' },
  ])
  assert.deepEqual(logProblem(error, TYPED), { field: 'q', sentence: 'at most 10 keywords' })
})

test('other failures are nobody’s field', () => {
  assert.equal(logProblem(new ApiError(403, 'E0000006', 'No', []), TYPED), undefined)
  assert.equal(logProblem(null, TYPED), undefined)
})
