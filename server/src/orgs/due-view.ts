// The one question that is asked across orgs about what is in them: whose mail waits to be sent.
import { sql } from 'kysely'
import type { Db } from '#db/db.ts'
import { all, type Unit } from '#db/unit.ts'
import type { OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'

/** Those that have waited the longest first. The words stand in the statement itself: the index is of such rows alone. */
export function* selectOrgsWithDueMail(db: Db, now: Instant, most: number): Unit<readonly OrgId[]> {
  const rows = yield* all(
    db.system
      .selectFrom('mail')
      .select('org_id')
      .where('status', '=', sql.lit('QUEUED'))
      .where('recipient', 'is not', null)
      .where('run_at', '<=', now)
      .where('expires', '>', now)
      .groupBy('org_id')
      .orderBy((eb) => eb.fn.min('run_at'))
      .limit(most),
  )
  return rows.map(({ org_id }) => org_id as OrgId)
}
