import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { User } from '../../api/types.ts'
import { actionsOf, mainAction, type PersonAction } from './person-actions.ts'

const person = (status: User['status'], ...links: readonly string[]): User => ({
  id: '00u1',
  status,
  created: '',
  activated: null,
  statusChanged: null,
  lastLogin: null,
  lastUpdated: '',
  passwordChanged: null,
  profile: { login: 'grace@navy.example' },
  credentials: { provider: { type: 'OKTA', name: 'OKTA' } },
  _links: Object.fromEntries(['self', ...links].map((name) => [name, { href: '' }])),
})

const TABLE: readonly [user: User, actions: readonly PersonAction[], main: PersonAction | undefined][] = [
  [person('STAGED', 'activate'), ['activate', 'delete'], 'activate'],
  [
    person('PROVISIONED', 'reactivate', 'resetPassword', 'deactivate'),
    ['activationLink', 'temporaryPassword', 'deactivate', 'delete'],
    'activationLink',
  ],
  [
    person('ACTIVE', 'suspend', 'resetPassword', 'expirePassword', 'deactivate'),
    [
      'resetPassword',
      'temporaryPassword',
      'expirePassword',
      'clearSessions',
      'revokeTokens',
      'suspend',
      'deactivate',
      'delete',
    ],
    'resetPassword',
  ],
  [
    person('RECOVERY', 'reactivate', 'resetPassword', 'deactivate'),
    ['resetPassword', 'temporaryPassword', 'clearSessions', 'revokeTokens', 'deactivate', 'delete'],
    'resetPassword',
  ],
  [
    person('LOCKED_OUT', 'unlock', 'resetPassword', 'deactivate'),
    ['unlock', 'resetPassword', 'temporaryPassword', 'clearSessions', 'revokeTokens', 'deactivate', 'delete'],
    'unlock',
  ],
  [person('SUSPENDED', 'unsuspend', 'deactivate'), ['unsuspend', 'deactivate', 'delete'], 'unsuspend'],
  [person('DEPROVISIONED', 'activate'), ['activate', 'delete'], 'activate'],
]

describe('what may be done to a person', () => {
  for (const [user, actions, main] of TABLE)
    test(user.status, () => {
      const offered = actionsOf(user, { manage: true, endSessions: true })
      assert.deepEqual(offered, actions)
      assert.equal(mainAction(offered), main)
    })

  test('is nothing for those who may not', () =>
    assert.deepEqual(actionsOf(person('ACTIVE', 'suspend'), { manage: false, endSessions: false }), []))

  test('ends sessions for those who may do that', () =>
    assert.deepEqual(actionsOf(person('ACTIVE', 'suspend'), { manage: false, endSessions: true }), ['clearSessions']))
})
