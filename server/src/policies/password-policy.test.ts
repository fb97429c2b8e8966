import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DAY, instant, later } from '#kernel/instant.ts'
import { DEFAULT_PASSWORD_POLICY, passwordAge, passwordPolicyFor, passwordPolicyOf } from './password-policy.ts'
import { policiesOf, testPolicy } from './test-policies.ts'

describe('the password policy of a person', () => {
  test('is the default one where the documents say nothing, or nonsense', () => {
    assert.deepEqual(passwordPolicyOf(undefined, {}), DEFAULT_PASSWORD_POLICY)
    const nonsense = { password: { complexity: { minLength: '12', minNumber: -1 }, age: [], lockout: null } }
    assert.deepEqual(passwordPolicyOf(nonsense, {}), DEFAULT_PASSWORD_POLICY)
    assert.deepEqual(passwordPolicyFor(new Map(), { userId: '', groupIds: [] }), DEFAULT_PASSWORD_POLICY)
  })

  test('is what settings and rule say', () => {
    const settings = {
      password: {
        complexity: {
          minLength: 12,
          minLowerCase: 0,
          minUpperCase: 2,
          minNumber: 0,
          minSymbol: 1,
          excludeUsername: false,
          excludeAttributes: ['firstName'],
          dictionary: { common: { exclude: true } },
        },
        age: { maxAgeDays: 90, expireWarnDays: 7, minAgeMinutes: 5, historyCount: 99 },
        lockout: {
          maxAttempts: 3,
          autoUnlockMinutes: 15,
          userLockoutNotificationChannels: ['EMAIL'],
          showLockoutFailures: true,
        },
      },
      recovery: {
        factors: {
          okta_email: { status: 'INACTIVE', properties: { recoveryToken: { tokenLifetimeMinutes: 30 } } },
          recovery_question: { status: 'INACTIVE', properties: { complexity: { minLength: 6 } } },
        },
      },
    }
    const actions = {
      passwordChange: { access: 'DENY' },
      selfServicePasswordReset: { access: 'DENY', requirement: { stepUp: { required: true } } },
      selfServiceUnlock: { access: 'ALLOW' },
    }
    const policies = policiesOf(testPolicy('PASSWORD', { system: true, settings, actions }))
    assert.deepEqual(passwordPolicyFor(policies, { userId: '00u1', groupIds: [] }), {
      complexity: {
        minLength: 12,
        minLowerCase: 0,
        minUpperCase: 2,
        minNumber: 0,
        minSymbol: 1,
        excludeUsername: false,
        excludeAttributes: ['firstName'],
        excludeCommon: true,
      },
      age: { maxAgeDays: 90, expireWarnDays: 7, minAgeMinutes: 5, historyCount: 30 },
      lockout: { maxAttempts: 3, autoUnlockMinutes: 15, showLockoutFailures: true, notifyByEmail: true },
      recovery: {
        email: { isActive: false, tokenLifetimeMinutes: 30 },
        question: { isActive: false, answerMinLength: 6 },
      },
      actions: { mayChange: false, mayReset: false, mayUnlock: true, resetAsksQuestion: true },
    })
  })
})

describe('a password', () => {
  const changed = instant(1_000 * DAY)
  const policy = (maxAgeDays: number, expireWarnDays = 0) => ({
    ...DEFAULT_PASSWORD_POLICY,
    age: { ...DEFAULT_PASSWORD_POLICY.age, maxAgeDays, expireWarnDays },
  })
  const cases: readonly [maxAgeDays: number, warnDays: number, days: number, expected: object][] = [
    [0, 5, 10_000, { kind: 'good' }],
    [90, 0, 89.9, { kind: 'good' }],
    [90, 0, 90, { kind: 'expired' }],
    [90, 10, 79.9, { kind: 'good' }],
    [90, 10, 80, { kind: 'expires-soon', at: later(changed, 90 * DAY), days: 10 }],
    [90, 10, 89.5, { kind: 'expires-soon', at: later(changed, 90 * DAY), days: 1 }],
    [90, 10, 95, { kind: 'expired' }],
  ]
  for (const [maxAgeDays, warnDays, days, expected] of cases)
    test(`of ${days} days is ${JSON.stringify(expected)} by ${maxAgeDays} days with ${warnDays} of warning`, () =>
      assert.deepEqual(passwordAge(policy(maxAgeDays, warnDays), changed, later(changed, days * DAY)), expected))

  test('of which nobody knows when it was set does not expire', () => {
    assert.deepEqual(passwordAge(policy(1), undefined, changed), { kind: 'good' })
  })
})
