// A subset of regular expressions that is matched in time proportional to text × pattern, whatever they are: single characters, `.`,
// classes and `\d \w \s`, each with `*`, `+` or `?`, and alternatives by `|`. No groups, no repetition of repetitions, nothing to go
// back over. A pattern matches a whole text.

export type Pattern = readonly (readonly Atom[])[]

interface Atom {
  readonly matches: (character: string) => boolean
  readonly once: boolean
  readonly many: boolean
}

const LENGTH_MAX = 250
const CLASSES: Readonly<Record<string, RegExp>> = { d: /[0-9]/, w: /[A-Za-z0-9_]/, s: /\s/ }

/** Undefined for what is no pattern, or none of this subset. */
export function parsePattern(source: string): Pattern | undefined {
  if (source.length > LENGTH_MAX) return undefined
  const branches: Atom[][] = [[]]
  const characters = [...source]
  let at = 0
  while (at < characters.length) {
    const character = characters[at] ?? ''
    if (character === '|') {
      branches.push([])
      at++
      continue
    }
    if ((character === '^' && branches.at(-1)?.length === 0) || (character === '$' && endsBranch(characters, at))) {
      at++
      continue
    }
    const unit = readUnit(characters, at)
    if (!unit) return undefined
    const suffix = characters[unit.end] ?? ''
    const repeated = ['*', '+', '?'].includes(suffix)
    branches.at(-1)?.push({
      matches: unit.matches,
      once: !repeated || suffix === '+',
      many: suffix === '*' || suffix === '+',
    })
    at = unit.end + (repeated ? 1 : 0)
  }
  return branches
}

const endsBranch = (characters: readonly string[], at: number): boolean => [undefined, '|'].includes(characters[at + 1])

interface Unit {
  readonly matches: Atom['matches']
  readonly end: number
}

function readUnit(characters: readonly string[], at: number): Unit | undefined {
  const character = characters[at] ?? ''
  if (character === '.') return { matches: () => true, end: at + 1 }
  if (character === '[') return readClass(characters, at + 1)
  if (character === '\\') {
    const escaped = characters[at + 1]
    const matches = escaped === undefined ? undefined : escapedMatch(escaped)
    return matches && { matches, end: at + 2 }
  }
  if ('()*+?{}]^$'.includes(character)) return undefined
  return { matches: (one) => one === character, end: at + 1 }
}

function escapedMatch(escaped: string): Atom['matches'] | undefined {
  const known = Object.hasOwn(CLASSES, escaped) ? CLASSES[escaped] : undefined
  if (known) return (one) => known.test(one)
  return /[A-Za-z0-9]/.test(escaped) ? undefined : (one) => one === escaped
}

function readClass(characters: readonly string[], start: number): Unit | undefined {
  const negated = characters[start] === '^'
  const tests: Atom['matches'][] = []
  let at = start + (negated ? 1 : 0)
  while (at < characters.length && characters[at] !== ']') {
    const from = characters[at] ?? ''
    const to = characters[at + 2]
    if (from === '\\') {
      const matches = escapedMatch(characters[at + 1] ?? 'z')
      if (!matches) return undefined
      tests.push(matches)
      at += 2
    } else if (characters[at + 1] === '-' && to !== undefined && to !== ']') {
      tests.push((one) => one >= from && one <= to)
      at += 3
    } else {
      tests.push((one) => one === from)
      at++
    }
  }
  if (characters[at] !== ']' || tests.length === 0) return undefined
  return { matches: (one) => tests.some((test) => test(one)) !== negated, end: at + 1 }
}

/** What a match costs at most, whatever the text is made of: the walk looks at each atom once for each character. */
export const workOfMatch = (pattern: Pattern, text: string): number =>
  pattern.reduce((sum, atoms) => sum + atoms.length + 1, 0) * (text.length + 1)

/** Walks all ways through the pattern at once. */
export const matchesPattern = (pattern: Pattern, text: string): boolean =>
  pattern.some((atoms) => matchesBranch(atoms, [...text]))

function matchesBranch(atoms: readonly Atom[], characters: readonly string[]): boolean {
  // 1 where the walk has come to; the last place is behind all atoms.
  let places = new Uint8Array(atoms.length + 1)
  places[0] = 1
  skip(atoms, places)
  for (const character of characters) {
    const next = new Uint8Array(atoms.length + 1)
    atoms.forEach(({ matches, many }, place) => {
      if (places[place] === 0 || !matches(character)) return
      next[place + 1] = 1
      if (many) next[place] = 1
    })
    if (!next.includes(1)) return false
    skip(atoms, next)
    places = next
  }
  return places[atoms.length] === 1
}

/** Goes on behind atoms that may be left out, in one pass. */
function skip(atoms: readonly Atom[], places: Uint8Array): void {
  atoms.forEach(({ once }, place) => {
    if (!once && places[place] === 1) places[place + 1] = 1
  })
}
