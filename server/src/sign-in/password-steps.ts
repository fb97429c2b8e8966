// Steps about the password of a sign-in that is under way: one that has expired or ends soon is given for another.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { Refusal } from '#kernel/refusal.ts'
import { hashPassword, type NewPassword, repeatedFault, reuseFault } from '#users/new-password-service.ts'
import { sealNotice } from '#users/notice-mail-service.ts'
import { acceptChangedPassword } from '#users/recovery-service.ts'
import { findUser, readPasswordHash } from '#users/service.ts'
import type { Deps } from '../deps.ts'
import { type At, advance, renew, type Situation } from './engine-service.ts'
import { proved } from './standing.ts'

export type PasswordChange =
  | { readonly kind: 'changed'; readonly situation: Situation }
  | { readonly kind: 'refused'; readonly fault: string }

/**
 * The new password in the place of the one that was proved. What the old one had opened elsewhere stays, unless `revokeSessions` ends
 * it: sessions, what could become one, and what apps hold.
 * @throws {Refusal} rate_limited where too many hashes wait; invalid_token, wrong_state where another answer came first
 */
export async function changePassword(
  deps: Deps,
  caller: Caller,
  at: At<'change-password'>,
  chosen: NewPassword,
  wish: { readonly revokeSessions: boolean },
): Promise<PasswordChange> {
  const { user, kept, demands } = at
  const policy = demands.password
  const fault = await repeatedFault(policy, chosen, user)
  if (fault !== undefined) return { kind: 'refused', fault }
  const tx = deps.db.for(caller.org)
  const stored = await deps.db.read(readPasswordHash(tx, user.id))
  if (await deps.hasher.verify(chosen.password, stored?.hash))
    return { kind: 'refused', fault: 'The new password must be another than the old one.' }
  const reuse = await reuseFault(deps, caller, policy, user.id, chosen.password)
  if (reuse !== undefined) return { kind: 'refused', fault: reuse }
  const hashed = await hashPassword(deps, policy, chosen.password)
  const notice = await sealNotice(deps, caller, 'password-changed', user)
  const now = deps.now()
  const standing = proved(kept.standing, { kind: 'password', at: now, passwordChanged: now })
  const { passwordChanged } = user
  function* replace(tx: OrgDb): Unit<boolean> {
    const current = yield* findUser(tx, user.id)
    const change = current && { user: current, passwordChanged, ...wish }
    if (!change || !(yield* acceptChangedPassword(tx, deps, caller, change, { chosen: hashed, notice, now })))
      throw new Refusal('invalid_token')
    return true
  }
  // What ends all sign-ins of the person's ends this one too.
  const situation = wish.revokeSessions
    ? await renew(deps, caller, at, standing, replace)
    : await advance(deps, caller, at, standing, replace)
  if (notice) deps.outbox.expect(caller.org)
  return { kind: 'changed', situation }
}
