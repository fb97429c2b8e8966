// The keys under which a profile is searched: one for each value of each attribute, folded as the search's values are.
import { searchKey } from '#kernel/login-key.ts'
import type { Profile } from './user.ts'

// An index entry of PostgreSQL holds about 2,700 bytes, so a key is cut; a longer value is found by its beginning.
const KEY_CHARACTERS_MAX = 250
/** What is folded of a value: folding costs the square of the accents that follow one another. */
const FOLDED_MAX = 1_000

/** The key of a value as it is stored and asked for. PostgreSQL's text cannot hold the character NUL. */
export const attributeKey = (value: string | number | boolean): string =>
  beginning(searchKey(beginning(String(value), FOLDED_MAX)).replaceAll('\0', ''), KEY_CHARACTERS_MAX)

const beginning = (text: string, most: number): string => Array.from(text).slice(0, most).join('')

/** Attribute and key of everything in a profile that can be searched: text, numbers, flags, and arrays of them. */
export function attributeKeys(profile: Profile): readonly (readonly [attribute: string, key: string])[] {
  return Object.entries(profile).flatMap(([attribute, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    const keys = values.filter(isSearchable).map(attributeKey)
    return [...new Set(keys)].map((key) => [attribute, key] as const)
  })
}

const isSearchable = (value: unknown): value is string | number | boolean =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean'
