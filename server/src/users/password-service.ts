// The old password for a new one. An attempt is taken before the old one is compared, from the same budget as signing in.
import { type Caller, personOf } from '#kernel/caller.ts'
import { Refusal } from '#kernel/refusal.ts'
import { lengthFault } from '#policies/password-rules.ts'
import type { Deps } from '../deps.ts'
import { endAccess } from './access.ts'
import { getAddressee } from './addressee.ts'
import { changePerson } from './change-person.ts'
import { replacePassword } from './change-service.ts'
import {
  complexityFault,
  hashPassword,
  passwordPolicyOfUser,
  reuseFault,
  tooSoonFault,
} from './new-password-service.ts'
import { type NoticeDoors, sealNotice } from './notice-mail-service.ts'
import { attemptBudget, lockOut, lockoutNotice, reserveAttempt, resetAttempts } from './service.ts'
import { selectPasswordHash, selectUser } from './store.ts'
import type { User } from './user.ts'
import { mayChangePassword } from './user-status.ts'

export interface PasswordChange {
  readonly oldPassword: string
  readonly newPassword: string
  /** Ends the person's sessions and tokens. */
  readonly revokeSessions: boolean
  /** But for this session. */
  readonly keptSessionId?: string
  /** Holds it to the age that the policy asks of the old one, whoever changes it. */
  readonly strict?: boolean
}

type Doors = Pick<Deps, 'db' | 'hasher' | 'revocation'> & NoticeDoors

const refused = (sentence: string) => new Refusal('credentials_update_failed', { causes: [sentence] })

/** @throws {Refusal} not_found, forbidden, change_password_not_allowed, credentials_update_failed */
export async function changePassword(deps: Doors, caller: Caller, name: string, change: PasswordChange): Promise<User> {
  const addressee = await getAddressee(deps, caller, name)
  const { id } = addressee
  const { oldPassword, newPassword, revokeSessions } = change
  const isOwn = personOf(caller)?.userId === id
  const policy = await passwordPolicyOfUser(deps, caller, id)
  if (isOwn && !policy.actions.mayChange) throw new Refusal('change_password_not_allowed')
  const tooLong = lengthFault(oldPassword)
  if (tooLong !== undefined) throw refused(`oldPassword: ${tooLong}`)
  const budget = attemptBudget(policy.lockout, deps.now())
  const complaint =
    (await complexityFault(policy, newPassword, addressee)) ??
    (isOwn || change.strict ? tooSoonFault(deps, policy, addressee) : undefined)
  const attempt = await changePerson(deps, caller, id, function* (tx, user) {
    if (!mayChangePassword(user.status)) throw new Refusal('change_password_not_allowed')
    if (complaint !== undefined) throw refused(`newPassword: ${complaint}`)
    const taken = yield* reserveAttempt(tx, deps, caller, user, budget)
    const stored = yield* selectPasswordHash(tx, id)
    return { taken, hash: stored?.hash }
  })
  const right = await deps.hasher.verify(oldPassword, attempt.hash)
  if (!right || attempt.taken === undefined) {
    if (attempt.taken === undefined || attempt.taken >= budget.max) {
      const now = deps.now()
      const notice = await lockoutNotice(deps, caller, policy.lockout, addressee, attempt.taken)
      await changePerson(deps, caller, id, (tx, user) =>
        lockOut(tx, deps, caller, { user, now, max: budget.max, notice }),
      )
      if (notice) deps.outbox.expect(caller.org)
    }
    throw refused('oldPassword: The credentials provided were incorrect.')
  }
  const reuse = await reuseFault(deps, caller, policy, id, newPassword)
  if (reuse !== undefined) {
    // The old password was right: that was no attempt to count.
    await changePerson(deps, caller, id, () => resetAttempts(deps.db.for(caller.org), id))
    throw refused(`newPassword: ${reuse}`)
  }
  const chosen = await hashPassword(deps, policy, newPassword)
  const notice = await sealNotice(deps, caller, 'password-changed', addressee)
  const now = deps.now()
  const changed = await changePerson(deps, caller, id, function* (tx, user) {
    const stored = yield* selectPasswordHash(tx, id)
    // Another change won while the old password was being compared: it is no longer the old one.
    if (stored?.hash !== attempt.hash) throw refused('oldPassword: The credentials provided were incorrect.')
    if (!mayChangePassword(user.status)) throw new Refusal('change_password_not_allowed')
    yield* replacePassword(tx, deps, caller, user, { chosen, notice, now })
    if (revokeSessions) yield* endAccess(tx, deps, id, now, change.keptSessionId)
    return (yield* selectUser(tx, id)) ?? user
  })
  if (notice) deps.outbox.expect(caller.org)
  return changed
}
