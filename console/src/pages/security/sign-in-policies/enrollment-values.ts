// An enrolment policy and its rules as their forms show them, and back. Pure. A policy that speaks of factors, as the classic engine does,
// is sent back speaking of authenticators.
import type { PolicyBody, RuleBody } from '../../../api/policies.ts'
import type { Policy, PolicyRule } from '../../../api/types.ts'
import { newPolicy, type PolicyFormValues, toForm, toRequest } from './policy-values.ts'
import { conditionsToRequest, EVERYONE, peopleToForm, type RulePeopleValues } from './rule-people.ts'

export const DEMANDS = ['REQUIRED', 'OPTIONAL', 'NOT_ALLOWED'] as const
export type Demand = (typeof DEMANDS)[number]

export interface Enrollable {
  /** Of the form. */
  readonly field: keyof DemandValues
  readonly key: string
  /** What the classic engine calls it. */
  readonly factor: string
  readonly label: string
  /** What it is. */
  readonly about: string
}

type DemandValues = { webauthn: Demand; oktaVerify: Demand; googleOtp: Demand; email: Demand; question: Demand }
export type EnrollmentValues = PolicyFormValues & DemandValues

export const ENROLLABLE: readonly Enrollable[] = [
  {
    field: 'webauthn',
    key: 'webauthn',
    factor: 'fido_webauthn',
    label: 'Passkeys and security keys',
    about: 'FIDO2 (WebAuthn): a fingerprint, a face, a PIN of the device or a key. Holds against phishing.',
  },
  {
    field: 'googleOtp',
    key: 'google_otp',
    factor: 'google_otp',
    label: 'Authenticator app',
    about: 'Six digits of Google Authenticator or any app like it.',
  },
  {
    field: 'oktaVerify',
    key: 'okta_verify',
    factor: 'okta_otp',
    label: 'Okta Verify',
    about: 'Its six digits, for people who come from Okta.',
  },
  { field: 'email', key: 'okta_email', factor: 'okta_email', label: 'E-mail', about: 'A code to the address.' },
  {
    field: 'question',
    key: 'security_question',
    factor: 'okta_question',
    label: 'Security question',
    about: 'Something that the person knows, like the password: the weakest of them.',
  },
]

const NONE: DemandValues = {
  webauthn: 'NOT_ALLOWED',
  oktaVerify: 'NOT_ALLOWED',
  googleOtp: 'NOT_ALLOWED',
  email: 'NOT_ALLOWED',
  question: 'NOT_ALLOWED',
}

export const newEnrollmentPolicy = (): EnrollmentValues => ({
  ...newPolicy(),
  webauthn: 'OPTIONAL',
  oktaVerify: 'OPTIONAL',
  googleOtp: 'OPTIONAL',
  email: 'OPTIONAL',
  question: 'OPTIONAL',
})

export function enrollmentToForm(policy: Policy): EnrollmentValues {
  const { authenticators, factors } = policy.settings ?? {}
  const demanded = ENROLLABLE.map(({ field, key, factor }) => {
    const named = authenticators ? authenticators.find((one) => one.key === key) : factors?.[factor]
    return [field, named?.enroll.self ?? 'NOT_ALLOWED'] as const
  })
  return { ...toForm(policy), ...NONE, ...Object.fromEntries(demanded) }
}

export function enrollmentToRequest(values: EnrollmentValues, former: Policy | undefined): PolicyBody {
  const known = new Set(ENROLLABLE.map(({ key }) => key))
  const password = { key: 'okta_password', enroll: { self: 'REQUIRED' as const } }
  const others = former?.settings?.authenticators?.filter(({ key }) => !known.has(key)) ?? [password]
  return {
    ...toRequest(values, { type: 'MFA_ENROLL' }),
    settings: {
      type: 'AUTHENTICATORS',
      authenticators: [...others, ...ENROLLABLE.map(({ field, key }) => ({ key, enroll: { self: values[field] } }))],
    },
  }
}

export type Prompt = NonNullable<PolicyRule['actions']['enroll']>['self']
export type EnrollmentRuleValues = RulePeopleValues & { name: string; prompt: Prompt }

export const newEnrollmentRule = (): EnrollmentRuleValues => ({ ...EVERYONE, name: '', prompt: 'LOGIN' })

export const enrollmentRuleToForm = (rule: PolicyRule): EnrollmentRuleValues => ({
  ...peopleToForm(rule),
  name: rule.name,
  prompt: rule.actions.enroll?.self ?? 'NEVER',
})

export const enrollmentRuleToRequest = (values: EnrollmentRuleValues, former?: PolicyRule): RuleBody => ({
  name: values.name.trim(),
  conditions: conditionsToRequest(values, former?.conditions),
  actions: { enroll: { self: values.prompt } },
})
