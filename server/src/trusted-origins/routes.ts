// Trusted origins, at /api/v1/trustedOrigins.
import { empty, json } from '#http/answer.ts'
import { cutPage, pageLinks, parsePage } from '#http/paging.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { parseOriginQuery } from './origin-query.ts'
import { fromWire, TrustedOriginAnswer, TrustedOriginBody, TrustedOriginListAnswer, toWire } from './schema.ts'
import {
  createTrustedOrigin,
  deleteTrustedOrigin,
  getTrustedOrigin,
  listTrustedOrigins,
  replaceTrustedOrigin,
  setTrustedOriginStatus,
} from './service.ts'

const LIST = '/api/v1/trustedOrigins'
const ONE = `${LIST}/:id`
const READ = { zone: 'none', bucket: 'api', permission: 'okta.trustedOrigins.read' } as const
const MANAGE = { zone: 'none', bucket: 'api', permission: 'okta.trustedOrigins.manage' } as const

export const trustedOriginRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...READ,
    method: 'GET',
    url: LIST,
    summary: 'List trusted origins',
    answer: TrustedOriginListAnswer,
    async handler({ caller, path, query }) {
      const page = parsePage(query, { normal: 20, max: 200 })
      const origins = await listTrustedOrigins(deps, caller, parseOriginQuery(query))
      const rest = origins.filter(({ id }) => page.after === undefined || id > page.after)
      const { rows, next } = cutPage(rest, page, ({ id }) => id)
      const list = rows.map((origin) => toWire(caller.orgUrl, origin))
      return json(200, list, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
  route({
    ...MANAGE,
    method: 'POST',
    url: LIST,
    body: TrustedOriginBody,
    summary: 'Create a trusted origin',
    answer: TrustedOriginAnswer,
    handler: async ({ caller, body }) =>
      json(200, toWire(caller.orgUrl, await createTrustedOrigin(deps, caller, fromWire(body)))),
  }),
  route({
    ...READ,
    method: 'GET',
    url: ONE,
    summary: 'Read a trusted origin',
    answer: TrustedOriginAnswer,
    handler: async ({ caller, params }) =>
      json(200, toWire(caller.orgUrl, await getTrustedOrigin(deps, caller, params.id ?? ''))),
  }),
  route({
    ...MANAGE,
    method: 'PUT',
    url: ONE,
    body: TrustedOriginBody,
    summary: 'Replace a trusted origin',
    answer: TrustedOriginAnswer,
    handler: async ({ caller, params, body }) =>
      json(200, toWire(caller.orgUrl, await replaceTrustedOrigin(deps, caller, params.id ?? '', fromWire(body)))),
  }),
  route({
    ...MANAGE,
    method: 'DELETE',
    url: ONE,
    summary: 'Delete a trusted origin',
    async handler({ caller, params }) {
      await deleteTrustedOrigin(deps, caller, params.id ?? '')
      return empty(204)
    },
  }),
  ...(['activate', 'deactivate'] as const).map((action) =>
    route({
      ...MANAGE,
      method: 'POST',
      url: `${ONE}/lifecycle/${action}`,
      summary: action === 'activate' ? 'Activate a trusted origin' : 'Deactivate a trusted origin',
      answer: TrustedOriginAnswer,
      async handler({ caller, params }) {
        const status = action === 'activate' ? 'ACTIVE' : 'INACTIVE'
        return json(200, toWire(caller.orgUrl, await setTrustedOriginStatus(deps, caller, params.id ?? '', status)))
      },
    }),
  ),
]
