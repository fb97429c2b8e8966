import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { numberProblem } from './numbers.ts'
import { newSignOnRule, type SignOnValues, signOnOf } from './sign-on-values.ts'
import { signOnWords } from './sign-on-words.ts'
import { whoeverIsIn } from './who-words.ts'

describe('whom a rule is for, in words', () => {
  const ANYBODY = { policyGroups: ['Staff'], users: [], groups: [], exceptions: 0 }
  const CASES: readonly (readonly [who: Parameters<typeof whoeverIsIn>[0], words: string])[] = [
    [ANYBODY, 'Whoever is in Staff'],
    [{ ...ANYBODY, policyGroups: ['Staff', 'Guests'] }, 'Whoever is in Staff or Guests'],
    [{ ...ANYBODY, policyGroups: ['A', 'B', 'C', 'D', 'E'] }, 'Whoever is in A, B, C or 2 more'],
    [{ ...ANYBODY, policyGroups: [] }, 'Whoever is in no group'],
    [{ ...ANYBODY, policyGroups: undefined }, 'Whoever is caught by no other policy'],
    [{ ...ANYBODY, exceptions: 1 }, 'Whoever is in Staff, with one exception,'],
    [{ ...ANYBODY, exceptions: 2 }, 'Whoever is in Staff, with 2 exceptions,'],
    [{ ...ANYBODY, groups: ['Night', 'Day'] }, 'Whoever is in Staff and is in Night or Day'],
    [{ ...ANYBODY, groups: ['Night'], users: ['Ada'] }, 'Whoever is in Staff and is in Night or Ada'],
  ]
  for (const [who, words] of CASES) test(words, () => assert.equal(whoeverIsIn(who), words))
})

describe('what a person meets under a global session policy', () => {
  const IDLE = 'The session lasts until 2 hours pass unused'
  const PLAIN = `${IDLE}, or until the browser is closed.`
  const CASES: readonly (readonly [part: Partial<SignOnValues>, words: string])[] = [
    [{}, `Ada signs in with a password. ${PLAIN}`],
    [{ access: 'DENY' }, "Ada can't sign in."],
    [
      { primaryFactor: 'PASSWORD_IDP_ANY_FACTOR' },
      `Ada gives a username and then, on the next page, a password. ${PLAIN}`,
    ],
    [{ secondFactor: 'ALWAYS' }, `Ada signs in with a password, and proves a second factor at every sign-in. ${PLAIN}`],
    [
      { secondFactor: 'DEVICE' },
      `Ada signs in with a password, and proves a second factor on each device that isn't remembered. ${PLAIN}`,
    ],
    [
      { secondFactor: 'SESSION', factorMinutes: 90 },
      `Ada signs in with a password, and proves a second factor, from which a browser may be let off for 1 hour 30 minutes. ${PLAIN}`,
    ],
    [
      { secondFactor: 'SESSION', factorMinutes: 0 },
      `Ada signs in with a password, and proves a second factor at every sign-in. ${PLAIN}`,
    ],
    [
      { hasLifetime: true, lifetimeMinutes: 480, persistent: true },
      `Ada signs in with a password. ${IDLE}, 8 hours at the latest, also when the browser is closed in between.`,
    ],
  ]
  for (const [part, words] of CASES)
    test(words, () => assert.equal(signOnWords('Ada', signOnOf({ ...newSignOnRule(), ...part })), words))

  test('is no sign-in where the rule says nothing', () => {
    assert.equal(signOnWords('Ada', undefined), "Ada can't sign in.")
  })
})

describe('a number field', () => {
  const CASES: readonly (readonly [value: number | string, problem: string | undefined])[] = [
    [1, undefined],
    [10, undefined],
    ['', 'The field cannot be left blank'],
    [1.5, 'The field cannot be left blank'],
    [0, 'The field must be >= 1'],
    [11, 'The field must be <= 10'],
  ]
  for (const [value, problem] of CASES)
    test(`of ${JSON.stringify(value)}: ${problem ?? 'good'}`, () => assert.equal(numberProblem(value, 1, 10), problem))
})
