// Okta's paging: `limit`, an opaque `after`, and one `Link` header line for each relation with absolute URLs.
import { Refusal } from '#kernel/refusal.ts'

export interface Page {
  readonly limit: number
  /** The key after which the page begins. */
  readonly after?: string
}

export interface PageLimits {
  readonly normal: number
  readonly max: number
}

const CURSOR_MAX = 500

/** Reads `limit` and `after`; a limit above the maximum is clamped. @throws {Refusal} invalid_paging */
export function parsePage(query: URLSearchParams, { normal, max }: PageLimits): Page {
  const text = query.get('limit')
  const after = query.get('after')
  if (text !== null && !/^-?\d{1,9}$/.test(text)) throw new Refusal('invalid_paging')
  const asked = text === null ? normal : Number(text)
  const limit = asked < 1 ? normal : Math.min(asked, max)
  if (after === null) return { limit }
  const key = Buffer.from(after, 'base64url').toString('utf8')
  if (after.length > CURSOR_MAX || Buffer.from(key, 'utf8').toString('base64url') !== after)
    throw new Refusal('invalid_paging')
  return { limit, after: key }
}

/** A list fetched with one element more than the page holds: what to show, and the key of the next page. */
export function cutPage<T>(
  rows: readonly T[],
  page: Page,
  keyOf: (row: T) => string,
): { rows: readonly T[]; next?: string } {
  if (rows.length <= page.limit) return { rows }
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return last === undefined ? { rows: shown } : { rows: shown, next: keyOf(last) }
}

/** The `Link` header's lines for the request `path` (with its query) of the org `orgUrl`. */
export function pageLinks(orgUrl: string, path: string, next: string | undefined): readonly string[] {
  const url = new URL(path, orgUrl)
  const link = (relation: string) => `<${orgUrl}${url.pathname}${url.search}>; rel="${relation}"`
  const self = link('self')
  if (next === undefined) return [self]
  url.searchParams.set('after', Buffer.from(next, 'utf8').toString('base64url'))
  return [self, link('next')]
}
