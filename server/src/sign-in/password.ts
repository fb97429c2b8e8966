// The password check, for every face of sign-in. Whoever is named, it costs the same: one attempt is reserved in the database before
// the hash, one hash is computed, and a refusal says nothing but that it is one. What the reason was stands in the System Log alone.
// The tenth wrong password in a row locks the person out; the unit that makes use of a success gives the attempts back.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { HOUR, later } from '#kernel/instant.ts'
import { loginKey } from '#kernel/login-key.ts'
import { Refusal } from '#kernel/refusal.ts'
import { deriveKey, keyedHash } from '#kernel/secret.ts'
import type { EventActor } from '#system-log/event.ts'
import { MAX_PASSWORD_ATTEMPTS, PASSWORD_CHARACTERS_MAX } from '#users/password-policy.ts'
import {
  findUser,
  findUserByLogin,
  findUserByShortName,
  lockOut,
  readPasswordHash,
  reserveAttempt,
} from '#users/service.ts'
import { actorOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { isProofStillGood } from './session-token.ts'
import { lockNobody, takeUnknownAttempt } from './unknown-login-store.ts'

export interface Credentials {
  /** The login, or its part before the `@` where only one person's begins so. */
  readonly identifier: string
  readonly password: string
}

export type Verification = { readonly kind: 'verified'; readonly user: User } | { readonly kind: 'refused' }

/** Why a sign-in failed, as the System Log says it. */
type Reason = 'INVALID_CREDENTIALS' | 'LOCKED_OUT' | 'VERIFICATION_ERROR'

const NAME_CHARACTERS_MAX = 255
const UNKNOWN_NAMES_FORGOTTEN = HOUR
/** 18 bits of the name's hash: attempts with unknown names can't fill the database, whatever is typed. */
const SLOT_CHARACTERS = 3

/**
 * Whether the password is the person's and they may sign in. The caller's next unit calls `resetAttempts` with what it makes of it.
 * @throws {Refusal} rate_limited for more than four attempts a second with one name, or a full queue of hashes
 */
export async function verifyCredentials(deps: Deps, caller: Caller, credentials: Credentials): Promise<Verification> {
  // What no database keeps is nobody's name; a cut may leave half of a character behind.
  const name = credentials.identifier.slice(0, NAME_CHARACTERS_MAX).replaceAll('\0', '\uFFFD').toWellFormed()
  if (!deps.passwordPace.take(caller.org, loginKey(name), deps.now())) throw new Refusal('rate_limited')
  return checkPassword(deps, caller, { identifier: name, password: credentials.password })
}

/** The check without the limit on its pace. */
export async function checkPassword(
  deps: Deps,
  caller: Caller,
  { identifier, password }: Credentials,
): Promise<Verification> {
  const tx = deps.db.for(caller.org)
  const now = deps.now()
  const slot = await slotOf(deps, caller, identifier)
  const { user, hash } = await deps.db.read(findCandidate(tx, identifier))
  // Only these two have attempts to lose: counting the others' would leave them without any on the day they may sign in again.
  const counted = user?.status === 'ACTIVE' || user?.status === 'LOCKED_OUT' ? user : undefined
  const unknown = { slot, max: MAX_PASSWORD_ATTEMPTS, now, forgottenBefore: later(now, -UNKNOWN_NAMES_FORGOTTEN) }
  const attempt = await deps.db.write(
    () => (counted ? reserveAttempt(tx, counted.id, MAX_PASSWORD_ATTEMPTS) : takeUnknownAttempt(tx, unknown)),
    { isolation: 'readCommitted' },
  )
  const tooLong = Array.from(password).length > PASSWORD_CHARACTERS_MAX
  const checked = attempt !== undefined && user?.status === 'ACTIVE' && !tooLong
  const right = await deps.hasher.verify(tooLong ? '' : password, checked ? hash : undefined)
  // Someone may have been locked out or suspended, or their password changed, while the hash was computed.
  const current = right && user ? await deps.db.read(findUser(tx, user.id)) : undefined
  if (user && isProofStillGood(current, user)) return { kind: 'verified', user: current }

  if (attempt === undefined || attempt >= MAX_PASSWORD_ATTEMPTS)
    await deps.db.write(
      () =>
        counted
          ? lockOut(tx, deps, caller, { user: counted, now, actor: actorOf(counted) })
          : lockNobody(tx, slot, attempt !== undefined),
      { isolation: 'readCommitted' },
    )
  const actor = user ? actorOf(user) : unknownActor(identifier)
  deps.events.record(caller, {
    eventType: 'user.session.start',
    outcome: 'FAILURE',
    reason: reasonOf(user, attempt),
    actor,
  })
  return { kind: 'refused' }
}

interface Candidate {
  readonly user: User | undefined
  readonly hash: string | undefined
}

function* findCandidate(tx: OrgDb, identifier: string): Unit<Candidate> {
  const byLogin = yield* findUserByLogin(tx, identifier)
  const user = byLogin || identifier.includes('@') ? byLogin : yield* findUserByShortName(tx, identifier)
  const stored = yield* readPasswordHash(tx, user?.id ?? '')
  return { user, hash: stored?.hash }
}

async function slotOf(deps: Deps, caller: Caller, identifier: string): Promise<string> {
  const { org } = await deps.config.get(caller.org)
  return keyedHash(deriveKey(org.dataKey, 'unknown login'), loginKey(identifier)).slice(0, SLOT_CHARACTERS)
}

function reasonOf(user: User | undefined, attempt: number | undefined): Reason {
  if (user?.status === 'LOCKED_OUT' || (user && attempt === undefined)) return 'LOCKED_OUT'
  return user && user.status !== 'ACTIVE' ? 'VERIFICATION_ERROR' : 'INVALID_CREDENTIALS'
}

const unknownActor = (typed: string): EventActor => ({
  id: 'unknown',
  type: 'User',
  alternateId: typed,
  displayName: 'unknown',
})
