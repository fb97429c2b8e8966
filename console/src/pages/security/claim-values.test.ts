import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Claim } from '../../api/types.ts'
import { newClaim, toForm, toRequest } from './claim-values.ts'

const CLAIM: Claim = {
  id: 'ocl1',
  name: 'department',
  status: 'ACTIVE',
  claimType: 'RESOURCE',
  valueType: 'EXPRESSION',
  value: 'user.department',
  conditions: { scopes: [] },
  system: false,
  alwaysIncludeInToken: true,
}

describe('the form of a claim', () => {
  const CASES: readonly (readonly [what: string, claim: Partial<Claim>])[] = [
    ['an expression', {}],
    ['an inactive one', { status: 'INACTIVE' }],
    ['scopes', { conditions: { scopes: ['a', 'b'] } }],
    ['an ID token on request', { claimType: 'IDENTITY', alwaysIncludeInToken: false }],
    ['an ID token always', { claimType: 'IDENTITY' }],
    ['a filter of groups', { valueType: 'GROUPS', value: '^Team', group_filter_type: 'REGEX' }],
  ]
  for (const [what, part] of CASES)
    test(`sends back ${what}`, () => {
      const { id: _id, system: _system, ...sent } = { ...CLAIM, ...part }
      assert.deepEqual(toRequest(toForm({ ...CLAIM, ...part })), sent)
    })

  test('sends no filter with an expression', () => {
    assert.equal('group_filter_type' in toRequest(newClaim()), false)
  })

  test('sends no scopes once any will do, and keeps them for who changes back', () => {
    const values = { ...newClaim(), scopes: ['a'] }
    assert.deepEqual(toRequest(values).conditions, { scopes: [] })
    assert.deepEqual(toRequest({ ...values, reach: 'named' }).conditions, { scopes: ['a'] })
  })

  test('an access token has every claim always', () => {
    assert.equal(toRequest({ ...newClaim(), inclusion: 'request' }).alwaysIncludeInToken, true)
  })
})
