// Number fields: what is wrong with one, in the server's words. Pure.
import { BLANK } from '../blank.ts'

export const YEAR_OF_MINUTES = 525_600
export const FIVE_YEARS_OF_MINUTES = 5 * YEAR_OF_MINUTES

/** A number field that is empty holds an empty text. */
export function numberProblem(value: number | string, min: number, max: number): string | undefined {
  const number = Number(value)
  if (value === '' || !Number.isInteger(number)) return BLANK
  if (number < min) return `The field must be >= ${min}`
  return number > max ? `The field must be <= ${max}` : undefined
}
