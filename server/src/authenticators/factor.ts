// What somebody can prove themselves with besides a password: a code of an authenticator app (`totp`), a security key or passkey
// (`webauthn`), a code by e-mail (`email`), the answer to a question (`question`). A factor belongs to one person of one org; it proves
// nothing while it is PENDING_ACTIVATION. What it is checked with (seed, public key, hash of the answer) stays in this room and is
// no member of `Factor`, which may be shown to its person and to administrators as it is.
import type { Instant } from '#kernel/instant.ts'

export const FACTOR_KINDS = ['totp', 'webauthn', 'email', 'question'] as const
export type FactorKind = (typeof FACTOR_KINDS)[number]

/** What can be enrolled. People have one of each, and up to ten keys of `webauthn`. */
export const FACTOR_KEYS = ['question', 'email', 'google_totp', 'okta_totp', 'webauthn'] as const
export type FactorKey = (typeof FACTOR_KEYS)[number]

export const FACTOR_PROVIDERS = ['OKTA', 'GOOGLE', 'FIDO'] as const
export type FactorProvider = (typeof FACTOR_PROVIDERS)[number]

export const FACTOR_STATUSES = ['PENDING_ACTIVATION', 'ACTIVE'] as const
export type FactorStatus = (typeof FACTOR_STATUSES)[number]

interface Enrolled<Key extends FactorKey, Kind extends FactorKind, Provider extends FactorProvider, Profile> {
  readonly id: string
  readonly userId: string
  readonly key: Key
  readonly kind: Kind
  readonly provider: Provider
  readonly status: FactorStatus
  readonly created: Instant
  readonly lastUpdated: Instant
  readonly profile: Profile
}

export interface TotpProfile {
  /** The login under which an authenticator app lists the account. */
  readonly credentialId: string
}

export interface WebAuthnProfile {
  /** Base64url; absent until it is activated. */
  readonly credentialId?: string
  readonly authenticatorName: string
  /** The host for which the key was made: it works nowhere else. */
  readonly rpId: string
  readonly transports: readonly string[]
}

export interface EmailProfile {
  readonly email: string
}

export interface QuestionProfile {
  /** A key of the list, or `custom`. */
  readonly question: string
  readonly questionText: string
}

export type TotpFactor =
  | Enrolled<'google_totp', 'totp', 'GOOGLE', TotpProfile>
  | Enrolled<'okta_totp', 'totp', 'OKTA', TotpProfile>
export type WebAuthnFactor = Enrolled<'webauthn', 'webauthn', 'FIDO', WebAuthnProfile>
export type EmailFactor = Enrolled<'email', 'email', 'OKTA', EmailProfile>
export type QuestionFactor = Enrolled<'question', 'question', 'OKTA', QuestionProfile>
export type Factor = TotpFactor | WebAuthnFactor | EmailFactor | QuestionFactor

export const KIND_OF: Readonly<Record<FactorKey, FactorKind>> = {
  question: 'question',
  email: 'email',
  google_totp: 'totp',
  okta_totp: 'totp',
  webauthn: 'webauthn',
}

export const PROVIDER_OF: Readonly<Record<FactorKey, FactorProvider>> = {
  question: 'OKTA',
  email: 'OKTA',
  google_totp: 'GOOGLE',
  okta_totp: 'OKTA',
  webauthn: 'FIDO',
}

/** Words of `amr` (RFC 8176) that a proof adds; `mfa` is for whoever counts the proofs. */
export type FactorAmr = 'otp' | 'hwk' | 'swk' | 'kba'
