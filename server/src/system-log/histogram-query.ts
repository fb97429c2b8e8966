// The query of the log's histogram and of its export: that of the log, with both ends.
import { type Instant, isoText } from '#kernel/instant.ts'
import { invalid } from '#kernel/refusal.ts'
import { type LogQuery, parseLogQuery } from './log-query.ts'

const BUCKETS = 60
const BUCKETS_MAX = 200

/** A query that ends. */
export type BoundedQuery = LogQuery & { readonly since: Instant; readonly until: Instant }

export interface HistogramQuery {
  readonly query: BoundedQuery
  /** Milliseconds of a bucket; the last one may be shorter. */
  readonly width: number
  readonly buckets: number
}

/** In order of time unless the query says otherwise. @throws {Refusal} as `parseLogQuery` */
export function parseBoundedQuery(sent: URLSearchParams, now: Instant): BoundedQuery {
  const bounded = new URLSearchParams(sent)
  for (const name of ['after', 'limit']) bounded.delete(name)
  if ((bounded.get('until') ?? '') === '') bounded.set('until', isoText(now))
  const query = parseLogQuery(bounded, now)
  const { since = now, until = now } = query
  if (until < since) throw invalid('until', "until: must not be before 'since'")
  return { ...query, since, until }
}

/** @throws {Refusal} as `parseLogQuery` */
export function parseHistogramQuery(sent: URLSearchParams, now: Instant): HistogramQuery {
  const query = parseBoundedQuery(sent, now)
  const text = sent.get('buckets') ?? String(BUCKETS)
  const asked = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (asked < 1 || asked > BUCKETS_MAX)
    throw invalid('buckets', `buckets: must be a whole number from 1 to ${BUCKETS_MAX}`)
  const span = query.until - query.since + 1
  const width = Math.ceil(span / asked)
  return { query, width, buckets: Math.ceil(span / width) }
}
