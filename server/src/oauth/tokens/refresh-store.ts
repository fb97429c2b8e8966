// Refresh tokens: the only SQL on them. Each is kept as a hash; the one exception to "only hashes" is the sealed value of a successor, kept
// by a rotated token for as long as somebody may ask for it again. A rotated one also keeps who used it, to tell a replay with both uses.
import { sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import { prepared } from '#db/prepared.ts'
import { first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import { configVersion } from './config-version-query.ts'
import type { Grant } from './grant.ts'
import { type Claim, claimGeneration, type GrantFilter, toGrant } from './grant-store.ts'

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

/** Erases those that nobody can be waiting for any more. */
export function* eraseOldSuccessors(tx: OrgDb, rotatedBefore: Instant): Unit<void> {
  yield* run(sealed(tx).where('rotated', '<', rotatedBefore))
}

/** Erases those of the grants that end. Few are sealed at any time, and each one's grant is looked up. */
export function* eraseSuccessorsOf(tx: OrgDb, ended: GrantFilter): Unit<void> {
  if ('id' in ended) return yield* run(sealed(tx).where('grant_id', '=', ended.id))
  let grants = tx.from('oauth_grant').select('id').whereRef('oauth_grant.id', '=', sql.ref('refresh_token.grant_id'))
  if (ended.userId !== undefined) grants = grants.where('user_id', '=', ended.userId)
  if (ended.appId !== undefined) grants = grants.where('app_id', '=', ended.appId)
  if (ended.serverId !== undefined) grants = grants.where('server_id', '=', ended.serverId)
  yield* run(sealed(tx).where((eb) => eb.exists(grants)))
}

const sealed = (tx: OrgDb) => tx.update('refresh_token').set({ successor: null }).where('successor', 'is not', null)

export function* deleteRefreshTokens(tx: OrgDb, grantIds: readonly string[]): Unit<void> {
  yield* run(tx.deleteFrom('refresh_token').where('grant_id', 'in', grantIds))
}
