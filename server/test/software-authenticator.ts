// A security key in software, for tests: it makes ES256 credentials without attestation and signs with them, as a browser would hand it
// over. What a real one would never do (another origin, an old count, no touch) can be asked of it.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface Device {
  readonly origin: string
  readonly rpId: string
  /** Whether it asks for a PIN or a finger. */
  readonly verifiesUser?: boolean
  /** Whether somebody touched it. */
  readonly present?: boolean
  /** Whether it counts its uses. */
  readonly counts?: boolean
}

export interface Made {
  readonly credentialId: string
  readonly clientData: string
  readonly attestation: string
}

export interface Signed {
  readonly credentialId: string
  readonly clientData: string
  readonly authenticatorData: string
  readonly signatureData: string
  readonly userHandle: string
}

/** What differs from what the device would do by itself. */
export type Deviation = Partial<Device> & {
  readonly count?: number
  readonly type?: string
  readonly challenge?: string
}

export interface SoftwareAuthenticator {
  create(options: { readonly challenge: string; readonly user: { readonly id: string } }, deviation?: Deviation): Made
  /** With the credential that was made last. */
  get(options: { readonly challenge: string }, deviation?: Deviation): Signed
}

export function softwareAuthenticator(device: Device): SoftwareAuthenticator {
  let credential: { readonly id: Buffer; readonly key: KeyObject; readonly userId: string; count: number } | undefined

  function authenticatorData(
    { rpId, verifiesUser = true, present = true }: Device,
    count: number,
    attested?: Buffer,
  ): Buffer {
    const flags = (present ? 0x01 : 0) | (verifiesUser ? 0x04 : 0) | (attested ? 0x40 : 0)
    const fixed = Buffer.alloc(5)
    fixed[0] = flags
    fixed.writeUInt32BE(count, 1)
    return Buffer.concat([sha256(rpId), fixed, attested ?? Buffer.alloc(0)])
  }

  const clientData = (type: string, challenge: string, { origin }: Device) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

  return {
    create({ challenge, user }, deviation = {}) {
      const used = { ...device, ...deviation }
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      credential = { id: randomBytes(32), key: privateKey, userId: user.id, count: 0 }
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      // RFC 9053 §7.1.1: EC2, ES256, P-256, and the two coordinates.
      const cose = map([
        [int(1), int(2)],
        [int(3), int(-7)],
        [int(-1), int(1)],
        [int(-2), bytes(Buffer.from(x, 'base64url'))],
        [int(-3), bytes(Buffer.from(y, 'base64url'))],
      ])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credential.id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, credential.id, cose])
      const attestation = map([
        [text('fmt'), text('none')],
        [text('attStmt'), map([])],
        [text('authData'), bytes(authenticatorData(used, deviation.count ?? 0, attested))],
      ])
      return {
        credentialId: credential.id.toString('base64url'),
        clientData: clientData(deviation.type ?? 'webauthn.create', deviation.challenge ?? challenge, used).toString(
          'base64url',
        ),
        attestation: attestation.toString('base64url'),
      }
    },

    get({ challenge }, deviation = {}) {
      if (!credential) throw new Error('no credential was made')
      const used = { ...device, ...deviation }
      if (device.counts ?? true) credential.count++
      const data = authenticatorData(used, deviation.count ?? credential.count)
      const client = clientData(deviation.type ?? 'webauthn.get', deviation.challenge ?? challenge, used)
      return {
        credentialId: credential.id.toString('base64url'),
        clientData: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signatureData: sign('sha256', Buffer.concat([data, sha256(client)]), credential.key).toString('base64url'),
        userHandle: credential.userId,
      }
    },
  }
}

const sha256 = (value: string | Buffer): Buffer => createHash('sha256').update(value).digest()

// As much of CBOR (RFC 8949) as an attestation is made of.
function head(type: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(type << 5) | value])
  if (value < 0x100) return Buffer.from([(type << 5) | 24, value])
  return Buffer.from([(type << 5) | 25, value >> 8, value & 0xff])
}
const int = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value))
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value])
const text = (value: string): Buffer => Buffer.concat([head(3, value.length), Buffer.from(value)])
const map = (entries: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([head(5, entries.length), ...entries.flat()])
