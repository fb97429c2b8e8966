// The query of a server's scopes: a beginning of the name, or `name eq`.
import { parseFilter } from '#http/filter.ts'
import { searchKey } from '#kernel/login-key.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Scope } from './authorization-server.ts'

/** @throws {Refusal} invalid_search */
export function parseScopeQuery(query: URLSearchParams): (scope: Scope) => boolean {
  const q = searchKey(query.get('q') ?? '')
  const name = parseNameFilter(query.get('filter') ?? '')
  return (scope) => searchKey(scope.name).startsWith(q) && (name === undefined || scope.name === name)
}

function parseNameFilter(text: string): string | undefined {
  if (text === '') return undefined
  const parsed = parseFilter(text)
  if (!parsed.ok || parsed.filter.kind !== 'compare') throw new Refusal('invalid_search')
  const { attribute, operator, value } = parsed.filter
  if (attribute !== 'name' || operator !== 'eq' || typeof value !== 'string') throw new Refusal('invalid_search')
  return value
}
