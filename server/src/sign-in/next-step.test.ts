import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '#kernel/instant.ts'
import type { Session } from '#sessions/session.ts'
import { nextStep } from './next-step.ts'

const session = { id: 's', userId: 'ada', authenticated: instant(1_000) } as Session

test('nobody has to sign in', () => {
  assert.deepEqual(nextStep(undefined, {}), { kind: 'identify' })
})

test('whoever is there goes on when nothing more is demanded', () => {
  assert.deepEqual(nextStep(session, {}), { kind: 'proceed', session })
})

test('a proof must not be older than is demanded; one of that very moment is good', () => {
  for (const [since, kind] of [
    [999, 'proceed'],
    [1_000, 'proceed'],
    [1_001, 'identify'],
  ] as const)
    assert.equal(nextStep(session, { provedSince: instant(since) }).kind, kind)
})

test('it must be the person who is meant', () => {
  assert.equal(nextStep(session, { userId: 'ada' }).kind, 'proceed')
  assert.equal(nextStep(session, { userId: 'bob' }).kind, 'identify')
  assert.equal(nextStep(session, { userId: 'ada', provedSince: instant(2_000) }).kind, 'identify')
})
