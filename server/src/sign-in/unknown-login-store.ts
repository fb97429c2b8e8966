// The only SQL on `unknown_login`: what was tried with names that nobody can sign in with, so that their refusals cost the same work as
// those of real people.
import { sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import { first, run, type Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'

export interface UnknownAttempt {
  readonly slot: string
  readonly max: number
  readonly now: Instant
  /** What was last tried before this is forgotten. */
  readonly forgottenBefore: Instant
}

/** Takes one of `max` attempts, by one statement: the number taken, or undefined when none is left. */
export function* takeUnknownAttempt(
  tx: OrgDb,
  { slot, max, now, forgottenBefore }: UnknownAttempt,
): Unit<number | undefined> {
  const old = sql<boolean>`unknown_login.last_attempt < ${forgottenBefore}`
  const taken = yield* first(
    tx
      .insert('unknown_login', { name_hash: slot, attempts: 1, last_attempt: now })
      .onConflict((conflict) =>
        conflict
          .columns(['org_id', 'name_hash'])
          .doUpdateSet({
            attempts: sql<number>`CASE WHEN ${old} THEN 1 ELSE unknown_login.attempts + 1 END`,
            last_attempt: now,
          })
          .where(sql<boolean>`(unknown_login.attempts < ${max} OR ${old})`),
      )
      .returning('attempts'),
  )
  return taken?.attempts
}

/** The statement of a real person's lockout: it writes a row where `first` says that theirs would, else it finds none. */
export function* lockNobody(tx: OrgDb, slot: string, first: boolean): Unit<void> {
  yield* run(
    tx
      .update('unknown_login')
      .set((eb) => ({ attempts: eb.ref('attempts') }))
      .where('name_hash', '=', slot)
      .where('attempts', '>=', first ? 0 : Number.MAX_SAFE_INTEGER),
  )
}
