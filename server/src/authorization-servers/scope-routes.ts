import Type, { type Static } from 'typebox'
import { empty, json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { scopeToWire, serverUrl } from './schema.ts'
import type { ScopeDraft } from './scope-rules.ts'
import { createScope, removeScope, replaceScope } from './scope-service.ts'

const URL_ = '/api/v1/authorizationServers/:serverId/scopes'
const WRITE = { zone: 'none', bucket: 'api', permission: 'okta.authorizationServers.manage' } as const

const text = () => Type.Optional(Type.Union([Type.String(), Type.Null()]))
const flag = () => Type.Optional(Type.Boolean())
const body = Type.Object({
  name: Type.String(),
  displayName: text(),
  description: text(),
  consent: Type.Optional(Type.Union([Type.Literal('IMPLICIT'), Type.Literal('REQUIRED'), Type.Literal('FLEXIBLE')])),
  metadataPublish: Type.Optional(Type.Union([Type.Literal('ALL_CLIENTS'), Type.Literal('NO_CLIENTS')])),
  default: flag(),
  optional: flag(),
})

const fromWire = (wire: Static<typeof body>): ScopeDraft => ({
  name: wire.name,
  displayName: wire.displayName ?? undefined,
  description: wire.description ?? undefined,
  consent: wire.consent ?? 'IMPLICIT',
  metadataPublish: wire.metadataPublish ?? 'NO_CLIENTS',
  isDefault: wire.default ?? false,
  optional: wire.optional ?? false,
})

export const authorizationServerScopeRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...WRITE,
    method: 'POST',
    url: URL_,
    summary: 'Create a scope',
    body,
    async handler({ caller, params, body: wire }) {
      const { server, scope } = await createScope(deps, caller, params['serverId'] ?? '', fromWire(wire))
      return json(201, scopeToWire(serverUrl(caller.orgUrl, server), scope))
    },
  }),
  route({
    ...WRITE,
    method: 'PUT',
    url: `${URL_}/:id`,
    summary: 'Replace a scope',
    body,
    async handler({ caller, params, body: wire }) {
      const changed = await replaceScope(deps, caller, params['serverId'] ?? '', params['id'] ?? '', fromWire(wire))
      return json(200, scopeToWire(serverUrl(caller.orgUrl, changed.server), changed.scope))
    },
  }),
  route({
    ...WRITE,
    method: 'DELETE',
    url: `${URL_}/:id`,
    summary: 'Delete a scope',
    async handler({ caller, params }) {
      await removeScope(deps, caller, params['serverId'] ?? '', params['id'] ?? '')
      return empty(204)
    },
  }),
]
