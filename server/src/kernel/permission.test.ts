import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ROLE_TYPES, type RoleType } from './caller.ts'
import { type Permission, permits } from './permission.ts'

const READ: readonly Permission[] = [
  'okta.apiTokens.read',
  'okta.apps.read',
  'okta.authenticators.read',
  'okta.authorizationServers.read',
  'okta.features.read',
  'okta.groups.read',
  'okta.logs.read',
  'okta.policies.read',
  'okta.roles.read',
  'okta.sessions.read',
  'okta.templates.read',
  'okta.trustedOrigins.read',
  'okta.users.read',
]
const SUPER: readonly Permission[] = ['okta.mailbox.read', 'okta.mailbox.manage', 'okta.templates.manage']
const MANAGE: readonly Permission[] = [
  'okta.apiTokens.manage',
  'okta.apps.manage',
  'okta.authenticators.manage',
  'okta.authorizationServers.manage',
  'okta.features.manage',
  'okta.groups.manage',
  'okta.policies.manage',
  'okta.roles.manage',
  'okta.sessions.manage',
  'okta.trustedOrigins.manage',
  'okta.users.manage',
]

const EXPECTED: Readonly<Record<RoleType, readonly Permission[]>> = {
  SUPER_ADMIN: [...READ, ...MANAGE, ...SUPER],
  ORG_ADMIN: [
    ...READ,
    ...MANAGE.filter((permission) => permission !== 'okta.roles.manage' && permission !== 'okta.policies.manage'),
  ],
  APP_ADMIN: ['okta.apps.manage', 'okta.apps.read', 'okta.groups.read', 'okta.logs.read', 'okta.users.read'],
  USER_ADMIN: ['okta.groups.manage', 'okta.groups.read', 'okta.users.manage', 'okta.users.read'],
  HELP_DESK_ADMIN: ['okta.groups.read', 'okta.users.read'],
  GROUP_MEMBERSHIP_ADMIN: ['okta.groups.read', 'okta.users.read'],
  READ_ONLY_ADMIN: READ,
  REPORT_ADMIN: ['okta.logs.read'],
  API_ACCESS_MANAGEMENT_ADMIN: ['okta.apps.read', 'okta.authorizationServers.manage', 'okta.authorizationServers.read'],
}

describe('what a role may do', () => {
  for (const role of ROLE_TYPES) {
    test(role, () => {
      const granted = [...READ, ...MANAGE, ...SUPER].filter((permission) => permits([role], permission))
      assert.deepEqual(granted.toSorted(), EXPECTED[role].toSorted())
    })
  }

  test('no role grants nothing', () => {
    for (const permission of [...READ, ...MANAGE]) assert.equal(permits([], permission), false)
  })

  test('several roles grant what any of them does', () => {
    const roles: readonly RoleType[] = ['REPORT_ADMIN', 'USER_ADMIN']
    assert.deepEqual(
      [...READ, ...MANAGE].filter((permission) => permits(roles, permission)).toSorted(),
      ['okta.logs.read', ...EXPECTED.USER_ADMIN].toSorted(),
    )
  })
})
