// Secrets at rest. Tokens, codes and cookies are kept as hashes only; what must be readable again is sealed: AES-256-GCM with the
// place it belongs to (org, table, column, row) as additional data, so that a sealed value moved elsewhere does not open.
import { createCipheriv, createDecipheriv, createHash, createHmac, hash, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { RandomBytes } from './id.ts'

const FORMAT = '1'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** One of the list `KEYSTEAD_SECRET`, or a data key of an org; `id` names it in sealed values without revealing it. */
export interface SecretKey {
  readonly id: string
  readonly bytes: Uint8Array
}

export function secretKey(bytes: Uint8Array): SecretKey {
  if (bytes.length < KEY_BYTES) throw new Error(`a secret key needs at least ${KEY_BYTES} bytes`)
  return { id: createHash('sha256').update('keystead key id').update(bytes).digest('base64url').slice(0, 8), bytes }
}

/** RFC 5869: a key for one purpose only. */
export const deriveKey = (key: SecretKey, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key.bytes, '', `keystead/${purpose}`, KEY_BYTES))

/** An opaque random value of `bytes` bytes in base64url: a token, code, cookie or secret. */
export const randomToken = (random: RandomBytes, bytes = 32): string => Buffer.from(random(bytes)).toString('base64url')

/** The form in which a token of at least 128 random bits is stored: its SHA-256 in base64url. */
export const tokenHash = (token: string): string => hash('sha256', token, 'base64url')

/** A keyed hash, for values that people chose and that a plain hash would not protect. */
export const keyedHash = (key: Uint8Array, value: string): string =>
  createHmac('sha256', key).update(value).digest('base64url')

export function equalText(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))
}

/** Deriving costs more than sealing, and the keys are few: one root key, and one of each org whose configuration is kept. */
const sealingKeys = new WeakMap<SecretKey, Uint8Array>()

function sealingKey(key: SecretKey): Uint8Array {
  const known = sealingKeys.get(key)
  if (known) return known
  const derived = deriveKey(key, 'seal')
  sealingKeys.set(key, derived)
  return derived
}

/** Seals text for one place; `place` is bound in and must be the same at opening. Format `1.{keyId}.{nonce}.{ciphertext+tag}`. */
export function seal(key: SecretKey, place: readonly string[], text: string, random: RandomBytes): string {
  const nonce = random(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(key), nonce).setAAD(Buffer.from(JSON.stringify(place)))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [FORMAT, key.id, Buffer.from(nonce).toString('base64url'), sealed.toString('base64url')].join('.')
}

/** Opens what `seal` made with any key of the ring; undefined when it was altered, moved or sealed with an unknown key. */
export function open(ring: readonly SecretKey[], place: readonly string[], sealed: string): string | undefined {
  const [format, keyId, nonceText, bodyText, ...rest] = sealed.split('.')
  const key = ring.find((candidate) => candidate.id === keyId)
  if (format !== FORMAT || !key || nonceText === undefined || bodyText === undefined || rest.length > 0)
    return undefined
  const body = Buffer.from(bodyText, 'base64url')
  // Node's decoder skips what is no base64url: only the canonical spelling is the value that was given out.
  if (body.length < TAG_BYTES || body.toString('base64url') !== bodyText) return undefined
  const nonce = Buffer.from(nonceText, 'base64url')
  if (nonce.length !== NONCE_BYTES || nonce.toString('base64url') !== nonceText) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealingKey(key), nonce)
      .setAAD(Buffer.from(JSON.stringify(place)))
      .setAuthTag(body.subarray(-TAG_BYTES))
    return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
