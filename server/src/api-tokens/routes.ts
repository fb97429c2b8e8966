// `/api/v1/api-tokens`, and where tokens are made: Okta does that in its console alone, so that address is our own.
import { empty, json } from '#http/answer.ts'
import { cutPage, pageLinks, parsePage } from '#http/paging.ts'
import { type Route, route } from '#http/route.ts'
import { parseOrigin } from '#kernel/origin.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { createApiToken, getApiToken, listApiTokens, revokeApiToken, revokeCurrentApiToken } from './manage-service.ts'
import {
  ApiTokenAnswer,
  ApiTokenBody,
  ApiTokenListAnswer,
  CreatedApiTokenAnswer,
  createdToWire,
  toWire,
} from './schema.ts'

const TOKENS = '/api/v1/api-tokens'
const ONE = `${TOKENS}/:id`
const PAGE = { normal: 200, max: 200 }
const READ = { zone: 'none', bucket: 'api', permission: 'okta.apiTokens.read' } as const
const MANAGE = { zone: 'none', bucket: 'api', permission: 'okta.apiTokens.manage' } as const

export const apiTokenRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...READ,
    method: 'GET',
    url: TOKENS,
    summary: 'List API tokens',
    answer: ApiTokenListAnswer,
    async handler({ caller, path, query }) {
      const page = parsePage(query, PAGE)
      if (page.after?.includes('\0')) throw new Refusal('invalid_paging')
      const { rows, next } = cutPage(await listApiTokens(deps, caller, page), page, ({ id }) => id)
      const list = rows.map((token) => toWire(caller.orgUrl, token))
      return json(200, list, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
  route({
    ...READ,
    method: 'GET',
    url: ONE,
    summary: 'Read an API token; never its value',
    answer: ApiTokenAnswer,
    handler: async ({ caller, params }) =>
      json(200, toWire(caller.orgUrl, await getApiToken(deps, caller, params.id ?? ''))),
  }),
  route({
    ...MANAGE,
    method: 'DELETE',
    url: ONE,
    summary: 'Revoke an API token',
    async handler({ caller, params }) {
      await revokeApiToken(deps, caller, params.id ?? '')
      return empty(204)
    },
  }),
  route({
    ...MANAGE,
    permission: 'authenticated',
    method: 'DELETE',
    url: `${TOKENS}/current`,
    summary: 'Revoke the API token that came with the request',
    async handler({ caller }) {
      await revokeCurrentApiToken(deps, caller)
      return empty(204)
    },
  }),
  route({
    ...MANAGE,
    method: 'POST',
    url: '/api/v1/keystead/api-tokens',
    cookie: true,
    body: ApiTokenBody,
    summary: 'Make an API token for the person who is signed in; its value is shown this once',
    answer: CreatedApiTokenAnswer,
    async handler({ caller, body, origin }) {
      // A trusted origin may use the cookie, but not to get a credential that outlives its trust.
      const isConsole = caller.actor.kind === 'console'
      if (!isConsole && origin !== undefined && parseOrigin(origin) !== parseOrigin(caller.orgUrl))
        throw new Refusal('origin_refused')
      return json(201, createdToWire(caller.orgUrl, await createApiToken(deps, caller, body.name)))
    },
  }),
]
