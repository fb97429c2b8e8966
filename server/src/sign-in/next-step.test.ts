import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { instant } from '#kernel/instant.ts'
import { nextStep, type Surroundings } from './next-step.ts'
import { amrOf, newStanding, type Proof, proved, type Standing } from './standing.ts'

const at = instant(1_000)
const password: Proof = { kind: 'password', at, passwordChanged: 5 }
const link: Proof = { kind: 'link', at, linkHash: 'h' }
const answer: Proof = { kind: 'answer', at }
const totp = { id: 'uft1', kind: 'totp' } as const
const key = { id: 'fwf1', kind: 'webauthn' } as const
const totpProof: Proof = { kind: 'factor', at, factorId: 'uft1', factor: 'totp', amr: ['otp'] }

const calm: Surroundings = {
  status: 'ACTIVE',
  passwordChanged: 5,
  passwordExpired: false,
  passwordEndsInDays: undefined,
  answerNeeded: false,
  access: 'ALLOW',
  factorNeeded: false,
  deviceRemembered: false,
  factors: [],
  enrolment: { totp: 'OPTIONAL', webauthn: 'OPTIONAL', email: 'NOT_ALLOWED', question: 'NOT_ALLOWED' },
}
const signedIn = newStanding('sign-in', password)
const step = (standing: Standing, around: Partial<Surroundings> = {}) => nextStep(standing, { ...calm, ...around }).kind
const with_ = (standing: Standing, ...proofs: Proof[]) => proofs.reduce(proved, standing)

describe('the next step', () => {
  test('of whoever proved the password is to be done, when nothing more is demanded', () => {
    assert.equal(step(signedIn), 'done')
  })

  test('a password that was changed since, or a person who was locked out, ends it', () => {
    assert.equal(step(signedIn, { passwordChanged: 6 }), 'over')
    for (const status of ['LOCKED_OUT', 'SUSPENDED', 'DEPROVISIONED', 'STAGED', 'PROVISIONED', 'RECOVERY'] as const)
      assert.equal(step(signedIn, { status }), 'over', status)
  })

  test('without a password and without a link there is none', () => {
    assert.equal(step(newStanding('sign-in', answer)), 'over')
    assert.equal(step(newStanding('recovery', answer)), 'over')
    assert.equal(step(newStanding('sign-in', totpProof)), 'over')
  })

  test('the way in by a link: the question where it is demanded, then the new password, then what signing in demands', () => {
    const begun = newStanding('recovery', link)
    assert.equal(step(begun, { answerNeeded: true, passwordChanged: null }), 'answer-question')
    assert.equal(step(with_(begun, answer), { answerNeeded: true }), 'choose-password')
    assert.equal(step(begun), 'choose-password')
    const chosen = with_(begun, password)
    assert.equal(step(chosen), 'done')
    assert.equal(step(chosen, { factorNeeded: true, factors: [totp] }), 'verify-factor')
    assert.equal(step(newStanding('activation', link), { answerNeeded: true }), 'choose-password')
    assert.equal(step(newStanding('unlock', link), { status: 'LOCKED_OUT' }), 'unlocked')
    assert.equal(step(newStanding('unlock', link), { status: 'LOCKED_OUT', answerNeeded: true }), 'answer-question')
  })

  test('access that is denied is denied before any factor', () => {
    assert.equal(step(signedIn, { access: 'DENY', factorNeeded: true, factors: [totp] }), 'denied')
  })

  test('a demanded factor is chosen, challenged and proved', () => {
    const around = { factorNeeded: true, factors: [totp, key] }
    assert.equal(step(signedIn, around), 'verify-factor')
    const challenged = {
      ...signedIn,
      current: { kind: 'challenge', factorId: 'fwf1', factor: 'webauthn', shown: '' },
    } as const
    assert.equal(step(challenged, around), 'answer-challenge')
    assert.equal(
      step({ ...challenged, current: { ...challenged.current, factorId: undefined } }, around),
      'answer-challenge',
    )
    assert.equal(step(challenged, { factorNeeded: true, factors: [totp] }), 'verify-factor')
    assert.equal(step(with_(signedIn, totpProof), around), 'done')
  })

  test('a factor that was removed meanwhile proves nothing', () => {
    assert.equal(step(with_(signedIn, totpProof), { factorNeeded: true, factors: [key] }), 'verify-factor')
  })

  test('a remembered browser proves no factor again, but adds none without', () => {
    const around = { factorNeeded: true, deviceRemembered: true, factors: [totp] }
    assert.equal(step(signedIn, around), 'done')
    assert.equal(step(signedIn, { ...around, enrolment: { ...calm.enrolment, webauthn: 'REQUIRED' } }), 'verify-factor')
  })

  test('whoever has no factor and needs one enrolls one, and is refused where none is allowed', () => {
    assert.deepEqual(nextStep(signedIn, { ...calm, factorNeeded: true }), {
      kind: 'enroll-factor',
      required: [],
      optional: ['totp', 'webauthn'],
      maySkip: false,
    })
    const none = {
      totp: 'NOT_ALLOWED',
      webauthn: 'NOT_ALLOWED',
      email: 'NOT_ALLOWED',
      question: 'NOT_ALLOWED',
    } as const
    assert.equal(step(signedIn, { factorNeeded: true, enrolment: none }), 'denied')
  })

  test('a required factor is enrolled though none is demanded, and those that are there are proved before', () => {
    const enrolment = { ...calm.enrolment, totp: 'REQUIRED' } as const
    assert.equal(step(signedIn, { enrolment }), 'enroll-factor')
    assert.equal(step(signedIn, { enrolment, factors: [key] }), 'verify-factor')
    const keyProof: Proof = { kind: 'factor', at, factorId: 'fwf1', factor: 'webauthn', amr: ['hwk'] }
    assert.equal(step(with_(signedIn, keyProof), { enrolment, factors: [key] }), 'enroll-factor')
    assert.equal(step(with_(signedIn, keyProof, totpProof), { enrolment, factors: [key, totp] }), 'done')
  })

  test('optional factors are offered to who asks for them, and may be passed over', () => {
    const asking = { ...signedIn, wantsOptionalFactors: true }
    assert.equal(step(asking), 'enroll-factor')
    assert.equal(step({ ...asking, skipped: ['enrolment'] }), 'done')
    assert.equal(step({ ...asking, skipped: ['enrolment'] }, { factorNeeded: true }), 'enroll-factor')
    const pending = { ...asking, current: { kind: 'activate', factorId: 'uft1', factor: 'totp', shown: '' } } as const
    assert.equal(step(pending), 'activate-factor')
  })

  test('the second factor comes before an expired password, and a warning comes last and to who asks', () => {
    const around = { factorNeeded: true, factors: [totp], passwordExpired: true }
    assert.equal(step(signedIn, around), 'verify-factor')
    assert.equal(step(with_(signedIn, totpProof), around), 'change-password')
    assert.equal(step(signedIn, { passwordEndsInDays: 3 }), 'done')
    const asking = { ...signedIn, wantsWarning: true }
    assert.deepEqual(nextStep(asking, { ...calm, passwordEndsInDays: 3 }), {
      kind: 'change-password',
      why: 'ends-soon',
      days: 3,
    })
    assert.equal(step({ ...asking, skipped: ['password-warning'] }, { passwordEndsInDays: 3 }), 'done')
    assert.equal(step({ ...asking, skipped: ['password-warning'] }, { passwordExpired: true }), 'change-password')
  })

  test('the session says how it was proved', () => {
    assert.deepEqual(amrOf(signedIn), ['pwd'])
    assert.deepEqual(amrOf(with_(signedIn, totpProof)), ['pwd', 'otp', 'mfa'])
  })
})
