// Passwords and recovery answers as they are sent → hashes, before any unit begins.
import { invalid } from '#kernel/refusal.ts'
import type { PasswordPolicy } from '#policies/password-policy.ts'
import type { PasswordOwner } from '#policies/password-rules.ts'
import type { Deps } from '../deps.ts'
import { complexityFault, hashPassword } from './new-password-service.ts'
import { answerKey, checkRecoveryQuestion, type RecoveryQuestion } from './recovery-question.ts'
import type { ChosenPassword, Credentials } from './user.ts'

export interface DraftCredentials {
  readonly password?: string
  readonly recoveryQuestion?: RecoveryQuestion
}

export interface HashedCredentials {
  readonly password: ChosenPassword | undefined
  readonly recoveryQuestion: Credentials['recoveryQuestion']
}

/** @throws {Refusal} validation_failed for a password that the policy refuses, rate_limited when too many hashes wait */
export async function hashCredentials(
  deps: Pick<Deps, 'hasher'>,
  policy: PasswordPolicy,
  owner: PasswordOwner,
  { password, recoveryQuestion }: DraftCredentials,
): Promise<HashedCredentials> {
  const fault = password === undefined ? undefined : await complexityFault(policy, password, owner)
  if (fault !== undefined) throw invalid('password', `password: ${fault}`)
  if (recoveryQuestion) checkRecoveryQuestion(recoveryQuestion, policy.recovery.question.answerMinLength)
  return {
    password: password === undefined ? undefined : await hashPassword(deps, policy, password),
    recoveryQuestion: recoveryQuestion && {
      question: recoveryQuestion.question,
      answerHash: await deps.hasher.hash(answerKey(recoveryQuestion.answer)),
    },
  }
}
