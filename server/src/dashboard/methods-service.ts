// The person's security methods as their pages show them: which they have, which they may add, and what makes a new one theirs.
import { enrollable, type FactorDemands } from '#authenticators/enrollable.ts'
import { type Factor, type FactorKey, type FactorKind, KIND_OF } from '#authenticators/factor.ts'
import { type DemandsFor, listFactors } from '#authenticators/manage-service.ts'
import type { Activation } from '#authenticators/proof.ts'
import { qrDataUrl } from '#authenticators/qr-code.ts'
import { inFours } from '#authenticators/totp.ts'
import type { Caller } from '#kernel/caller.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'

export interface Methods {
  /** Those that are active. */
  readonly factors: readonly Factor[]
  readonly demands: FactorDemands
}

export async function readSecurity(
  deps: Deps,
  demandsFor: DemandsFor,
  { caller, user }: { readonly caller: Caller; readonly user: User },
): Promise<Methods> {
  const { factors } = await listFactors(deps, caller, 'me')
  return { factors: factors.filter(({ status }) => status === 'ACTIVE'), demands: await demandsFor(caller, user) }
}

export interface Offer {
  readonly key: FactorKey
  readonly required: boolean
}

/** The strongest first. */
const ORDER: readonly FactorKind[] = ['webauthn', 'totp', 'email', 'question']

/** What the person may add: one authenticator app, whichever the policy prefers, and always one more passkey. */
export function offersOf(factors: readonly Factor[], demands: FactorDemands): readonly Offer[] {
  const missing = enrollable(factors, demands).filter(({ key, status }) => status === 'NOT_SETUP' || key === 'webauthn')
  const hasApp = factors.some(({ kind }) => kind === 'totp')
  const apps = missing.filter(({ kind }) => kind === 'totp')
  const app = apps.find(({ enrollment }) => enrollment === 'REQUIRED') ?? apps[0]
  return missing
    .filter(({ key, kind }) => kind !== 'totp' || (!hasApp && key === app?.key))
    .toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind))
    .map(({ key, enrollment, status }) => ({ key, required: enrollment === 'REQUIRED' && status === 'NOT_SETUP' }))
}

/** Which of its kind a factor is. */
export function detailOf(factor: Factor): string | undefined {
  if (factor.kind === 'email') return factor.profile.email
  if (factor.kind === 'webauthn') return factor.profile.authenticatorName
  return factor.kind === 'question' ? factor.profile.questionText : undefined
}

/** What the person needs for it. */
export function setUpWords(key: FactorKey, { profile }: User): string {
  switch (KIND_OF[key]) {
    case 'totp':
      return 'You need an authenticator app on your phone or computer, such as Google Authenticator, Aegis or 1Password.'
    case 'webauthn':
      return 'Your device, your browser or a security key keeps it, and you confirm with your fingerprint, your face or a PIN.'
    case 'email':
      return `We will send a code to ${typeof profile.email === 'string' ? profile.email : 'your address'}.`
    case 'question':
      return 'You choose a question and answer it.'
  }
}

export function activationView(activation: Activation, { profile }: User) {
  switch (activation.kind) {
    case 'totp':
      return { kind: 'totp', qr: qrDataUrl(activation.uri), secret: inFours(activation.sharedSecret) } as const
    case 'email':
      return { kind: 'email', address: String(profile.email ?? '') } as const
    case 'webauthn':
      return { kind: 'webauthn', options: activation.options } as const
  }
}
