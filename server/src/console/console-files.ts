// The console's built files, as far as the room has to know of them.

export interface ConsoleFile {
  readonly type: string
  /** Named by the hash of its content, so it never changes. */
  readonly immutable: boolean
  /** By the name of the content coding (RFC 9110 §8.4.1); `identity` is always there. */
  readonly codings: ReadonlyMap<string, CodedFile>
}

export interface CodedFile {
  readonly bytes: Uint8Array
  readonly etag: string
}

/** By path below `/admin/`; empty where the console is not built. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>

export const FRONT_PAGE = 'index.html'

/** In the order in which they are taken where the browser has no wish of its own. */
const PREFERRED = ['br', 'gzip', 'identity']

/** The coding for an `Accept-Encoding` header (RFC 9110 §12.5.3). Undefined where none is acceptable that there is. */
export function decideCoding(offered: Iterable<string>, accepted: string | undefined): string | undefined {
  const weights = new Map(
    (accepted ?? 'identity').split(',').map((part): [string, number] => {
      const [name = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase())
      const q = parameters.find((word) => word.startsWith('q='))?.slice(2)
      return [name, q === undefined ? 1 : Number(q) || 0]
    }),
  )
  const rest = weights.get('*') ?? 0
  // Without a word against it the file as it is will do, after what was asked for.
  const weightOf = (name: string) =>
    weights.get(name) ?? (name === 'identity' ? rest || (weights.has('*') ? 0 : 0.001) : rest)
  const known = [...offered].toSorted(
    (a, b) => weightOf(b) - weightOf(a) || PREFERRED.indexOf(a) - PREFERRED.indexOf(b),
  )
  return known.find((name) => weightOf(name) > 0)
}

/** Whether the browser has it already (RFC 9110 §13.1.2: compared weakly, since caches may have weakened it). */
export const isKnown = (etag: string, ifNoneMatch: string | undefined): boolean =>
  (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
