// The two ceremonies of WebAuthn. `@simplewebauthn/server` reads attestations and checks signatures; what is expected of them is said
// here: the challenge, the org's own origins, the host that the key was made for, and how sure the key must be of its person. On the
// wire they come in base64url or in base64 with padding. The library is loaded at the first use: at rest it would cost 14 MB.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { ActivationProof, Proof, UserVerification } from './proof.ts'

/** ES256 and RS256, as Okta asks for. */
export const ALGORITHMS = [-7, -257]
export const WEBAUTHN_MAX = 10

export interface Expected {
  readonly challenge: string
  readonly origins: readonly string[]
  readonly rpId: string
  readonly userVerification: UserVerification
}

/** What is kept of a key, sealed. */
export interface WebAuthnSecret {
  /** COSE, base64url. */
  readonly publicKey: string
  /** The key may be copied between devices of its person. */
  readonly synced: boolean
}

export interface NewCredential {
  readonly id: string
  readonly secret: WebAuthnSecret
  readonly counter: number
  readonly transports: readonly string[]
}

type Attestation = Extract<ActivationProof, { kind: 'attestation' }>
type Assertion = Extract<Proof, { kind: 'assertion' }>

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

/** The credential that was made, or undefined where the attestation is not what was asked for. */
export async function checkAttestation(proof: Attestation, expected: Expected): Promise<NewCredential | undefined> {
  const transports = TRANSPORTS.filter((transport) => proof.transports?.includes(transport))
  const response: RegistrationResponseJSON = {
    ...UNNAMED,
    response: {
      clientDataJSON: base64url(proof.clientData),
      attestationObject: base64url(proof.attestation),
      transports,
    },
  }
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const checked = await undefinedWhereRefused(() =>
    verifyRegistrationResponse({ response, ...common(expected), supportedAlgorithmIDs: ALGORITHMS }),
  )
  if (!checked?.verified) return undefined
  const { credential, credentialDeviceType } = checked.registrationInfo
  const publicKey = Buffer.from(credential.publicKey).toString('base64url')
  const secret = { publicKey, synced: credentialDeviceType === 'multiDevice' }
  return { id: credential.id, secret, counter: credential.counter, transports }
}

export interface KnownCredential {
  readonly id: string
  readonly userId: string
  readonly secret: WebAuthnSecret
  readonly counter: number
}

/** The counter to remember, or undefined where the assertion is not this key's answer to the challenge. */
export async function checkAssertion(
  proof: Assertion,
  known: KnownCredential,
  expected: Expected,
): Promise<{ readonly counter: number; readonly userVerified: boolean } | undefined> {
  if (proof.credentialId !== undefined && base64url(proof.credentialId) !== known.id) return undefined
  // A user handle is the person's id, which the browser was given as base64url.
  if (proof.userHandle && base64url(proof.userHandle) !== known.userId) return undefined
  const response: AuthenticationResponseJSON = {
    ...UNNAMED,
    response: {
      clientDataJSON: base64url(proof.clientData),
      authenticatorData: base64url(proof.authenticatorData),
      signature: base64url(proof.signatureData),
    },
  }
  const publicKey = new Uint8Array(Buffer.from(known.secret.publicKey, 'base64url'))
  const credential = { id: known.id, publicKey, counter: known.counter }
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const checked = await undefinedWhereRefused(() =>
    verifyAuthenticationResponse({ response, ...common(expected), credential }),
  )
  if (!checked?.verified) return undefined
  const { newCounter, userVerified } = checked.authenticationInfo
  return { counter: newCounter, userVerified }
}

/** The challenge that client data claims to answer: to be looked up, and believed only where it was given out. */
export function challengeOf(clientData: string): string | undefined {
  try {
    const { challenge } = JSON.parse(Buffer.from(base64url(clientData), 'base64url').toString('utf8'))
    return typeof challenge === 'string' ? challenge : undefined
  } catch {
    return undefined
  }
}

const base64url = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

/** Okta's wire names no credential: it is found by its key. */
const UNNAMED = { id: 'unnamed', rawId: 'unnamed', type: 'public-key', clientExtensionResults: {} } as const

const common = ({ challenge, origins, rpId, userVerification }: Expected) => ({
  expectedChallenge: challenge,
  expectedOrigin: [...origins],
  expectedRPID: rpId,
  requireUserVerification: userVerification === 'required',
})

/** The library throws for whatever is not as it should be; the reason is nothing that a caller is told. */
async function undefinedWhereRefused<T>(check: () => Promise<T>): Promise<T | undefined> {
  try {
    return await check()
  } catch {
    return undefined
  }
}
