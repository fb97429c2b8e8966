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

/** What a policy may say of a factor. */
export const ENROLLMENT_DEMANDS = ['REQUIRED', 'OPTIONAL', 'NOT_ALLOWED'] as const
export type EnrollmentDemand = (typeof ENROLLMENT_DEMANDS)[number]

/** What it says of each. */
export type FactorDemands = Readonly<Record<FactorKey, EnrollmentDemand>>

export interface Enrollable {
  readonly key: FactorKey
  readonly kind: FactorKind
  readonly provider: FactorProvider
  readonly status: 'NOT_SETUP' | 'ACTIVE'
  readonly enrollment: Exclude<EnrollmentDemand, 'NOT_ALLOWED'>
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
