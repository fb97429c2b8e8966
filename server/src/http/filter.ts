// The language of the `filter` and `search` parameters, a part of SCIM's (RFC 7644 §3.4.2.2). This file knows the grammar and no
// attribute: what may be asked of a list is decided by the room that owns it. Parsing never throws, and its cost is bounded.
import { parseIso } from '#kernel/instant.ts'

const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'co', 'ew'] as const
export type Comparison = (typeof COMPARISONS)[number]
/** Dates are strings here, as they are in the text. */
export type FilterValue = string | number | boolean | null

export type Filter =
  | {
      readonly kind: 'compare'
      readonly attribute: string
      readonly operator: Comparison
      readonly value: FilterValue
    }
  | { readonly kind: 'present'; readonly attribute: string }
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }

export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  /** `at` counts UTF-16 units from 0; the reason is the rest of a sentence that begins "Expected". */
  | { readonly ok: false; readonly at: number; readonly reason: string }

const MAX_LENGTH = 4096
const MAX_CONDITIONS = 100
const MAX_DEPTH = 50

const SPACE = /[ \t\r\n]*/y
const WORD = /[A-Za-z_$][A-Za-z0-9_$:-]*(?:\.[A-Za-z0-9_$:-]+)*/y
const STRING = /"(?:[^"\\]|\\.)*"/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.$])/y

// Thrown inside this file only: it unwinds the descent and becomes the parser's answer.
class Fault extends Error {
  readonly at: number
  constructor(at: number, reason: string) {
    super(reason)
    this.at = at
  }
}

interface Cursor {
  readonly text: string
  at: number
  conditions: number
}

/** Reads a filter such as `status eq "ACTIVE" and (profile.city sw "Lon" or lastUpdated gt "2026-01-01T00:00:00.000Z")`. */
export function parseFilter(text: string): ParsedFilter {
  if (text.length > MAX_LENGTH) return { ok: false, at: MAX_LENGTH, reason: `at most ${MAX_LENGTH} characters` }
  const cursor: Cursor = { text, at: 0, conditions: 0 }
  try {
    const filter = readOr(cursor, 0)
    skipSpace(cursor)
    return cursor.at === text.length
      ? { ok: true, filter }
      : { ok: false, at: cursor.at, reason: "'and', 'or' or the end" }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, at: error.at, reason: error.message }
    throw error
  }
}

const readOr = (cursor: Cursor, depth: number) => readList(cursor, 'or', () => readAnd(cursor, depth))
const readAnd = (cursor: Cursor, depth: number) => readList(cursor, 'and', () => readUnary(cursor, depth))

function readList(cursor: Cursor, kind: 'and' | 'or', readOne: () => Filter): Filter {
  const first = readOne()
  const filters = [first]
  while (readKeyword(cursor, kind)) filters.push(readOne())
  return filters.length === 1 ? first : { kind, filters }
}

function readUnary(cursor: Cursor, depth: number): Filter {
  if (depth > MAX_DEPTH) throw new Fault(cursor.at, `at most ${MAX_DEPTH} levels`)
  if (readKeyword(cursor, 'not')) return { kind: 'not', filter: readUnary(cursor, depth + 1) }
  if (!readSign(cursor, '(')) return readCondition(cursor)
  const filter = readOr(cursor, depth + 1)
  if (!readSign(cursor, ')')) throw new Fault(cursor.at, "')'")
  return filter
}

function readCondition(cursor: Cursor): Filter {
  cursor.conditions += 1
  if (cursor.conditions > MAX_CONDITIONS) throw new Fault(cursor.at, `at most ${MAX_CONDITIONS} conditions`)
  const attribute = take(cursor, WORD)
  if (attribute === undefined) throw new Fault(cursor.at, 'an attribute')
  const at = skipSpace(cursor)
  const word = take(cursor, WORD)?.toLowerCase()
  if (word === 'pr') return { kind: 'present', attribute }
  const operator = COMPARISONS.find((comparison) => comparison === word)
  if (operator === undefined) throw new Fault(at, 'an operator')
  const valueAt = skipSpace(cursor)
  const value = readValue(cursor)
  if (!fits(operator, value)) throw new Fault(valueAt, `a value that '${operator}' can compare`)
  return { kind: 'compare', attribute, operator, value }
}

function readValue(cursor: Cursor): FilterValue {
  const at = skipSpace(cursor)
  const literal = take(cursor, STRING) ?? take(cursor, NUMBER)
  if (literal !== undefined) {
    const value = parseLiteral(literal)
    if (value === undefined) throw new Fault(at, 'a JSON string or number')
    return value
  }
  const word = take(cursor, WORD)
  if (word === 'true' || word === 'false') return word === 'true'
  if (word === 'null') return null
  throw new Fault(at, 'a value: a string in double quotes, a number, true, false or null')
}

function parseLiteral(literal: string): string | number | undefined {
  try {
    const value: unknown = JSON.parse(literal)
    if (typeof value === 'string') return value
    // + 0 turns -0 into 0, which JSON can't tell apart on the way back.
    return typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined
  } catch {
    return undefined
  }
}

// RFC 7644: order is for strings and numbers, and a part is for strings only.
function fits(operator: Comparison, value: FilterValue): boolean {
  if (operator === 'eq' || operator === 'ne') return true
  return typeof value === 'string' || (typeof value === 'number' && !isPart(operator))
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  skipSpace(cursor)
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0]
  cursor.at += found?.length ?? 0
  return found
}

function readKeyword(cursor: Cursor, keyword: string): boolean {
  const from = cursor.at
  if (take(cursor, WORD)?.toLowerCase() === keyword) return true
  cursor.at = from
  return false
}

function readSign(cursor: Cursor, sign: string): boolean {
  if (cursor.text[skipSpace(cursor)] !== sign) return false
  cursor.at += 1
  return true
}

function skipSpace(cursor: Cursor): number {
  SPACE.lastIndex = cursor.at
  cursor.at += SPACE.exec(cursor.text)?.[0].length ?? 0
  return cursor.at
}

/**
 * Whether an item passes, for lists that are held in memory. `lookup` answers with the attribute as it is on the wire; of an array
 * any element may match. Strings that are dates on both sides are compared as points in time. What is absent equals null only.
 */
export function matchesFilter(filter: Filter, lookup: (attribute: string) => unknown): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((one) => matchesFilter(one, lookup))
    case 'or':
      return filter.filters.some((one) => matchesFilter(one, lookup))
    case 'not':
      return !matchesFilter(filter.filter, lookup)
    case 'present':
      return elements(lookup(filter.attribute)).some((element) => element !== null && element !== '')
    case 'compare': {
      const found = elements(lookup(filter.attribute))
      const { operator, value } = filter
      if (operator === 'ne') return !found.some((element) => compares('eq', element, value))
      return found.some((element) => compares(operator, element, value))
    }
  }
}

const elements = (found: unknown): readonly unknown[] =>
  Array.isArray(found) ? (found.length === 0 ? [null] : found) : [found ?? null]

function compares(operator: Comparison, actual: unknown, value: FilterValue): boolean {
  if (typeof actual === 'number' && typeof value === 'number') return inOrder(operator, actual, value)
  if (typeof actual !== 'string' || typeof value !== 'string') return operator === 'eq' && actual === value
  const [one, other] = [parseIso(actual), parseIso(value)]
  if (one !== undefined && other !== undefined && !isPart(operator)) return inOrder(operator, one, other)
  switch (operator) {
    case 'sw':
      return actual.startsWith(value)
    case 'co':
      return actual.includes(value)
    case 'ew':
      return actual.endsWith(value)
    default:
      return inOrder(operator, actual, value)
  }
}

const isPart = (operator: Comparison) => operator === 'sw' || operator === 'co' || operator === 'ew'

function inOrder<T extends string | number>(operator: Comparison, left: T, right: T): boolean {
  switch (operator) {
    case 'eq':
      return left === right
    case 'gt':
      return left > right
    case 'ge':
      return left >= right
    case 'lt':
      return left < right
    case 'le':
      return left <= right
    default:
      return false
  }
}
