// The old password for a new one. An attempt is taken before the old one is compared, from the same budget as signing in.
import type { Caller } from '#kernel/caller.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { endAccess } from './access.ts'
import { getAddressee } from './addressee.ts'
import { changePerson } from './change-person.ts'
import { replacePassword } from './change-service.ts'
import { MAX_PASSWORD_ATTEMPTS, passwordFault } from './password-policy.ts'
import { lockOut } from './service.ts'
import { selectPasswordHash, selectUser, takeAttempt } from './store.ts'
import type { User } from './user.ts'
import { mayChangePassword } from './user-status.ts'

export interface PasswordChange {
  readonly oldPassword: string
  readonly newPassword: string
  /** Ends the person's sessions and tokens. */
  readonly revokeSessions: boolean
}

type Doors = Pick<Deps, 'db' | 'now' | 'random' | 'hasher' | 'revocation'>

const refused = (sentence: string) => new Refusal('credentials_update_failed', { causes: [sentence] })

/** @throws {Refusal} not_found, forbidden, change_password_not_allowed, credentials_update_failed */
export async function changePassword(deps: Doors, caller: Caller, name: string, change: PasswordChange): Promise<User> {
  const { id } = await getAddressee(deps, caller, name)
  const { oldPassword, newPassword, revokeSessions } = change
  const attempt = await changePerson(deps, caller, id, function* (tx, user) {
    if (!mayChangePassword(user.status)) throw new Refusal('change_password_not_allowed')
    const fault = passwordFault(newPassword, user.login)
    if (fault !== undefined) throw refused(`newPassword: ${fault}`)
    const taken = yield* takeAttempt(tx, id, MAX_PASSWORD_ATTEMPTS)
    const stored = yield* selectPasswordHash(tx, id)
    return { taken, hash: stored?.hash }
  })
  const right = await deps.hasher.verify(oldPassword, attempt.hash)
  if (!right || attempt.taken === undefined) {
    if (attempt.taken === undefined || attempt.taken >= MAX_PASSWORD_ATTEMPTS) {
      const now = deps.now()
      await changePerson(deps, caller, id, (tx, user) => lockOut(tx, deps, caller, { user, now }))
    }
    throw refused('oldPassword: The credentials provided were incorrect.')
  }
  const hash = await deps.hasher.hash(newPassword)
  const now = deps.now()
  return changePerson(deps, caller, id, function* (tx, user) {
    const stored = yield* selectPasswordHash(tx, id)
    // Another change won while the old password was being compared: it is no longer the old one.
    if (stored?.hash !== attempt.hash) throw refused('oldPassword: The credentials provided were incorrect.')
    if (!mayChangePassword(user.status)) throw new Refusal('change_password_not_allowed')
    yield* replacePassword(tx, deps, caller, user, hash, now)
    if (revokeSessions) yield* endAccess(tx, deps, id, now)
    return (yield* selectUser(tx, id)) ?? user
  })
}
