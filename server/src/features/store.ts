// The only SQL on `feature`. A row of a feature that this release does not know stays as it is.
import type { OrgDb } from '#db/org-db.ts'
import { all, run, type Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'
import type { Switched } from './feature.ts'

export function* findSwitched(tx: OrgDb): Unit<Switched> {
  const rows = yield* all(tx.from('feature').select(['feature', 'status']))
  return new Map(rows.map(({ feature, status }) => [feature, status === 'ENABLED']))
}

export function* setSwitched(tx: OrgDb, feature: string, on: boolean, now: Instant): Unit<void> {
  const state = { status: on ? ('ENABLED' as const) : ('DISABLED' as const), last_updated: now }
  yield* run(
    tx
      .insert('feature', { feature, ...state })
      .onConflict((conflict) => conflict.columns(['org_id', 'feature']).doUpdateSet(state)),
  )
}
