// The one way in which grants end before their time.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'
import { type GrantFilter, markRevoked } from './grant-store.ts'
import { eraseSuccessorsOf } from './refresh-store.ts'

/** Ends grants: their refresh tokens and every access token since the authorization are dead from this commit on. */
export function* endGrants(tx: OrgDb, filter: GrantFilter, now: Instant): Unit<void> {
  yield* markRevoked(tx, filter, now)
  // Second: a rotation that came first has sealed its successor by the time that the grant's row is free.
  yield* eraseSuccessorsOf(tx, filter)
}
