import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR, type Instant, instant, later, MINUTE } from '#kernel/instant.ts'
import { activityIsWorthWriting, type ConsoleSession, endOf, endsOf, isAlive } from './console-session.ts'

const START = instant(Date.UTC(2026, 0, 15, 12))
const at = (milliseconds: number): Instant => later(START, milliseconds)

const session = (lastActive: Instant = START, below: Partial<ConsoleSession['session']> = {}): ConsoleSession => ({
  id: '103',
  userId: '00u1',
  session: { id: '102', lastActive: START, idleMinutes: 120, ends: undefined, ...below },
  created: START,
  lastActive,
  ends: endOf(START),
})

const ENDS: readonly [what: string, session: ConsoleSession, absolute: Instant, idle: Instant][] = [
  ['a fresh one', session(), at(12 * HOUR), at(15 * MINUTE)],
  ['one in use', session(at(HOUR), { lastActive: at(HOUR) }), at(12 * HOUR), at(75 * MINUTE)],
  [
    'one near its end',
    session(at(12 * HOUR - MINUTE), { lastActive: at(12 * HOUR - MINUTE) }),
    at(12 * HOUR),
    at(12 * HOUR),
  ],
  ['one of a session that idles sooner', session(START, { idleMinutes: 5 }), at(12 * HOUR), at(5 * MINUTE)],
  ['one of a session that ends sooner', session(START, { ends: at(HOUR) }), at(HOUR), at(15 * MINUTE)],
  ['one of a session that ends at once', session(START, { ends: at(MINUTE) }), at(MINUTE), at(MINUTE)],
]
for (const [what, value, absolute, idle] of ENDS)
  test(`${what} ends with the earliest of its ends`, () => {
    assert.deepEqual(endsOf(value), { absolute, idle })
    assert.deepEqual([isAlive(value, later(idle, -1)), isAlive(value, idle)], [true, false])
  })

test('a use is written down once a twentieth of either window has passed', () => {
  for (const [value, window] of [
    [session(), 15 * MINUTE],
    [session(START, { idleMinutes: 5 }), 5 * MINUTE],
  ] as const) {
    assert.equal(activityIsWorthWriting(value, at(window / 20)), false)
    assert.equal(activityIsWorthWriting(value, at(window / 20 + 1)), true)
  }
})
