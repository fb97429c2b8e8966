// The states that administrators put people into, and the two deletions. Access ends in the unit that ends the right to it.
import { forgetFactors } from '#authenticators/service.ts'
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { removeFromAllGroups } from '#groups/service.ts'
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { queueMail } from '#mail/service.ts'
import { isLastSuperAdministrator, removeRoles } from '#roles/service.ts'
import { ACTIVATION_MINUTES, keepLink, newLinkToken, type PasswordLink } from '#sign-in/password-link.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { endAccess, forgetAccess } from './access.ts'
import { getAddressee } from './addressee.ts'
import { changePerson } from './change-person.ts'
import { assertCanMail, canMail, sealLinkMail } from './link-mail-service.ts'
import { clearAttempts, removeUser, selectUser, updateStatus } from './store.ts'
import { targetOf, type User } from './user.ts'
import { decideTransition, type LifecycleAction } from './user-status.ts'

type Doors = Pick<Deps, 'db' | 'now' | 'random' | 'revocation' | 'config' | 'mail' | 'outbox' | 'settings'>

const EVENTS: Readonly<Record<LifecycleAction, string>> = {
  activate: 'user.lifecycle.activate',
  reactivate: 'user.lifecycle.reactivate',
  deactivate: 'user.lifecycle.deactivate',
  suspend: 'user.lifecycle.suspend',
  unsuspend: 'user.lifecycle.unsuspend',
  unlock: 'user.account.unlock_by_admin',
  expire_password: 'user.account.expire_password',
}

/** The person after the action. @throws {Refusal} not_found, forbidden, and what the state refuses (spec of sign-in: 4.5) */
export async function changeStatus(deps: Doors, caller: Caller, name: string, action: LifecycleAction): Promise<User> {
  const { id } = await getAddressee(deps, caller, name)
  const now = deps.now()
  return changePerson(deps, caller, id, function* (tx, user) {
    yield* step(tx, deps, caller, user, action, now)
    return (yield* selectUser(tx, id)) ?? user
  })
}

export type LinkedAction = 'activate' | 'reactivate'

/** What a person without a password sets it with: to be handed over by whoever asked, since nothing can be mailed. */
export interface IssuedLink {
  readonly kind: PasswordLink['kind']
  readonly token: string
}

/**
 * Lets a person in for the first time, or again. One who has no password yet is mailed a link, or given one where `sendEmail` is false.
 * @throws {Refusal} not_found, forbidden, user_already_active, operation_not_allowed, validation_failed where a link would have to be mailed
 */
export async function activateUser(
  deps: Doors,
  caller: Caller,
  name: string,
  action: LinkedAction,
  { sendEmail }: { readonly sendEmail: boolean | undefined },
): Promise<IssuedLink | undefined> {
  const person = await getAddressee(deps, caller, name)
  const { id } = person
  const { org } = await deps.config.get(caller.org)
  const now = deps.now()
  const token = newLinkToken(deps)
  // Only who has no password waits for a link.
  const isMailed = sendEmail !== false && !(action === 'activate' && person.hasPassword)
  const link = { kind: 'activation', user: person, token, minutes: ACTIVATION_MINUTES } as const
  const mail = isMailed && canMail(deps) ? sealLinkMail(deps, caller, org, link) : undefined
  const issued = await changePerson(deps, caller, id, function* (tx, user) {
    yield* step(tx, deps, caller, user, action, now)
    const after = yield* selectUser(tx, id)
    if (after?.status !== 'PROVISIONED') return undefined
    if (sendEmail === true) assertCanMail(deps)
    if (sendEmail !== false && !mail) return undefined
    yield* keepLink(tx, token, { kind: 'activation', userId: id }, now)
    // Someone who waits for a link already is given another: no other state, but something to know.
    if (user.status === 'PROVISIONED')
      yield* logChange(tx, deps, caller, { eventType: EVENTS[action], targets: [targetOf(user)] })
    if (!mail) return { kind: 'activation', token } as const
    yield* queueMail(tx, mail)
    return undefined
  })
  if (mail) deps.outbox.expect(caller.org)
  return issued
}

function* step(tx: OrgDb, deps: Doors, caller: Caller, user: User, action: LifecycleAction, now: Instant): Unit<void> {
  const transition = decideTransition(action, user)
  if (transition.kind === 'refuse') throw transition.refusal
  if (action === 'activate' || action === 'unlock') yield* clearAttempts(tx, user.id)
  if (transition.kind === 'stay') return
  const { to } = transition
  if (to === 'DEPROVISIONED' || to === 'SUSPENDED') yield* assertOthersRemain(tx, user)
  yield* updateStatus(tx, { id: user.id, from: [user.status], to, now, activates: action === 'activate' })
  if (to === 'DEPROVISIONED' || to === 'SUSPENDED') yield* endAccess(tx, deps, user.id, now)
  if (to === 'DEPROVISIONED') yield* forgetAccess(tx, user.id)
  yield* logChange(tx, deps, caller, { eventType: EVENTS[action], targets: [targetOf(user)] })
}

// An org that nobody can administer could not be mended through its API.
function* assertOthersRemain(tx: OrgDb, user: User): Unit<void> {
  if (yield* isLastSuperAdministrator(tx, user.id)) throw new Refusal('forbidden')
}

/** Deactivates the person, or, where that has been done, removes them for good. @throws {Refusal} not_found, forbidden */
export async function deleteUser(deps: Doors, caller: Caller, name: string): Promise<void> {
  const { id } = await getAddressee(deps, caller, name)
  const now = deps.now()
  await changePerson(deps, caller, id, function* (tx, user) {
    if (user.status !== 'DEPROVISIONED') return yield* step(tx, deps, caller, user, 'deactivate', now)
    const targets = [targetOf(user)]
    yield* logChange(tx, deps, caller, { eventType: 'user.lifecycle.delete.initiated', targets })
    yield* endAccess(tx, deps, id, now)
    yield* forgetAccess(tx, id)
    yield* deps.revocation.forgetUser(tx, id)
    yield* removeFromAllGroups(tx, id)
    yield* removeRoles(tx, id)
    yield* forgetFactors(tx, id)
    yield* removeUser(tx, id)
    yield* logChange(tx, deps, caller, { eventType: 'user.lifecycle.delete.completed', targets })
  })
}
