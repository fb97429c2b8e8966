// What factors look like to people, wherever they read of them: what each is called, which of its kind one is, which they may add, and in
// which order. Pure. Programs are told every factor there is (`enrollable.ts`), and the System Log has names of its own.
import { enrollable, type FactorDemands } from './enrollable.ts'
import type { Factor, FactorKey } from './factor.ts'
import { maskedAddress } from './masked-address.ts'

const FACTOR_NAMES: Readonly<Record<FactorKey, { readonly name: string; readonly about: string }>> = {
  google_totp: {
    name: 'Authenticator app',
    about: 'A code from an app such as Google Authenticator, Aegis or 1Password',
  },
  okta_totp: { name: 'Authenticator app', about: 'A code from an app on your phone' },
  webauthn: { name: 'Passkey or security key', about: 'Fingerprint, face, PIN, or a key that you plug in' },
  email: { name: 'E-mail', about: 'A code to your address' },
  question: { name: 'Security question', about: 'An answer that only you know' },
}

export const factorName = ({ key }: Pick<Factor, 'key'>): string => FACTOR_NAMES[key].name

/** What withstands more stands first. */
const ORDER: readonly FactorKey[] = ['webauthn', 'google_totp', 'okta_totp', 'email', 'question']

interface Keyed {
  readonly key: FactorKey
}
export const byStrength = (one: Keyed, other: Keyed): number => ORDER.indexOf(one.key) - ORDER.indexOf(other.key)

/** Which of its kind a factor is. Before it is proved nobody reads a whole address. */
export function detailOf(factor: Factor, address: 'whole' | 'masked'): string | undefined {
  switch (factor.kind) {
    case 'email':
      return address === 'whole' ? factor.profile.email : maskedAddress(factor.profile.email, '…')
    case 'webauthn':
      return factor.profile.authenticatorName
    case 'question':
      return factor.profile.questionText
    case 'totp':
      return undefined
  }
}

export interface Offer {
  readonly key: FactorKey
  readonly name: string
  readonly about: string
  /** The policy demands it, and the person has none. */
  readonly required: boolean
  /** One more of what the person has. */
  readonly another: boolean
}

/**
 * What the person may add, the strongest first: always one more passkey, and one authenticator app, of which the policy may know two and
 * people need to know nothing. It is the one that the policy demands.
 */
export function offersOf(factors: readonly Factor[], demands: FactorDemands): readonly Offer[] {
  const hasApp = factors.some(({ kind, status }) => kind === 'totp' && status === 'ACTIVE')
  const open = enrollable(factors, demands)
    .filter(({ key, kind, status }) => key === 'webauthn' || (status === 'NOT_SETUP' && !(kind === 'totp' && hasApp)))
    .toSorted(byStrength)
  const apps = open.filter(({ kind }) => kind === 'totp')
  const app = apps.find(({ enrollment }) => enrollment === 'REQUIRED') ?? apps[0]
  return open
    .filter(({ key, kind }) => kind !== 'totp' || key === app?.key)
    .map(({ key, enrollment, status }) => {
      const another = status === 'ACTIVE'
      return { key, ...FACTOR_NAMES[key], required: enrollment === 'REQUIRED' && !another, another }
    })
}
