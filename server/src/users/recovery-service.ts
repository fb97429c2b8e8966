// A password that is taken away or forgotten: a link to choose another, or a temporary one that has to be changed at the next sign-in.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import type { RandomBytes } from '#kernel/id.ts'
import { type Instant, MINUTE } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { queueMail } from '#mail/service.ts'
import type { PasswordPolicy } from '#policies/password-policy.ts'
import { endLinksOfUser, keepLink, newLinkToken } from '#sign-in/password-link.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { endAccess } from './access.ts'
import { getAddressee } from './addressee.ts'
import { changePerson } from './change-person.ts'
import { type Replacement, replacePassword } from './change-service.ts'
import type { IssuedLink } from './lifecycle-service.ts'
import { assertCanMail, sealLinkMail } from './link-mail-service.ts'
import { complexityFault, hashPassword, passwordPolicyOfUser } from './new-password-service.ts'
import { clearAttempts, updatePassword, updateStatus } from './store.ts'
import { temporaryPassword } from './temporary-password.ts'
import { actorOf, targetOf, type User } from './user.ts'
import { mayResetPassword, maySignIn } from './user-status.ts'

type Doors = Pick<Deps, 'db' | 'now' | 'random' | 'hasher' | 'revocation' | 'config' | 'mail' | 'outbox' | 'settings'>

export interface Reset {
  /** What it is where nothing is said: true. */
  readonly sendEmail: boolean
  /** Ends the person's sessions and tokens now, not only once the new password is set. */
  readonly revokeSessions: boolean
}

/**
 * Takes the password away: the person can't sign in until they have chosen another by the link.
 * @throws {Refusal} not_found, forbidden, operation_not_allowed, validation_failed where a link would have to be mailed
 */
export async function resetPassword(
  deps: Doors,
  caller: Caller,
  name: string,
  reset: Reset,
): Promise<IssuedLink | undefined> {
  const person = await getAddressee(deps, caller, name)
  const { id } = person
  const { token, lifetime, mail } = await newRecoveryLink(deps, caller, person, reset)
  const now = deps.now()
  const issued = await changePerson(deps, caller, id, function* (tx, user) {
    if (!mayResetPassword(user.status)) throw new Refusal('operation_not_allowed')
    if (reset.sendEmail) assertCanMail(deps)
    if (user.status !== 'RECOVERY') yield* updateStatus(tx, { id, from: [user.status], to: 'RECOVERY', now })
    if (reset.revokeSessions) yield* endAccess(tx, deps, id, now)
    yield* keepLink(tx, token, { kind: 'recovery', userId: id }, now, lifetime)
    yield* logChange(tx, deps, caller, { eventType: 'user.account.reset_password', targets: [targetOf(user)] })
    if (!mail) return { kind: 'recovery', token } as const
    yield* queueMail(tx, mail)
    return undefined
  })
  if (mail) deps.outbox.expect(caller.org)
  return issued
}

/** A link as long-lived as the person's policy says, and the mail that carries it where one does. */
async function newRecoveryLink(deps: Doors, caller: Caller, user: User, { sendEmail }: Pick<Reset, 'sendEmail'>) {
  const { org } = await deps.config.get(caller.org)
  const { recovery } = await passwordPolicyOfUser(deps, caller, user.id)
  const minutes = recovery.email.tokenLifetimeMinutes
  const token = newLinkToken(deps)
  const mail = sendEmail ? sealLinkMail(deps, caller, org, { kind: 'recovery', user, token, minutes }) : undefined
  return { token, lifetime: minutes * MINUTE, mail }
}

/**
 * A link for someone who has forgotten the password; it stays good until they have chosen another.
 * @throws {Refusal} not_found, forbidden, forgot_password_not_allowed, validation_failed where a link would have to be mailed
 */
export async function forgotPassword(
  deps: Doors,
  caller: Caller,
  name: string,
  { sendEmail }: Pick<Reset, 'sendEmail'>,
): Promise<IssuedLink | undefined> {
  const person = await getAddressee(deps, caller, name)
  const { id } = person
  const { token, lifetime, mail } = await newRecoveryLink(deps, caller, person, { sendEmail })
  const now = deps.now()
  const issued = await changePerson(deps, caller, id, function* (tx, user) {
    if (user.status !== 'ACTIVE' || !user.hasPassword) throw new Refusal('forgot_password_not_allowed')
    if (sendEmail) assertCanMail(deps)
    yield* keepLink(tx, token, { kind: 'recovery', userId: id }, now, lifetime)
    yield* logChange(tx, deps, caller, { eventType: 'user.account.reset_password', targets: [targetOf(user)] })
    if (!mail) return { kind: 'recovery', token } as const
    yield* queueMail(tx, mail)
    return undefined
  })
  if (mail) deps.outbox.expect(caller.org)
  return issued
}

/** The password that opens nothing but the step in which it is changed. @throws {Refusal} not_found, forbidden, operation_not_allowed */
export async function setTemporaryPassword(
  deps: Doors,
  caller: Caller,
  name: string,
  { revokeSessions }: Pick<Reset, 'revokeSessions'>,
): Promise<string> {
  const addressee = await getAddressee(deps, caller, name)
  const { id } = addressee
  const policy = await passwordPolicyOfUser(deps, caller, id)
  const password = await newTemporaryPassword(deps.random, policy, addressee)
  const chosen = await hashPassword(deps, policy, password)
  const now = deps.now()
  return changePerson(deps, caller, id, function* (tx, user) {
    if (!mayResetPassword(user.status)) throw new Refusal('operation_not_allowed')
    if (revokeSessions) yield* endAccess(tx, deps, id, now)
    yield* endLinksOfUser(tx, id)
    yield* updatePassword(tx, id, chosen, now)
    if (user.status !== 'PASSWORD_EXPIRED')
      yield* updateStatus(tx, { id, from: [user.status], to: 'PASSWORD_EXPIRED', now })
    yield* logChange(tx, deps, caller, { eventType: 'user.account.expire_password', targets: [targetOf(user)] })
    return password
  })
}

const DRAWS_MAX = 1_000

/** Drawn again until the policy has nothing against it. @throws Error for a policy that nothing satisfies */
async function newTemporaryPassword(random: RandomBytes, policy: PasswordPolicy, user: User): Promise<string> {
  for (let draws = 0; draws < DRAWS_MAX; draws++) {
    const password = temporaryPassword(random, policy.complexity)
    if ((await complexityFault(policy, password, user)) === undefined) return password
  }
  throw new Error('the password policy refuses every temporary password')
}

/**
 * The password that a person chose by a link, with its events: they are active, and whatever the old one had opened ends. False where
 * they may not choose one any more.
 */
export function* acceptChosenPassword(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random' | 'revocation'>,
  caller: Caller,
  user: User,
  replacement: Omit<Replacement, 'actor'>,
): Unit<boolean> {
  if (!mayResetPassword(user.status)) return false
  const actor = actorOf(user)
  const { now } = replacement
  if (user.status === 'LOCKED_OUT') {
    yield* updateStatus(tx, { id: user.id, from: [user.status], to: 'ACTIVE', now })
    yield* logChange(tx, deps, caller, { eventType: 'user.account.unlock', targets: [targetOf(user)], actor })
  }
  yield* replacePassword(tx, deps, caller, user, { ...replacement, actor })
  yield* endAccess(tx, deps, user.id, now)
  return true
}

/** A person whom wrong passwords had locked out has proved who they are by a mail. Anybody else is left as they are. */
export function* unlockBySelf(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random'>,
  caller: Caller,
  user: User,
  now: Instant,
): Unit<void> {
  if (user.status !== 'LOCKED_OUT') return
  yield* updateStatus(tx, { id: user.id, from: [user.status], to: 'ACTIVE', now })
  yield* clearAttempts(tx, user.id)
  const event = { eventType: 'user.account.unlock', targets: [targetOf(user)], actor: actorOf(user) }
  yield* logChange(tx, deps, caller, event)
}

export interface ChangedPassword {
  readonly user: User
  /** Of the one that was right. */
  readonly passwordChanged: number | undefined
  /** Ends all that the old one had opened, and the sign-ins that are under way. */
  readonly revokeSessions: boolean
}

/** A new password in the place of one that was right a moment ago. False where it is not the person's any more. */
export function* acceptChangedPassword(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random' | 'revocation'>,
  caller: Caller,
  { user, passwordChanged, revokeSessions }: ChangedPassword,
  replacement: Omit<Replacement, 'actor'>,
): Unit<boolean> {
  if (!maySignIn(user.status) || user.passwordChanged !== passwordChanged) return false
  yield* replacePassword(tx, deps, caller, user, { ...replacement, actor: actorOf(user) })
  if (revokeSessions) yield* endAccess(tx, deps, user.id, replacement.now)
  return true
}
