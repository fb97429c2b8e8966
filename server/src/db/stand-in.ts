// What takes the place of a value while a statement is made that others will be put into: it can be bound, and nothing else. No database
// takes it, so a statement that still holds one fails.
const NAME = Symbol('stand-in')

interface StandIn {
  readonly [NAME]: string
  [Symbol.toPrimitive](): never
}

/** The name of the stand-in for the org; no value is called so. */
export const ORG = '(org)'

/** @throws TypeError (later) where a statement computes with it, or makes text of it */
export const standIn = (name: string): StandIn => ({
  [NAME]: name,
  [Symbol.toPrimitive]() {
    throw new TypeError(`a prepared statement can't look at its value "${name}"`)
  },
})

export const nameOfStandIn = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && NAME in value ? String(value[NAME]) : undefined
