// Which parts of two URIs differ, to be marked in both. They are compared as they are written, part by part: a port with a port, a path
// with a path; what one has and the other lacks is an empty part of the other. The parts of a text put together are the text.
import type { TextPart } from '../../ui/marked-text.tsx'

export interface MarkedPair {
  readonly sent: readonly TextPart[]
  readonly registered: readonly TextPart[]
}

type Pair = readonly [sent: string, registered: string]
interface Step {
  readonly pair: Pair
  readonly isMarked: boolean
}

export function markDifference(sent: string, registered: string): MarkedPair {
  const [a, b] = [split(sent), split(registered)]
  const steps = [
    ...whole(a.scheme, b.scheme),
    ...whole(a.slashes, b.slashes),
    ...whole(a.user, b.user),
    ...byPieces(a.host, b.host, '.'),
    ...whole(a.port, b.port),
    ...byPieces(a.path, b.path, '/'),
    ...byLetters(a.query, b.query),
    ...byLetters(a.fragment, b.fragment),
  ]
  return { sent: joined(steps, 0), registered: joined(steps, 1) }
}

interface Parts {
  readonly scheme: string
  readonly slashes: string
  readonly user: string
  readonly host: string
  readonly port: string
  readonly path: string
  readonly query: string
  readonly fragment: string
}

// RFC 3986, appendix B, with every delimiter kept.
const URI =
  /^([^:/?#]+(?=:))?(:?(?:\/\/)?)(?:(?<=\/\/)([^/?#@]*@)?([^/?#]*?)(:\d*)?(?=[/?#]|$))?([^?#]*)(\?[^#]*)?(#.*)?$/s

function split(text: string): Parts {
  const [, scheme = '', slashes = '', user = '', host = '', port = '', path = '', query = '', fragment = ''] =
    URI.exec(text) ?? []
  return { scheme, slashes, user, host, port, path, query, fragment }
}

const whole = (a: string, b: string): readonly Step[] => [{ pair: [a, b], isMarked: a !== b }]

/** What both begin and end with is the same; between, letters where there is one piece on each side, else all of it. */
function byPieces(sent: string, registered: string, delimiter: '.' | '/'): readonly Step[] {
  if (sent === registered) return whole(sent, registered)
  const pieces = new RegExp(`\\${delimiter}|[^${delimiter}]+`, 'g')
  const [a, b] = [sent.match(pieces) ?? [], registered.match(pieces) ?? []]
  const { begin, end } = ends(a, b, delimiter === '.' ? fits : same)
  const [left, right] = [a.slice(begin, a.length - end), b.slice(begin, b.length - end)]
  const [only, other] = [left[0] ?? '', right[0] ?? '']
  return [
    ...unmarked(a.slice(0, begin), b.slice(0, begin)),
    ...(left.length === 1 && right.length === 1 ? byLetters(only, other) : whole(left.join(''), right.join(''))),
    ...unmarked(a.slice(a.length - end), b.slice(b.length - end)),
  ]
}

/** Letters that differ; the whole where hardly anything is the same. */
function byLetters(a: string, b: string): readonly Step[] {
  if (a === b) return whole(a, b)
  if (a.toLowerCase() === b.toLowerCase())
    return Array.from(a, (letter, at) => ({ pair: [letter, b[at] ?? ''], isMarked: letter !== b[at] }) as const)
  const { begin, end } = ends(Array.from(a), Array.from(b), same)
  if (begin + end < Math.max(a.length, b.length) / 2) return whole(a, b)
  return [
    ...unmarked([a.slice(0, begin)], [b.slice(0, begin)]),
    ...whole(a.slice(begin, a.length - end), b.slice(begin, b.length - end)),
    ...unmarked([a.slice(a.length - end)], [b.slice(b.length - end)]),
  ]
}

/** How many of the first and of the last are the same. */
function ends(a: readonly string[], b: readonly string[], isSame: (a: string, b: string) => boolean) {
  const length = Math.min(a.length, b.length)
  let begin = 0
  while (begin < length && isSame(a[begin] ?? '', b[begin] ?? '')) begin++
  let end = 0
  while (end < length - begin && isSame(a.at(-1 - end) ?? '', b.at(-1 - end) ?? '')) end++
  return { begin, end }
}

const same = (a: string, b: string): boolean => a === b

/** A registered host may have an asterisk for a label or a part of one. */
function fits(sent: string, registered: string): boolean {
  if (sent === registered) return true
  const [before = '', after, ...more] = registered.split('*')
  if (after === undefined || more.length > 0 || !sent.startsWith(before) || !sent.endsWith(after)) return false
  return /^[a-z0-9-]+$/.test(sent.slice(before.length, sent.length - after.length))
}

const unmarked = (a: readonly string[], b: readonly string[]): readonly Step[] => [
  { pair: [a.join(''), b.join('')], isMarked: false },
]

/** One side, with neighbours of one kind joined and nothing marked where both sides have nothing. */
function joined(steps: readonly Step[], side: 0 | 1): readonly TextPart[] {
  const parts: { text: string; isMarked: boolean }[] = []
  for (const { pair, isMarked } of steps) {
    const text = pair[side]
    const last = parts.at(-1)
    if (text === '' && !isMarked) continue
    if (last && last.isMarked === isMarked) last.text += text
    else parts.push({ text, isMarked })
  }
  return parts
}
