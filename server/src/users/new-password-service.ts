// The one way to a new password, whoever sets it: the rules of the person's policy, then the hash. Their former passwords are compared one
// after the other, which costs a hash each, so it is done only for who has proved that they may choose one, and for the last thing.
import type { Caller } from '#kernel/caller.ts'
import type { PolicyPerson } from '#policies/choose-policy.ts'
import { HISTORY_MAX, type PasswordPolicy } from '#policies/password-policy.ts'
import { historyFault, minAgeFault, type PasswordOwner, passwordFault } from '#policies/password-rules.ts'
import { currentPasswordPolicy } from '#policies/service.ts'
import type { Deps } from '../deps.ts'
import { selectFormerHashes } from './history-store.ts'
import { selectPasswordHash } from './store.ts'
import type { ChosenPassword, User } from './user.ts'

type Doors = Pick<Deps, 'db' | 'now' | 'hasher' | 'config'>

export interface NewPassword {
  readonly password: string
  /** Typed once more. */
  readonly repeated: string
}

export const passwordPolicyOfUser = (
  deps: Doors,
  caller: Pick<Caller, 'org'>,
  userId: string,
): Promise<PasswordPolicy> => currentPasswordPolicy(deps, caller, { userId })

/** What is wrong with the password itself, as a sentence; undefined for a good one. */
export async function complexityFault(
  policy: PasswordPolicy,
  password: string,
  owner: PasswordOwner,
): Promise<string | undefined> {
  const isCommon = policy.complexity.excludeCommon
    ? (await import('#policies/common-passwords.ts')).isCommonPassword
    : () => false
  return passwordFault(policy, password, owner, isCommon)
}

/** The same for one that was typed twice. */
export const repeatedFault = async (
  policy: PasswordPolicy,
  { password, repeated }: NewPassword,
  owner: PasswordOwner,
): Promise<string | undefined> =>
  password === repeated ? complexityFault(policy, password, owner) : 'The two passwords are not the same.'

/** Whether it is too soon for another, and then whether it was theirs. @throws {Refusal} rate_limited where too many hashes wait */
export async function reuseFault(
  deps: Doors,
  caller: Pick<Caller, 'org'>,
  policy: PasswordPolicy,
  userId: string,
  password: string,
): Promise<string | undefined> {
  if (policy.age.historyCount === 0) return undefined
  const tx = deps.db.for(caller.org)
  const hashes = await deps.db.read(
    (function* () {
      const present = yield* selectPasswordHash(tx, userId)
      const former = yield* selectFormerHashes(tx, userId)
      return [...(present?.hash === undefined ? [] : [present.hash]), ...former]
    })(),
  )
  for (const hash of hashes.slice(0, Math.min(policy.age.historyCount, HISTORY_MAX)))
    if (await deps.hasher.verify(password, hash)) return historyFault(policy)
  return undefined
}

export const tooSoonFault = (deps: Pick<Deps, 'now'>, policy: PasswordPolicy, user: User): string | undefined =>
  minAgeFault(policy, user.passwordChanged, deps.now())

/** For a person who is made: they are in these groups from the beginning. */
export const firstPasswordPolicy = (
  deps: Doors,
  caller: Pick<Caller, 'org'>,
  groupIds: PolicyPerson['groupIds'],
): Promise<PasswordPolicy> => currentPasswordPolicy(deps, caller, { groupIds })

/** @throws {Refusal} rate_limited where too many hashes wait */
export const hashPassword = async (
  deps: Pick<Deps, 'hasher'>,
  policy: PasswordPolicy,
  password: string,
): Promise<ChosenPassword> => ({ hash: await deps.hasher.hash(password), kept: keptOf(policy) })

/** The present password is one of those that a new one must differ from. */
export const keptOf = ({ age }: PasswordPolicy): number => Math.max(0, age.historyCount - 1)
