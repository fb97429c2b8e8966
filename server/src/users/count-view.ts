// How many people there are: counted on the index by status, without their rows.
import type { OrgDb } from '#db/org-db.ts'
import { all, type Unit } from '#db/unit.ts'
import type { UserStatus } from './user.ts'

export function* selectUserCounts(tx: OrgDb): Unit<ReadonlyMap<UserStatus, number>> {
  const rows = yield* all(
    tx
      .from('user')
      .select('status')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .groupBy('status'),
  )
  return new Map(rows.map(({ status, count }) => [status as UserStatus, count]))
}
