// Filters of the log, as text: built from conditions, and never read.
import { OUTCOME_GROUPS } from './outcome-groups.ts'

export const condition = (attribute: string, value: string): string => `${attribute} eq ${JSON.stringify(value)}`

/** Both hold: what is asked already, and one condition more. */
export function narrowed(filter: string, more: string): string {
  const asked = filter.trim()
  if (asked === '' || asked === more) return more
  // `and` binds closer than `or`.
  if (/\bor\b/i.test(asked)) return `(${asked}) and ${more}`
  const isThere = asked.endsWith(` and ${more}`) || asked.startsWith(`${more} and `)
  return isThere ? asked : `${asked} and ${more}`
}

/** The filter of a reader together with the group of outcomes that they chose. */
export function withOutcome(filter: string, value: string): string {
  const group = OUTCOME_GROUPS.find((one) => one.value === value)
  if (!group) return filter
  const outcomes = group.outcomes.map((outcome) => condition('outcome.result', outcome)).join(' or ')
  return filter.trim() === '' ? outcomes : `(${outcomes}) and (${filter})`
}
