// The only SQL on `consent`: which scopes a person has allowed an app at a server, remembered so that nobody is asked twice.
import type { OrgDb } from '#db/org-db.ts'
import { all, run, type Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'
import type { Holder } from './grant-store.ts'

export interface ConsentKey {
  readonly userId: string
  readonly appId: string
  readonly serverId: string
}

export function* findConsents(tx: OrgDb, { userId, appId, serverId }: ConsentKey): Unit<readonly string[]> {
  const rows = yield* all(
    tx
      .from('consent')
      .select('scope')
      .where('user_id', '=', userId)
      .where('app_id', '=', appId)
      .where('server_id', '=', serverId),
  )
  return rows.map((row) => row.scope)
}

export function* insertConsent(tx: OrgDb, key: ConsentKey, scope: string, id: string, now: Instant): Unit<void> {
  const row = { user_id: key.userId, app_id: key.appId, server_id: key.serverId, scope, id, created: now }
  yield* run(tx.insert('consent', row).onConflict((conflict) => conflict.doNothing()))
}

export function* deleteConsent(tx: OrgDb, userId: string, id: string): Unit<void> {
  yield* run(tx.deleteFrom('consent').where('user_id', '=', userId).where('id', '=', id))
}

export function* deleteConsents(tx: OrgDb, { userId, appId }: Holder): Unit<void> {
  let deletion = tx.deleteFrom('consent')
  if (userId !== undefined) deletion = deletion.where('user_id', '=', userId)
  if (appId !== undefined) deletion = deletion.where('app_id', '=', appId)
  yield* run(deletion)
}
