// What may be asked of the list of groups, as SQL: by name, by type and by dates. What can't be answered is refused, never ignored.
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { Tables } from '#db/tables.ts'
import { beginsWith, containsText } from '#db/text-match.ts'
import type { Comparison, Filter, FilterValue } from '#http/filter.ts'
import { readTime, type TimeComparison } from '#http/read-filter.ts'
import { Refusal } from '#kernel/refusal.ts'
import { nameKey } from './group.ts'

export type Condition = Expression<SqlBool>

const eb = expressionBuilder<Tables, 'user_group'>()

type Column = 'created' | 'last_updated' | 'last_membership_updated'
const TIMES: ReadonlyMap<string, Column> = new Map<string, Column>([
  ['created', 'created'],
  ['lastUpdated', 'last_updated'],
  ['lastMembershipUpdated', 'last_membership_updated'],
])
const FILTERED = ['id', 'type', 'lastUpdated', 'lastMembershipUpdated']

/** The condition of `search`. @throws {Refusal} invalid_search */
export function searchCondition(filter: Filter): Condition {
  switch (filter.kind) {
    case 'and':
      return eb.and(filter.filters.map(searchCondition))
    case 'or':
      return eb.or(filter.filters.map(searchCondition))
    case 'compare':
      return compare(filter.attribute, filter.operator, filter.value)
    default:
      throw new Refusal('invalid_search')
  }
}

/** The condition of `filter`: the language of search on fewer attributes. @throws {Refusal} invalid_search */
export function filterCondition(filter: Filter): Condition {
  assertFilter(filter)
  return searchCondition(filter)
}

function assertFilter(filter: Filter): void {
  if (filter.kind === 'and' || filter.kind === 'or') for (const one of filter.filters) assertFilter(one)
  else if (filter.kind !== 'compare' || !FILTERED.includes(filter.attribute)) throw new Refusal('invalid_search')
}

/** The condition of `q`: the beginning of a name. */
export const nameBegins = (text: string): Condition => beginsWith('user_group.name_key', nameKey(text))

function compare(attribute: string, operator: Comparison, value: FilterValue): Condition {
  if (typeof value !== 'string') throw new Refusal('invalid_search')
  const time = TIMES.get(attribute)
  if (time) return compareTime(time, readTime(operator, value))
  const text = value.replaceAll('\0', '')
  if (operator === 'eq' && attribute === 'id') return eb('user_group.id', '=', text)
  if (operator === 'eq' && attribute === 'type')
    return sql<SqlBool>`${sql.ref('user_group.type')} = ${text.toUpperCase()}`
  if (attribute === 'profile.name') return compareName(operator, value)
  throw new Refusal('invalid_search')
}

const compareTime = (column: Column, { sign, at }: TimeComparison): Condition => eb(`user_group.${column}`, sign, at)

function compareName(operator: Comparison, value: string): Condition {
  if (operator === 'eq') return eb('user_group.name_key', '=', nameKey(value))
  if (operator === 'sw') return nameBegins(value)
  if (operator !== 'co') throw new Refusal('invalid_search')
  return containsText('user_group.name_key', nameKey(value))
}
