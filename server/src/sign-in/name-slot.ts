// Names as they are typed at a door that is open to everybody, whether anybody has them or not.
import { loginKey } from '#kernel/login-key.ts'
import { deriveKey, keyedHash } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'

const NAME_CHARACTERS_MAX = 255
/** 18 bits: what is kept of names can't fill the database, whatever is typed. */
const SLOT_CHARACTERS = 3

/** What no database keeps is nobody's name; a cut may leave half of a character behind. */
export const typedName = (text: string): string =>
  text.slice(0, NAME_CHARACTERS_MAX).replaceAll('\0', '\uFFFD').toWellFormed()

/** The row in which what was tried with a name is counted: some names share one. */
export const slotOf = ({ dataKey }: Pick<Org, 'dataKey'>, name: string): string =>
  keyedHash(deriveKey(dataKey, 'unknown login'), loginKey(name)).slice(0, SLOT_CHARACTERS)
