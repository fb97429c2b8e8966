// An origin that the org's administrators control: what the browser there may call with the session cookie (CORS), where people may be
// sent (REDIRECT), and who may frame our pages (IFRAME_EMBED).
import type { Instant } from '#kernel/instant.ts'
import { parseOrigin } from '#kernel/origin.ts'

export const ORIGIN_SCOPES = ['CORS', 'REDIRECT', 'IFRAME_EMBED'] as const
export type OriginScopeType = (typeof ORIGIN_SCOPES)[number]

export interface OriginScope {
  readonly type: OriginScopeType
  readonly allowedOktaApps?: readonly string[]
}

export interface TrustedOrigin {
  readonly id: string
  readonly name: string
  /** As it was sent, a trailing slash included; compared in its normal form. */
  readonly origin: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly scopes: readonly OriginScope[]
  readonly created: Instant
  readonly createdBy: string
  readonly lastUpdated: Instant
  readonly lastUpdatedBy: string
}

/** Whether an active origin of the list has exactly this scheme, host and port and that scope. An empty list trusts nobody. */
export function isTrusted(origins: readonly TrustedOrigin[], scope: OriginScopeType, presented: string): boolean {
  const asked = parseOrigin(presented)
  if (asked === undefined) return false
  return origins.some(
    (origin) =>
      origin.status === 'ACTIVE' &&
      origin.scopes.some((granted) => granted.type === scope) &&
      parseOrigin(origin.origin) === asked,
  )
}
