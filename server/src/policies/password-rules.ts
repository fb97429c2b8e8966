// What a new password must be, by the person's policy, and the sentences that refuse one. Pure; every way of setting a password passes
// here. Whether it is a common one, and whether it was theirs before, comes in as a fact.
import { type Instant, later, MINUTE } from '#kernel/instant.ts'
import type { PasswordComplexity, PasswordPolicy } from './password-policy.ts'

const PASSWORD_CHARACTERS_MAX = 72
const LOGIN_PART_MIN = 4
/** A name that is shorter stands in half of all passwords. */
const ATTRIBUTE_MIN = 3

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly login: string
  readonly profile: Readonly<Record<string, unknown>>
}

/** The sentence for what is longer than any password: such a text is never compared or hashed, and is no attempt. */
export const lengthFault = (password: string): string | undefined =>
  // Every character takes one or two units.
  password.length > 2 * PASSWORD_CHARACTERS_MAX || Array.from(password).length > PASSWORD_CHARACTERS_MAX
    ? `A password has at most ${PASSWORD_CHARACTERS_MAX} characters.`
    : undefined

/** The sentence that refuses a password and says what is required, or undefined for a good one. */
export function passwordFault(
  { complexity }: PasswordPolicy,
  password: string,
  owner: PasswordOwner,
  isCommon: (password: string) => boolean,
): string | undefined {
  if (lengthFault(password) !== undefined)
    return `Password requirements were not met. Password requirements: at most ${PASSWORD_CHARACTERS_MAX} characters.`
  if (!meets(complexity, Array.from(password)) || namesOwner(complexity, password, owner))
    return `Password requirements were not met. ${complexityWords(complexity)}`
  if (complexity.excludeCommon && isCommon(password))
    return 'This password was found in a list of commonly used passwords. Please try another password.'
  return undefined
}

function meets(complexity: PasswordComplexity, characters: readonly string[]): boolean {
  const count = (kind: RegExp) => characters.filter((character) => kind.test(character)).length
  return (
    characters.length >= complexity.minLength &&
    count(/\p{Ll}/u) >= complexity.minLowerCase &&
    count(/\p{Lu}/u) >= complexity.minUpperCase &&
    count(/\p{Nd}/u) >= complexity.minNumber &&
    count(/[^\p{L}\p{N}]/u) >= complexity.minSymbol
  )
}

function namesOwner(complexity: PasswordComplexity, password: string, { login, profile }: PasswordOwner): boolean {
  const attributes = complexity.excludeAttributes
    .map((name) => profile[name])
    .filter((value) => typeof value === 'string' && Array.from(value).length >= ATTRIBUTE_MIN)
  const parts = complexity.excludeUsername ? loginParts(login) : []
  const lower = password.toLowerCase()
  return [...parts, ...attributes].some((part) => lower.includes(String(part).toLowerCase()))
}

/** `person.smith@example.com` → person, smith, example: the parts long enough to matter, without the top-level domain. */
export function loginParts(login: string): readonly string[] {
  const [local = '', ...domains] = login.toLowerCase().split('@')
  const domain = domains.join('@')
  const named = domain.includes('.') ? domain.slice(0, domain.lastIndexOf('.')) : domain
  return `${local}@${named}`.split(/[,._#@-]/).filter((part) => Array.from(part).length >= LOGIN_PART_MIN)
}

/** The sentence for one of the person's last passwords. */
export const historyFault = ({ age }: PasswordPolicy): string =>
  `Password requirements were not met. ${historyWords(age.historyCount)}`

/** The sentence for a person who changes their password too soon after the last change. */
export function minAgeFault({ age }: PasswordPolicy, changed: Instant | undefined, now: Instant): string | undefined {
  if (age.minAgeMinutes === 0 || changed === undefined) return undefined
  return later(changed, age.minAgeMinutes * MINUTE) > now
    ? `Password requirements were not met. ${minAgeWords(age.minAgeMinutes)}`
    : undefined
}

/** All rules in words, as Okta writes them: for whoever is about to choose a password. */
export function passwordRequirements({ complexity, age }: PasswordPolicy): string {
  return [complexityWords(complexity), ...(age.historyCount > 0 ? [historyWords(age.historyCount)] : [])].join(' ')
}

const ATTRIBUTE_WORDS: Readonly<Record<string, string>> = { firstName: 'first name', lastName: 'last name' }

function complexityWords(complexity: PasswordComplexity): string {
  const rules = [
    `at least ${complexity.minLength} characters`,
    ...(complexity.minLowerCase > 0 ? ['a lowercase letter'] : []),
    ...(complexity.minUpperCase > 0 ? ['an uppercase letter'] : []),
    ...(complexity.minNumber > 0 ? ['a number'] : []),
    ...(complexity.minSymbol > 0 ? ['a symbol'] : []),
    ...(complexity.excludeUsername ? ['no parts of your username'] : []),
    ...complexity.excludeAttributes.map((name) => `does not include your ${ATTRIBUTE_WORDS[name] ?? name}`),
  ]
  return `Password requirements: ${rules.join(', ')}.`
}

const historyWords = (count: number): string =>
  count === 1
    ? 'Your password cannot be your last password.'
    : `Your password cannot be any of your last ${count} passwords.`

const minAgeWords = (minutes: number): string =>
  `At least ${minutes} minute(s) must have elapsed since you last changed your password.`
