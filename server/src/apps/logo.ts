// The picture of an app. What it is, its content says, never its name or what the sender calls it. An SVG may hold a script: nothing
// runs where it is shown as an image, and opened by itself it is shut up by the policy it is served with.
import { hash } from 'node:crypto'
import { invalid, Refusal } from '#kernel/refusal.ts'

export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/svg+xml'] as const
export type LogoType = (typeof LOGO_TYPES)[number]

/** What the app keeps of it: its name, made of its content, and its type. */
export interface LogoName {
  readonly hash: string
  readonly type: LogoType
}

export interface Logo extends LogoName {
  readonly content: Uint8Array
}

const BYTES_MAX = 1_000_000
const BEGINNINGS: readonly [type: LogoType, beginning: Buffer][] = [
  ['image/png', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['image/jpeg', Buffer.from('ffd8ff', 'hex')],
  ['image/gif', Buffer.from('GIF87a')],
  ['image/gif', Buffer.from('GIF89a')],
]

/** @throws {Refusal} validation_failed, payload_too_large */
export function readLogo(content: Uint8Array): Logo {
  if (content.length === 0) throw invalid('file', 'file: The field cannot be left blank')
  if (content.length > BYTES_MAX) throw new Refusal('payload_too_large')
  const type = typeOf(content)
  if (!type) throw invalid('file', 'file: The file must be an image of type PNG, JPG, SVG or GIF.')
  return { hash: hash('sha256', content, 'base64url'), type, content }
}

/** Where it is served, below the org's address. */
export const logoPath = ({ hash }: LogoName): string => `/assets/img/logos/${hash}`

export const isLogoHash = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)

function typeOf(content: Uint8Array): LogoType | undefined {
  const known = BEGINNINGS.find(([, beginning]) => beginning.equals(content.subarray(0, beginning.length)))
  if (known) return known[0]
  return isSvg(content) ? 'image/svg+xml' : undefined
}

/** XML whose root is `svg`, with no definitions of its own before it (entities that grow). */
function isSvg(content: Uint8Array): boolean {
  const text = textOf(content)
  if (text === undefined) return false
  for (let at = skipSpace(text, 0); ; at = skipSpace(text, at)) {
    const end = PROLOG.find(([begin]) => text.startsWith(begin, at))?.[1]
    if (end === undefined) return /^<svg[\s/>]/.test(text.slice(at, at + 5))
    const ends = text.indexOf(end, at)
    if (ends < 0 || (end === '>' && text.slice(at, ends).includes('['))) return false
    at = ends + end.length
  }
}

const PROLOG: readonly [begin: string, end: string][] = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!DOCTYPE', '>'],
]

function textOf(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return undefined
  }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (/\s/.test(text[at] ?? '')) at++
  return at
}
