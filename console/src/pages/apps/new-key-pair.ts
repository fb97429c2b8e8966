// A key pair made by the browser: the private half never leaves the page.
interface KeyPair {
  /** JSON, as the API takes it. */
  readonly publicJwk: string
  /** PKCS #8. */
  readonly privatePem: string
}

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const
const LINE = 64

/** RSA of 2,048 bits for RS256, with a random key ID. */
export async function newKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const { kty, n, e } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const privateBytes = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  return {
    publicJwk: JSON.stringify({ kty, kid: crypto.randomUUID(), use: 'sig', alg: 'RS256', e, n }, null, 2),
    privatePem: pem(privateBytes),
  }
}

function pem(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  const lines = text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----'].join('\n')
}
