// Which administrator role may do what. A permission is the OAuth scope of the operation in Okta's reference.
import type { RoleType } from './caller.ts'

const RESOURCES = [
  'apiTokens',
  'apps',
  'authenticators',
  'authorizationServers',
  'features',
  'groups',
  'logs',
  'mailbox',
  'policies',
  'roles',
  'sessions',
  'templates',
  'trustedOrigins',
  'users',
] as const
export type Permission = `okta.${(typeof RESOURCES)[number]}.${'read' | 'manage'}`

const PERMISSIONS: readonly Permission[] = RESOURCES.flatMap((resource) => [
  `okta.${resource}.read` as const,
  `okta.${resource}.manage` as const,
])

/** They lead to a super administrator's account: by the mails that are kept, and by deciding where a mail's link goes. */
const SUPER: readonly Permission[] = ['okta.mailbox.read', 'okta.mailbox.manage', 'okta.templates.manage']

/** Nor what is demanded of a super administrator who signs in, and whether they may. */
const DEMANDS: readonly Permission[] = ['okta.policies.manage']

const EVERYTHING_BUT: Partial<Record<RoleType, readonly Permission[]>> = {
  SUPER_ADMIN: [],
  ORG_ADMIN: ['okta.roles.manage', ...SUPER, ...DEMANDS],
}

const GRANTED: Partial<Record<RoleType, readonly Permission[]>> = {
  APP_ADMIN: ['okta.apps.read', 'okta.apps.manage', 'okta.users.read', 'okta.groups.read', 'okta.logs.read'],
  USER_ADMIN: ['okta.users.read', 'okta.users.manage', 'okta.groups.read', 'okta.groups.manage'],
  HELP_DESK_ADMIN: ['okta.users.read', 'okta.groups.read'],
  GROUP_MEMBERSHIP_ADMIN: ['okta.users.read', 'okta.groups.read'],
  REPORT_ADMIN: ['okta.logs.read'],
  API_ACCESS_MANAGEMENT_ADMIN: ['okta.authorizationServers.read', 'okta.authorizationServers.manage', 'okta.apps.read'],
}

/** Whether any of the roles grants the permission; no role grants nothing. */
export const permits = (roles: readonly RoleType[], permission: Permission): boolean =>
  roles.some((role) => {
    const withheld = EVERYTHING_BUT[role]
    if (withheld) return !withheld.includes(permission)
    if (role === 'READ_ONLY_ADMIN') return permission.endsWith('.read') && !SUPER.includes(permission)
    return GRANTED[role]?.includes(permission) ?? false
  })

/** All that the roles grant together. */
export const permissionsOf = (roles: readonly RoleType[]): readonly Permission[] =>
  PERMISSIONS.filter((permission) => permits(roles, permission))
