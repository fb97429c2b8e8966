// Changes of an authorization server's claims, at /api/v1/authorizationServers/{serverId}/claims.
import { empty, json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { ClaimBody, claimFromWire } from './claim-schema.ts'
import { createClaim, removeClaim, replaceClaim } from './claim-service.ts'
import { ClaimAnswer } from './described-schema.ts'
import { claimToWire, serverUrl } from './schema.ts'

const LIST = '/api/v1/authorizationServers/:serverId/claims'
const ONE = `${LIST}/:id`
const MANAGE = { zone: 'none', bucket: 'api', permission: 'okta.authorizationServers.manage' } as const

export const authorizationServerClaimRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...MANAGE,
    method: 'POST',
    url: LIST,
    summary: 'Create a claim',
    answer: ClaimAnswer,
    body: ClaimBody,
    async handler({ caller, params, body }) {
      const { server, claim } = await createClaim(deps, caller, params.serverId ?? '', claimFromWire(body))
      return json(201, claimToWire(serverUrl(caller.orgUrl, server), claim))
    },
  }),
  route({
    ...MANAGE,
    method: 'PUT',
    url: ONE,
    summary: 'Replace a claim',
    answer: ClaimAnswer,
    body: ClaimBody,
    async handler({ caller, params, body }) {
      const draft = claimFromWire(body)
      const { server, claim } = await replaceClaim(deps, caller, params.serverId ?? '', params.id ?? '', draft)
      return json(200, claimToWire(serverUrl(caller.orgUrl, server), claim))
    },
  }),
  route({
    ...MANAGE,
    method: 'DELETE',
    url: ONE,
    summary: 'Delete a claim',
    async handler({ caller, params }) {
      await removeClaim(deps, caller, params.serverId ?? '', params.id ?? '')
      return empty(204)
    },
  }),
]
