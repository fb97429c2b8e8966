import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { instant, later, MINUTE } from '#kernel/instant.ts'
import { DEFAULT_PASSWORD_POLICY, type PasswordComplexity, type PasswordPolicy } from './password-policy.ts'
import { historyFault, loginParts, minAgeFault, passwordFault, passwordRequirements } from './password-rules.ts'

const LOGIN = 'person.smith@example.com'
const WORDS =
  'Password requirements were not met. Password requirements: at least 8 characters, a lowercase letter, an uppercase letter, ' +
  'a number, no parts of your username.'

const OWNER = { login: LOGIN, profile: { firstName: 'Renée', lastName: 'Li' } }
const isCommon = (password: string): boolean => password === 'Password1'
const policyWith = (
  complexity: Partial<PasswordComplexity>,
  age: Partial<PasswordPolicy['age']> = {},
): PasswordPolicy => ({
  ...DEFAULT_PASSWORD_POLICY,
  complexity: { ...DEFAULT_PASSWORD_POLICY.complexity, ...complexity },
  age: { ...DEFAULT_PASSWORD_POLICY.age, ...age },
})
const fault = (password: string, complexity: Partial<PasswordComplexity> = {}) =>
  passwordFault(policyWith(complexity), password, OWNER, isCommon)

describe('the default password policy', () => {
  const good = ['Abcdefg1', 'Tr0ub4dor', 'pässWÖRD1', 'Ωmega-ωmega-9', 'A1b2 c3d4', `Aa1${'x'.repeat(69)}`]
  for (const password of good) test(`accepts ${password}`, () => assert.equal(fault(password), undefined))

  const bad = ['', 'Abcdef1', 'abcdefg1', 'ABCDEFG1', 'Abcdefgh', '12345678', 'Person123', 'xxSMITHxx1a', 'Example-12']
  for (const password of bad) {
    test(`refuses ${JSON.stringify(password)} with the rules in words`, () => assert.equal(fault(password), WORDS))
  }

  test('takes 71 and 72 characters and not 73, and counts people see, not bytes', () => {
    const of = (length: number, filler = 'x') => `Aa1${filler.repeat(length - 3)}`
    assert.equal(fault(of(71)), undefined)
    assert.equal(fault(of(72)), undefined)
    assert.match(fault(of(73)) ?? '', /at most 72 characters/)
    assert.equal(fault(of(72, 'é')), undefined)
    assert.equal(fault(of(72, '😀')), undefined)
    assert.match(fault(of(73, '😀')) ?? '', /at most 72 characters/)
  })
})

describe('a password policy', () => {
  const cases: readonly [complexity: Partial<PasswordComplexity>, password: string, sentence: RegExp | undefined][] = [
    [{ minSymbol: 1 }, 'Abcdefg1', /a symbol/],
    [{ minSymbol: 1 }, 'Abcdefg1!', undefined],
    [{ minLength: 12 }, 'Abcdefghij1', /at least 12 characters/],
    [{ minUpperCase: 0, minNumber: 0 }, 'abcdefgh', undefined],
    [{ minUpperCase: 2 }, 'Abcdefg1', /an uppercase letter/],
    [{ excludeUsername: false }, 'Person123', undefined],
    [{ excludeAttributes: ['firstName'] }, 'xxRENÉExx1', /does not include your first name\.$/],
    [{ excludeAttributes: ['firstName', 'lastName'] }, 'xxlixxAA1', undefined],
    [{ excludeAttributes: ['nothing'] }, 'Abcdefg1', undefined],
    [{ excludeCommon: true }, 'Password1', /^This password was found in a list of commonly used passwords/],
    [{ excludeCommon: true }, 'Abcdefg1', undefined],
    [{ excludeCommon: false }, 'Password1', undefined],
  ]
  for (const [complexity, password, sentence] of cases)
    test(`with ${JSON.stringify(complexity)} ${sentence ? 'refuses' : 'accepts'} ${password}`, () => {
      const found = fault(password, complexity)
      if (sentence) assert.match(found ?? '', sentence)
      else assert.equal(found, undefined)
    })

  test('says what it requires, its history included', () => {
    const words = 'at least 8 characters, a lowercase letter, an uppercase letter, a number, no parts of your username'
    assert.equal(
      passwordRequirements(DEFAULT_PASSWORD_POLICY),
      `Password requirements: ${words}. Your password cannot be any of your last 4 passwords.`,
    )
    assert.equal(passwordRequirements(policyWith({}, { historyCount: 0 })), `Password requirements: ${words}.`)
    assert.match(historyFault(policyWith({}, { historyCount: 1 })), /cannot be your last password\.$/)
  })

  test('lets a password be changed once it is old enough', () => {
    const policy = policyWith({}, { minAgeMinutes: 60 })
    const changed = instant(1_000_000)
    assert.match(minAgeFault(policy, changed, later(changed, 59 * MINUTE)) ?? '', /At least 60 minute\(s\)/)
    assert.equal(minAgeFault(policy, changed, later(changed, 60 * MINUTE)), undefined)
    assert.equal(minAgeFault(policy, undefined, changed), undefined)
    assert.equal(minAgeFault(DEFAULT_PASSWORD_POLICY, changed, changed), undefined)
  })
})

describe('the parts of a login that a password may not contain', () => {
  const cases: [string, readonly string[]][] = [
    ['person.smith@example.com', ['person', 'smith', 'example']],
    ['jo.anne_miller-x#y@my-company.co.info', ['anne', 'miller', 'company']],
    ['ann@bob.example', []],
    ['admin@localhost', ['admin', 'localhost']],
    ['a,bcde,f@x.yz', ['bcde']],
  ]
  for (const [login, parts] of cases) test(login, () => assert.deepEqual(loginParts(login), parts))
})
