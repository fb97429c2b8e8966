// What is sent to enrol, to activate and to prove, and what comes of it: values only.
import type { Instant } from '#kernel/instant.ts'
import type { Factor, FactorAmr, FactorKind } from './factor.ts'

/** WebAuthn §5.4.6. */
export const USER_VERIFICATIONS = ['discouraged', 'preferred', 'required'] as const
export type UserVerification = (typeof USER_VERIFICATIONS)[number]

export type EnrollmentDraft =
  | { readonly key: 'google_totp' | 'okta_totp' }
  /**
   * To the person's primary address, which may be named. `activate`: without a code, for an administrator who knows that it is theirs.
   * `lifetime` of the code in milliseconds.
   */
  | { readonly key: 'email'; readonly email?: string; readonly activate?: boolean; readonly lifetime?: number }
  /** A key of the list, or a text of one's own. */
  | { readonly key: 'question'; readonly question: string; readonly answer: string }
  | { readonly key: 'webauthn'; readonly userVerification?: UserVerification; readonly name?: string }

/** What the person needs to make a pending factor theirs: shown once, and never again after the activation. */
export type Activation =
  | { readonly kind: 'totp'; readonly sharedSecret: string; readonly uri: string; readonly qrToken: string }
  | { readonly kind: 'webauthn'; readonly options: CreationOptions; readonly expires: Instant }
  /** The code is on its way. */
  | { readonly kind: 'email'; readonly expires: Instant }

export interface BegunEnrollment {
  readonly factor: Factor
  /** Absent for what is active at once. */
  readonly activation?: Activation
}

/** `PublicKeyCredentialCreationOptionsJSON` as Okta's scripts read it: `challenge` and `user.id` are base64url. */
export interface CreationOptions {
  readonly rp: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly challenge: string
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[]
  readonly excludeCredentials: readonly { readonly type: 'public-key'; readonly id: string }[]
  readonly attestation: 'direct'
  readonly authenticatorSelection: {
    readonly userVerification: UserVerification
    readonly requireResidentKey: false
  }
  readonly u2fParams: { readonly appid: string }
}

export type ActivationProof =
  | { readonly kind: 'code'; readonly code: string }
  /** Base64url, or base64 with padding. */
  | {
      readonly kind: 'attestation'
      readonly clientData: string
      readonly attestation: string
      readonly transports?: readonly string[]
    }

export type Proof =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'answer'; readonly answer: string }
  /** Base64url, or base64 with padding. Where no credential is named, every key of the person's is tried. */
  | {
      readonly kind: 'assertion'
      readonly clientData: string
      readonly authenticatorData: string
      readonly signatureData: string
      readonly credentialId?: string
      readonly userHandle?: string
    }

/** One factor, or whichever of that kind the person has. */
export type FactorTarget = { readonly factorId: string } | { readonly kind: FactorKind }

/** `PublicKeyCredentialRequestOptionsJSON`, with the keys that may answer. */
export interface AssertionOptions {
  readonly challenge: string
  readonly rpId: string
  readonly userVerification: UserVerification
  readonly allowCredentials: readonly {
    readonly type: 'public-key'
    readonly id: string
    readonly transports: readonly string[]
  }[]
  /** For keys that were made by the older U2F. */
  readonly appid: string
}

export type Challenge =
  /** A code is on its way. */
  | { readonly kind: 'sent'; readonly factor: Factor; readonly expires: Instant }
  | {
      readonly kind: 'assertion'
      /** FACTOR: of one key; FACTOR_TYPE: of any that the person has. */
      readonly type: 'FACTOR' | 'FACTOR_TYPE'
      readonly factors: readonly Factor[]
      readonly options: AssertionOptions
      readonly expires: Instant
    }
  /** Codes of an app and answers are proved without one. */
  | { readonly kind: 'needless'; readonly factors: readonly Factor[] }
  /** A code was mailed less than five seconds ago. */
  | { readonly kind: 'too-soon' }

/** Why a proof is none. Nothing of it says what the right one would have been. */
export type Failure =
  | { readonly kind: 'wrong'; readonly of: FactorKind }
  /** The code is right and was used. */
  | { readonly kind: 'replayed' }
  /** The code was right some minutes ago. Of codes to come nothing is said: whoever guessed one could wait for it. */
  | { readonly kind: 'out-of-window' }
  /** Five tries within five minutes: whatever is sent is not looked at. */
  | { readonly kind: 'exhausted' }
  /** Nothing was asked of this person here that this would answer; or it was answered. */
  | { readonly kind: 'no-challenge' }
  | { readonly kind: 'expired' }

export type Verification =
  | {
      readonly kind: 'verified'
      readonly factor: Factor
      readonly amr: readonly FactorAmr[]
      /** The key itself has made sure of the person (PIN, fingerprint): counts as a second factor. */
      readonly userVerified: boolean
      readonly at: Instant
    }
  | Failure

export type ActivationOutcome = { readonly kind: 'activated'; readonly factor: Factor } | Failure
