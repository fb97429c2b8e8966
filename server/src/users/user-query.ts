// What may be asked of the list of people, as SQL: `search` over any attribute, `filter` over a few, `q` as the beginning of a name.
// Text is compared by its search keys in all three. What can't be answered is refused, never ignored.
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import type { Tables } from '#db/tables.ts'
import { beginsWith, containsText } from '#db/text-match.ts'
import type { Comparison, Filter, FilterValue } from '#http/filter.ts'
import { isOrder, ORDER, readTime, type TimeComparison } from '#http/read-filter.ts'
import { Refusal } from '#kernel/refusal.ts'
import { attributeKey } from './attribute-keys.ts'
import { userTypeId } from './user-type.ts'

export type Condition = Expression<SqlBool>

const eb = expressionBuilder<Tables, 'user'>()
const ofAttributes = expressionBuilder<Tables, 'user_attribute'>()

type Column = 'created' | 'activated' | 'status_changed' | 'last_updated'
const TIMES: ReadonlyMap<string, Column> = new Map<string, Column>([
  ['created', 'created'],
  ['activated', 'activated'],
  ['statusChanged', 'status_changed'],
  ['lastUpdated', 'last_updated'],
])
const CONTAINS = ['firstName', 'lastName', 'email', 'login']
const FILTERED = [
  'status',
  'id',
  'lastUpdated',
  'profile.login',
  'profile.email',
  'profile.firstName',
  'profile.lastName',
]
const QUICK = ['firstName', 'lastName', 'email']

/** The condition of `search`. @throws {Refusal} invalid_search */
export function searchCondition(tx: OrgDb, filter: Filter): Condition {
  switch (filter.kind) {
    case 'and':
      return eb.and(filter.filters.map((one) => searchCondition(tx, one)))
    case 'or':
      return anyOf(tx, filter.filters)
    case 'not':
      throw new Refusal('invalid_search')
    case 'present':
      return present(tx, filter.attribute)
    case 'compare':
      return compare(tx, filter.attribute, filter.operator, filter.value)
  }
}

/** What is asked of attributes is one look into their table: a list of keys, which leads to the people, where each alone would not. */
function anyOf(tx: OrgDb, filters: readonly Filter[]): Condition {
  const matches = filters.map((one) => attributeMatches(tx, one))
  const others = filters.filter((_, at) => matches[at] === undefined).map((one) => searchCondition(tx, one))
  const [first, ...more] = matches.filter((match) => match !== undefined)
  if (!first) return eb.or(others)
  const found = more.reduce((rows, next) => rows.unionAll(next), first)
  return eb.or([eb('user.id', 'in', found), ...others])
}

/** The ids of those with the attributes; undefined where something else is asked for, too. */
function attributeMatches(tx: OrgDb, filter: Filter): ReturnType<typeof attributes> | undefined {
  if (filter.kind === 'and') {
    const [first, ...more] = filter.filters.map((one) => attributeMatches(tx, one))
    return more.reduce((rows, next) => rows && next && rows.where('user_attribute.user_id', 'in', next), first)
  }
  if (filter.kind !== 'compare' || filter.value === null) return undefined
  const name = profileAttribute(filter.attribute)
  return name === undefined ? undefined : attributes(tx).where(testOf(name, filter.operator, filter.value))
}

/** The condition of `filter`: the language of search on fewer attributes, and with `eq` alone but for dates. */
export function filterCondition(tx: OrgDb, filter: Filter): Condition {
  assertFilter(filter)
  return searchCondition(tx, filter)
}

function assertFilter(filter: Filter): void {
  if (filter.kind === 'and' || filter.kind === 'or') for (const one of filter.filters) assertFilter(one)
  else if (filter.kind !== 'compare' || !FILTERED.includes(filter.attribute)) throw new Refusal('invalid_search')
  else if (filter.operator !== 'eq' && filter.attribute !== 'lastUpdated') throw new Refusal('invalid_search')
}

/** The condition of `q`: the beginning of a first name, a last name or an e-mail address. */
export const quickCondition = (tx: OrgDb, text: string): Condition => eb('user.id', 'in', selectQuickMatches(tx, text))

/** The ids of those whom `q` finds. */
export const selectQuickMatches = (tx: OrgDb, text: string) =>
  attributes(tx)
    .where('attribute', 'in', QUICK)
    .where(beginsWith('value_key', attributeKey(text)))

export const notDeprovisioned: Condition = eb('user.status', '<>', 'DEPROVISIONED')

function compare(tx: OrgDb, attribute: string, operator: Comparison, value: FilterValue): Condition {
  const time = TIMES.get(attribute)
  if (time) return compareTime(time, readTime(operator, value))
  if (attribute === 'id' && typeof value === 'string' && isOrder(operator))
    return eb('user.id', ORDER[operator], value.replaceAll('\0', ''))
  if (attribute === 'status' && typeof value === 'string' && operator === 'eq')
    return hasStatus(tx, value.toUpperCase().replaceAll('\0', ''))
  if (attribute === 'type.id' && operator === 'eq') return value === userTypeId(tx.org) ? always : never
  const name = profileAttribute(attribute)
  if (name === undefined || value === null) throw new Refusal('invalid_search')
  return compareAttribute(tx, name, operator, value)
}

/** Most people are active: a page of them is full soon. Of another state they are few, and found by its index. */
function hasStatus(tx: OrgDb, status: string): Condition {
  const isIt = eb('user.status', '=', status)
  return status === 'ACTIVE' ? isIt : eb('user.id', 'in', tx.from('user').select('user.id').where(isIt))
}

const compareTime = (column: Column, { sign, at }: TimeComparison): Condition => eb(`user.${column}`, sign, at)

function compareAttribute(tx: OrgDb, name: string, operator: Comparison, value: string | number | boolean): Condition {
  return eb('user.id', 'in', attributes(tx).where(testOf(name, operator, value)))
}

/** Of a row of the attribute table. */
function testOf(name: string, operator: Comparison, value: string | number | boolean): Condition {
  const key = attributeKey(value)
  const isNamed = ofAttributes('user_attribute.attribute', '=', name)
  // Keys are text: the order of numbers is another one.
  if (operator === 'eq' || (isOrder(operator) && typeof value === 'string'))
    return ofAttributes.and([isNamed, ofAttributes('user_attribute.value_key', ORDER[operator], key)])
  if (operator === 'sw') return ofAttributes.and([isNamed, beginsWith('user_attribute.value_key', key)])
  if (operator === 'co' && CONTAINS.includes(name))
    return ofAttributes.and([isNamed, containsText('user_attribute.value_key', key)])
  throw new Refusal('invalid_search')
}

function present(tx: OrgDb, attribute: string): Condition {
  const time = TIMES.get(attribute)
  if (time) return eb(`user.${time}`, 'is not', null)
  if (attribute === 'id' || attribute === 'status' || attribute === 'type.id') return always
  const name = profileAttribute(attribute)
  if (name === undefined) throw new Refusal('invalid_search')
  return eb('user.id', 'in', attributes(tx).where('attribute', '=', name))
}

const profileAttribute = (attribute: string): string | undefined => /^profile\.([A-Za-z]\w{0,99})$/.exec(attribute)?.[1]

const attributes = (tx: OrgDb) => tx.from('user_attribute').select('user_attribute.user_id')

const always: Condition = sql<SqlBool>`1 = 1`
const never: Condition = sql<SqlBool>`1 = 0`

export interface Sort {
  readonly by: SortKey
  readonly descending: boolean
}

export type SortKey = { readonly column: Column | 'id' | 'status' } | { readonly attribute: string }

/** What `sortBy` names. @throws {Refusal} invalid_search */
export function parseSortKey(text: string): SortKey {
  const time = TIMES.get(text)
  if (time) return { column: time }
  if (text === 'id' || text === 'status') return { column: text }
  const attribute = profileAttribute(text)
  if (attribute === undefined) throw new Refusal('invalid_search')
  return { attribute }
}

/** The value that a list is sorted by. What is absent comes first, as the least value: NULL sorts differently everywhere. */
export function sortValue(tx: OrgDb, key: SortKey): Expression<string | number> {
  if ('attribute' in key) {
    const least = attributes(tx)
      .clearSelect()
      .select((one) => one.fn.min('value_key').as('least'))
      .where('attribute', '=', key.attribute)
      .whereRef('user_attribute.user_id', '=', sql.ref('user.id'))
    return sql<string>`coalesce((${least}), '')`
  }
  if (key.column === 'id' || key.column === 'status') return sql<string>`${sql.ref(`user.${key.column}`)}`
  return sql<number>`coalesce(${sql.ref(`user.${key.column}`)}, -1)`
}
