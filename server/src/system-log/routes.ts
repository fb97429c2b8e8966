// Reading the System Log, at /api/v1/logs. Nobody writes it but the rooms themselves.
import { json } from '#http/answer.ts'
import { pageLinks } from '#http/paging.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { isoText } from '#kernel/instant.ts'
import type { Deps } from '../deps.ts'
import { cursorOf, type LogQuery, parseLogQuery } from './log-query.ts'
import { type EventPage, listEvents } from './service.ts'

export const systemLogRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: '/api/v1/logs',
    zone: 'trusted',
    bucket: 'logs',
    permission: 'okta.logs.read',
    cookie: true,
    summary: 'List events of the System Log',
    async handler(call) {
      const query = parseLogQuery(call.query, deps.now())
      const page = await listEvents(deps, call.caller, query)
      return json(200, page.events, { headers: { link: linksOf(call, query, page) } })
    },
  }),
]

/** A reader who polls by `next` keeps the beginning that they asked for, or that was chosen for them. */
function linksOf({ caller, path }: Call, query: LogQuery, { next }: EventPage): readonly string[] {
  const self = pageLinks(caller.orgUrl, path, undefined)
  if (next === undefined) return self
  const url = new URL(path, caller.orgUrl)
  if (query.since !== undefined) url.searchParams.set('since', isoText(query.since))
  if (query.until !== undefined) url.searchParams.set('until', isoText(query.until))
  return [...self, ...pageLinks(caller.orgUrl, url.pathname + url.search, cursorOf(query.kind, next)).slice(1)]
}
