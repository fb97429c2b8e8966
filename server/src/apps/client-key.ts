// Public keys that an app registers: for `private_key_jwt`, or to be encrypted for. What is kept is public by construction.
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Instant } from '#kernel/instant.ts'
import { invalid } from '#kernel/refusal.ts'
import type { ClientKey } from './app.ts'

const CLIENT_KEYS_MAX = 50
const RSA_BITS_MIN = 2_048
const KID_MAX = 255
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
const CURVE_OF_SIZE: Readonly<Record<number, string>> = { 32: 'P-256', 48: 'P-384', 66: 'P-521' }

export interface ClientKeyDraft {
  readonly kid: string | undefined
  /** Undefined is unsaid: active, unless the key is known as inactive. */
  readonly status: 'ACTIVE' | 'INACTIVE' | undefined
  readonly use: 'sig' | 'enc' | undefined
  readonly jwk: Readonly<Record<string, unknown>>
}

/** Reads a key as it was sent. @throws {Refusal} validation_failed for one that is private, weak or no key at all */
export function parseClientKey(sent: Readonly<Record<string, unknown>>): ClientKeyDraft {
  const secret = PRIVATE_MEMBERS.find((member) => sent[member] !== undefined && sent[member] !== null)
  if (secret !== undefined) throw fault(`The key has the private member '${secret}'. Send the public key only.`)
  const kid = optionalText(sent, 'kid')
  if (kid !== undefined && (kid === '' || kid.length > KID_MAX))
    throw fault(`'kid' must have 1 to ${KID_MAX} characters.`)
  const use = optionalText(sent, 'use')
  if (use !== undefined && use !== 'sig' && use !== 'enc') throw fault("'use' is invalid. Valid values: [sig, enc].")
  const status = optionalText(sent, 'status')
  if (status !== undefined && status !== 'ACTIVE' && status !== 'INACTIVE')
    throw fault("'status' is invalid. Valid values: [ACTIVE, INACTIVE].")
  const alg = optionalText(sent, 'alg')
  const material = { ...materialOf(sent), ...(alg === undefined ? {} : { alg }) }
  checkStrength(material)
  return {
    kid,
    status,
    use,
    jwk: { ...material, ...(kid === undefined ? {} : { kid }), ...(use === undefined ? {} : { use }) },
  }
}

export const clientKey = (draft: ClientKeyDraft, id: string, now: Instant): ClientKey => ({
  id,
  created: now,
  lastUpdated: now,
  ...draft,
  status: draft.status ?? 'ACTIVE',
})

/** Rules over all keys of an app. @throws {Refusal} validation_failed */
export function checkClientKeys(keys: readonly ClientKey[]): void {
  if (keys.length > CLIENT_KEYS_MAX) throw fault(`An app has at most ${CLIENT_KEYS_MAX} keys.`)
  const kids = keys.map((key) => key.kid)
  // Without a name nobody could say which of several keys signed.
  if (keys.length > 1 && kids.includes(undefined)) throw fault("Each of several keys needs a 'kid'.")
  const twice = kids.find((kid, at) => kids.indexOf(kid) !== at)
  if (twice !== undefined) throw fault(`There is more than one key with the 'kid' '${twice}'.`)
  if (keys.filter((key) => key.use === 'enc' && key.status === 'ACTIVE').length > 1)
    throw fault('Only one encryption key can be active.')
}

function materialOf(sent: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  switch (sent.kty) {
    case 'RSA':
      return { kty: 'RSA', n: encoded(sent, 'n'), e: encoded(sent, 'e') }
    case 'EC': {
      const x = encoded(sent, 'x')
      // Okta takes a curve point without its curve's name; the size of a coordinate tells which one is meant.
      const crv = optionalText(sent, 'crv') ?? CURVE_OF_SIZE[Buffer.from(x, 'base64url').length] ?? ''
      return { kty: 'EC', crv, x, y: encoded(sent, 'y') }
    }
    default:
      throw fault("'kty' is invalid. Valid values: [RSA, EC].")
  }
}

function checkStrength(jwk: Readonly<Record<string, string>>): void {
  const bits = publicKey(jwk)?.asymmetricKeyDetails?.modulusLength
  if (jwk.kty === 'RSA' && (bits ?? 0) < RSA_BITS_MIN)
    throw fault("RSA key length in the 'jwks' is less than '2,048' bits for the given key.")
}

function publicKey(jwk: Readonly<Record<string, string>>): KeyObject {
  try {
    return createPublicKey({ format: 'jwk', key: jwk })
  } catch {
    throw fault(jwk.kty === 'EC' ? "'x' and 'y' are no point of the curve 'crv'." : "'n' and 'e' are no RSA key.")
  }
}

function encoded(sent: Readonly<Record<string, unknown>>, member: string): string {
  const value = sent[member]
  if (typeof value === 'string' && /^[A-Za-z0-9_-]{1,4096}$/.test(value)) return value
  throw fault(`'${member}' must be base64url.`)
}

function optionalText(sent: Readonly<Record<string, unknown>>, member: string): string | undefined {
  const value = sent[member] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw fault(`'${member}' must be text.`)
}

const fault = (sentence: string) => invalid('JsonWebKey', sentence)
