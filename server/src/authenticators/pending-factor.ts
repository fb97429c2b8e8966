// What beginning and activating have in common: who may, and where the code or challenge of a pending factor stands.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { type Caller, personOf } from '#kernel/caller.ts'
import { later } from '#kernel/instant.ts'
import { tokenHash } from '#kernel/secret.ts'
import { assertMayChange } from '#roles/service.ts'
import { getUser } from '#users/service.ts'
import type { User } from '#users/user.ts'
import { ENROLLING } from './check-activation.ts'
import type { EmailFactor, Factor } from './factor.ts'
import { codeHash, newCode, RESEND_AFTER } from './one-time-code.ts'
import type { FactorDoors } from './service.ts'
import { putChallenge, takeMail } from './store.ts'

/** Whoever is signing in is no caller yet; whoever is one is asked. @throws {Refusal} not_found, forbidden */
export function* assertCallerMayChange(tx: OrgDb, caller: Caller, userId: string): Unit<void> {
  yield* getUser(tx, userId)
  if (personOf(caller)) yield* assertMayChange(tx, caller, userId)
}

/** Where the code or the challenge of a pending factor is kept. */
export const placeOf = ({ userId, id }: Factor) => ({ userId, target: id, binding: tokenHash(ENROLLING) })

/** A code for a pending factor, to be mailed in the unit that keeps it. */
export async function newMail(deps: FactorDoors, caller: Caller, user: User, factor: EmailFactor, lifetime: number) {
  const { org } = await deps.config.get(caller.org)
  const now = deps.now()
  const expires = later(now, lifetime)
  const code = newCode(deps.random)
  const hash = codeHash(org.dataKey, { factorId: factor.id, binding: ENROLLING }, code)
  return {
    expires,
    /** False where another was mailed a moment ago. */
    *queue(tx: OrgDb): Unit<boolean> {
      if (!(yield* takeMail(tx, factor, now, RESEND_AFTER))) return false
      yield* putChallenge(tx, { ...placeOf(factor), hash, expires, facts: {} })
      yield* deps.queueCode(tx, caller, { user, email: factor.profile.email, code, purpose: 'enroll', expires })
      return true
    },
  }
}
