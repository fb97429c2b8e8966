import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR, type Instant, instant, MINUTE } from '#kernel/instant.ts'
import { activityIsWorthWriting, expiresAt, isAlive, type Session } from './session.ts'

const session = (lastActive: number, ends?: number): Session => ({
  id: '102x',
  userId: '00u1',
  created: instant(0),
  lastActive: instant(lastActive),
  idleMinutes: 120,
  ends: ends === undefined ? undefined : instant(ends),
  persistent: false,
  authenticated: instant(0),
  amr: ['pwd'],
  proved: { password: instant(0), factor: undefined },
  userAgent: undefined,
})

test('a session ends when it was idle for too long or at its absolute end, whichever comes first', () => {
  const cases: [Session, number][] = [
    [session(0), 2 * HOUR],
    [session(HOUR), 3 * HOUR],
    [session(0, HOUR), HOUR],
    [session(HOUR, 8 * HOUR), 3 * HOUR],
    [session(7 * HOUR, 8 * HOUR), 8 * HOUR],
  ]
  for (const [one, end] of cases) {
    assert.equal(expiresAt(one), end)
    assert.equal(isAlive(one, instant(end - 1)), true)
    assert.equal(isAlive(one, instant(end)), false)
  }
})

test('activity is written only once more than a twentieth of the idle window has passed', () => {
  const writes = (now: Instant) => activityIsWorthWriting(session(0), now)
  assert.equal(writes(instant(0)), false)
  assert.equal(writes(instant(6 * MINUTE)), false)
  assert.equal(writes(instant(6 * MINUTE + 1)), true)
})
