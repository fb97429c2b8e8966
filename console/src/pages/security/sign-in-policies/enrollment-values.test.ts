import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Policy, PolicyRule } from '../../../api/types.ts'
import {
  type Demand,
  type EnrollmentValues,
  enrollmentRuleToForm,
  enrollmentRuleToRequest,
  enrollmentToForm,
  enrollmentToRequest,
  newEnrollmentPolicy,
  newEnrollmentRule,
} from './enrollment-values.ts'
import { enrollmentWords, promptWords } from './enrollment-words.ts'

const demand = (self: Demand) => ({ enroll: { self } })

const policyOf = (settings: NonNullable<Policy['settings']>): Policy => ({
  id: '00p1',
  type: 'MFA_ENROLL',
  name: 'Staff',
  description: '',
  status: 'ACTIVE',
  priority: 1,
  system: false,
  conditions: { people: { groups: { include: ['00g1'] } } },
  settings,
})

describe('the form of an enrolment policy', () => {
  test('sends back what each authenticator is, and the password and others as they were', () => {
    const authenticators = [
      { key: 'okta_password', ...demand('REQUIRED') },
      { key: 'phone_number', ...demand('NOT_ALLOWED') },
      { key: 'webauthn', ...demand('REQUIRED') },
      { key: 'google_otp', ...demand('OPTIONAL') },
      { key: 'okta_verify', ...demand('NOT_ALLOWED') },
      { key: 'okta_email', ...demand('OPTIONAL') },
      { key: 'security_question', ...demand('NOT_ALLOWED') },
    ]
    const policy = policyOf({ authenticators })
    assert.deepEqual(enrollmentToRequest(enrollmentToForm(policy), policy).settings, {
      type: 'AUTHENTICATORS',
      authenticators,
    })
  })

  test('reads factors, and sends them as authenticators', () => {
    const policy = policyOf({ factors: { google_otp: demand('REQUIRED'), okta_question: demand('OPTIONAL') } })
    const sent = enrollmentToRequest(enrollmentToForm(policy), policy).settings?.authenticators ?? []
    assert.deepEqual(Object.fromEntries(sent.map(({ key, enroll }) => [key, enroll?.self])), {
      okta_password: 'REQUIRED',
      webauthn: 'NOT_ALLOWED',
      google_otp: 'REQUIRED',
      okta_verify: 'NOT_ALLOWED',
      okta_email: 'NOT_ALLOWED',
      security_question: 'OPTIONAL',
    })
  })

  const NONE = {
    webauthn: 'NOT_ALLOWED',
    oktaVerify: 'NOT_ALLOWED',
    googleOtp: 'NOT_ALLOWED',
    email: 'NOT_ALLOWED',
    question: 'NOT_ALLOWED',
  } as const
  const CASES: readonly (readonly [values: Partial<EnrollmentValues>, words: string])[] = [
    [{}, 'Ada may set up Passkeys and security keys, Authenticator app, Okta Verify, E-mail and Security question.'],
    [NONE, 'Ada sets up nothing beside the password.'],
    [
      { ...NONE, webauthn: 'REQUIRED', email: 'OPTIONAL' },
      'Ada must set up Passkeys and security keys, and may set up E-mail. Not allowed: Authenticator app, Okta Verify and Security question.',
    ],
  ]
  for (const [values, words] of CASES)
    test(words, () => assert.equal(enrollmentWords('Ada', { ...newEnrollmentPolicy(), ...values }), words))
})

describe('the form of a rule of an enrolment policy', () => {
  for (const prompt of ['LOGIN', 'CHALLENGE', 'NEVER'] as const)
    test(`sends back ${prompt}: ${promptWords('Ada', prompt)}`, () => {
      const { name, conditions, actions } = enrollmentRuleToRequest({ ...newEnrollmentRule(), name: 'Rule', prompt })
      const rule = { name, conditions, actions } as PolicyRule
      assert.deepEqual(enrollmentRuleToRequest(enrollmentRuleToForm(rule), rule), { name, conditions, actions })
    })
})
