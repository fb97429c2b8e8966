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
  let places = withSkipped(atoms, new Set([0]))
  for (const character of characters) {
    const next = new Set<number>()
    for (const place of places) {
      const atom = atoms[place]
      if (!atom?.matches(character)) continue
      if (atom.many) next.add(place)
      next.add(place + 1)
    }
    if (next.size === 0) return false
    places = withSkipped(atoms, next)
  }
  return places.has(atoms.length)
}

/** Adds the places behind atoms that may be left out: one pass, since a set is walked in the order in which it grows. */
function withSkipped(atoms: readonly Atom[], places: Set<number>): Set<number> {
  for (const place of places) if (atoms[place]?.once === false) places.add(place + 1)
  return places
}
