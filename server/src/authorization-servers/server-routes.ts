// Changes of authorization servers, at /api/v1/authorizationServers.
import { empty, json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { ServerAnswer } from './described-schema.ts'
import type { ManagedServer } from './manage-service.ts'
import { serverToWire } from './schema.ts'
import { ServerBody, serverFromWire } from './server-schema.ts'
import { createServer, removeServer, replaceServer, setServerStatus } from './server-service.ts'

const LIST = '/api/v1/authorizationServers'
const ONE = `${LIST}/:serverId`
const MANAGE = { zone: 'none', bucket: 'api', permission: 'okta.authorizationServers.manage' } as const

const toWire = (orgUrl: string, { server, keys }: ManagedServer) => serverToWire(orgUrl, server, keys)

export const authorizationServerWriteRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...MANAGE,
    method: 'POST',
    url: LIST,
    summary: 'Create an authorization server',
    answer: ServerAnswer,
    body: ServerBody,
    async handler({ caller, body }) {
      return json(201, toWire(caller.orgUrl, await createServer(deps, caller, serverFromWire(body))))
    },
  }),
  route({
    ...MANAGE,
    method: 'PUT',
    url: ONE,
    summary: 'Replace an authorization server',
    answer: ServerAnswer,
    body: ServerBody,
    async handler({ caller, params, body }) {
      return json(
        200,
        toWire(caller.orgUrl, await replaceServer(deps, caller, params.serverId ?? '', serverFromWire(body))),
      )
    },
  }),
  route({
    ...MANAGE,
    method: 'DELETE',
    url: ONE,
    summary: 'Delete an authorization server',
    async handler({ caller, params }) {
      await removeServer(deps, caller, params.serverId ?? '')
      return empty(204)
    },
  }),
  ...(['activate', 'deactivate'] as const).map((action) =>
    route({
      ...MANAGE,
      method: 'POST',
      url: `${ONE}/lifecycle/${action}`,
      summary: action === 'activate' ? 'Activate an authorization server' : 'Deactivate an authorization server',
      async handler({ caller, params }) {
        await setServerStatus(deps, caller, params.serverId ?? '', action === 'activate' ? 'ACTIVE' : 'INACTIVE')
        return empty(204)
      },
    }),
  ),
]
