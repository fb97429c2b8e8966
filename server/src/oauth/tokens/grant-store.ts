// The only SQL on `oauth_grant`: what a person allowed a client to have.
import type { OrgDb } from '#db/org-db.ts'
import { prepared } from '#db/prepared.ts'
import type { OAuthGrantRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import { configIs } from './config-version-query.ts'
import type { Grant } from './grant.ts'

export function* insertGrant(tx: OrgDb, grant: Grant): Unit<void> {
  yield* run(
    tx.insert('oauth_grant', {
      id: grant.id,
      app_id: grant.appId,
      user_id: grant.userId,
      server_id: grant.serverId,
      session_id: grant.sessionId ?? null,
      scopes: grant.scopes.join(' '),
      amr: grant.amr.join(' '),
      authenticated: grant.authenticated,
      created: grant.created,
      last_updated: grant.lastUpdated,
      ends: grant.ends ?? null,
      idle_minutes: grant.idleMinutes ?? null,
      access_token_minutes: grant.accessTokenMinutes,
      generation: grant.generation,
      refreshed: grant.refreshed ?? null,
      revoked: grant.revoked ?? null,
    }),
  )
}

export function* findGrant(tx: OrgDb, id: string): Unit<Grant | undefined> {
  const row = yield* first(tx.from('oauth_grant').selectAll().where('id', '=', id))
  return row && toGrant(row)
}

export interface Claim {
  readonly grantId: string
  /** Of the token that was presented. */
  readonly generation: number
  readonly now: Instant
  /** The version of the configuration that the request was decided on. */
  readonly configVersion: number
}

const claiming = prepared((tx, { grantId, generation, next, now, configVersion }: Claim & { readonly next: number }) =>
  tx
    .update('oauth_grant')
    .set({ generation: next, refreshed: now, last_updated: now })
    .where('id', '=', grantId)
    .where('generation', '=', generation)
    .where('revoked', 'is', null)
    .where(configIs(tx, configVersion))
    .returning('id'),
)

/**
 * Takes the next generation of a living family: of any number of simultaneous refreshes of one token one gets a row, and none does once
 * the grant was revoked or the configuration has changed.
 */
export function* claimGeneration(tx: OrgDb, claim: Claim): Unit<boolean> {
  const { grantId, generation, now, configVersion } = claim
  const won = yield* first(claiming(tx, { grantId, generation, next: generation + 1, now, configVersion }))
  return won !== undefined
}

/** Restarts the idle window of a family that is not rotated. */
export function* touchGrant(tx: OrgDb, id: string, now: Instant): Unit<void> {
  yield* run(
    tx
      .update('oauth_grant')
      .set({ refreshed: now, last_updated: now })
      .where('id', '=', id)
      .where('revoked', 'is', null),
  )
}

/** Whose grants: of a person, of an app, or of both. One of them has to be said, since nothing would mean all of the org. */
export type Holder =
  | { readonly userId: string; readonly appId?: string }
  | { readonly userId?: string; readonly appId: string }

/** Those of a holder, of a server, or of both. */
export type GrantsOf =
  | (Holder & { readonly serverId?: string })
  | { readonly userId?: string; readonly appId?: string; readonly serverId: string }

/** `refreshable`: only those that gave a refresh token. */
export type GrantFilter = { readonly id: string } | (GrantsOf & { readonly refreshable?: true })

/** Marks grants as ended; `endGrants` is what ends all that they gave. */
export function* markRevoked(tx: OrgDb, filter: GrantFilter, now: Instant): Unit<void> {
  let update = tx.update('oauth_grant').set({ revoked: now, last_updated: now }).where('revoked', 'is', null)
  if ('id' in filter) return yield* run(update.where('id', '=', filter.id))
  const { userId, appId, serverId, refreshable } = filter
  if (userId !== undefined) update = update.where('user_id', '=', userId)
  if (appId !== undefined) update = update.where('app_id', '=', appId)
  if (serverId !== undefined) update = update.where('server_id', '=', serverId)
  if (refreshable) update = update.where('generation', '>', 0)
  yield* run(update)
}

/** Grants in the order of their ids, for the sweep. */
export function* nextGrants(tx: OrgDb, after: string, most: number): Unit<readonly Grant[]> {
  const rows = yield* all(tx.from('oauth_grant').selectAll().where('id', '>', after).orderBy('id').limit(most))
  return rows.map(toGrant)
}

export function* deleteGrants(tx: OrgDb, ids: readonly string[]): Unit<void> {
  yield* run(tx.deleteFrom('oauth_grant').where('id', 'in', ids))
}

export const toGrant = (row: OAuthGrantRow): Grant => ({
  id: row.id,
  appId: row.app_id,
  userId: row.user_id,
  serverId: row.server_id,
  sessionId: row.session_id ?? undefined,
  scopes: row.scopes.split(' ').filter(Boolean),
  amr: row.amr.split(' ').filter(Boolean),
  authenticated: instant(row.authenticated),
  created: instant(row.created),
  lastUpdated: instant(row.last_updated),
  ends: row.ends === null ? undefined : instant(row.ends),
  idleMinutes: row.idle_minutes ?? undefined,
  accessTokenMinutes: row.access_token_minutes,
  generation: row.generation,
  refreshed: row.refreshed === null ? undefined : instant(row.refreshed),
  revoked: row.revoked === null ? undefined : instant(row.revoked),
})
