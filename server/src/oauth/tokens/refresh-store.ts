// Refresh tokens: the only SQL on them. Each is kept as a hash; the one exception to "only hashes" is the sealed value of a successor,
// which a rotated token keeps for its grace period and a little longer.
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
  /** Sealed; for the grace period and a few minutes more. */
  readonly successor: string | undefined
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
    .select(['token_hash', 'refresh_token.generation as token_generation', 'rotated', 'successor'])
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
    successor: row.successor ?? undefined,
  }
  return { token, grant: toGrant(row), configVersion: row.config_version }
}

/** The token that the family has come to, and where its value is sealed: in the row of the one before it. */
export function* findNewestSeal(tx: OrgDb, grantId: string, newest: number): Unit<string | undefined> {
  const row = yield* first(
    tx
      .from('refresh_token')
      .select('successor')
      .where('grant_id', '=', grantId)
      .where('generation', '=', newest - 1),
  )
  return row?.successor ?? undefined
}

export interface Rotation extends Claim {
  readonly presentedHash: string
  readonly nextHash: string
  /** The next token's value, sealed; undefined without a grace period. */
  readonly sealedNext: string | undefined
}

const succession = prepared(
  (tx, { presentedHash, now, successor }: { presentedHash: string; now: Instant; successor: string | null }) =>
    tx.update('refresh_token').set({ rotated: now, successor }).where('token_hash', '=', presentedHash),
)

/** Rotates, unless another request, a revocation or a change of configuration came first: then nothing is changed. */
export function* rotateToken(tx: OrgDb, rotation: Rotation): Unit<boolean> {
  if (!(yield* claimGeneration(tx, rotation))) return false
  const { presentedHash, nextHash, sealedNext, grantId, generation, now } = rotation
  yield* run(succession(tx, { presentedHash, now, successor: sealedNext ?? null }))
  yield* insertRefreshToken(tx, { tokenHash: nextHash, grantId, generation: generation + 1, created: now })
  return true
}

/** Erases sealed successors that nobody can be waiting for any more. */
export function* eraseSuccessors(tx: OrgDb, rotatedBefore: Instant): Unit<void> {
  yield* run(
    tx
      .update('refresh_token')
      .set({ successor: null })
      .where('successor', 'is not', null)
      .where('rotated', '<', rotatedBefore),
  )
}

export function* deleteRefreshTokens(tx: OrgDb, grantIds: readonly string[]): Unit<void> {
  yield* run(tx.deleteFrom('refresh_token').where('grant_id', 'in', grantIds))
}
