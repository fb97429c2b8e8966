// What other rooms ask of factors: which a person has, a challenge, a proof. An attempt is reserved in the database before anything is
// compared, five in five minutes for each person and factor, and a success gives them back. Codes, challenges and steps of time are good once.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import type { Factor } from './factor.ts'
import type { Challenge, FactorTarget, Proof, UserVerification, Verification } from './proof.ts'

export type VerificationDoors = Pick<Deps, 'db' | 'now' | 'random' | 'hasher' | 'config' | 'events' | 'queueCode'>

/** Everything that the person has enrolled or begun to, in the order in which they did. */
export declare function factorsOf(tx: OrgDb, userId: string): Unit<readonly Factor[]>

export interface ChallengeWish {
  /** The transaction, interaction or session that asks: the answer is good there alone. */
  readonly binding: string
  /** `preferred` when left out. */
  readonly userVerification?: UserVerification
  /** Milliseconds; five minutes when left out. */
  readonly lifetime?: number
}

/** @throws {Refusal} not_found where the person has no such active factor */
export declare function challengeFactor(
  deps: VerificationDoors,
  caller: Caller,
  user: User,
  target: FactorTarget,
  wish: ChallengeWish,
): Promise<Challenge>

/**
 * Whether that is the person's proof, with its event. `binding` and `target` are those of the challenge, where there was one.
 * @throws {Refusal} not_found where the person has no such active factor; rate_limited for a full queue of hashes
 */
export declare function verifyFactor(
  deps: VerificationDoors,
  caller: Caller,
  user: User,
  target: FactorTarget,
  proof: Proof,
  bound: Pick<ChallengeWish, 'binding'>,
): Promise<Verification>
