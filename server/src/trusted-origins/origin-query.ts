// The query of the list: beginnings of name and origin, or a filter of equalities (spec of OAuth: 7.1).
import { type Filter, matchesFilter, parseFilter } from '#http/filter.ts'
import { searchKey } from '#kernel/login-key.ts'
import { parseOrigin } from '#kernel/origin.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { TrustedOrigin } from './trusted-origin.ts'

const ATTRIBUTES: ReadonlySet<string> = new Set(['id', 'name', 'origin', 'status', 'type'])

export type OriginTest = (origin: TrustedOrigin) => boolean

/** @throws {Refusal} invalid_search, search_and_filter */
export function parseOriginQuery(query: URLSearchParams): OriginTest {
  const [q, text] = [query.get('q') ?? '', query.get('filter') ?? '']
  if (q !== '' && text !== '') throw new Refusal('search_and_filter')
  if (q !== '') return beginsWith(searchKey(q))
  if (text === '') return () => true
  const parsed = parseFilter(text)
  if (!parsed.ok || !isPlain(parsed.filter)) throw new Refusal('invalid_search')
  return (origin) => matchesFilter(parsed.filter, (attribute) => memberOf(origin, attribute))
}

const beginsWith = (key: string): OriginTest => {
  return ({ name, origin }) => searchKey(name).startsWith(key) || searchKey(origin).startsWith(key)
}

/** Equalities of the documented attributes, joined by `and` and `or`. */
function isPlain(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.filters.every(isPlain)
  return filter.kind === 'compare' && filter.operator === 'eq' && ATTRIBUTES.has(filter.attribute)
}

function memberOf({ id, name, origin, status, scopes }: TrustedOrigin, attribute: string): unknown {
  switch (attribute) {
    case 'id':
      return id
    case 'name':
      return name
    // As it was written, and as browsers write it.
    case 'origin':
      return [origin, parseOrigin(origin)]
    case 'status':
      return status
    default:
      return scopes.map(({ type }) => type)
  }
}
