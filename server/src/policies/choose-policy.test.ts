import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { choosePolicy, chooseRule } from './choose-policy.ts'
import type { Document, OrgPolicy } from './policy.ts'
import { policiesOf, testPolicy, testRule } from './test-policies.ts'

const person = { userId: '00u1', groupIds: ['00gA', '00gB'] }
const forGroups = (...include: readonly string[]): Document => ({ people: { groups: { include } } })
const policy = (id: string, more: Partial<OrgPolicy> = {}) =>
  testPolicy('PASSWORD', { id, conditions: forGroups('00gA'), ...more })
const last = policy('00pDefault', { system: true, conditions: forGroups('00gEveryone') })
const chosen = (...policies: readonly OrgPolicy[]) => choosePolicy(policiesOf(...policies, last), 'PASSWORD', person)

describe('of the policies of a type', () => {
  const cases: readonly [what: string, before: readonly OrgPolicy[], expected: string][] = [
    ['the first that names a group of the person is theirs', [policy('00p1'), policy('00p2')], '00p1'],
    [
      'one for other groups is passed over',
      [policy('00p1', { conditions: forGroups('00gZ') }), policy('00p2', { conditions: forGroups('00gZ', '00gB') })],
      '00p2',
    ],
    ['one that is off is passed over', [policy('00p1', { status: 'INACTIVE' })], '00pDefault'],
    ['one that names no group is nobody’s', [policy('00p1', { conditions: undefined })], '00pDefault'],
    ['one without a rule is passed over', [policy('00p1', { rules: [] })], '00pDefault'],
    [
      'one whose rules are off is passed over',
      [policy('00p1', { rules: [testRule({ status: 'INACTIVE' })] })],
      '00pDefault',
    ],
    [
      'one whose rules are for others is passed over',
      [policy('00p1', { rules: [testRule({ conditions: { people: { users: { exclude: ['00u1'] } } } })] })],
      '00pDefault',
    ],
    ['the last, the system’s own, is for whoever is left, whatever its groups', [], '00pDefault'],
  ]
  for (const [what, before, expected] of cases) test(what, () => assert.equal(chosen(...before)?.policy.id, expected))

  test('somebody who is not there gets the system’s own', () => {
    const nobody = { userId: '', groupIds: [] }
    assert.equal(choosePolicy(policiesOf(policy('00p1'), last), 'PASSWORD', nobody)?.policy.id, '00pDefault')
  })

  test('a type without policies has none', () => {
    assert.equal(choosePolicy(policiesOf(last), 'MFA_ENROLL', person), undefined)
  })
})

describe('of the rules of a policy', () => {
  const people = (users: object, groups: object = {}): Document => ({ people: { users, groups } })
  const cases: readonly [conditions: Document | undefined, isTheirs: boolean][] = [
    [undefined, true],
    [{}, true],
    [people({ include: [], exclude: [] }), true],
    [people({ include: ['00u1'] }), true],
    [people({ include: ['00u2'] }), false],
    [people({ exclude: ['00u1'] }), false],
    [people({ include: ['00u1'], exclude: ['00u1'] }), false],
    [people({}, { include: ['00gB'] }), true],
    [people({}, { include: ['00gZ'] }), false],
    [people({ include: ['00u1'] }, { include: ['00gZ'] }), true],
    [people({ include: ['00u1'] }, { exclude: ['00gA'] }), false],
    [{ authContext: { authType: 'ANY' } }, true],
    [{ authContext: { authType: 'RADIUS' } }, false],
  ]
  for (const [conditions, isTheirs] of cases)
    test(`one with ${JSON.stringify(conditions)} is ${isTheirs ? '' : 'not '}for them`, () => {
      const rules = [testRule({ conditions }), testRule({ id: '0prLast' })]
      assert.equal(chooseRule({ rules }, person)?.id, isTheirs ? '0pr1' : '0prLast')
    })
})
