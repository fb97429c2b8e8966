// The org's authenticators, as Okta's newer API calls what factors are of: today every org has the same, and all are active.
import { derivedId } from '#kernel/id.ts'
import type { Org } from '#orgs/org.ts'

export const AUTHENTICATOR_TYPES = ['password', 'email', 'security_question', 'app', 'security_key'] as const

export interface Authenticator {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly type: (typeof AUTHENTICATOR_TYPES)[number]
  readonly settings?: { readonly allowedFor: 'any' | 'sso'; readonly tokenLifetimeInMinutes?: number }
}

const ALL: readonly Omit<Authenticator, 'id'>[] = [
  { key: 'okta_email', name: 'Email', type: 'email', settings: { allowedFor: 'sso', tokenLifetimeInMinutes: 5 } },
  { key: 'google_otp', name: 'Google Authenticator', type: 'app' },
  { key: 'okta_verify', name: 'Okta Verify', type: 'app' },
  { key: 'okta_password', name: 'Password', type: 'password' },
  { key: 'webauthn', name: 'Security Key or Biometric', type: 'security_key' },
  { key: 'security_question', name: 'Security Question', type: 'security_question', settings: { allowedFor: 'sso' } },
]

export const authenticatorsOf = ({ id: org }: Pick<Org, 'id'>): readonly Authenticator[] =>
  ALL.map((one) => ({ ...one, id: derivedId('authenticator', org, one.key) }))
