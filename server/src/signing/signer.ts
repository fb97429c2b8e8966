// The one door to signing keys: whoever signs has a `Signer` and never sees the key. RS256 with 2048 bits, as Okta's clients expect.
import { createPrivateKey, generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import type { RandomBytes } from '#kernel/id.ts'
import { randomToken } from '#kernel/secret.ts'

export interface Signer {
  readonly kid: string
  readonly alg: 'RS256'
  sign(bytes: Uint8Array): Promise<Buffer>
}

export interface PublicJwk {
  readonly kty: 'RSA'
  readonly alg: 'RS256'
  readonly kid: string
  readonly use: 'sig'
  readonly e: string
  readonly n: string
}

/** A key pair before it is sealed; `privatePem` never leaves the unit that stores it. */
export interface NewKey {
  readonly kid: string
  readonly jwk: PublicJwk
  readonly privatePem: string
}

export interface KeySource {
  next(): Promise<NewKey>
}

/** Turns a key's PEM into a signer once and remembers it by `kid`. */
export interface SignerSource {
  for(kid: string, openPem: () => string): Signer
}

const SIGNERS_KEPT = 1_000
const generate = promisify(generateKeyPair)

export async function newRsaKey(random: RandomBytes): Promise<NewKey> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 })
  const kid = randomToken(random)
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  return {
    kid,
    jwk: { kty: 'RSA', alg: 'RS256', kid, use: 'sig', e, n },
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** Keeps `ahead` keys ready once the first was asked for: a key costs 50–500 ms of one core, a new org shall not wait for it. */
export function keySource(random: RandomBytes, ahead: number): KeySource {
  const ready: Promise<NewKey>[] = []

  function makeAhead(): void {
    while (ready.length < ahead) {
      const key = newRsaKey(random)
      // Nobody waits for it yet; who takes it hears of the failure.
      key.catch(() => undefined)
      ready.push(key)
    }
  }

  return {
    next() {
      const key = ready.shift() ?? newRsaKey(random)
      key.then(makeAhead, () => undefined)
      return key
    },
  }
}

export function signerSource(): SignerSource {
  const kept = new Map<string, Signer>()
  return {
    for(kid, openPem) {
      const known = kept.get(kid)
      if (known) return known
      const signer = rsaSigner(kid, createPrivateKey(openPem()))
      kept.set(kid, signer)
      const [oldest] = kept.size > SIGNERS_KEPT ? kept.keys() : []
      if (oldest !== undefined) kept.delete(oldest)
      return signer
    },
  }
}

function rsaSigner(kid: string, key: KeyObject): Signer {
  return {
    kid,
    alg: 'RS256',
    sign: (bytes) =>
      new Promise((resolve, reject) =>
        sign('sha256', bytes, key, (error, signature) => (error ? reject(error) : resolve(signature))),
      ),
  }
}
