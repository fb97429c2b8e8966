// Refresh tokens: the only SQL on them, but for the sealed successors that rotated ones keep for a while. Each is kept as a hash. A
// rotated one also keeps who used it, so that a replay can be told with both of its uses.
import type { OrgDb } from '#db/org-db.ts'
import { prepared } from '#db/prepared.ts'
import { first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import { configVersion } from './config-version-query.ts'
import type { Grant } from './grant.ts'
import { type Claim, claimGeneration, toGrant } from './grant-store.ts'

export interface RefreshToken {
  readonly tokenHash: string
  readonly grantId: string
  readonly generation: number
  readonly rotatedAt: Instant | undefined
  /** Who rotated it. */
  readonly rotatedBy: TokenUser | undefined
}

/** Where a refresh token was used from, and with what. */
export interface TokenUser {
  readonly ip: string
  readonly userAgent: string
}

export interface NewRefreshToken {
  readonly tokenHash: string
  readonly grantId: string
  readonly generation: number
  readonly created: Instant
}

const insertion = prepared((tx, { tokenHash, grantId, generation, created }: NewRefreshToken) =>
  tx.insert('refresh_token', {
    token_hash: tokenHash,
    grant_id: grantId,
    generation,
    created,
    rotated: null,
    rotated_ip: null,
    rotated_agent: null,
    successor: null,
  }),
)

export const insertRefreshToken = (tx: OrgDb, token: NewRefreshToken): Unit<void> => run(insertion(tx, token))

export interface FoundRefreshToken {
  readonly token: RefreshToken
  readonly grant: Grant
  /** The org's version at this moment: a request decided on another one is decided again. */
  readonly configVersion: number
}

const byHash = prepared((tx, { tokenHash }: { tokenHash: string }) =>
  tx
    .from('refresh_token')
    .innerJoin('oauth_grant as g', (join) =>
      join.onRef('g.org_id', '=', 'refresh_token.org_id').onRef('g.id', '=', 'refresh_token.grant_id'),
    )
    .selectAll('g')
    .select(['token_hash', 'refresh_token.generation as token_generation', 'rotated', 'rotated_ip', 'rotated_agent'])
    .select(configVersion(tx))
    .where('token_hash', '=', tokenHash),
)

/** The token and its family. */
export function* findRefreshToken(tx: OrgDb, tokenHash: string): Unit<FoundRefreshToken | undefined> {
  const row = yield* first(byHash(tx, { tokenHash }))
  if (!row) return undefined
  const token: RefreshToken = {
    tokenHash: row.token_hash,
    grantId: row.id,
    generation: row.token_generation,
    rotatedAt: row.rotated === null ? undefined : instant(row.rotated),
    rotatedBy: row.rotated_ip === null ? undefined : { ip: row.rotated_ip, userAgent: row.rotated_agent ?? '' },
  }
  return { token, grant: toGrant(row), configVersion: row.config_version }
}

export interface Rotation extends Claim {
  readonly presentedHash: string
  readonly nextHash: string
  /** The next token's value, sealed; undefined without a grace period. */
  readonly sealedNext: string | undefined
  readonly user: TokenUser
}

interface Succession extends TokenUser {
  readonly presentedHash: string
  readonly now: Instant
  readonly successor: string | null
}

const succession = prepared((tx, { presentedHash, now, successor, ip, userAgent }: Succession) =>
  tx
    .update('refresh_token')
    .set({ rotated: now, rotated_ip: ip, rotated_agent: userAgent, successor })
    .where('token_hash', '=', presentedHash),
)

/** Rotates, unless another request, a revocation or a change of configuration came first: then nothing is changed. */
export function* rotateToken(tx: OrgDb, rotation: Rotation): Unit<boolean> {
  if (!(yield* claimGeneration(tx, rotation))) return false
  const { presentedHash, nextHash, sealedNext, user, grantId, generation, now } = rotation
  yield* run(succession(tx, { presentedHash, now, successor: sealedNext ?? null, ...user }))
  yield* insertRefreshToken(tx, { tokenHash: nextHash, grantId, generation: generation + 1, created: now })
  return true
}

export function* deleteRefreshTokens(tx: OrgDb, grantIds: readonly string[]): Unit<void> {
  yield* run(tx.deleteFrom('refresh_token').where('grant_id', 'in', grantIds))
}
