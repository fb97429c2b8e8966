import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { asksIdentifierFirst } from './identifier-first.ts'
import type { Document, OrgPolicy, PolicyRule } from './policy.ts'
import { policiesOf, testPolicy, testRule } from './test-policies.ts'

const signon = (more: Document = {}): Document => ({
  signon: { access: 'ALLOW', primaryFactor: 'PASSWORD_IDP', ...more },
})
const OPEN = signon({ primaryFactor: 'PASSWORD_IDP_ANY_FACTOR' })
const SEED = testPolicy('OKTA_SIGN_ON', { system: true, actions: signon() })
const policy = (actions: Document, rule: Partial<PolicyRule> = {}, more: Partial<OrgPolicy> = {}): OrgPolicy =>
  testPolicy('OKTA_SIGN_ON', { rules: [testRule({ actions, ...rule })], ...more })
const people = { people: { groups: { include: ['00g1'] } } }

const cases: readonly [what: string, policies: readonly OrgPolicy[], expected: boolean][] = [
  ['no policy', [], false],
  ['the seed', [SEED], false],
  ['rules that all ask for a password first', [policy(signon()), policy(signon()), SEED], false],
  ['one rule that leaves the first factor open', [policy(OPEN), SEED], true],
  ['such a rule of the system’s own policy', [testPolicy('OKTA_SIGN_ON', { system: true, actions: OPEN })], true],
  ['such a rule for some groups alone', [policy(OPEN, { conditions: people }, { conditions: people }), SEED], true],
  [
    'such a rule behind another',
    [policy({}, {}, { rules: [testRule({ actions: signon() }), testRule({ actions: OPEN })] }), SEED],
    true,
  ],
  ['such a rule that is inactive', [policy(OPEN, { status: 'INACTIVE' }), SEED], false],
  ['such a rule of a policy that is inactive', [policy(OPEN, {}, { status: 'INACTIVE' }), SEED], false],
  [
    'such a rule that denies',
    [policy(signon({ access: 'DENY', primaryFactor: 'PASSWORD_IDP_ANY_FACTOR' })), SEED],
    false,
  ],
  ['such a rule for RADIUS', [policy(OPEN, { conditions: { authContext: { authType: 'RADIUS' } } }), SEED], false],
  ['such a rule of another type of policy', [testPolicy('ACCESS_POLICY', { actions: OPEN }), SEED], false],
  ['a rule that says nothing of it', [policy(signon({ primaryFactor: undefined })), SEED], false],
  ['a rule that says what nobody knows', [policy(signon({ primaryFactor: 'ANY' })), SEED], false],
]

describe('the identifier is asked for first', () => {
  for (const [what, policies, expected] of cases)
    test(`${expected ? 'with' : 'not with'} ${what}`, () =>
      assert.equal(asksIdentifierFirst(policiesOf(...policies)), expected))
})
