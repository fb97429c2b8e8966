// Which factors a person may or must enrol, and when they are asked to (spec of sign-in: 6.4). Pure. A policy speaks of authenticators, or
// of factors as the classic engine does; what it doesn't name may not be enrolled.
import { ENROLLMENT_DEMANDS, type EnrollmentDemand, type FactorDemands } from '#authenticators/enrollable.ts'
import { FACTOR_KEYS, type FactorKey } from '#authenticators/factor.ts'
import { choosePolicy, type PolicyPerson } from './choose-policy.ts'
import { type Document, memberOf, type OrgPolicy, type Policies } from './policy.ts'

export const ENROLLMENT_PROMPTS = ['LOGIN', 'CHALLENGE', 'NEVER'] as const

export interface Enrollment {
  /** At the next sign-in; only once a factor is asked for; or not at all. */
  readonly prompt: (typeof ENROLLMENT_PROMPTS)[number]
  readonly factors: FactorDemands
}

/** What each is called in a policy: the authenticator's key, and the classic factor's. */
const NAMES: Readonly<Record<FactorKey, { readonly authenticator: string; readonly factor: string }>> = {
  question: { authenticator: 'security_question', factor: 'okta_question' },
  email: { authenticator: 'okta_email', factor: 'okta_email' },
  google_totp: { authenticator: 'google_otp', factor: 'google_otp' },
  okta_totp: { authenticator: 'okta_verify', factor: 'okta_otp' },
  webauthn: { authenticator: 'webauthn', factor: 'fido_webauthn' },
}

export const AUTHENTICATOR_KEYS: readonly string[] = FACTOR_KEYS.map((key) => NAMES[key].authenticator)
export const CLASSIC_KEYS: readonly string[] = FACTOR_KEYS.map((key) => NAMES[key].factor)

export function enrollmentOf(policies: Policies, person: PolicyPerson): Enrollment {
  const chosen = choosePolicy(policies, 'MFA_ENROLL', person)
  const { self } = memberOf(chosen?.rule.actions, 'enroll')
  return {
    prompt: ENROLLMENT_PROMPTS.find((prompt) => prompt === self) ?? 'NEVER',
    factors: {
      question: demandOf(chosen?.policy, 'question'),
      email: demandOf(chosen?.policy, 'email'),
      google_totp: demandOf(chosen?.policy, 'google_totp'),
      okta_totp: demandOf(chosen?.policy, 'okta_totp'),
      webauthn: demandOf(chosen?.policy, 'webauthn'),
    },
  }
}

function demandOf(policy: Pick<OrgPolicy, 'settings'> | undefined, key: FactorKey): EnrollmentDemand {
  const { authenticator, factor } = NAMES[key]
  const { authenticators } = policy?.settings ?? {}
  const entry = Array.isArray(authenticators)
    ? (authenticators as readonly Document[]).find((one) => one.key === authenticator)
    : memberOf(memberOf(policy?.settings, 'factors'), factor)
  const { self } = memberOf(entry, 'enroll')
  return ENROLLMENT_DEMANDS.find((demand) => demand === self) ?? 'NOT_ALLOWED'
}
