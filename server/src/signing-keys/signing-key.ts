// A signing key of a server. It is published before it signs (NEXT) and until the longest token that it signed has ended (RETIRED), so
// a client that fetches keys by `kid` never meets an unknown one.
import type { Instant } from '#kernel/instant.ts'
import type { PublicJwk } from '#signing/signer.ts'

/** The `serverId` of the org's own authorization server. */
export const ORG_SERVER = 'org'

export interface SigningKey {
  readonly serverId: string
  readonly kid: string
  readonly state: 'NEXT' | 'ACTIVE' | 'RETIRED'
  readonly created: Instant
  readonly expires: Instant | undefined
  readonly jwk: PublicJwk
  /** PEM, sealed with the org's data key. */
  readonly sealedPrivate: string
}

export const publishedKeys = (keys: readonly SigningKey[], now: Instant): readonly PublicJwk[] =>
  keys.filter((key) => key.expires === undefined || key.expires > now).map((key) => key.jwk)
