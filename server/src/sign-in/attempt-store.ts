// The only SQL on `unknown_login`: how often something was tried that no person's own row counts. Passwords for names that nobody can sign
// in with, so that their refusals cost the same work as those of real people; links that were asked for with a name; answers to questions.
import { sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import { first, run, type Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'

export interface CountedAttempt {
  /** What is tried and with which name, in a few characters. */
  readonly slot: string
  readonly max: number
  readonly now: Instant
  /** What was last tried before this is forgotten. */
  readonly forgottenBefore: Instant
}

/** Takes one of `max` attempts, by one statement: the number taken, or undefined when none is left. */
export function* takeAttempt(tx: OrgDb, { slot, max, now, forgottenBefore }: CountedAttempt): Unit<number | undefined> {
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

/** Nothing was tried any more. */
export function* forgetAttempts(tx: OrgDb, slot: string): Unit<void> {
  yield* run(tx.deleteFrom('unknown_login').where('name_hash', '=', slot))
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
