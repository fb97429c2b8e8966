// What a person's access consists of, for the units that end it.

import { endApiTokensOfUser } from '#api-tokens/service.ts'
import { removeUserFromApps } from '#apps/service.ts'
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'
import { endSessionsOfUser } from '#sessions/service.ts'
import { endLinksOfUser } from '#sign-in/password-link.ts'
import { endSessionTokensOfUser } from '#sign-in/session-token.ts'
import type { Deps } from '../deps.ts'

/**
 * Ends sessions and links to a new password, and revokes what apps hold: for as long as the person may not come in, and for a password that
 * others may know. The session that is named stays, where a person changes their own password.
 */
export function* endAccess(
  tx: OrgDb,
  deps: Pick<Deps, 'revocation'>,
  userId: string,
  now: Instant,
  exceptSessionId?: string,
): Unit<void> {
  yield* endSessionsOfUser(tx, userId, exceptSessionId)
  yield* endSessionTokensOfUser(tx, userId)
  yield* endLinksOfUser(tx, userId)
  yield* deps.revocation.ofUser(tx, userId, now)
}

/** Takes away for good what would open things again: app assignments, and the tokens of the management API. */
export function* forgetAccess(tx: OrgDb, userId: string): Unit<void> {
  yield* removeUserFromApps(tx, userId)
  yield* endApiTokensOfUser(tx, userId)
}
