// The only SQL on `unknown_login`: attempts at names that nobody has, so that guessing at them costs and looks the same.
import type { OrgDb } from '#db/org-db.ts'
import { first, run, type Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'

/** Takes one of `max` attempts for the name: its number, or undefined when none is left. */
export function* takeUnknownAttempt(tx: OrgDb, nameHash: string, max: number, now: Instant): Unit<number | undefined> {
  const row = yield* first(
    tx
      .insert('unknown_login', { name_hash: nameHash, attempts: 1, last_attempt: now })
      .onConflict((conflict) =>
        conflict
          .columns(['org_id', 'name_hash'])
          .doUpdateSet((eb) => ({ attempts: eb('unknown_login.attempts', '+', 1), last_attempt: now }))
          .where('unknown_login.attempts', '<', max),
      )
      .returning('attempts'),
  )
  return row?.attempts
}

export function* forgetUnknownLogins(tx: OrgDb, before: Instant): Unit<void> {
  yield* run(tx.deleteFrom('unknown_login').where('last_attempt', '<', before))
}
