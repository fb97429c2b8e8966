// `/api/v1/users/{userId}/roles`.
import { empty, json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { RoleAnswer, RoleBody, RoleListAnswer, toWire } from './schema.ts'
import { getRole, grantRole, listRoles, revokeRole } from './service.ts'

const ROLES = '/api/v1/users/:userId/roles'
const ROLE = `${ROLES}/:id`

export const roleRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: ROLES,
    zone: 'none',
    bucket: 'api',
    permission: 'okta.roles.read',
    summary: "List a person's administrator roles",
    answer: RoleListAnswer,
    async handler({ caller, params }) {
      const roles = await listRoles(deps, caller, params.userId ?? '')
      return json(
        200,
        roles.map((role) => toWire(caller.orgUrl, role)),
      )
    },
  }),
  route({
    method: 'POST',
    url: ROLES,
    zone: 'none',
    bucket: 'api',
    permission: 'okta.roles.manage',
    body: RoleBody,
    summary: 'Grant a person an administrator role',
    answer: RoleAnswer,
    async handler({ caller, params, body }) {
      return json(201, toWire(caller.orgUrl, await grantRole(deps, caller, params.userId ?? '', body.type)))
    },
  }),
  route({
    method: 'GET',
    url: ROLE,
    zone: 'none',
    bucket: 'api',
    permission: 'okta.roles.read',
    summary: "Read one of a person's administrator roles",
    answer: RoleAnswer,
    async handler({ caller, params }) {
      return json(200, toWire(caller.orgUrl, await getRole(deps, caller, params.userId ?? '', params.id ?? '')))
    },
  }),
  route({
    method: 'DELETE',
    url: ROLE,
    zone: 'none',
    bucket: 'api',
    permission: 'okta.roles.manage',
    summary: 'Take an administrator role away from a person',
    async handler({ caller, params }) {
      await revokeRole(deps, caller, params.userId ?? '', params.id ?? '')
      return empty(204)
    },
  }),
]
