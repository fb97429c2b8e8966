// Passwords and recovery answers as they are sent → hashes, before any unit begins.
import { invalid } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { passwordFault } from './password-policy.ts'
import { answerKey, checkRecoveryQuestion, type RecoveryQuestion } from './recovery-question.ts'
import type { Credentials } from './user.ts'

export interface DraftCredentials {
  readonly password?: string
  readonly recoveryQuestion?: RecoveryQuestion
}

export interface HashedCredentials {
  readonly passwordHash: string | undefined
  readonly recoveryQuestion: Credentials['recoveryQuestion']
}

/** @throws {Refusal} validation_failed for a password that the policy refuses, rate_limited when too many hashes wait */
export async function hashCredentials(
  deps: Pick<Deps, 'hasher'>,
  login: string,
  { password, recoveryQuestion }: DraftCredentials,
): Promise<HashedCredentials> {
  const fault = password === undefined ? undefined : passwordFault(password, login)
  if (fault !== undefined) throw invalid('password', `password: ${fault}`)
  if (recoveryQuestion) checkRecoveryQuestion(recoveryQuestion)
  return {
    passwordHash: password === undefined ? undefined : await deps.hasher.hash(password),
    recoveryQuestion: recoveryQuestion && {
      question: recoveryQuestion.question,
      answerHash: await deps.hasher.hash(answerKey(recoveryQuestion.answer)),
    },
  }
}
