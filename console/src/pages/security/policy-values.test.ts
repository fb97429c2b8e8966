import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AccessPolicy, AccessRule } from '../../api/types.ts'
import { minutesInWords } from './minutes.ts'
import * as policies from './policy-values.ts'
import * as rules from './rule-values.ts'

const STAMPS = {
  status: 'ACTIVE',
  priority: 1,
  system: false,
  created: '2026-01-01T00:00:00.000Z',
  lastUpdated: '2026-01-01T00:00:00.000Z',
} as const

describe('the form of an access policy', () => {
  for (const include of [['ALL_CLIENTS'], ['0oa1', '0oa2'], []])
    test(`sends back ${include.join(' and ') || 'no client'}`, () => {
      const policy: AccessPolicy = {
        ...STAMPS,
        type: 'OAUTH_AUTHORIZATION_POLICY',
        id: '00p1',
        name: 'Web',
        description: null,
        conditions: { clients: { include } },
      }
      const { type, name, conditions } = policy
      assert.deepEqual(policies.toRequest(policies.toForm(policy)), { type, name, description: '', conditions })
    })

  test('names neither place nor state: they stay what they are', () => {
    const sent = policies.toRequest(policies.newPolicy())
    assert.deepEqual([sent.priority, sent.status], [undefined, undefined])
  })
})

describe('the form of a rule', () => {
  type Conditions = AccessRule['conditions']
  const NOBODY = { include: [], exclude: [] }
  const CASES: readonly (readonly [what: string, people: Conditions['people'], scopes: readonly string[]])[] = [
    ['everyone and any scope', { users: NOBODY, groups: { include: ['EVERYONE'], exclude: [] } }, ['*']],
    ['named people and scopes', { users: { include: ['00u1'], exclude: ['00u2'] }, groups: NOBODY }, ['a', 'b']],
    ['named groups and no scope', { users: NOBODY, groups: { include: ['00g1'], exclude: ['00g2'] } }, []],
  ]
  for (const [what, people, scopes] of CASES)
    test(`sends back ${what}`, () => {
      const conditions: Conditions = {
        people,
        grantTypes: { include: ['authorization_code', 'password'] },
        scopes: { include: scopes },
      }
      const actions = {
        token: { accessTokenLifetimeMinutes: 5, refreshTokenLifetimeMinutes: 0, refreshTokenWindowMinutes: 10 },
      }
      const rule: AccessRule = { ...STAMPS, type: 'RESOURCE_ACCESS', id: '0pr1', name: 'Any', conditions, actions }
      assert.deepEqual(rules.toRequest(rules.toForm(rule)), { type: rule.type, name: 'Any', conditions, actions })
    })

  test('begins with an hour for access tokens, and seven days of rest for refresh tokens without an end', () => {
    assert.deepEqual(rules.toRequest(rules.newRule()).actions?.token, {
      accessTokenLifetimeMinutes: 60,
      refreshTokenLifetimeMinutes: 0,
      refreshTokenWindowMinutes: 10_080,
    })
  })
})

describe('minutes in words', () => {
  const CASES: readonly (readonly [number, string])[] = [
    [0, '0 minutes'],
    [1, '1 minute'],
    [60, '1 hour'],
    [90, '1 hour 30 minutes'],
    [10_080, '7 days'],
    [1_501, '1 day 1 hour 1 minute'],
  ]
  for (const [minutes, words] of CASES)
    test(`${minutes} → ${words}`, () => assert.equal(minutesInWords(minutes), words))
})
