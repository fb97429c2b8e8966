// What becomes of a refresh token that was presented: the whole decision, without storage and without a clock. A family is all
// refresh tokens of one authorization: one branch, in which every token has at most one successor. Its absolute end is set once.
// A rotated token is good for the grace period only, counted from its first rotation, and then yields what the branch has come to;
// presented later it is proof that two hold it. The store claims by one statement, so of two simultaneous decisions to rotate one wins.
import { type Instant, later, MINUTE, SECOND } from '#kernel/instant.ts'

export interface RefreshFamily {
  readonly clientId: string
  readonly serverId: string
  /** Undefined: unlimited. */
  readonly absoluteEnd: Instant | undefined
  /** How long the family lives without being used; undefined: as long as it likes. */
  readonly idleMinutes: number | undefined
  readonly lastUsedAt: Instant
  readonly revokedAt: Instant | undefined
}

export interface RotationSetting {
  readonly rotationType: 'ROTATE' | 'STATIC'
  /** 0 to 60; 0 is no grace at all. */
  readonly leewaySeconds: number
}

export type RotationDecision =
  /** Answer with a new refresh token; the presented one has been rotated as of now. */
  | { readonly kind: 'rotate' }
  /** Answer with the same refresh token. */
  | { readonly kind: 'static' }
  /** Within the grace period: answer with the newest token of the branch, which for a single rotation is the same successor. */
  | { readonly kind: 'reissue' }
  /** After the grace period: revoke the family and the access tokens of the authorization, and record the reuse. */
  | { readonly kind: 'replayed' }
  | { readonly kind: 'expired'; readonly why: 'revoked' | 'absolute' | 'idle' }

/**
 * Decides about a token that belongs to the client and server that ask (see `foreignTo`, which comes first). The app's setting is
 * today's, so a switch of behaviour reaches living tokens; but what was rotated stays rotated when the app turns STATIC.
 */
export function decideRotation(
  token: { readonly rotatedAt: Instant | undefined },
  family: Pick<RefreshFamily, 'absoluteEnd' | 'idleMinutes' | 'lastUsedAt' | 'revokedAt'>,
  setting: RotationSetting,
  now: Instant,
): RotationDecision {
  if (family.revokedAt !== undefined) return { kind: 'expired', why: 'revoked' }
  // Before the limits: access tokens may outlive the family, and a replay has to revoke those too.
  if (token.rotatedAt !== undefined && !withinGrace(token.rotatedAt, setting, now)) return { kind: 'replayed' }
  if (family.absoluteEnd !== undefined && now >= family.absoluteEnd) return { kind: 'expired', why: 'absolute' }
  const idle = idleEnd(family.lastUsedAt, family.idleMinutes)
  if (idle !== undefined && now >= idle) return { kind: 'expired', why: 'idle' }
  if (token.rotatedAt !== undefined) return { kind: 'reissue' }
  return { kind: setting.rotationType === 'ROTATE' ? 'rotate' : 'static' }
}

/** Until when a token rotated at this instant may be presented again (that instant itself is too late); undefined: never. */
export const graceEnd = (rotatedAt: Instant, setting: RotationSetting): Instant | undefined =>
  setting.leewaySeconds > 0 ? later(rotatedAt, setting.leewaySeconds * SECOND) : undefined

/** The end that a family keeps for life, from the lifetime in minutes of the rule that matched; 0 there means unlimited. */
export const newFamilyEnd = (authorizedAt: Instant, lifetimeMinutes: number): Instant | undefined =>
  lifetimeMinutes === 0 ? undefined : later(authorizedAt, lifetimeMinutes * MINUTE)

/** When a family dies unless it is used before; undefined without an idle window. */
export const idleEnd = (lastUsedAt: Instant, idleMinutes: number | undefined): Instant | undefined =>
  idleMinutes === undefined ? undefined : later(lastUsedAt, idleMinutes * MINUTE)

/** The earlier of the family's ends as things stand; undefined when it has none. */
export function endOf(family: Pick<RefreshFamily, 'absoluteEnd' | 'idleMinutes' | 'lastUsedAt'>): Instant | undefined {
  const idle = idleEnd(family.lastUsedAt, family.idleMinutes)
  if (family.absoluteEnd === undefined || idle === undefined) return family.absoluteEnd ?? idle
  return family.absoluteEnd < idle ? family.absoluteEnd : idle
}

/** Whose token this is, if not the asker's. A stranger's attempt is refused and changes nothing: it neither rotates nor revokes. */
export function foreignTo(
  family: Pick<RefreshFamily, 'clientId' | 'serverId'>,
  asker: Pick<RefreshFamily, 'clientId' | 'serverId'>,
): 'another-client' | 'another-server' | undefined {
  if (family.clientId !== asker.clientId) return 'another-client'
  return family.serverId === asker.serverId ? undefined : 'another-server'
}

function withinGrace(rotatedAt: Instant, setting: RotationSetting, now: Instant): boolean {
  const end = graceEnd(rotatedAt, setting)
  return end !== undefined && now < end
}
