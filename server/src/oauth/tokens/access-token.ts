// Access tokens: what is in them (spec: 4.7) and what one that comes back is worth.

import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { RandomBytes } from '#kernel/id.ts'
import { epochSeconds, type Instant, instant, later, MINUTE } from '#kernel/instant.ts'
import { randomToken } from '#kernel/secret.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { publicKeysOf } from '#signing-keys/service.ts'
import type { Issuer } from '../issuer.ts'
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
    aud: issuer.audience,
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

/** Reads an access token of this server; undefined for anything that isn't one or has expired. */
export function readAccessToken(
  config: OrgConfig,
  issuer: Issuer,
  token: string,
  now: Instant,
): AccessToken | undefined {
  const claims = openJwt(token, publicKeysOf(config, issuer.id, now))
  if (!claims || claims.iss !== issuer.url || claims.aud !== issuer.audience) return undefined
  const { jti, cid, sub, exp, iat, scp, uid } = claims
  if (typeof jti !== 'string' || typeof cid !== 'string' || typeof sub !== 'string') return undefined
  if (!jti.startsWith('AT.') || typeof exp !== 'number' || typeof iat !== 'number' || !Array.isArray(scp))
    return undefined
  const expires = instant(exp * 1_000)
  if (expires <= now) return undefined
  return {
    jti,
    clientId: cid,
    userId: typeof uid === 'string' ? uid : undefined,
    subject: sub,
    audience: issuer.audience,
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
