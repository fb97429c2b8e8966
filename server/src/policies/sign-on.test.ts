import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Document } from './policy.ts'
import { decideSignOn, sessionRuleOf } from './sign-on.ts'
import { policiesOf, testPolicy } from './test-policies.ts'

const DEFAULT = { idleMinutes: 120, lifetimeMinutes: 0, persistent: false }

describe('the session of a global session policy', () => {
  const cases: readonly [what: string, session: Document, expected: object][] = [
    [
      'what is written',
      { maxSessionIdleMinutes: 15, maxSessionLifetimeMinutes: 480, usePersistentCookie: true },
      { idleMinutes: 15, lifetimeMinutes: 480, persistent: true },
    ],
    [
      'a lifetime without end',
      { maxSessionIdleMinutes: 15, maxSessionLifetimeMinutes: 0 },
      { ...DEFAULT, idleMinutes: 15 },
    ],
    ['nothing', {}, DEFAULT],
    ['an idle time of none', { maxSessionIdleMinutes: 0 }, DEFAULT],
    ['numbers that are none', { maxSessionIdleMinutes: '15', maxSessionLifetimeMinutes: -1 }, DEFAULT],
    ['a persistent cookie that is no boolean', { usePersistentCookie: 'true' }, DEFAULT],
  ]
  for (const [what, session, expected] of cases)
    test(`of ${what} is ${JSON.stringify(expected)}`, () => assert.deepEqual(sessionRuleOf(session), expected))
})

describe('what the global session policy says', () => {
  const person = { userId: '00u1', groupIds: ['00g1'] }
  const says = (signon: Document) =>
    decideSignOn(policiesOf(testPolicy('OKTA_SIGN_ON', { system: true, actions: { signon } })), person)

  test('a rule that allows says how long a session lasts, and asks for no factor unless it says so', () => {
    const signOn = says({ access: 'ALLOW', session: { maxSessionIdleMinutes: 5 } })
    assert.deepEqual([signOn.access, signOn.access === 'ALLOW' && signOn.session.idleMinutes], ['ALLOW', 5])
    assert.equal(signOn.access === 'ALLOW' && signOn.factor, undefined)
    assert.deepEqual(signOn.by, { policy: { id: '00p1', name: 'Policy' }, rule: { id: '0pr1', name: 'Rule' } })
  })

  const demands: readonly [signon: Document, expected: object][] = [
    [{}, { promptMode: 'ALWAYS', lifetimeMinutes: 0, rememberDeviceByDefault: false }],
    [
      { factorPromptMode: 'SESSION', factorLifetime: 15, rememberDeviceByDefault: true },
      { promptMode: 'SESSION', lifetimeMinutes: 15, rememberDeviceByDefault: true },
    ],
    [{ factorPromptMode: 'DEVICE' }, { promptMode: 'DEVICE', lifetimeMinutes: 0, rememberDeviceByDefault: false }],
    [{ factorPromptMode: 'sometimes' }, { promptMode: 'ALWAYS', lifetimeMinutes: 0, rememberDeviceByDefault: false }],
  ]
  for (const [signon, expected] of demands)
    test(`a required factor with ${JSON.stringify(signon)} is asked for as ${JSON.stringify(expected)}`, () => {
      const signOn = says({ access: 'ALLOW', requireFactor: true, ...signon })
      assert.deepEqual(signOn.access === 'ALLOW' && signOn.factor, expected)
    })

  for (const access of ['DENY', undefined, 'allow'])
    test(`a rule whose access is ${access} denies`, () => assert.equal(says({ access }).access, 'DENY'))

  test('where there is no policy, nobody is let in', () => {
    assert.equal(decideSignOn(new Map(), person).access, 'DENY')
  })
})
