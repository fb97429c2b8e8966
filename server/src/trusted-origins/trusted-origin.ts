// An origin that the org's administrators control: what the browser there may call with the session cookie (CORS), where people may be
// sent (REDIRECT), and who may frame our pages (IFRAME_EMBED). It is kept as it was written and compared in its normal form; no two
// origins of an org have the same name or the same normal form. A wildcard, a path or a query is refused.
import { type EnabledFeatures, needsFeature } from '#features/registry.ts'
import type { Instant } from '#kernel/instant.ts'
import { searchKey } from '#kernel/login-key.ts'
import { parseOrigin } from '#kernel/origin.ts'
import { invalid } from '#kernel/refusal.ts'

export const ORIGIN_SCOPES = ['CORS', 'REDIRECT', 'IFRAME_EMBED'] as const
export type OriginScopeType = (typeof ORIGIN_SCOPES)[number]

/** Empty is the sign-in pages; this one is the dashboard. */
export const EMBEDDABLE_APPS = ['OKTA_ENDUSER'] as const

export const ORIGIN_STATUSES = ['ACTIVE', 'INACTIVE'] as const

export interface OriginScope {
  readonly type: OriginScopeType
  readonly allowedOktaApps?: readonly string[]
}

export interface TrustedOriginDraft {
  readonly name: string
  /** As it was sent, a trailing slash included; compared in its normal form. */
  readonly origin: string
  readonly scopes: readonly OriginScope[]
}

export interface TrustedOrigin extends TrustedOriginDraft {
  readonly id: string
  readonly status: (typeof ORIGIN_STATUSES)[number]
  readonly created: Instant
  readonly createdBy: string
  readonly lastUpdated: Instant
  readonly lastUpdatedBy: string
}

export interface OriginKeys {
  readonly name: string
  readonly origin: string
}

const TEXT_MAX = 255

/** The keys under which the origin is unique. @throws {Refusal} validation_failed */
export function checkDraft({ name, origin, scopes }: TrustedOriginDraft): OriginKeys {
  checkText('name', name)
  checkText('origin', origin)
  const normal = parseOrigin(origin)
  if (normal === undefined) throw invalid('origin', 'origin: Origin value is not valid')
  checkScopes(scopes)
  return { name: searchKey(name).trim(), origin: normal }
}

function checkText(field: string, text: string): void {
  if (text.trim() === '') throw invalid(field, `${field}: The field cannot be left blank`)
  if (text.includes('\0') || !text.isWellFormed()) throw invalid(field, `${field}: The field is not valid`)
  if (text.length > TEXT_MAX) throw invalid(field, `${field}: The field is too long`)
}

function checkScopes(scopes: readonly OriginScope[]): void {
  if (scopes.length === 0) throw invalid('scopes', 'scopes: The field cannot be left blank')
  if (new Set(scopes.map(({ type }) => type)).size < scopes.length)
    throw invalid('scopes', 'scopes: A scope type may be given only once')
  if (scopes.some(({ type, allowedOktaApps }) => type !== 'IFRAME_EMBED' && (allowedOktaApps ?? []).length > 0))
    throw invalid('allowedOktaApps', 'allowedOktaApps: Only the scope IFRAME_EMBED can name apps')
}

/** Whether an active origin of the list has exactly this scheme, host and port and that scope. An empty list trusts nobody. */
export function isTrusted(origins: readonly TrustedOrigin[], scope: OriginScopeType, presented: string): boolean {
  const asked = parseOrigin(presented)
  if (asked === undefined) return false
  return origins.some((origin) => allows(origin, scope) && parseOrigin(origin.origin) === asked)
}

/** Whether the origin counts for that scope: it has it, and is active. */
export const allows = ({ status, scopes }: TrustedOrigin, scope: OriginScopeType): boolean =>
  status === 'ACTIVE' && scopes.some(({ type }) => type === scope)

/** For an origin that is made or replaced. @throws {Refusal} validation_failed for what a feature that is off would serve */
export function checkFeatures({ scopes }: TrustedOriginDraft, features: EnabledFeatures): void {
  const embed = scopes.find(({ type }) => type === 'IFRAME_EMBED')
  if (embed && !features.has('iframe_embedding'))
    throw invalid('scopes', `scopes: The scope 'IFRAME_EMBED' ${needsFeature('iframe_embedding')}`)
  if ((embed?.allowedOktaApps ?? []).length > 0 && !features.has('iframe_embedding_start_page'))
    throw invalid('allowedOktaApps', `allowedOktaApps: 'OKTA_ENDUSER' ${needsFeature('iframe_embedding_start_page')}`)
}

/**
 * The origins whose pages may frame ours: the sign-in pages, which come before anything else, those of every active origin with the
 * scope; the start page, those that name it.
 */
export function framersOf(
  origins: readonly TrustedOrigin[],
  features: EnabledFeatures,
  page: 'sign-in' | 'start',
): readonly string[] {
  if (!features.has(page === 'start' ? 'iframe_embedding_start_page' : 'iframe_embedding')) return []
  const mayFrame = ({ type, allowedOktaApps = [] }: OriginScope) =>
    type === 'IFRAME_EMBED' && (page === 'sign-in' || allowedOktaApps.includes('OKTA_ENDUSER'))
  return origins
    .filter(({ status, scopes }) => status === 'ACTIVE' && scopes.some(mayFrame))
    .map(({ origin }) => origin)
}
