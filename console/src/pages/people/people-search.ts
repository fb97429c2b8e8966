// What is typed above the list of people, in the API's language of `search`.
const ATTRIBUTES = ['firstName', 'lastName', 'login', 'email']
/** A login or a name is not longer, and an expression has a limit. */
const TEXT_MAX = 100

/** People whose first name, last name, login or email begins with the text; "Grace Hop" finds Grace Hopper, too. */
export function peopleSearch(text: string, status: string): string {
  const conditions = [beginningWith(text.trim().slice(0, TEXT_MAX)), hasStatus(status)].filter(
    (condition) => condition !== undefined,
  )
  // Without a question the API leaves out who is deactivated.
  return conditions.length === 0 ? 'id pr' : conditions.join(' and ')
}

function beginningWith(text: string): string | undefined {
  if (text === '') return undefined
  const begins = (attribute: string, beginning: string) => `profile.${attribute} sw ${quoted(beginning)}`
  const either = ATTRIBUTES.map((attribute) => begins(attribute, text))
  const [, first, last] = /^(\S+)\s+(.+)$/s.exec(text) ?? []
  if (first !== undefined && last !== undefined)
    either.push(`(${begins('firstName', first)} and ${begins('lastName', last)})`)
  return `(${either.join(' or ')})`
}

const hasStatus = (status: string): string | undefined => (status === '' ? undefined : `status eq ${quoted(status)}`)

/** A string of the language is one of JSON. */
const quoted = (text: string): string => JSON.stringify(text.toWellFormed())
