// Codes of authenticator apps: RFC 6238 over RFC 4226, with HMAC-SHA-1, six digits and steps of 30 seconds, which is what every app takes.
// Twenty lines of `node:crypto`, held against the RFCs' own test vectors, instead of a library around the same.
import { createHmac } from 'node:crypto'
import type { RandomBytes } from '#kernel/id.ts'
import { type Instant, SECOND } from '#kernel/instant.ts'
import { equalText } from '#kernel/secret.ts'

export const TIME_STEP = 30
export const CODE_DIGITS = 6
/** RFC 4226 §4, R6: 160 bits, 32 characters of base32. */
const SEED_BYTES = 20
/** Clocks that are one step off are forgiven (RFC 6238 §6). */
const STEPS_OFF = [0, -1, 1]
/** For how long an old code is told apart from a wrong one. */
const PAST_STEPS = 10

export const newSeed = (random: RandomBytes): Uint8Array => random(SEED_BYTES)

export const stepAt = (at: Instant): number => Math.floor(at / (TIME_STEP * SECOND))

/** RFC 4226 §5.3. */
export function hotp(seed: Uint8Array, counter: number): string {
  const moving = Buffer.alloc(8)
  moving.writeBigUInt64BE(BigInt(counter))
  const digest = createHmac('sha1', seed).update(moving).digest()
  const offset = (digest.at(-1) ?? 0) & 0x0f
  const truncated = digest.readUInt32BE(offset) & 0x7fffffff
  return String(truncated % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, '0')
}

export type TotpDecision =
  /** Good as long as no code of this step or a later one has been accepted: the statement that remembers the step decides. */
  | { readonly kind: 'right'; readonly step: number }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'replayed' }
  | { readonly kind: 'out-of-window' }

export interface PresentedCode {
  readonly code: string
  readonly now: Instant
  /** The step whose code was accepted last; 0 for none. */
  readonly lastStep: number
}

/** What the code is worth. Of codes to come nothing is told, or somebody who guessed one would know to wait for it. */
export function decideTotp(seed: Uint8Array, { code, now, lastStep }: PresentedCode): TotpDecision {
  // Apps show the digits in two groups, and people type what they see.
  const digits = code.replaceAll(' ', '')
  if (!/^\d{6}$/.test(digits)) return { kind: 'wrong' }
  const current = stepAt(now)
  const isCodeOf = (step: number) => equalText(hotp(seed, step), digits)
  const matching = STEPS_OFF.map((off) => current + off).filter(isCodeOf)
  const unused = matching.find((step) => step > lastStep)
  if (unused !== undefined) return { kind: 'right', step: unused }
  if (matching.length > 0) return { kind: 'replayed' }
  for (let off = 2; off <= PAST_STEPS; off++) if (isCodeOf(current - off)) return { kind: 'out-of-window' }
  return { kind: 'wrong' }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 §6, without padding. */
export function base32(bytes: Uint8Array): string {
  let [text, bits, value] = ['', 0, 0]
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(value >>> (bits - 5)) & 31]
  }
  return bits === 0 ? text : text + BASE32[(value << (5 - bits)) & 31]
}

/** What an authenticator app reads of the picture. */
export function otpauthUri(org: string, login: string, sharedSecret: string): string {
  const label = `${encodeURIComponent(org)}:${encodeURIComponent(login)}`
  return `otpauth://totp/${label}?secret=${sharedSecret}&issuer=${encodeURIComponent(org)}`
}

/** A shared secret as people type it. */
export const inFours = (sharedSecret: string): string => sharedSecret.match(/.{1,4}/g)?.join(' ') ?? ''
