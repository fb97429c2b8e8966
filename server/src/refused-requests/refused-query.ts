// What the list of refused requests may be asked.
import { type Page, parsePage } from '#http/paging.ts'
import { DAY, type Instant, instant, later, parseIso } from '#kernel/instant.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'

const PAGE = { normal: 50, max: 200 }

export interface RefusedQuery {
  /** Seen last at or after it. */
  readonly since: Instant
  readonly appId: string | undefined
  readonly limit: number
  /** The last one that was shown. */
  readonly after: Position | undefined
}

/** The list begins with what was seen last. */
export interface Position {
  readonly lastSeen: Instant
  readonly id: string
}

/** @throws {Refusal} validation_failed, invalid_paging */
export function parseRefusedQuery(query: URLSearchParams, now: Instant): RefusedQuery {
  const page = parsePage(query, PAGE)
  const appId = query.get('appId') ?? ''
  return {
    since: parseSince(query.get('since'), now),
    appId: appId || undefined,
    limit: page.limit,
    after: positionOf(page),
  }
}

function parseSince(text: string | null, now: Instant): Instant {
  if (text === null || text === '') return later(now, -DAY)
  const since = parseIso(text)
  if (since === undefined) throw invalid('since', 'since: must be a time in ISO 8601, such as 2026-01-15T12:00:00Z')
  return since
}

export const cursorOf = ({ lastSeen, id }: Position): string => `${lastSeen}.${id}`

function positionOf({ after }: Page): Position | undefined {
  if (after === undefined) return undefined
  const [, lastSeen, id] = /^(\d{1,15})\.(\w{1,40})$/.exec(after) ?? []
  if (lastSeen === undefined || id === undefined) throw new Refusal('invalid_paging')
  return { lastSeen: instant(Number(lastSeen)), id }
}
