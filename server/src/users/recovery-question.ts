// The question a person can answer to recover access. Answers are compared without case and accents, and kept as hashes.
import { loginKey } from '#kernel/login-key.ts'
import { invalid } from '#kernel/refusal.ts'

const TEXT_MAX = 100

export interface RecoveryQuestion {
  readonly question: string
  readonly answer: string
}

/** What is hashed of an answer. */
export const answerKey = (answer: string): string => loginKey(answer)

/** @throws {Refusal} validation_failed */
export function checkRecoveryQuestion({ question, answer }: RecoveryQuestion, answerMin: number): void {
  if (question.length < 1 || question.length > TEXT_MAX)
    throw invalid('recovery_question', `question: The field must have between 1 and ${TEXT_MAX} characters`)
  // The length first: folding a text costs the square of the accents that follow one another.
  if (answer.length > TEXT_MAX || answerKey(answer).length < answerMin)
    throw invalid('recovery_question', `answer: The field must have between ${answerMin} and ${TEXT_MAX} characters`)
}
