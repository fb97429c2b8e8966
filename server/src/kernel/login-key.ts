// The keys under which names are compared: one for signing in, one for searching. Both fold what people can't tell apart or don't
// type with care (case, width, ligatures, accents, invisible characters), so that two people can't hold logins that read the same.
// They are computed here and stored, never in SQL, since no two databases fold alike. Letters of different scripts stay different:
// a Cyrillic а is no Latin a.

// Accents are the marks that belong to no script of their own. Marks of one script, such as the vowel signs of Devanagari, spell
// another word, and so do the voicing marks of Japanese.
const ACCENTS = /[[\p{Mn}&&\p{Script=Inherited}]--[\u3099\u309a]]/gv
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
// What toLowerCase leaves apart: the small letters that share a capital with another one.
const SAME_CAPITAL: Readonly<Record<string, string>> = { ß: 'ss', ς: 'σ', ı: 'i' }

const fold = (value: string): string =>
  value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ßςı]/g, (letter) => SAME_CAPITAL[letter] ?? letter)
    .normalize('NFD')
    .replace(INVISIBLE, '')
    .replace(ACCENTS, '')
    .normalize('NFC')

/** The key a login is found by, and unique under, within an org. Applying it twice changes nothing. */
export const loginKey = (login: string): string => fold(login).trim()

/** The key a value is searched by. Spaces at the ends stay, so that the key of a beginning is the beginning of the key. */
export const searchKey = (value: string): string => fold(value)
