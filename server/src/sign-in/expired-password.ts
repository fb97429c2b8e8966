// Changing a password that was right and has expired, whichever face asks: the proof is of one password, and another one makes it void.
import type { Caller } from '#kernel/caller.ts'
import {
  hashPassword,
  type NewPassword,
  passwordPolicyOfUser,
  repeatedFault,
  reuseFault,
} from '#users/new-password-service.ts'
import { acceptChangedPassword } from '#users/recovery-service.ts'
import { findUser, readPasswordHash } from '#users/service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import type { ExpiredProof } from './interaction.ts'

export type ExpiredChange =
  | { readonly kind: 'changed'; readonly user: User }
  | { readonly kind: 'refused'; readonly fault: string; readonly login: string }
  /** It is not the expired password any more. */
  | { readonly kind: 'gone' }

/** @throws {Refusal} rate_limited where too many hashes wait */
export async function changeExpiredPassword(
  deps: Deps,
  caller: Caller,
  { userId, passwordChanged }: Pick<ExpiredProof, 'userId' | 'passwordChanged'>,
  chosen: NewPassword,
): Promise<ExpiredChange> {
  const tx = deps.db.for(caller.org)
  const known = await deps.db.read(findUser(tx, userId))
  if (known?.status !== 'PASSWORD_EXPIRED' || known.passwordChanged !== passwordChanged) return { kind: 'gone' }
  const refuse = (fault: string): ExpiredChange => ({ kind: 'refused', fault, login: known.login })
  const policy = await passwordPolicyOfUser(deps, caller, userId)
  const fault = await repeatedFault(policy, chosen, known)
  if (fault !== undefined) return refuse(fault)
  const stored = await deps.db.read(readPasswordHash(tx, userId))
  if (await deps.hasher.verify(chosen.password, stored?.hash))
    return refuse('The new password must be another than the old one.')
  const reuse = await reuseFault(deps, caller, policy, userId, chosen.password)
  if (reuse !== undefined) return refuse(reuse)
  const hashed = await hashPassword(deps, policy, chosen.password)
  const now = deps.now()
  const changed = await deps.db.write(function* () {
    const user = yield* findUser(tx, userId)
    const isDone = user && (yield* acceptChangedPassword(tx, deps, caller, { user, passwordChanged }, hashed, now))
    return isDone ? yield* findUser(tx, userId) : undefined
  })
  return changed ? { kind: 'changed', user: changed } : { kind: 'gone' }
}
