// A factor at its beginning, and whether the person may have it.
import type { IdKind } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { invalid, type Refusal } from '#kernel/refusal.ts'
import type { Factor, FactorKey } from './factor.ts'
import { WEBAUTHN_MAX } from './webauthn.ts'

/** Okta's prefixes (spec of sign-in: 7.1). */
export const FACTOR_IDS: Readonly<Record<FactorKey, IdKind>> = {
  question: 'questionFactor',
  email: 'emailFactor',
  google_totp: 'googleFactor',
  okta_totp: 'oktaTotpFactor',
  webauthn: 'webauthnFactor',
}

export const alreadySetUp = (): Refusal => invalid('factorEnrollRequest', 'A factor of this type is already set up.')

/** @throws {Refusal} validation_failed for another one of what people have one of, or for one key too many */
export function assertRoomFor(key: FactorKey, factors: readonly Factor[]): void {
  const active = factors.filter((factor) => factor.key === key && factor.status === 'ACTIVE')
  if (key !== 'webauthn' && active.length > 0) throw alreadySetUp()
  if (active.length >= WEBAUTHN_MAX)
    throw invalid('factorEnrollRequest', `A person may have at most ${WEBAUTHN_MAX} security keys and passkeys.`)
}

/** The same, activated. */
export const activated = <F extends Factor>(factor: F, now: Instant): F => ({
  ...factor,
  status: 'ACTIVE',
  lastUpdated: now,
})
