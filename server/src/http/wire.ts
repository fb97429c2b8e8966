// What the wire shapes of several rooms have alike: members that may be null, and links.
import Type, { type TSchema } from 'typebox'

/** A member that is always there, and may be null. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A member that may be left out, or be null, which says the same. */
export const maybe = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema))

/** One of `_links`, with the methods that it takes. */
export const link = (href: string, ...allow: readonly string[]) => ({ href, hints: { allow } })

/** The link that changes the state of what stands at `self`. */
export function lifecycleLink(self: string, status: 'ACTIVE' | 'INACTIVE') {
  const verb = status === 'ACTIVE' ? 'deactivate' : 'activate'
  return { [verb]: link(`${self}/lifecycle/${verb}`, 'POST') }
}
