import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DEFAULT_POLICY, loginParts, passwordFault } from './password-policy.ts'

const LOGIN = 'person.smith@example.com'
const WORDS =
  'Password requirements were not met. Password requirements: at least 8 characters, a lowercase letter, an uppercase letter, ' +
  'a number, no parts of your username.'

describe('the default password policy', () => {
  const good = ['Abcdefg1', 'Tr0ub4dor', 'pässWÖRD1', 'Ωmega-ωmega-9', 'A1b2 c3d4', `Aa1${'x'.repeat(69)}`]
  for (const password of good)
    test(`accepts ${password}`, () => assert.equal(passwordFault(password, LOGIN), undefined))

  const bad = ['', 'Abcdef1', 'abcdefg1', 'ABCDEFG1', 'Abcdefgh', '12345678', 'Person123', 'xxSMITHxx1a', 'Example-12']
  for (const password of bad) {
    test(`refuses ${JSON.stringify(password)} with the rules in words`, () =>
      assert.equal(passwordFault(password, LOGIN), WORDS))
  }

  test('takes 71 and 72 characters and not 73, and counts people see, not bytes', () => {
    const of = (length: number, filler = 'x') => `Aa1${filler.repeat(length - 3)}`
    assert.equal(passwordFault(of(71), LOGIN), undefined)
    assert.equal(passwordFault(of(72), LOGIN), undefined)
    assert.match(passwordFault(of(73), LOGIN) ?? '', /at most 72 characters/)
    assert.equal(passwordFault(of(72, 'é'), LOGIN), undefined)
    assert.equal(passwordFault(of(72, '😀'), LOGIN), undefined)
    assert.match(passwordFault(of(73, '😀'), LOGIN) ?? '', /at most 72 characters/)
  })

  test('asks for a symbol where the policy does', () => {
    const policy = { ...DEFAULT_POLICY, minSymbol: 1 }
    assert.match(passwordFault('Abcdefg1', LOGIN, policy) ?? '', /a symbol/)
    assert.equal(passwordFault('Abcdefg1!', LOGIN, policy), undefined)
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
