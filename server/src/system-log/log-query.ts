// The query of `GET /api/v1/logs` (spec of sign-in: 8.1). Without an end, in ascending order, it *polls*: in order of persistence, and
// there is always a next page. Else it is *bounded*: in order of time, and finite.
import { type Filter, parseFilter } from '#http/filter.ts'
import { DAY, type Instant, later, parseIso } from '#kernel/instant.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { refusedAttribute } from './log-filter.ts'

const NORMAL_LIMIT = 100
const MAX_LIMIT = 1_000
const WINDOW_DAYS = 7
const REACH_DAYS = 180
const KEYWORDS_MAX = 10
const KEYWORD_LENGTH_MAX = 40

/** A place in the log: `major` is the time in a bounded query and the order of commit when polling; `part` counts events of one row. */
export interface Position {
  readonly major: number
  readonly seq: number
  readonly part: number
}

export interface LogQuery {
  readonly kind: 'polling' | 'ascending' | 'descending'
  readonly since: Instant | undefined
  readonly until: Instant | undefined
  /** The last event that was shown. */
  readonly after: Position | undefined
  readonly filter: Filter | undefined
  /** In lower case. */
  readonly keywords: readonly string[]
  readonly limit: number
}

/** @throws {Refusal} validation_failed, invalid_filter, invalid_search, invalid_paging */
export function parseLogQuery(query: URLSearchParams, now: Instant): LogQuery {
  const since = parseTime(query, 'since')
  const until = parseTime(query, 'until')
  const descending = parseOrder(query)
  const kind = descending ? 'descending' : until === undefined ? 'polling' : 'ascending'
  const after = parseAfter(query, kind)
  if (since !== undefined && since < later(now, -REACH_DAYS * DAY))
    throw new Refusal('invalid_filter', { subject: query.get('since') ?? '' })
  const end = kind === 'polling' ? undefined : (until ?? now)
  return {
    kind,
    // A reader who goes on polling after a long pause has the beginning of that window behind them.
    since: since ?? (kind === 'polling' && after ? undefined : later(end ?? now, -WINDOW_DAYS * DAY)),
    until: end,
    after,
    filter: parseLogFilter(query.get('filter')),
    keywords: parseKeywords(query.get('q')),
    limit: parseLimit(query.get('limit')),
  }
}

function parseTime(query: URLSearchParams, name: 'since' | 'until'): Instant | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  const time = parseIso(text)
  if (time !== undefined) return time
  const sentence = 'The date format in your query is not recognized. Please enter dates using ISO8601 string format.'
  throw invalid(name, `${name}: ${sentence}`)
}

function parseOrder(query: URLSearchParams): boolean {
  const order = query.get('sortOrder') ?? 'ASCENDING'
  if (order === 'ASCENDING' || order === 'DESCENDING') return order === 'DESCENDING'
  throw invalid('sortOrder', "sortOrder: must be 'ASCENDING' or 'DESCENDING'")
}

function parseLogFilter(text: string | null): Filter | undefined {
  if (text === null || text.trim() === '') return undefined
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Refusal('invalid_filter', { subject: text })
  const refused = refusedAttribute(parsed.filter)
  if (refused === undefined) return parsed.filter
  throw new Refusal('invalid_search', { causes: [`filter: '${refused}' can't be asked for in this way`] })
}

function parseKeywords(text: string | null): readonly string[] {
  const keywords = (text ?? '').split(/\s+/).filter((keyword) => keyword !== '')
  if (keywords.length > KEYWORDS_MAX) throw invalid('q', `q: at most ${KEYWORDS_MAX} keywords`)
  if (keywords.some((keyword) => keyword.length > KEYWORD_LENGTH_MAX))
    throw invalid('q', `q: a keyword has at most ${KEYWORD_LENGTH_MAX} characters`)
  return keywords.map((keyword) => keyword.toLowerCase())
}

function parseLimit(text: string | null): number {
  if (text === null) return NORMAL_LIMIT
  if (!/^\d{1,9}$/.test(text)) throw new Refusal('invalid_paging')
  return Math.min(Number(text), MAX_LIMIT)
}

const LETTERS = { polling: 'p', ascending: 'a', descending: 'd' } as const

/** The cursor of a position: opaque to the reader, and good for the kind of query that gave it. */
export const cursorOf = (kind: LogQuery['kind'], { major, seq, part }: Position): string =>
  `1${LETTERS[kind]}.${major}.${seq}.${part}`

function parseAfter(query: URLSearchParams, kind: LogQuery['kind']): Position | undefined {
  const after = query.get('after')
  if (after === null) return undefined
  const text = Buffer.from(after, 'base64url').toString('utf8')
  const [, letter, major, seq, part] = /^1([pad])\.(\d{1,15})\.(\d{1,15})\.(\d{1,3})$/.exec(text) ?? []
  if (letter !== LETTERS[kind]) throw new Refusal('invalid_paging')
  return { major: Number(major), seq: Number(seq), part: Number(part) }
}

/** Negative where `a` comes first. */
export const comparePositions = (a: Position, b: Position): number =>
  a.major - b.major || a.seq - b.seq || a.part - b.part

export const START: Position = { major: 0, seq: 0, part: 0 }
