// JSON Web Tokens as the server issues and reads its own (RFC 7519, RS256). Other parties' assertions are read with `jose`.
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { PublicJwk, Signer } from '#signing/signer.ts'

export type JwtClaims = Readonly<Record<string, unknown>>

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export async function signJwt(signer: Signer, claims: JwtClaims): Promise<string> {
  const input = `${encode({ kid: signer.kid, alg: signer.alg })}.${encode(claims)}`
  const signature = await signer.sign(Buffer.from(input))
  return `${input}.${signature.toString('base64url')}`
}

const PARTS = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/
const LENGTH_MAX = 16_384
const KEYS_KEPT = 200
const keyObjects = new Map<string, KeyObject>()

/**
 * The claims of a token that one of our keys signed; undefined for anything else. Times and audience are the caller's to check. The
 * algorithm is the key's, never the header's, and every part must be spelled as it was given out.
 */
export function openJwt(token: string, keys: readonly PublicJwk[]): JwtClaims | undefined {
  const [, head, body, signature] = token.length > LENGTH_MAX ? [] : (PARTS.exec(token) ?? [])
  if (head === undefined || body === undefined || signature === undefined) return undefined
  const header = decode(head)
  const jwk = keys.find((key) => key.kid === header?.kid)
  if (!jwk || header?.alg !== jwk.alg || 'crit' in header) return undefined
  const bytes = Buffer.from(signature, 'base64url')
  if (bytes.toString('base64url') !== signature) return undefined
  if (!verify('sha256', Buffer.from(`${head}.${body}`), keyObject(jwk), bytes)) return undefined
  return decode(body)
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Parsing a key costs as much as a signature check: the public ones are remembered by `kid`. */
function keyObject(jwk: PublicJwk): KeyObject {
  const known = keyObjects.get(jwk.kid)
  if (known) return known
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  if (keyObjects.size >= KEYS_KEPT) keyObjects.clear()
  keyObjects.set(jwk.kid, key)
  return key
}
