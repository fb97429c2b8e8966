// Reading the System Log, at /api/v1/logs. Nobody writes it but the rooms themselves.
import { json } from '#http/answer.ts'
import { pageLinks } from '#http/paging.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { isoText } from '#kernel/instant.ts'
import type { Deps } from '../deps.ts'
import { eventsToCsv } from './csv.ts'
import { exportEvents } from './export-service.ts'
import { parseBoundedQuery, parseHistogramQuery } from './histogram-query.ts'
import { countEvents } from './histogram-service.ts'
import { cursorOf, type LogQuery, parseLogQuery } from './log-query.ts'
import { HistogramAnswer, histogramToWire, LogEventListAnswer } from './schema.ts'
import { type EventPage, listEvents } from './service.ts'

const READ = { method: 'GET', bucket: 'logs', permission: 'okta.logs.read' } as const

export const systemLogRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...READ,
    url: '/api/v1/logs',
    zone: 'trusted',
    cookie: true,
    summary: 'List events of the System Log',
    answer: LogEventListAnswer,
    async handler(call) {
      const query = parseLogQuery(call.query, deps.now())
      const page = await listEvents(deps, call.caller, query)
      return json(200, page.events, { headers: { link: linksOf(call, query, page) } })
    },
  }),
  route({
    ...READ,
    url: '/api/v1/keystead/logs/histogram',
    zone: 'none',
    summary: 'Count events of the System Log over time',
    answer: HistogramAnswer,
    async handler({ caller, query }) {
      const asked = parseHistogramQuery(query, deps.now())
      return json(200, histogramToWire(asked, await countEvents(deps, caller, asked)))
    },
  }),
  route({
    ...READ,
    url: '/api/v1/keystead/logs.csv',
    zone: 'none',
    summary: 'Export events of the System Log as comma-separated values',
    async handler({ caller, query }) {
      const { events, whole } = await exportEvents(deps, caller, parseBoundedQuery(query, deps.now()))
      const headers = {
        'content-disposition': 'attachment; filename="system-log.csv"',
        ...(whole ? {} : { 'x-keystead-truncated': 'true' }),
      }
      return { status: 200, file: { type: 'text/csv; charset=utf-8', bytes: eventsToCsv(events) }, headers }
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
