// The query of the list of apps, read once: `q`, `filter` and `expand`. One condition on a known attribute, as Okta has it.
import { parseFilter } from '#http/filter.ts'
import { searchKey } from '#kernel/login-key.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'

const ATTRIBUTES = ['id', 'status', 'name', 'credentials.signing.kid', 'user.id', 'group.id'] as const
export type AppAttribute = (typeof ATTRIBUTES)[number]

export interface AppQuery {
  /** The search key of the beginning of a label or name. */
  readonly prefix: string | undefined
  readonly filter: { readonly attribute: AppAttribute; readonly value: string } | undefined
  /** Whose assignment is shown with each app. */
  readonly expandUser: string | undefined
}

/** @throws {Refusal} invalid_search, unsupported_filter, validation_failed */
export function parseAppQuery(query: URLSearchParams): AppQuery {
  const prefix = withoutNul(searchKey(query.get('q') ?? ''))
  const filter = parseAppFilter(query.get('filter'))
  const expandUser = parseExpandUser(query.get('expand'))
  if (expandUser !== undefined && !(filter?.attribute === 'user.id' && filter.value === expandUser))
    throw malformedExpand("The expand 'user/{id}' needs the filter 'user.id eq' with the same id.")
  return { prefix: prefix === '' ? undefined : prefix, filter, expandUser }
}

function parseAppFilter(text: string | null): AppQuery['filter'] {
  if (text === null || text === '') return undefined
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Refusal('invalid_search')
  const { filter } = parsed
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || typeof filter.value !== 'string')
    throw new Refusal('unsupported_filter')
  const attribute = ATTRIBUTES.find((known) => known === filter.attribute)
  if (attribute === undefined) throw new Refusal('unsupported_filter')
  return { attribute, value: withoutNul(filter.value) }
}

/** The id in `user/{id}`. @throws {Refusal} validation_failed */
export function parseExpandUser(text: string | null): string | undefined {
  if (text === null || text === '') return undefined
  const id = /^user\/([0-9A-Za-z]{1,100})$/.exec(text)?.[1]
  if (id === undefined) throw malformedExpand('Expand query is malformed.')
  return id
}

const malformedExpand = (sentence: string) => invalid('RequestParams', sentence)

/** PostgreSQL's text cannot hold the character NUL, nor be asked for it. */
const withoutNul = (text: string): string => text.replaceAll('\0', '')
