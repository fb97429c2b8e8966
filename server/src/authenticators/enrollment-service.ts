// Factors come and go here. Whoever calls on behalf of the person themselves has made sure that they have proved who they are just now:
// these services change credentials and don't ask.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import type { Factor } from './factor.ts'
import type { ActivationOutcome, ActivationProof, BegunEnrollment, EnrollmentDraft } from './proof.ts'

export type EnrollmentDoors = Pick<Deps, 'db' | 'now' | 'random' | 'hasher' | 'config' | 'events' | 'queueCode'>

/**
 * A factor of the person's, pending until it is activated; a question, and what an administrator vouches for, is active at once. One of
 * the same key that was pending is replaced, with its tries.
 * @throws {Refusal} validation_failed for one that is set up already, a bad answer, a person without an e-mail address
 */
export declare function beginEnrollment(
  deps: EnrollmentDoors,
  caller: Caller,
  user: User,
  draft: EnrollmentDraft,
): Promise<BegunEnrollment>

/** @throws {Refusal} not_found; validation_failed where it is active, or one of its kind has become so */
export declare function activateFactor(
  deps: EnrollmentDoors,
  caller: Caller,
  user: User,
  factorId: string,
  proof: ActivationProof,
): Promise<ActivationOutcome>

/** Mails the code of a pending factor again. @throws {Refusal} not_found, validation_failed for one that has no codes by mail */
export declare function resendActivation(
  deps: EnrollmentDoors,
  caller: Caller,
  user: User,
  factorId: string,
): Promise<{ readonly kind: 'sent'; readonly factor: Factor } | { readonly kind: 'too-soon' }>

/** With its event. @throws {Refusal} not_found */
export declare function removeFactor(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random'>,
  caller: Caller,
  user: User,
  factorId: string,
): Unit<void>

/** All of them, with one event; nothing where there is none. */
export declare function resetFactors(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random'>,
  caller: Caller,
  user: User,
): Unit<void>
