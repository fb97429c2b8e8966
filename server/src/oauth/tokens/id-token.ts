// ID tokens (OpenID Connect Core §2; spec: 4.7): thin beside an access token, whose userinfo has the rest.
import { hash } from 'node:crypto'
import type { OrgId, RandomBytes } from '#kernel/id.ts'
import { epochSeconds, HOUR, type Instant, later } from '#kernel/instant.ts'
import { randomToken } from '#kernel/secret.ts'
import { publicKeysOf } from '#signing-keys/service.ts'
import type { Issuer, IssuerContext } from '../issuer.ts'
import { type ClaimedPerson, claimsForScopes } from '../scopes.ts'
import { type JwtClaims, openJwt } from './jwt.ts'

export interface IdTokenFacts {
  readonly issuer: Issuer
  readonly org: OrgId
  readonly clientId: string
  readonly userId: string
  readonly person: ClaimedPerson
  readonly scopes: readonly string[]
  readonly authenticated: Instant
  readonly amr: readonly string[]
  readonly nonce: string | undefined
  readonly acr: string | undefined
  /** Undefined for one that comes alone: then it tells everything that the scopes open. */
  readonly accessToken: string | undefined
}

const ID_TOKEN_MILLISECONDS = HOUR

export function idTokenClaims(facts: IdTokenFacts, now: Instant, random: RandomBytes): JwtClaims {
  return {
    sub: facts.userId,
    ...claimsForScopes(facts.scopes, facts.person, facts.accessToken === undefined ? 'fat' : 'thin'),
    ver: 1,
    iss: facts.issuer.url,
    aud: facts.clientId,
    iat: epochSeconds(now),
    exp: epochSeconds(later(now, ID_TOKEN_MILLISECONDS)),
    jti: `ID.${randomToken(random)}`,
    amr: facts.amr,
    idp: facts.org,
    ...(facts.nonce === undefined ? {} : { nonce: facts.nonce }),
    ...(facts.acr === undefined ? {} : { acr: facts.acr }),
    auth_time: epochSeconds(facts.authenticated),
    ...(facts.accessToken === undefined ? {} : { at_hash: leftHash(facts.accessToken) }),
  }
}

/** OpenID Connect Core §3.1.3.6: the left half of the SHA-256. */
const leftHash = (token: string): string => hash('sha256', token, 'buffer').subarray(0, 16).toString('base64url')

export interface IdTokenHint {
  readonly userId: string
  readonly clientId: string
  readonly claims: JwtClaims
}

/** An ID token of this server, expired or not; undefined for anything else. Whose it is, is the caller's to compare. */
export function readIdToken({ config, issuer }: IssuerContext, text: string, now: Instant): IdTokenHint | undefined {
  const claims = openJwt(text, publicKeysOf(config, issuer.id, now))
  const { aud, sub, jti, iss } = claims ?? {}
  if (!claims || !issuer.names.some((name) => name === iss) || typeof aud !== 'string' || typeof sub !== 'string')
    return undefined
  // An access token is signed with the same key.
  return typeof jti === 'string' && jti.startsWith('ID.') ? { userId: sub, clientId: aud, claims } : undefined
}
