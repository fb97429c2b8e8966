// A temporary password, drawn so that a policy is likely to accept it.
import { type RandomBytes, randomBase62 } from '#kernel/id.ts'
import type { PasswordComplexity } from '#policies/password-policy.ts'

/** About 71 bits, whatever stands before them. */
const RANDOM_CHARACTERS = 12

/** What the policy asks of a kind of characters more than once, or in symbols, stands first: chance would rarely bring it. */
export function temporaryPassword(random: RandomBytes, complexity: PasswordComplexity): string {
  const { minLength, minLowerCase, minUpperCase, minNumber, minSymbol } = complexity
  const more = (character: string, least: number) => (least > 1 ? character.repeat(least) : '')
  const asked = `${more('a', minLowerCase)}${more('B', minUpperCase)}${more('7', minNumber)}${'-'.repeat(minSymbol)}`
  return asked + randomBase62(random, Math.max(RANDOM_CHARACTERS, minLength - asked.length))
}
