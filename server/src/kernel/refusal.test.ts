import assert from 'node:assert/strict'
import { test } from 'node:test'
import { invalid, notFound, REFUSAL_CODES, Refusal } from './refusal.ts'

test('a refusal is an error with a stable code, its facts, and the first cause as its message', () => {
  const cause = new Error('underneath')
  const refusal = new Refusal('forbidden', { subject: 'the app', causes: ['one', 'two'] }, { cause })
  assert.ok(refusal instanceof Error)
  assert.deepEqual([refusal.name, refusal.code, refusal.message], ['Refusal', 'forbidden', 'one'])
  assert.deepEqual(refusal.facts, { subject: 'the app', causes: ['one', 'two'] })
  assert.equal(refusal.cause, cause)
  assert.equal(new Refusal('forbidden', { subject: 'the app' }).message, 'the app')
  assert.equal(new Refusal('forbidden').message, 'forbidden')
})

test('what is not valid is named with each of its causes', () => {
  const { code, facts } = invalid('login', 'login: is taken', 'login: is long')
  assert.equal(code, 'validation_failed')
  assert.deepEqual(facts, { subject: 'login', causes: ['login: is taken', 'login: is long'] })
})

test('what is not found is named by id and class', () => {
  const { code, facts } = notFound('00u1', 'User')
  assert.equal(code, 'not_found')
  assert.deepEqual(facts, { subject: 'Resource not found: 00u1 (User)' })
})

test('codes are told apart', () => {
  assert.equal(new Set(REFUSAL_CODES).size, REFUSAL_CODES.length)
})
