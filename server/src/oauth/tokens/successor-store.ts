// Sealed successors, the one exception to "tokens are kept as hashes only": a rotated token's row keeps the next one's value for as long as
// somebody may ask for it again. It goes with the grace period, and with the family.
import { sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import { first, run, type Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'

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

export interface EndedGrants {
  readonly id?: string
  readonly userId?: string
  readonly appId?: string
  readonly serverId?: string
}

/** Erases those that nobody can be waiting for any more. */
export function* eraseOldSuccessors(tx: OrgDb, rotatedBefore: Instant): Unit<void> {
  yield* run(sealed(tx).where('rotated', '<', rotatedBefore))
}

/** Erases those of the grants that end. Few are sealed at any time, and each one's grant is looked up. */
export function* eraseSuccessorsOf(tx: OrgDb, ended: EndedGrants): Unit<void> {
  if (ended.id !== undefined) return yield* run(sealed(tx).where('grant_id', '=', ended.id))
  let grants = tx.from('oauth_grant').select('id').whereRef('oauth_grant.id', '=', sql.ref('refresh_token.grant_id'))
  if (ended.userId !== undefined) grants = grants.where('user_id', '=', ended.userId)
  if (ended.appId !== undefined) grants = grants.where('app_id', '=', ended.appId)
  if (ended.serverId !== undefined) grants = grants.where('server_id', '=', ended.serverId)
  yield* run(sealed(tx).where((eb) => eb.exists(grants)))
}

const sealed = (tx: OrgDb) => tx.update('refresh_token').set({ successor: null }).where('successor', 'is not', null)
