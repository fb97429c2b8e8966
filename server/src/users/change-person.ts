// A change of one person as a unit: who they are and whether the caller may change them is decided in it, never before.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { notFound } from '#kernel/refusal.ts'
import { assertMayChange } from '#roles/service.ts'
import type { Deps } from '../deps.ts'
import { selectUser } from './store.ts'
import type { User } from './user.ts'

/**
 * Runs a change of one person: whom it is about is decided again in the change's own unit, and so is whether the caller may.
 * @throws {Refusal} not_found, forbidden
 */
export async function changePerson<T>(
  deps: Pick<Deps, 'db'>,
  caller: Caller,
  userId: string,
  change: (tx: OrgDb, user: User) => Unit<T>,
): Promise<T> {
  return deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    const user = yield* selectUser(tx, userId)
    if (!user) throw notFound(userId, 'User')
    yield* assertMayChange(tx, caller, userId)
    return yield* change(tx, user)
  })
}
