// What a custom scope may be (spec: 6.2). Pure.
import { invalid, type Refusal } from '#kernel/refusal.ts'
import type { Scope } from './authorization-server.ts'

/** What can be set of a scope; the rest is the server's. */
export type ScopeDraft = Omit<Scope, 'id' | 'system'>

const NAME_MAX = 1_024
const TEXT_MAX = 255
/** RFC 6749 §3.3: printable ASCII without space, quotation mark and backslash. */
const NAME = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** The refusal of a draft, if any. */
export function scopeFault(draft: ScopeDraft): Refusal | undefined {
  const { name, displayName, description } = draft
  if (name === '') return invalid('name', 'name: The field cannot be left blank')
  if (name.length > NAME_MAX || !NAME.test(name))
    return invalid(
      'name',
      'name: The name may hold printable ASCII characters only, without spaces, quotation marks and backslashes',
    )
  if (name === 'okta' || name === '*' || name.startsWith('okta.') || name.startsWith('okta:'))
    return invalid('name', `name: '${name}' is reserved`)
  if ((displayName ?? '').length > TEXT_MAX || (description ?? '').length > TEXT_MAX)
    return invalid('description', `description: The field cannot be longer than ${TEXT_MAX} characters`)
  if (draft.optional && draft.consent === 'IMPLICIT')
    return invalid('optional', 'optional: Only a scope that asks for consent can be optional')
  return undefined
}
