import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Policy, PolicyRule } from '../../../api/types.ts'
import { PASSWORD_PROBLEMS } from './password-problems.ts'
import {
  newPasswordRule,
  passwordActionsOf,
  passwordRuleToForm,
  passwordRuleToRequest,
} from './password-rule-values.ts'
import { newPasswordPolicy, type PasswordValues, passwordToForm, passwordToRequest } from './password-values.ts'
import { passwordRuleWords, passwordWords } from './password-words.ts'

const NOBODY = { users: { include: [], exclude: [] }, groups: { include: [], exclude: [] } }

/** As the API answers what the form sent. */
const policyOf = (values: Partial<PasswordValues>, others: readonly string[] = []): Policy => {
  const { settings } = passwordToRequest({ ...newPasswordPolicy(), ...values }, undefined)
  const policy = {
    id: '00p1',
    type: 'PASSWORD',
    name: 'Staff',
    description: 'For staff',
    status: 'ACTIVE',
    priority: 1,
    system: false,
    conditions: { people: { groups: { include: ['00g1'] } } },
    settings,
  } as Policy
  const { complexity } = policy.settings?.password ?? {}
  if (complexity) Object.assign(complexity, { excludeAttributes: [...complexity.excludeAttributes, ...others] })
  return policy
}

describe('the form of a password policy', () => {
  const CASES: readonly (readonly [what: string, values: Partial<PasswordValues>])[] = [
    ['what a fresh org has', {}],
    ['complexity', { minLength: 12, minLowerCase: 0, minUpperCase: 2, minNumber: 3, minSymbol: 1 }],
    ['forbidden parts', { excludeUsername: false, excludeFirstName: true, excludeLastName: true, excludeCommon: true }],
    ['ages', { historyCount: 0, minAgeMinutes: 60, maxAgeDays: 90, expireWarnDays: 5 }],
    ['lockout', { maxAttempts: 3, autoUnlockMinutes: 15, showLockoutFailures: true, mailLockouts: true }],
    ['recovery', { byEmail: false, tokenLifetimeMinutes: 5, byQuestion: false, answerMinLength: 9 }],
  ]
  for (const [what, values] of CASES)
    test(`sends back ${what}`, () => {
      const policy = policyOf(values)
      const { type, name, description, conditions, settings } = policy
      assert.deepEqual(passwordToRequest(passwordToForm(policy), policy), {
        type,
        name,
        description,
        conditions,
        settings,
      })
    })

  test('keeps forbidden attributes that it does not show', () => {
    const policy = policyOf({ excludeFirstName: true }, ['nickName'])
    const sent = passwordToRequest({ ...passwordToForm(policy), excludeFirstName: false }, policy)
    assert.deepEqual(sent.settings?.password?.complexity?.excludeAttributes, ['nickName'])
  })

  test('warns of nothing where passwords never expire', () => {
    const sent = passwordToRequest({ ...newPasswordPolicy(), expireWarnDays: 5 }, undefined)
    assert.equal(sent.settings?.password?.age?.expireWarnDays, 0)
  })

  test('refuses a warning that comes before the password, and says nothing of one that is not asked for', () => {
    const values = { ...newPasswordPolicy(), maxAgeDays: 10 }
    const problem = PASSWORD_PROBLEMS.expireWarnDays
    assert.equal(problem(11, values), 'The field must not be greater than maxAgeDays')
    assert.equal(problem(10, values), undefined)
    assert.equal(problem('', values), 'The field cannot be left blank')
    assert.equal(problem('', { ...values, maxAgeDays: 0 }), undefined)
  })
})

describe('what a password policy means, in words', () => {
  const START =
    'A password has at least 8 characters, with a lower-case letter, an upper-case letter, a digit and no part of the username.'
  const END = '10 wrong passwords in a row lock the person out until somebody unlocks the account.'
  const CASES: readonly (readonly [values: Partial<PasswordValues>, words: string])[] = [
    [{}, `${START} It differs from the last 4. It never expires. ${END}`],
    [
      { minLength: 20, minLowerCase: 0, minUpperCase: 0, minNumber: 0, excludeUsername: false, excludeCommon: true },
      `A password has at least 20 characters, and is none that many people have. It differs from the last 4. It never expires. ${END}`,
    ],
    [
      { historyCount: 1, minAgeMinutes: 60, maxAgeDays: 90, expireWarnDays: 1 },
      `${START} It differs from the last one. It stays for 1 hour at least. It expires after 90 days, with a warning 1 day before. ${END}`,
    ],
    [{ historyCount: 0, maxAttempts: 0 }, `${START} It never expires. Wrong passwords lock nobody out.`],
    [
      { maxAttempts: 1, autoUnlockMinutes: 15 },
      `${START} It differs from the last 4. It never expires. 1 wrong password in a row locks the person out for 15 minutes.`,
    ],
  ]
  for (const [values, words] of CASES)
    test(words, () => assert.equal(passwordWords({ ...newPasswordPolicy(), ...values }), words))
})

describe('a rule of a password policy', () => {
  const ruleOf = (actions: PolicyRule['actions']): PolicyRule => ({
    id: '0pr1',
    type: 'PASSWORD',
    name: 'Rule',
    status: 'ACTIVE',
    priority: 1,
    system: false,
    conditions: { people: NOBODY },
    actions,
  })
  const START = newPasswordRule()
  const CASES = [
    [START, 'Ada may change the password and reset a forgotten one by e-mail, and may not unlock the account.'],
    [
      { ...START, mayUnlock: true, asksQuestion: true },
      'Ada may change the password, reset a forgotten one by e-mail and a security question and unlock the account.',
    ],
    [
      { ...START, mayChange: false, mayReset: false },
      'Ada may not change the password, reset a forgotten one or unlock the account without an administrator.',
    ],
    [
      { ...START, mayReset: false },
      'Ada may change the password, and may not reset a forgotten one or unlock the account.',
    ],
  ] as const
  for (const [values, words] of CASES)
    test(`is sent back, and told: ${words}`, () => {
      const rule = ruleOf(passwordActionsOf(values))
      const { name, conditions, actions } = rule
      assert.deepEqual(passwordRuleToRequest(passwordRuleToForm(rule), rule), { name, conditions, actions })
      assert.equal(passwordRuleWords('Ada', rule), words)
    })

  test('asks no question any more, and says so where it was asked before', () => {
    const rule = ruleOf(passwordActionsOf({ ...START, asksQuestion: true }))
    assert.deepEqual(
      passwordActionsOf({ ...passwordRuleToForm(rule), asksQuestion: false }, rule).selfServicePasswordReset,
      {
        access: 'ALLOW',
        requirement: { primary: { methods: ['email'] }, stepUp: { required: false }, accessControl: 'LEGACY' },
      },
    )
  })
})
