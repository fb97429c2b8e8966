// Changing people's profiles and passwords. Whichever way a profile or a password comes in, it passes the checks of creation.
import { followAddress } from '#authenticators/service.ts'
import type { OrgDb } from '#db/org-db.ts'
import { refuseConflict } from '#db/refuse-conflict.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import type { QueuedMail } from '#mail/mail.ts'
import { queueMail } from '#mail/service.ts'
import type { PasswordPolicy } from '#policies/password-policy.ts'
import { endLinksOfUser } from '#sign-in/password-link.ts'
import type { EventActor } from '#system-log/event.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { getAddressee } from './addressee.ts'
import { changePerson } from './change-person.ts'
import { loginTaken } from './create-service.ts'
import { type HashedCredentials, hashCredentials } from './draft-credentials.ts'
import { passwordPolicyOfUser, reuseFault, tooSoonFault } from './new-password-service.ts'
import { type NoticeDoors, sealNotice } from './notice-mail-service.ts'
import { checkProfile, isOwnChange, mergeProfile } from './profile.ts'
import type { RecoveryQuestion } from './recovery-question.ts'
import {
  selectCredentials,
  selectUser,
  updateCredentials,
  updatePassword,
  updateProfile,
  updateStatus,
} from './store.ts'
import { type ChosenPassword, type Profile, targetOf, type User } from './user.ts'
import { isFirstPassword, statusWithNewPassword } from './user-status.ts'

export interface UserChange {
  /** `merge` leaves what was not sent; `replace` empties it; `own` merges what people may change of themselves. */
  readonly mode: 'merge' | 'replace' | 'own'
  readonly profile?: Profile
  readonly password?: string
  /** Holds the password also to the policy's age and history. */
  readonly strict?: boolean
  /** Without an answer it is the question as it was read, sent back. */
  readonly recoveryQuestion?: { readonly question: string; readonly answer: string | undefined }
}

type Doors = Pick<Deps, 'db' | 'hasher' | 'devices'> & NoticeDoors

/** @throws {Refusal} not_found, forbidden, validation_failed, operation_not_allowed */
export async function updateUser(deps: Doors, caller: Caller, name: string, change: UserChange): Promise<User> {
  const addressee = await getAddressee(deps, caller, name)
  const { id, login, recoveryQuestion } = addressee
  if (change.mode === 'own' && (change.password !== undefined || change.recoveryQuestion?.answer !== undefined))
    throw new Refusal('forbidden')
  const question = askedQuestion(change, recoveryQuestion)
  const policy = await passwordPolicyOfUser(deps, caller, id)
  const owner = { login: loginAfter(change, login), profile: { ...addressee.profile, ...change.profile } }
  if (change.password !== undefined && change.strict)
    await checkStrictly(deps, caller, policy, addressee, change.password)
  const hashed = await hashCredentials(deps, policy, owner, {
    ...(change.password === undefined ? {} : { password: change.password }),
    ...(question ? { recoveryQuestion: question } : {}),
  })
  const isTold = change.password !== undefined && !isFirstPassword(addressee)
  const notice = isTold ? await sealNotice(deps, caller, 'password-changed', addressee) : undefined
  const now = deps.now()
  const changed = changePerson(deps, caller, id, function* (tx, user) {
    if (change.profile || change.mode === 'replace') yield* changeProfile(tx, deps, caller, user, change, now)
    yield* changeCredentials(tx, deps, caller, user, { ...hashed, notice }, now)
    return (yield* selectUser(tx, id)) ?? user
  })
  const updated = await refuseConflict(changed, loginTaken)
  if (notice) deps.outbox.expect(caller.org)
  return updated
}

async function checkStrictly(
  deps: Doors,
  caller: Caller,
  policy: PasswordPolicy,
  user: User,
  password: string,
): Promise<void> {
  const fault = tooSoonFault(deps, policy, user) ?? (await reuseFault(deps, caller, policy, user.id, password))
  if (fault !== undefined) throw invalid('password', `password: ${fault}`)
}

function loginAfter({ profile }: UserChange, login: string): string {
  const wanted = profile?.login
  return typeof wanted === 'string' && wanted !== '' ? wanted : login
}

function askedQuestion({ recoveryQuestion }: UserChange, stored: string | undefined): RecoveryQuestion | undefined {
  if (!recoveryQuestion) return undefined
  const { question, answer } = recoveryQuestion
  if (answer !== undefined) return { question, answer }
  if (question === stored) return undefined
  throw invalid('recovery_question', 'answer: The field cannot be left blank')
}

function* changeProfile(
  tx: OrgDb,
  deps: Doors,
  caller: Caller,
  user: User,
  { mode, profile: sent = {} }: UserChange,
  now: Instant,
): Unit<void> {
  const { login, profile } = checkProfile(mode === 'replace' ? sent : mergeProfile(user.profile, sent))
  if (mode === 'own' && !isOwnChange(user.profile, profile)) throw new Refusal('forbidden')
  yield* updateProfile(tx, user.id, login, profile, now)
  // Whoever reads the former mailbox has no way in by what was sent there.
  if (ADDRESSES.some((name) => profile[name] !== user.profile[name])) yield* endLinksOfUser(tx, user.id)
  if (typeof profile.email === 'string') yield* followAddress(tx, deps, caller, user, profile.email)
  yield* logChange(tx, deps, caller, { eventType: 'user.account.update_profile', targets: [targetOf(user)] })
}

const ADDRESSES = ['login', 'email', 'secondEmail'] as const

function* changeCredentials(
  tx: OrgDb,
  deps: Doors,
  caller: Caller,
  user: User,
  { password, recoveryQuestion, notice }: HashedCredentials & Pick<Replacement, 'notice'>,
  now: Instant,
): Unit<void> {
  if (recoveryQuestion) {
    const stored = yield* selectCredentials(tx, user.id)
    yield* updateCredentials(tx, user.id, { provider: stored?.provider ?? user.provider, recoveryQuestion }, now)
  }
  if (!password) return
  if (user.status === 'DEPROVISIONED') throw new Refusal('operation_not_allowed')
  yield* replacePassword(tx, deps, caller, user, { chosen: password, notice, now })
  yield* deps.devices.forget(tx, user.id)
}

export interface Replacement {
  readonly chosen: ChosenPassword
  /** What tells the person, where it is not their first password. */
  readonly notice: QueuedMail | undefined
  readonly now: Instant
  /** Who did it where nobody has signed in. */
  readonly actor?: EventActor
}

/** The new password and what it completes, with its event and the mail about it; links to choose one are void. */
export function* replacePassword(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random'>,
  caller: Caller,
  user: User,
  { chosen, notice, now, actor }: Replacement,
): Unit<void> {
  yield* updatePassword(tx, user.id, chosen, now)
  yield* endLinksOfUser(tx, user.id)
  const to = statusWithNewPassword(user.status)
  if (to !== user.status)
    yield* updateStatus(tx, { id: user.id, from: [user.status], to, now, activates: user.status === 'PROVISIONED' })
  const targets = [targetOf(user)]
  yield* logChange(tx, deps, caller, { eventType: 'user.account.update_password', targets, ...(actor && { actor }) })
  if (notice && !isFirstPassword(user)) yield* queueMail(tx, notice)
}
