// What lists in the database read a filter with: its text, and comparisons as SQL spells them. What can't be answered is refused.
import { type Instant, parseIso } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { type Comparison, type Filter, type FilterValue, parseFilter } from './filter.ts'

/** @throws {Refusal} invalid_search that says where the text goes wrong */
export function readFilter(text: string): Filter {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Refusal('invalid_search', { causes: [`Expected ${parsed.reason} at ${parsed.at}`] })
  return parsed.filter
}

/** The comparisons that ask for an order, with their signs. */
export const ORDER = { eq: '=', gt: '>', ge: '>=', lt: '<', le: '<=' } as const
type Order = keyof typeof ORDER

export const isOrder = (operator: Comparison): operator is Order => operator in ORDER

export interface TimeComparison {
  readonly sign: (typeof ORDER)[Order]
  readonly at: Instant
}

/** The comparison of a column of instants. @throws {Refusal} invalid_search */
export function readTime(operator: Comparison, value: FilterValue): TimeComparison {
  const at = typeof value === 'string' ? parseIso(value) : undefined
  if (at === undefined || !isOrder(operator)) throw new Refusal('invalid_search')
  return { sign: ORDER[operator], at }
}
