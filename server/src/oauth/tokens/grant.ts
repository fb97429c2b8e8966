// A grant: what one person allowed one client at one server, by one authorization. Its refresh tokens are one family, and its id stands
// in every access token, so that ending it ends all of them with one row.
import type { Instant } from '#kernel/instant.ts'
import type { RefreshFamily } from './refresh-rotation.ts'

export interface Grant {
  readonly id: string
  readonly appId: string
  readonly userId: string
  readonly serverId: string
  readonly sessionId: string | undefined
  readonly scopes: readonly string[]
  readonly amr: readonly string[]
  /** `auth_time`: when the person proved who they are. */
  readonly authenticated: Instant
  readonly created: Instant
  readonly lastUpdated: Instant
  /** The family's absolute end. */
  readonly ends: Instant | undefined
  readonly idleMinutes: number | undefined
  readonly accessTokenMinutes: number
  /** Of the newest refresh token; 0 where none was issued. */
  readonly generation: number
  /** When a refresh token was last used. */
  readonly refreshed: Instant | undefined
  readonly revoked: Instant | undefined
}

/** The grant as the family of its refresh tokens. */
export const familyOf = (
  grant: Grant,
): Pick<RefreshFamily, 'absoluteEnd' | 'idleMinutes' | 'lastUsedAt' | 'revokedAt'> => ({
  absoluteEnd: grant.ends,
  idleMinutes: grant.idleMinutes,
  lastUsedAt: grant.refreshed ?? grant.created,
  revokedAt: grant.revoked,
})
