// What a profile may hold: the base attributes of the default user type with their limits, and the org's own. A profile is kept
// without its empty attributes. The same check serves creation, merge and replacement.
import { hasControlCharacters } from '#kernel/control-characters.ts'
import { loginKey } from '#kernel/login-key.ts'
import { invalid, type Refusal } from '#kernel/refusal.ts'
import type { Profile } from './user.ts'

interface Limits {
  readonly min?: number
  readonly max?: number
}

const CHARACTERS_MAX = 4096
/** Of all attributes together, each item of a list counted: every one is a row that searches find the person by. */
const VALUES_MAX = 1_000
/** Of a whole profile as JSON: lists show hundreds of people with all that they have. */
const TEXT_MAX = 100_000

/** Base attributes are text. Those without limits of their own have the common one. */
const BASE: Readonly<Record<string, Limits>> = {
  login: { min: 5, max: 100 },
  email: { min: 5, max: 100 },
  secondEmail: { max: 100 },
  firstName: { min: 1, max: 50 },
  lastName: { min: 1, max: 50 },
  middleName: {},
  honorificPrefix: {},
  honorificSuffix: {},
  title: {},
  displayName: {},
  nickName: {},
  profileUrl: {},
  primaryPhone: { max: 100 },
  mobilePhone: { max: 100 },
  streetAddress: { max: 1024 },
  city: { max: 128 },
  state: { max: 128 },
  zipCode: { max: 50 },
  countryCode: { max: 2 },
  postalAddress: {},
  preferredLanguage: {},
  locale: {},
  timezone: {},
  userType: {},
  employeeNumber: {},
  costCenter: {},
  organization: {},
  division: {},
  department: {},
  managerId: {},
  manager: {},
}

const REQUIRED = ['login', 'email', 'firstName', 'lastName'] as const
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,99}$/
const EMAIL = /^[^\s@]+@[^\s@]+$/

export interface CheckedProfile {
  readonly login: string
  readonly profile: Profile
}

/** A profile as it will be stored. @throws {Refusal} validation_failed, naming each attribute at fault */
export function checkProfile(sent: Profile): CheckedProfile {
  const profile: Profile = Object.fromEntries(Object.entries(sent).filter(([, value]) => !isEmpty(value)))
  if (Object.values(profile).flat().length > VALUES_MAX)
    throw invalid('profile', `profile: At most ${VALUES_MAX} values can be kept of a person`)
  if (JSON.stringify(profile).length > TEXT_MAX)
    throw invalid('profile', `profile: At most ${TEXT_MAX} characters can be kept of a person`)
  const missing = REQUIRED.filter((name) => profile[name] === undefined)
  const faults = [
    ...missing.map((name): Fault => [name, 'The field cannot be left blank']),
    ...Object.entries(profile).flatMap(([name, value]) => faultOf(name, value)),
  ]
  if (faults.length > 0) throw refusalOf(faults)
  return { login: String(profile.login), profile }
}

/** `sent` laid over `stored`: what is null is emptied, what was not sent stays. */
export const mergeProfile = (stored: Profile, sent: Profile): Profile => ({ ...stored, ...sent })

type Fault = readonly [name: string, sentence: string]

function refusalOf(faults: readonly Fault[]): Refusal {
  const [subject = 'profile'] = faults[0] ?? []
  return invalid(subject, ...faults.map(([name, sentence]) => `${name}: ${sentence}`))
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''

function faultOf(name: string, value: unknown): readonly Fault[] {
  if (!NAME.test(name)) return [[name.slice(0, 100), 'The name of an attribute is letters, digits and underscores']]
  const limits = Object.hasOwn(BASE, name) ? BASE[name] : undefined
  if (!limits)
    return isOwnValue(value) ? [] : [[name, 'The field must be text, a number, true, false or a list of these']]
  if (typeof value !== 'string') return [[name, 'The field must be text']]
  const { min = 0, max = CHARACTERS_MAX } = limits
  const length = Array.from(value).length
  if (length < min) return [[name, `The field must have at least ${min} characters`]]
  if (length > max) return [[name, `The field cannot have more than ${max} characters`]]
  if (hasControlCharacters(value)) return [[name, 'The field must not hold control characters']]
  return addressFault(name, value)
}

function addressFault(name: string, value: string): readonly Fault[] {
  // The key is what people are told apart by: it has to be an address as well once it is folded.
  if (name === 'login' && !(EMAIL.test(value) && EMAIL.test(loginKey(value))))
    return [[name, 'Username must be in the form of an email address']]
  if ((name === 'email' || name === 'secondEmail') && !EMAIL.test(value))
    return [[name, 'Does not match required pattern']]
  return []
}

/** Whether an attribute that an org added itself, to people or groups, may have this value. */
export function isOwnValue(value: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.every(
    (one) =>
      typeof one === 'number' ||
      typeof one === 'boolean' ||
      (typeof one === 'string' && one.length <= CHARACTERS_MAX && !hasControlCharacters(one)),
  )
}

/** What people may change of themselves; the rest is an administrator's. */
const OWN = ['firstName', 'lastName', 'mobilePhone']

/** Whether the change touches nothing but what people may change of themselves. */
export function isOwnChange(stored: Profile, wanted: Profile): boolean {
  const names = new Set([...Object.keys(stored), ...Object.keys(wanted)])
  return [...names].every((name) => OWN.includes(name) || same(stored[name], wanted[name]))
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
