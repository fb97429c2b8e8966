// What is wrong with the numbers of a password policy, in the server's words. Pure.
import { numberProblem, YEAR_OF_MINUTES } from './numbers.ts'
import type { PasswordValues } from './password-values.ts'

type Count = number | string
const within = (min: number, max: number) => (value: Count) => numberProblem(value, min, max)

export const PASSWORD_PROBLEMS = {
  minLength: within(4, 60),
  minLowerCase: within(0, 10),
  minUpperCase: within(0, 10),
  minNumber: within(0, 10),
  minSymbol: within(0, 10),
  historyCount: within(0, 30),
  minAgeMinutes: within(0, YEAR_OF_MINUTES),
  maxAgeDays: within(0, 999),
  expireWarnDays: (value: Count, { maxAgeDays }: PasswordValues) =>
    Number(maxAgeDays) === 0 ? undefined : (numberProblem(value, 0, 999) ?? warningProblem(value, maxAgeDays)),
  maxAttempts: within(0, 100),
  autoUnlockMinutes: within(0, YEAR_OF_MINUTES),
  tokenLifetimeMinutes: within(1, YEAR_OF_MINUTES),
  answerMinLength: within(1, 100),
}

const warningProblem = (warn: Count, most: Count): string | undefined =>
  Number(warn) > Number(most) ? 'The field must not be greater than maxAgeDays' : undefined
