// The name that somebody types to sign in with, in the one spelling in which every door compares, counts and shows it.
import { loginKey } from '#kernel/login-key.ts'

const CHARACTERS_MAX = 255

/** What no database keeps is nobody's name; a cut may leave half of a character behind. Applying it twice changes nothing. */
export const readIdentifier = (typed: string): string =>
  typed.slice(0, CHARACTERS_MAX).replaceAll('\0', '\uFFFD').toWellFormed()

/** Nothing that could be a name. */
export const isBlank = (identifier: string): boolean => loginKey(identifier) === ''
