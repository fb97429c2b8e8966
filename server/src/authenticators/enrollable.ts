// Which factors a person has, may have and must have, given what the org's policy demands. Pure.
import {
  FACTOR_KEYS,
  type Factor,
  type FactorKey,
  type FactorKind,
  type FactorProvider,
  KIND_OF,
  PROVIDER_OF,
} from './factor.ts'

export type FactorDemand = 'REQUIRED' | 'OPTIONAL' | 'NOT_ALLOWED'

/** What a policy says of each; the same shape as the factors of the policies' `Enrollment`. */
export type FactorDemands = Readonly<Record<FactorKey, FactorDemand>>

export interface Enrollable {
  readonly key: FactorKey
  readonly kind: FactorKind
  readonly provider: FactorProvider
  readonly status: 'NOT_SETUP' | 'ACTIVE'
  readonly enrollment: 'REQUIRED' | 'OPTIONAL'
}

/** Everything that the policy lets the person have, with whether they have it. Another `webauthn` may always be added. */
export function enrollable(factors: readonly Factor[], demands: FactorDemands): readonly Enrollable[] {
  return FACTOR_KEYS.flatMap((key) => {
    const enrollment = demands[key]
    if (enrollment === 'NOT_ALLOWED') return []
    const has = factors.some((factor) => factor.key === key && factor.status === 'ACTIVE')
    return [{ key, kind: KIND_OF[key], provider: PROVIDER_OF[key], status: has ? 'ACTIVE' : 'NOT_SETUP', enrollment }]
  })
}
