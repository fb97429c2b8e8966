// The password check, for every face of sign-in. Whoever is named, it costs the same: one attempt is reserved in the database before
// the hash, one hash is computed, and a refusal says nothing but that it is one. What the reason was stands in the System Log alone.
// As many wrong passwords in a row as the person's policy says lock them out; the unit that makes use of a success gives the attempts back.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { HOUR, later } from '#kernel/instant.ts'
import { loginKey } from '#kernel/login-key.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { PolicyPerson } from '#policies/choose-policy.ts'
import { passwordPolicyFor } from '#policies/password-policy.ts'
import { lengthFault } from '#policies/password-rules.ts'
import { readPolicyPerson } from '#policies/service.ts'
import { decideSignOn, type SignOnSource } from '#policies/sign-on.ts'
import type { EventActor } from '#system-log/event.ts'
import {
  attemptBudget,
  findUser,
  findUserByName,
  lockOut,
  lockoutNotice,
  readPasswordHash,
  reserveAttempt,
} from '#users/service.ts'
import { actorOf, type User } from '#users/user.ts'
import { maySignIn } from '#users/user-status.ts'
import type { Deps } from '../deps.ts'
import { lockNobody, takeAttempt } from './attempt-store.ts'
import { readIdentifier, slotOf } from './identifier.ts'

export interface Credentials {
  /** The login, or its part before the `@` where only one person's begins so. */
  readonly identifier: string
  readonly password: string
}

export type Verification =
  | { readonly kind: 'verified'; readonly user: User }
  /** The password is right, and must be changed before it opens anything. */
  | { readonly kind: 'expired'; readonly user: User }
  /** Longer than any password: nothing was compared, and no attempt is taken. */
  | { readonly kind: 'too-long'; readonly fault: string }
  /** A lockout is told of only where the policy says so, of people and of unknown names alike. */
  | { readonly kind: 'refused'; readonly isLockedOut?: true }

/** Why a sign-in failed, as the System Log says it. */
type Reason = 'INVALID_CREDENTIALS' | 'LOCKED_OUT' | 'VERIFICATION_ERROR'

const UNKNOWN_NAMES_FORGOTTEN = HOUR

/**
 * Whether the password is the person's and they may sign in. The caller's next unit calls `resetAttempts` with what it makes of it.
 * @throws {Refusal} rate_limited for more than four attempts a second with one name, or a full queue of hashes
 */
export async function verifyCredentials(deps: Deps, caller: Caller, credentials: Credentials): Promise<Verification> {
  const name = readIdentifier(credentials.identifier)
  if (!deps.passwordPace.take(caller.org, loginKey(name), deps.now())) throw new Refusal('rate_limited')
  return checkPassword(deps, caller, { identifier: name, password: credentials.password })
}

/** The check without the limit on its pace. */
export async function checkPassword(
  deps: Deps,
  caller: Caller,
  { identifier, password }: Credentials,
): Promise<Verification> {
  const fault = lengthFault(password)
  if (fault !== undefined) return { kind: 'too-long', fault }
  const tx = deps.db.for(caller.org)
  const { org, policies } = await deps.config.fresh(caller.org)
  const now = deps.now()
  const slot = slotOf(org, identifier)
  const { user, hash, person } = await deps.db.read(findCandidate(tx, identifier))
  const policy = passwordPolicyFor(policies, person)
  const budget = attemptBudget(policy.lockout, now)
  const { max } = budget
  const signOn = decideSignOn(policies, person)
  // Only these have attempts to lose: counting the others' would leave them without any on the day they may sign in again.
  const mayTry = user && signOn.access === 'ALLOW' && (maySignIn(user.status) || user.status === 'LOCKED_OUT')
  const counted = mayTry ? user : undefined
  const unknown = { slot, max, now, forgottenBefore: later(now, -UNKNOWN_NAMES_FORGOTTEN) }
  const attempt = await deps.db.write(
    () => (counted ? reserveAttempt(tx, deps, caller, counted, budget) : takeAttempt(tx, unknown)),
    { isolation: 'readCommitted' },
  )
  // Who is locked out gets an attempt only where the lockout is over.
  const checked = attempt !== undefined && counted !== undefined
  const right = await deps.hasher.verify(password, checked ? hash : undefined)
  // Someone may have been locked out or suspended, or their password changed, while the hash was computed.
  const current = right && user ? await deps.db.read(findUser(tx, user.id)) : undefined
  if (current && maySignIn(current.status) && current.passwordChanged === user?.passwordChanged)
    return { kind: current.status === 'PASSWORD_EXPIRED' ? 'expired' : 'verified', user: current }

  if (attempt === undefined || attempt >= max) {
    const notice = counted && (await lockoutNotice(deps, caller, policy.lockout, counted, attempt))
    await deps.db.write(
      () =>
        counted
          ? lockOut(tx, deps, caller, { user: counted, now, max, actor: actorOf(counted), notice })
          : lockNobody(tx, slot, attempt !== undefined),
      { isolation: 'readCommitted' },
    )
    if (notice) deps.outbox.expect(caller.org)
  }
  const isDenied = user !== undefined && signOn.access === 'DENY'
  if (isDenied) recordDenial(deps, caller, user, signOn.by)
  const actor = user ? actorOf(user) : unknownActor(identifier)
  deps.events.record(caller, {
    eventType: 'user.session.start',
    outcome: 'FAILURE',
    reason: isDenied ? 'VERIFICATION_ERROR' : reasonOf(user, attempt),
    actor,
  })
  const isLockedOut = policy.lockout.showLockoutFailures && (attempt === undefined || attempt >= max)
  return { kind: 'refused', ...(isLockedOut && { isLockedOut }) }
}

/** Whom the policy denies learns nothing of the password: it isn't even compared, and the log alone says why. */
function recordDenial(deps: Deps, caller: Caller, user: User, { policy, rule }: SignOnSource): void {
  deps.events.record(caller, {
    eventType: 'policy.evaluate_sign_on',
    outcome: 'DENY',
    reason: 'Sign-on policy evaluation resulted in DENY',
    actor: actorOf(user),
    targets: [
      { id: policy.id, type: 'PolicyEntity', alternateId: 'unknown', displayName: policy.name },
      { id: rule.id, type: 'PolicyRule', alternateId: 'unknown', displayName: rule.name },
    ],
  })
}

interface Candidate {
  readonly user: User | undefined
  readonly hash: string | undefined
  readonly person: PolicyPerson
}

function* findCandidate(tx: OrgDb, identifier: string): Unit<Candidate> {
  const user = yield* findUserByName(tx, identifier)
  const stored = yield* readPasswordHash(tx, user?.id ?? '')
  return { user, hash: stored?.hash, person: yield* readPolicyPerson(tx, user?.id ?? '') }
}

function reasonOf(user: User | undefined, attempt: number | undefined): Reason {
  if (user?.status === 'LOCKED_OUT' || (user && attempt === undefined)) return 'LOCKED_OUT'
  return user && !maySignIn(user.status) ? 'VERIFICATION_ERROR' : 'INVALID_CREDENTIALS'
}

const unknownActor = (typed: string): EventActor => ({
  id: 'unknown',
  type: 'User',
  alternateId: typed,
  displayName: 'unknown',
})
