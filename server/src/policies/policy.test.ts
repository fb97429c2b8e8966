import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_SESSION_RULE, type Document, sessionRuleOf } from './policy.ts'

const signon = (session: unknown): Document => ({ signon: { session } })

const CASES: readonly [what: string, actions: Document, expected: object][] = [
  [
    'what is written',
    signon({ maxSessionIdleMinutes: 15, maxSessionLifetimeMinutes: 480, usePersistentCookie: true }),
    { idleMinutes: 15, lifetimeMinutes: 480, persistent: true },
  ],
  [
    'a lifetime without end',
    signon({ maxSessionIdleMinutes: 15, maxSessionLifetimeMinutes: 0 }),
    { lifetimeMinutes: 0 },
  ],
  ['nothing', {}, DEFAULT_SESSION_RULE],
  ['null', signon(null), DEFAULT_SESSION_RULE],
  ['an idle time of none', signon({ maxSessionIdleMinutes: 0 }), DEFAULT_SESSION_RULE],
  [
    'numbers that are none',
    signon({ maxSessionIdleMinutes: '15', maxSessionLifetimeMinutes: -1 }),
    DEFAULT_SESSION_RULE,
  ],
  ['a persistent cookie that is no boolean', signon({ usePersistentCookie: 'true' }), { persistent: false }],
]
for (const [what, actions, expected] of CASES) {
  test(`of ${what}, the session rule is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(sessionRuleOf(actions), { ...DEFAULT_SESSION_RULE, ...sessionRuleOf(actions), ...expected })
  })
}
