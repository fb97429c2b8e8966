// What an expression is made of and yields: plain values, never a function or an object of the program.

export type Value = null | string | number | boolean | readonly Value[] | ValueMap
export interface ValueMap {
  readonly [name: string]: Value
}

/** Why an expression can't be read, or has no value. */
export class ExpressionFault extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ExpressionFault'
  }
}

const TEXT_MAX = 10_000
const LIST_MAX = 1_000

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value)
export const isMap = (value: Value): value is ValueMap => typeof value === 'object' && value !== null && !isList(value)

/** The text of a value in a sentence; nothing is no text. @throws {ExpressionFault} for a list or a map, and where it is too long */
export function textOf(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'object') throw new ExpressionFault('a list is no text')
  return boundedText(String(value))
}

export function boundedText(text: string): string {
  if (text.length > TEXT_MAX) throw new ExpressionFault(`a text has more than ${TEXT_MAX} characters`)
  return text
}

export function boundedList(list: readonly Value[]): readonly Value[] {
  if (list.length > LIST_MAX) throw new ExpressionFault(`a list has more than ${LIST_MAX} items`)
  return list
}

/** @throws {ExpressionFault} for what is no number */
export function numberOf(value: Value): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new ExpressionFault('a number is expected')
  return number
}

/** @throws {ExpressionFault} for what is no list */
export function listOf(value: Value): readonly Value[] {
  if (!isList(value)) throw new ExpressionFault('a list is expected')
  return value
}
