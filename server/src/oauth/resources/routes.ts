// Tokens and consents under the apps, people and servers that they belong to.
import { empty, json } from '#http/answer.ts'
import { cutPage, pageLinks, parsePage } from '#http/paging.ts'
import { type Call, type Route, route } from '#http/route.ts'
import type { Permission } from '#kernel/permission.ts'
import type { Deps } from '../../deps.ts'
import { listConsents, revokeConsents } from './consent-service.ts'
import { ClientListAnswer, TokenListAnswer } from './described-schema.ts'
import { ownerOf, placeOf } from './place.ts'
import { getFamily, listClients, listFamilies, revokeFamilies, revokeFamily } from './token-service.ts'
import { clientToWire, consentToWire, familyToWire, type Surroundings } from './wire.ts'

type Resource = 'apps' | 'users' | 'authorizationServers'

const PLACES: readonly (readonly [Resource, string])[] = [
  ['apps', '/api/v1/apps/:appId/tokens'],
  ['users', '/api/v1/users/:userId/clients/:clientId/tokens'],
  ['authorizationServers', '/api/v1/authorizationServers/:serverId/clients/:clientId/tokens'],
]
const CLIENTS: readonly (readonly [Resource, string])[] = [
  ['users', '/api/v1/users/:userId/clients'],
  ['authorizationServers', '/api/v1/authorizationServers/:serverId/clients'],
]
const GRANTS = ['/api/v1/users/:userId/grants', '/api/v1/users/:userId/clients/:clientId/grants']
const PAGE = { normal: 20, max: 200 }

export const tokenResourceRoutes = (deps: Deps): readonly Route[] => [
  ...PLACES.flatMap(([resource, url]) => tokenRoutes(deps, resource, url)),
  ...CLIENTS.map(([resource, url]) =>
    route({
      ...reading(resource),
      url,
      summary: 'List the clients that hold refresh tokens',
      answer: ClientListAnswer,
      async handler({ caller, params, path }) {
        const owner = await ownerOf(deps, caller, params)
        const clients = await listClients(deps, caller, owner)
        return json(
          200,
          clients.map((app) => clientToWire(app, caller.orgUrl, owner.path, resource === 'users')),
          { headers: { link: pageLinks(caller.orgUrl, path, undefined) } },
        )
      },
    }),
  ),
  ...GRANTS.flatMap((url) => consentRoutes(deps, url)),
  route({
    ...reading('users'),
    url: `${GRANTS[0]}/:grantId`,
    summary: 'Read a consent of a person',
    async handler(call) {
      const { userId = '', grantId } = call.params
      const { user, consents } = await listConsents(deps, call.caller, { user: userId, id: grantId })
      const around = await surroundings(deps, call)
      return json(200, consents.map((consent) => consentToWire(consent, user, around))[0])
    },
  }),
  route({
    ...changing('users'),
    url: `${GRANTS[0]}/:grantId`,
    summary: 'Take a consent of a person back, with the tokens that rest on it',
    async handler({ caller, params }) {
      await revokeConsents(deps, caller, { user: params.userId ?? '', id: params.grantId })
      return empty(204)
    },
  }),
]

function tokenRoutes(deps: Deps, resource: Resource, url: string): readonly Route[] {
  return [
    route({
      ...reading(resource),
      url,
      summary: 'List refresh tokens',
      answer: TokenListAnswer,
      async handler(call) {
        const { caller, params, query, path } = call
        const place = await placeOf(deps, caller, params)
        const { rows, next } = await listFamilies(deps, caller, place, parsePage(query, PAGE))
        const around = await surroundings(deps, call)
        const tokens = rows.map((family) => familyToWire(family, place, around))
        return json(200, tokens, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
      },
    }),
    route({
      ...changing(resource),
      url,
      summary: 'Revoke all refresh tokens, and the access tokens that came with them',
      async handler({ caller, params }) {
        await revokeFamilies(deps, caller, await placeOf(deps, caller, params))
        return empty(204)
      },
    }),
    route({
      ...reading(resource),
      url: `${url}/:tokenId`,
      summary: 'Read a refresh token',
      async handler(call) {
        const place = await placeOf(deps, call.caller, call.params)
        const family = await getFamily(deps, call.caller, place, call.params.tokenId ?? '')
        return json(200, familyToWire(family, place, await surroundings(deps, call)))
      },
    }),
    route({
      ...changing(resource),
      url: `${url}/:tokenId`,
      summary: 'Revoke a refresh token, and the access tokens that came with it',
      async handler({ caller, params }) {
        await revokeFamily(deps, caller, await placeOf(deps, caller, params), params.tokenId ?? '')
        return empty(204)
      },
    }),
  ]
}

function consentRoutes(deps: Deps, url: string): readonly Route[] {
  const questionOf = ({ params }: Call) => ({ user: params.userId ?? '', clientId: params.clientId })
  return [
    route({
      ...reading('users'),
      url,
      summary: 'List the consents of a person',
      async handler(call) {
        const { caller, query, path } = call
        const page = parsePage(query, PAGE)
        const { user, consents } = await listConsents(deps, caller, questionOf(call))
        const around = await surroundings(deps, call)
        const scopeId = query.get('scopeId')
        const shown = consents
          .map((consent) => consentToWire(consent, user, around))
          .filter((consent) => scopeId === null || consent.scopeId === scopeId)
          .filter(({ id }) => page.after === undefined || id > page.after)
        const { rows, next } = cutPage(shown.slice(0, page.limit + 1), page, ({ id }) => id)
        return json(200, rows, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
      },
    }),
    route({
      ...changing('users'),
      url,
      summary: 'Take the consents of a person back, with the tokens that rest on them',
      async handler(call) {
        await revokeConsents(deps, call.caller, questionOf(call))
        return empty(204)
      },
    }),
  ]
}

const bucketOf = (resource: Resource) => (resource === 'apps' ? 'app' : 'api')
const permission = (resource: Resource, what: 'read' | 'manage'): Permission => `okta.${resource}.${what}`

const reading = (resource: Resource) =>
  ({ method: 'GET', zone: 'none', bucket: bucketOf(resource), permission: permission(resource, 'read') }) as const
const changing = (resource: Resource) =>
  ({ method: 'DELETE', zone: 'none', bucket: bucketOf(resource), permission: permission(resource, 'manage') }) as const

async function surroundings(deps: Deps, { caller, query }: Call): Promise<Surroundings> {
  const config = await deps.config.fresh(caller.org)
  return { orgUrl: caller.orgUrl, config, withScopes: query.get('expand') === 'scope' }
}
