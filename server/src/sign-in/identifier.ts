// The name that somebody types to sign in with, in the one spelling in which every door compares, counts and shows it.
import { loginKey } from '#kernel/login-key.ts'
import { deriveKey, keyedHash } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'

const CHARACTERS_MAX = 255
/** 18 bits: what is kept of names that anybody may type can't fill the database. */
const SLOT_CHARACTERS = 3

/** What no database keeps is nobody's name; a cut may leave half of a character behind. Applying it twice changes nothing. */
export const readIdentifier = (typed: string): string =>
  typed.slice(0, CHARACTERS_MAX).replaceAll('\0', '\uFFFD').toWellFormed()

/** Nothing that could be a name. */
export const isBlank = (identifier: string): boolean => loginKey(identifier) === ''

/** The row in which what was tried with a name is counted, whether anybody has it or not: some names share one. */
export const slotOf = ({ dataKey }: Pick<Org, 'dataKey'>, name: string): string =>
  keyedHash(deriveKey(dataKey, 'unknown login'), loginKey(name)).slice(0, SLOT_CHARACTERS)
