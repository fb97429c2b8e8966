// The rotation of signing keys, at /api/v1/authorizationServers/{serverId}/credentials.
import Type from 'typebox'
import { json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import { invalid } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { KeyAnswer } from './described-schema.ts'
import { rotateServerKeys } from './key-service.ts'
import { keyToWire, serverUrl } from './schema.ts'

export const authorizationServerKeyRoutes = (deps: Deps): readonly Route[] => [
  route({
    zone: 'none',
    bucket: 'api',
    permission: 'okta.authorizationServers.manage',
    method: 'POST',
    url: '/api/v1/authorizationServers/:serverId/credentials/lifecycle/keyRotate',
    summary: 'Rotate the signing keys of an authorization server',
    answer: Type.Array(KeyAnswer),
    body: Type.Object({ use: Type.Optional(Type.String()) }),
    async handler({ caller, params, body }) {
      if (body.use !== 'sig') throw invalid('rotateKeys', "Invalid value specified for key 'use' parameter.")
      const { server, keys } = await rotateServerKeys(deps, caller, params.serverId ?? '')
      const url = serverUrl(caller.orgUrl, server)
      return json(
        200,
        keys.map((key) => keyToWire(url, key)),
      )
    },
  }),
]
