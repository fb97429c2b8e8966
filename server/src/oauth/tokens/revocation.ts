// Revocation as units, for rooms to compose into theirs: it commits with the change that ended the access, or not at all.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'
import type { TokenRevocation } from '../../deps.ts'
import { deleteUnusedCodes } from './code-store.ts'
import { deleteConsents } from './consent-store.ts'
import { endGrants } from './end-grants.ts'
import type { Holder } from './grant-store.ts'

export const tokenRevocation: TokenRevocation = {
  ofUser: (tx, userId, now) => endAuthorizations(tx, { userId }, now),
  ofApp: (tx, appId, now) => endAuthorizations(tx, { appId }, now),
  ofUserAndApp: (tx, userId, appId, now) => endAuthorizations(tx, { userId, appId }, now),
  forgetUser: (tx, userId) => deleteConsents(tx, { userId }),
  forgetApp: (tx, appId) => deleteConsents(tx, { appId }),
}

/** Codes first: an exchange that runs beside this unit holds its code's row, so it is either seen below or finds no code any more. */
function* endAuthorizations(tx: OrgDb, holder: Holder, now: Instant): Unit<void> {
  yield* deleteUnusedCodes(tx, holder, now)
  yield* endGrants(tx, holder, now)
}
