// How a URI that was sent differs from those that are registered, in the words of a person who compares them: a slash at the end, a
// port, http for https. Redirect URIs are compared as strings, so the parts are told as they were written; the WHATWG parser says
// where two spellings mean one host.

export const MARK_KINDS = ['scheme', 'host', 'port', 'path', 'trailing-slash', 'case', 'query', 'fragment'] as const
export type MarkKind = (typeof MARK_KINDS)[number]

export interface Mark {
  readonly kind: MarkKind
  /** The part as it was sent; empty where it has none. */
  readonly sent: string
  readonly registered: string
}

export interface Difference {
  readonly registered: string
  readonly marks: readonly Mark[]
}

interface Parts {
  readonly scheme: string
  readonly host: string
  readonly port: string
  readonly path: string
  readonly query: string
  readonly fragment: string
}

/** Every registered URI with what is different about the sent one, the nearest first; without a mark where they are the same. */
export function explainRedirectUri(sent: string, registered: readonly string[]): readonly Difference[] {
  return registered
    .map((uri) => ({ registered: uri, marks: marksOf(sent, uri) }))
    .map((difference) => ({ difference, distance: distanceOf(sent, difference) }))
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ difference }) => difference)
}

function marksOf(sentText: string, registeredText: string): readonly Mark[] {
  if (sentText === registeredText) return []
  const [sent, registered] = [partsOf(sentText), partsOf(registeredText)]
  const differs = (part: keyof Parts, kind: MarkKind = part): readonly Mark[] =>
    sent[part] === registered[part] ? [] : [{ kind, sent: sent[part], registered: registered[part] }]
  const marks = [
    ...differs('scheme', isOtherCase(sent.scheme, registered.scheme) ? 'case' : 'scheme'),
    ...hostMarks(sent, registered),
    ...differs('port'),
    ...pathMarks(sent.path, registered.path),
    ...differs('query'),
    ...differs('fragment'),
  ]
  // A user name, a backslash, an empty port: in no part, and a difference.
  return marks.length > 0 || fits(sent.host, registered.host)
    ? marks
    : [{ kind: 'host', sent: sentText, registered: registeredText }]
}

function hostMarks(sent: Parts, registered: Parts): readonly Mark[] {
  if (sent.host === registered.host || fits(sent.host, registered.host)) return []
  const means = ({ host }: Parts) => URL.parse(`https://${host}`)?.hostname ?? host.toLowerCase()
  return [{ kind: means(sent) === means(registered) ? 'case' : 'host', sent: sent.host, registered: registered.host }]
}

/** Whether the host has one label, or a part of it, where the registered one has an asterisk. */
function fits(host: string, pattern: string): boolean {
  const [before, after, ...more] = pattern.split('*')
  if (before === undefined || after === undefined || more.length > 0) return false
  const label = host.slice(before.length, host.length - after.length)
  return host === before + label + after && /^[a-z0-9-]+$/.test(label)
}

function pathMarks(sent: string, registered: string): readonly Mark[] {
  if (sent === registered) return []
  const marks: Mark[] = []
  if (sent.endsWith('/') !== registered.endsWith('/')) marks.push({ kind: 'trailing-slash', sent, registered })
  const [bareSent, bareRegistered] = [sent.replace(/\/$/, ''), registered.replace(/\/$/, '')]
  if (bareSent !== bareRegistered)
    marks.push({ kind: isOtherCase(bareSent, bareRegistered) ? 'case' : 'path', sent, registered })
  // A path that is another one ends as it will.
  return marks.some(({ kind }) => kind === 'path') ? marks.filter(({ kind }) => kind === 'path') : marks
}

const isOtherCase = (a: string, b: string): boolean => a !== b && a.toLowerCase() === b.toLowerCase()

// RFC 3986, appendix B.
const URI = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/s

function partsOf(text: string): Parts {
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = URI.exec(text) ?? []
  const address = authority.slice(authority.lastIndexOf('@') + 1)
  const [, host = address, port = ''] = /^(.*?)(?::(\d*))?$/s.exec(address) ?? []
  return { scheme, host, port, path, query, fragment }
}

const WEIGHTS: Readonly<Record<MarkKind, number>> = {
  'trailing-slash': 1,
  case: 1,
  fragment: 1,
  scheme: 2,
  port: 2,
  query: 2,
  path: 3,
  host: 6,
}

/** Whole steps for each mark, and less than one for how little of the beginning is the same. */
function distanceOf(sent: string, { registered, marks }: Difference): number {
  const length = Math.max(sent.length, registered.length, 1)
  let same = 0
  while (same < length && sent[same] === registered[same] && same < sent.length) same++
  return marks.reduce((sum, { kind }) => sum + WEIGHTS[kind], 0) + (length - same) / (length + 1)
}
