// Changes of an authorization server's scopes, at /api/v1/authorizationServers/{serverId}/scopes.
import { empty, json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { ScopeAnswer } from './described-schema.ts'
import { scopeToWire, serverUrl } from './schema.ts'
import { ScopeBody, scopeFromWire } from './scope-schema.ts'
import { createScope, removeScope, replaceScope } from './scope-service.ts'

const LIST = '/api/v1/authorizationServers/:serverId/scopes'
const ONE = `${LIST}/:id`
const MANAGE = { zone: 'none', bucket: 'api', permission: 'okta.authorizationServers.manage' } as const

export const authorizationServerScopeRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...MANAGE,
    method: 'POST',
    url: LIST,
    summary: 'Create a scope',
    answer: ScopeAnswer,
    body: ScopeBody,
    async handler({ caller, params, body }) {
      const { server, scope } = await createScope(deps, caller, params.serverId ?? '', scopeFromWire(body))
      return json(201, scopeToWire(serverUrl(caller.orgUrl, server), scope))
    },
  }),
  route({
    ...MANAGE,
    method: 'PUT',
    url: ONE,
    summary: 'Replace a scope',
    answer: ScopeAnswer,
    body: ScopeBody,
    async handler({ caller, params, body }) {
      const draft = scopeFromWire(body)
      const { server, scope } = await replaceScope(deps, caller, params.serverId ?? '', params.id ?? '', draft)
      return json(200, scopeToWire(serverUrl(caller.orgUrl, server), scope))
    },
  }),
  route({
    ...MANAGE,
    method: 'DELETE',
    url: ONE,
    summary: 'Delete a scope',
    async handler({ caller, params }) {
      await removeScope(deps, caller, params.serverId ?? '', params.id ?? '')
      return empty(204)
    },
  }),
]
