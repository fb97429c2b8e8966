// What an authorization server may be (spec: 6.1). Pure.
import { type EnabledFeatures, needsFeature } from '#features/registry.ts'
import { invalid, type Refusal } from '#kernel/refusal.ts'
import type { AuthorizationServer } from './authorization-server.ts'

/** What can be set of a server; the rest is ours. */
export type ServerDraft = Pick<AuthorizationServer, 'name' | 'description' | 'audience' | 'issuerMode' | 'rotationMode'>

const NAME_MAX = 255
const TEXT_MAX = 1_000
const AUDIENCE_MAX = 2_048

/** The refusal of a draft, if any. */
export function serverFault({ name, description, audience }: ServerDraft): Refusal | undefined {
  if (name.trim() === '') return invalid('name', 'name: The field cannot be left blank')
  if (name.length > NAME_MAX) return invalid('name', `name: The field cannot be longer than ${NAME_MAX} characters`)
  if ((description ?? '').length > TEXT_MAX)
    return invalid('description', `description: The field cannot be longer than ${TEXT_MAX} characters`)
  if (audience.trim() === '') return invalid('audiences', 'audiences: The field cannot be left blank')
  if (audience.length > AUDIENCE_MAX)
    return invalid('audiences', `audiences: The field cannot be longer than ${AUDIENCE_MAX} characters`)
  if (audience.includes(':') && !isUri(audience))
    return invalid('audiences', 'audiences: An audience that contains a colon must be a valid URI')
  return undefined
}

/** A server that has the mode already keeps it, so that a switch stands in the way of no other change. */
export function issuerModeFault(
  draft: ServerDraft,
  current: AuthorizationServer | undefined,
  features: EnabledFeatures,
): Refusal | undefined {
  const isNew = draft.issuerMode === 'DYNAMIC' && current?.issuerMode !== 'DYNAMIC'
  if (!isNew || features.has('dynamic_issuer')) return undefined
  return invalid('issuerMode', `issuerMode: 'DYNAMIC' ${needsFeature('dynamic_issuer')}`)
}

/** RFC 3986 §4.3: absolute, and of the characters that a URI is made of. */
const isUri = (text: string): boolean =>
  /^[A-Za-z][A-Za-z0-9+.-]*:[\w.~:/?#[\]@!$&'()*+,;=%-]+$/.test(text) &&
  !/%(?![0-9A-Fa-f]{2})/.test(text) &&
  (!text.includes('://') || URL.canParse(text))
