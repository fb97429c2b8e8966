import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { enrollmentOf } from './enrollment.ts'
import type { Document } from './policy.ts'
import { policiesOf, testPolicy } from './test-policies.ts'

const person = { userId: '00u1', groupIds: [] }
const NONE = {
  question: 'NOT_ALLOWED',
  email: 'NOT_ALLOWED',
  google_totp: 'NOT_ALLOWED',
  okta_totp: 'NOT_ALLOWED',
  webauthn: 'NOT_ALLOWED',
}
const says = (settings: Document | undefined, actions: Document = { enroll: { self: 'LOGIN' } }) =>
  enrollmentOf(policiesOf(testPolicy('MFA_ENROLL', { system: true, settings, actions })), person)
const self = (demand: string) => ({ enroll: { self: demand } })

describe('what a person may enrol', () => {
  const cases: readonly [what: string, settings: Document | undefined, expected: object][] = [
    ['no settings', undefined, NONE],
    [
      'authenticators',
      {
        type: 'AUTHENTICATORS',
        authenticators: [
          { key: 'okta_password', ...self('REQUIRED') },
          { key: 'okta_email', ...self('OPTIONAL') },
          { key: 'security_question', ...self('REQUIRED') },
          { key: 'webauthn', ...self('OPTIONAL') },
          { key: 'google_otp', ...self('NOT_ALLOWED') },
        ],
      },
      { ...NONE, email: 'OPTIONAL', question: 'REQUIRED', webauthn: 'OPTIONAL' },
    ],
    [
      'classic factors',
      { factors: { okta_otp: self('OPTIONAL'), google_otp: self('REQUIRED'), okta_question: self('sometimes') } },
      { ...NONE, okta_totp: 'OPTIONAL', google_totp: 'REQUIRED' },
    ],
  ]
  for (const [what, settings, expected] of cases)
    test(`by ${what}`, () => assert.deepEqual(says(settings).factors, expected))

  test('is asked for when the rule says, and never where it says nothing', () => {
    assert.equal(says(undefined, { enroll: { self: 'CHALLENGE' } }).prompt, 'CHALLENGE')
    assert.equal(says(undefined, {}).prompt, 'NEVER')
    assert.deepEqual(enrollmentOf(new Map(), person), { prompt: 'NEVER', factors: NONE })
  })
})
