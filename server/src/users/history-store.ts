// The only SQL on `password_history`: the hashes of the passwords that a person had before the present one, no more than their policy asks
// for.
import type { OrgDb } from '#db/org-db.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'

/** Moves the present hash, which is about to be replaced, into the history, and forgets all but the newest `kept`. */
export function* keepPassword(tx: OrgDb, userId: string, now: Instant, kept: number): Unit<void> {
  const present = yield* first(tx.from('user').select('password_hash').where('id', '=', userId))
  const hash = present?.password_hash ?? undefined
  if (hash !== undefined && kept > 0)
    yield* run(
      tx
        .insert('password_history', { user_id: userId, hash, created: now })
        .onConflict((conflict) => conflict.columns(['org_id', 'user_id', 'hash']).doNothing()),
    )
  const surplus = (yield* selectFormerHashes(tx, userId)).slice(kept)
  if (surplus.length > 0)
    yield* run(tx.deleteFrom('password_history').where('user_id', '=', userId).where('hash', 'in', surplus))
}

/** Newest first. */
export function* selectFormerHashes(tx: OrgDb, userId: string): Unit<readonly string[]> {
  const rows = yield* all(
    tx.from('password_history').select('hash').where('user_id', '=', userId).orderBy('created', 'desc').orderBy('hash'),
  )
  return rows.map(({ hash }) => hash)
}

export function* removeHistory(tx: OrgDb, userId: string): Unit<void> {
  yield* run(tx.deleteFrom('password_history').where('user_id', '=', userId))
}
