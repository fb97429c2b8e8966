// Revocation as units, for rooms to compose into theirs: it commits with the change that ended the access, or not at all.
import type { TokenRevocation } from '../../deps.ts'
import { deleteConsents } from './consent-store.ts'
import { revokeGrants } from './grant-store.ts'

export const tokenRevocation: TokenRevocation = {
  ofUser: (tx, userId, now) => revokeGrants(tx, { userId }, now),
  ofApp: (tx, appId, now) => revokeGrants(tx, { appId }, now),
  ofUserAndApp: (tx, userId, appId, now) => revokeGrants(tx, { userId, appId }, now),
  forgetUser: (tx, userId) => deleteConsents(tx, { userId }),
  forgetApp: (tx, appId) => deleteConsents(tx, { appId }),
}
