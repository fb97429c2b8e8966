// What apps and pages asked for in vain, at /api/v1/keystead/refused-requests. Okta has no such list; the endpoint is ours.
import { empty, json } from '#http/answer.ts'
import { pageLinks } from '#http/paging.ts'
import { type Route, route } from '#http/route.ts'
import type { Caller } from '#kernel/caller.ts'
import type { Deps } from '../deps.ts'
import { cursorOf, parseRefusedQuery } from './refused-query.ts'
import { type AppToBody, RefusedRequestListAnswer, toWire } from './schema.ts'
import { dismissRefused, listRefused } from './service.ts'

const LIST = '/api/v1/keystead/refused-requests'

/** `appToBody`: how an app is sent by this caller, of the room of apps. */
export const refusedRequestRoutes = (
  deps: Deps,
  appToBody: (caller: Caller) => Promise<AppToBody>,
): readonly Route[] => [
  route({
    method: 'GET',
    url: LIST,
    zone: 'none',
    bucket: 'logs',
    permission: 'okta.logs.read',
    summary: 'List refused requests with their reasons and fixes',
    answer: RefusedRequestListAnswer,
    async handler({ caller, path, query }) {
      const { items, next } = await listRefused(deps, caller, parseRefusedQuery(query, deps.now()))
      const toBody = await appToBody(caller)
      const shown = items.map(({ request, explanation }) => toWire(request, explanation, toBody))
      return json(200, shown, { headers: { link: pageLinks(caller.orgUrl, path, next && cursorOf(next)) } })
    },
  }),
  route({
    method: 'DELETE',
    url: `${LIST}/:id`,
    zone: 'none',
    bucket: 'api',
    permission: 'okta.apps.manage',
    summary: 'Dismiss a refused request',
    async handler({ caller, params }) {
      await dismissRefused(deps, caller, params.id ?? '')
      return empty(204)
    },
  }),
]
