// The only SQL on `oauth_grant` and `consent`: what a person allowed a client to have.
import type { OrgDb } from '#db/org-db.ts'
import { run, type Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'

export interface GrantFilter {
  readonly userId?: string
  readonly appId?: string
  readonly id?: string
}

/** Ends grants: their refresh tokens and every access token since the authorization are dead from this commit on. */
export function* revokeGrants(tx: OrgDb, { userId, appId, id }: GrantFilter, now: Instant): Unit<void> {
  let update = tx.update('oauth_grant').set({ revoked: now, last_updated: now }).where('revoked', 'is', null)
  if (userId !== undefined) update = update.where('user_id', '=', userId)
  if (appId !== undefined) update = update.where('app_id', '=', appId)
  if (id !== undefined) update = update.where('id', '=', id)
  yield* run(update)
}

export function* deleteConsents(tx: OrgDb, { userId, appId }: GrantFilter): Unit<void> {
  let deletion = tx.deleteFrom('consent')
  if (userId !== undefined) deletion = deletion.where('user_id', '=', userId)
  if (appId !== undefined) deletion = deletion.where('app_id', '=', appId)
  yield* run(deletion)
}
