// The person's security methods as their pages show them: which they have, which they may add, and what makes a new one theirs.
import type { FactorDemands } from '#authenticators/enrollable.ts'
import { type Factor, type FactorKey, KIND_OF } from '#authenticators/factor.ts'
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
