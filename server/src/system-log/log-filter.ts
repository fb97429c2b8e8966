// Which events a reader asks for: the filter over members of a LogEvent, and keywords. What is plain equality of a column is also
// asked of the database; everything is decided here, on the events as they are shown.
import { type Filter, matchesFilter } from '#http/filter.ts'
import { grantOf, type LogEvent } from './expand.ts'

export const CONDITION_COLUMNS = {
  eventType: 'event_type',
  severity: 'severity',
  'outcome.result': 'outcome',
  'actor.id': 'actor_id',
  'actor.alternateId': 'actor_alternate_id',
  'actor.type': 'actor_type',
  'client.ipAddress': 'ip',
  'transaction.id': 'request_id',
} as const

/** The column holds one of the values in every row that can pass. */
export interface Condition {
  readonly column: (typeof CONDITION_COLUMNS)[keyof typeof CONDITION_COLUMNS]
  readonly values: readonly string[]
}

const MEMBERS = /^(uuid|eventType|version|severity|legacyEventType|displayMessage)$/
const OBJECTS =
  /^(actor|client|device|authenticationContext|outcome|target|transaction|debugContext|securityContext|request)(\.[A-Za-z0-9_$:-]+)+$/
const NO_PARTS_OF: ReadonlySet<string> = new Set(['debugContext.debugData.url', 'debugContext.debugData.requestUri'])

/** The first attribute that may not be asked for in this way. */
export function refusedAttribute(filter: Filter): string | undefined {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.map(refusedAttribute).find((attribute) => attribute !== undefined)
    case 'not':
      return refusedAttribute(filter.filter)
    case 'present':
      return isMember(filter.attribute) ? undefined : filter.attribute
    case 'compare': {
      const asksForPart = filter.operator === 'co' && NO_PARTS_OF.has(filter.attribute)
      return isMember(filter.attribute) && !asksForPart ? undefined : filter.attribute
    }
  }
}

const isMember = (attribute: string): boolean => MEMBERS.test(attribute) || OBJECTS.test(attribute)

/** What the filter demands of single columns; it may demand more. */
export function conditionsOf(filter: Filter): readonly Condition[] {
  if (filter.kind === 'and') return filter.filters.flatMap(conditionsOf)
  if (filter.kind === 'or') return alternatives(filter.filters.map(conditionsOf))
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || typeof filter.value !== 'string') return []
  // What no database keeps can't be asked of one.
  if (filter.value.includes('\0') || !filter.value.isWellFormed()) return []
  if (!Object.hasOwn(CONDITION_COLUMNS, filter.attribute)) return []
  const column = CONDITION_COLUMNS[filter.attribute as keyof typeof CONDITION_COLUMNS]
  // A grant's row also tells of its tokens.
  return [{ column, values: column === 'event_type' ? grantOf(filter.value) : [filter.value] }]
}

function alternatives(branches: readonly (readonly Condition[])[]): readonly Condition[] {
  const [first] = branches[0] ?? []
  if (!first || branches.some((branch) => branch.length !== 1 || branch[0]?.column !== first.column)) return []
  const values = new Set(branches.flatMap(([condition]) => condition?.values ?? []))
  return [{ column: first.column, values: [...values] }]
}

export const passes = (event: LogEvent, filter: Filter | undefined, keywords: readonly string[]): boolean =>
  (filter === undefined || matchesFilter(filter, (attribute) => valueAt(event, attribute.split('.')))) &&
  (keywords.length === 0 || containsAll(event, keywords))

/** The value at a path; of a list, the values at it of every element. */
function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value
  if (Array.isArray(value)) return value.flatMap((element) => valueAt(element, [name, ...rest]) ?? [])
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return valueAt((value as Record<string, unknown>)[name], rest)
}

function containsAll(event: LogEvent, keywords: readonly string[]): boolean {
  const texts = textsOf(event).map((text) => text.toLowerCase())
  return keywords.every((keyword) => texts.some((text) => text.includes(keyword)))
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
