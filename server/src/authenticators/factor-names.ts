// What factors are called where people read of them.
import type { FactorKey } from './factor.ts'

export const FACTOR_NAMES: Readonly<Record<FactorKey, { readonly name: string; readonly about: string }>> = {
  google_totp: {
    name: 'Authenticator app',
    about: 'A code from an app such as Google Authenticator, Aegis or 1Password',
  },
  okta_totp: { name: 'Authenticator app', about: 'A code from an app on your phone' },
  webauthn: { name: 'Passkey or security key', about: 'Fingerprint, face, PIN, or a key that you plug in' },
  email: { name: 'E-mail', about: 'A code to your address' },
  question: { name: 'Security question', about: 'An answer that only you know' },
}
