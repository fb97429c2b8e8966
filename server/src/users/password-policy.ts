// What a password must be. These are the settings of a fresh org's default policy; every way of setting a password passes here.
export interface PasswordPolicy {
  readonly minLength: number
  readonly minLowerCase: number
  readonly minUpperCase: number
  readonly minNumber: number
  readonly minSymbol: number
  readonly excludeUsername: boolean
}

export const DEFAULT_POLICY: PasswordPolicy = {
  minLength: 8,
  minLowerCase: 1,
  minUpperCase: 1,
  minNumber: 1,
  minSymbol: 0,
  excludeUsername: true,
}

export const PASSWORD_CHARACTERS_MAX = 72
/** Wrong passwords in a row that lock a person out. */
export const MAX_PASSWORD_ATTEMPTS = 10
const LOGIN_PART_MIN = 4

/** The sentence that refuses a password and says what is required, or undefined for a good one. */
export function passwordFault(
  password: string,
  login: string,
  policy: PasswordPolicy = DEFAULT_POLICY,
): string | undefined {
  const characters = Array.from(password)
  if (characters.length > PASSWORD_CHARACTERS_MAX)
    return `Password requirements were not met. Password requirements: at most ${PASSWORD_CHARACTERS_MAX} characters.`
  const count = (kind: RegExp) => characters.filter((character) => kind.test(character)).length
  const met =
    characters.length >= policy.minLength &&
    count(/\p{Ll}/u) >= policy.minLowerCase &&
    count(/\p{Lu}/u) >= policy.minUpperCase &&
    count(/\p{Nd}/u) >= policy.minNumber &&
    count(/[^\p{L}\p{N}]/u) >= policy.minSymbol &&
    !(policy.excludeUsername && containsLoginPart(password, login))
  return met ? undefined : `Password requirements were not met. ${passwordRequirements(policy)}`
}

export interface NewPassword {
  readonly password: string
  /** Typed once more. */
  readonly repeated: string
}

/** The same for one that was typed twice. */
export const newPasswordFault = ({ password, repeated }: NewPassword, login: string): string | undefined =>
  password === repeated ? passwordFault(password, login) : 'The two passwords are not the same.'

/** `person.smith@example.com` → person, smith, example: the parts long enough to matter, without the top-level domain. */
export function loginParts(login: string): readonly string[] {
  const [local = '', ...domains] = login.toLowerCase().split('@')
  const domain = domains.join('@')
  const named = domain.includes('.') ? domain.slice(0, domain.lastIndexOf('.')) : domain
  return `${local}@${named}`.split(/[,._#@-]/).filter((part) => Array.from(part).length >= LOGIN_PART_MIN)
}

function containsLoginPart(password: string, login: string): boolean {
  const lower = password.toLowerCase()
  return loginParts(login).some((part) => lower.includes(part))
}

/** The rules in words, as Okta writes them. */
export function passwordRequirements(policy: PasswordPolicy = DEFAULT_POLICY): string {
  const rules = [
    `at least ${policy.minLength} characters`,
    ...(policy.minLowerCase > 0 ? ['a lowercase letter'] : []),
    ...(policy.minUpperCase > 0 ? ['an uppercase letter'] : []),
    ...(policy.minNumber > 0 ? ['a number'] : []),
    ...(policy.minSymbol > 0 ? ['a symbol'] : []),
    ...(policy.excludeUsername ? ['no parts of your username'] : []),
  ]
  return `Password requirements: ${rules.join(', ')}.`
}
