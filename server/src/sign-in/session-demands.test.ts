import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '#kernel/instant.ts'
import type { Session } from '#sessions/session.ts'
import { satisfies } from './session-demands.ts'

const session = { id: 's', userId: 'ada', authenticated: instant(1_000) } as Session

test('nobody answers no demand', () => {
  assert.equal(satisfies(undefined, {}), false)
})

test('whoever is there goes on when nothing more is demanded', () => {
  assert.equal(satisfies(session, {}), true)
})

test('a proof must not be older than is demanded; one of that very moment is good', () => {
  for (const [since, answer] of [
    [999, true],
    [1_000, true],
    [1_001, false],
  ] as const)
    assert.equal(satisfies(session, { provedSince: instant(since) }), answer)
})

test('it must be the person who is meant', () => {
  assert.equal(satisfies(session, { userId: 'ada' }), true)
  assert.equal(satisfies(session, { userId: 'bob' }), false)
  assert.equal(satisfies(session, { userId: 'ada', provedSince: instant(2_000) }), false)
})
