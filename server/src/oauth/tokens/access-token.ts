// Access tokens: what is in them (spec: 4.7) and what one that comes back is worth.

import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { RandomBytes } from '#kernel/id.ts'
import { epochSeconds, type Instant, instant, later, MINUTE } from '#kernel/instant.ts'
import { randomToken } from '#kernel/secret.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { publicKeysOf } from '#signing-keys/service.ts'
import { audienceUnder, type Issuer } from '../issuer.ts'
import type { Grant } from './grant.ts'
import { findGrant } from './grant-store.ts'
import { type JwtClaims, openJwt } from './jwt.ts'
import { isRevoked } from './revoked-store.ts'

export interface AccessTokenFacts {
  readonly issuer: Issuer
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly minutes: number
  /** Absent for client credentials. */
  readonly person?: { readonly userId: string; readonly userName: string; readonly authenticated: Instant }
  readonly grantId?: string
}

const accessTokenId = (random: RandomBytes, grantId: string | undefined): string =>
  `AT.${randomToken(random)}${grantId === undefined ? '' : `.${grantId}`}`

export function accessTokenClaims(facts: AccessTokenFacts, now: Instant, random: RandomBytes): JwtClaims {
  const { issuer, clientId, person } = facts
  return {
    ver: 1,
    jti: accessTokenId(random, facts.grantId),
    iss: issuer.url,
    aud: audienceUnder(issuer, issuer.url),
    iat: epochSeconds(now),
    exp: epochSeconds(later(now, facts.minutes * MINUTE)),
    cid: clientId,
    ...(person ? { uid: person.userId } : {}),
    scp: facts.scopes,
    ...(person ? { auth_time: epochSeconds(person.authenticated) } : {}),
    sub: person?.userName ?? clientId,
  }
}

/** A token of ours whose signature, issuer and times are right. */
export interface AccessToken {
  /** The name of the server that it was given under. */
  readonly issuer: string
  readonly jti: string
  readonly clientId: string
  readonly userId: string | undefined
  readonly subject: string
  readonly audience: string
  readonly scopes: readonly string[]
  readonly issued: Instant
  readonly expires: Instant
  readonly grantId: string | undefined
}

/**
 * Reads an access token of this server, given under whichever of its names; undefined for anything that isn't one or has expired. A
 * name counts as long as the org has the host, whatever the issuer mode has become.
 */
export function readAccessToken(
  config: OrgConfig,
  issuer: Issuer,
  token: string,
  now: Instant,
): AccessToken | undefined {
  const claims = openJwt(token, publicKeysOf(config, issuer.id, now))
  const name = issuer.names.find((each) => each === claims?.iss)
  if (!claims || name === undefined || claims.aud !== audienceUnder(issuer, name)) return undefined
  const { jti, cid, sub, exp, iat, scp, uid } = claims
  if (typeof jti !== 'string' || typeof cid !== 'string' || typeof sub !== 'string') return undefined
  if (!jti.startsWith('AT.') || typeof exp !== 'number' || typeof iat !== 'number' || !Array.isArray(scp))
    return undefined
  const expires = instant(exp * 1_000)
  if (expires <= now) return undefined
  return {
    issuer: name,
    jti,
    clientId: cid,
    userId: typeof uid === 'string' ? uid : undefined,
    subject: sub,
    audience: claims.aud,
    scopes: scp.filter((scope) => typeof scope === 'string'),
    issued: instant(iat * 1_000),
    expires,
    grantId: jti.split('.')[2],
  }
}

/** Whether nothing has ended the token since: neither alone nor with everything that its authorization gave. */
export function* isTokenAlive(tx: OrgDb, token: AccessToken): Unit<{ alive: boolean; grant: Grant | undefined }> {
  const grant = token.grantId === undefined ? undefined : yield* findGrant(tx, token.grantId)
  if (token.grantId !== undefined && (!grant || grant.revoked !== undefined)) return { alive: false, grant }
  return { alive: !(yield* isRevoked(tx, token.jti)), grant }
}
