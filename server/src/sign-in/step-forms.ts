// What the forms of the hosted pages say about factors, in the engine's words.
import { FACTOR_KEYS, type FactorKey } from '#authenticators/factor.ts'
import type { ActivationProof, EnrollmentDraft, FactorTarget, Proof } from '#authenticators/proof.ts'
import type { NewPassword } from '#users/new-password-service.ts'
import type { At } from './engine-service.ts'

/** The factor that the form names, else the one that is challenged. */
export function readTarget(form: URLSearchParams, { step }: At<'verify-factor' | 'answer-challenge'>): FactorTarget {
  const named = form.get('factor')
  if (named !== null && named !== '') return { factorId: named }
  if (step.kind === 'verify-factor') return { factorId: step.factors[0]?.id ?? '' }
  const { factorId, factor } = step.current
  return factorId === undefined ? { kind: factor } : { factorId }
}

export function readProof(form: URLSearchParams): Proof {
  const field = (name: string) => form.get(name) ?? ''
  if (form.has('credentials.answer')) return { kind: 'answer', answer: field('credentials.answer') }
  if (form.has('credentials.passcode')) return { kind: 'code', code: digitsOf(field('credentials.passcode')) }
  return {
    kind: 'assertion',
    clientData: field('clientData'),
    authenticatorData: field('authenticatorData'),
    signatureData: field('signatureData'),
    ...(field('credentialId') === '' ? {} : { credentialId: field('credentialId') }),
    ...(field('userHandle') === '' ? {} : { userHandle: field('userHandle') }),
  }
}

/** `code`: the field in which the page asks for it. */
export function readActivation(form: URLSearchParams, code = 'credentials.passcode'): ActivationProof {
  const field = (name: string) => form.get(name) ?? ''
  if (!form.has('attestation')) return { kind: 'code', code: digitsOf(field(code)) }
  const transports = field('transports').split(' ').filter(Boolean)
  return { kind: 'attestation', clientData: field('clientData'), attestation: field('attestation'), transports }
}

/** Undefined while the form of the question has not been sent yet. */
export function readDraft(form: URLSearchParams): EnrollmentDraft | undefined {
  const key = FACTOR_KEYS.find((one): one is FactorKey => one === form.get('factor'))
  if (key === undefined) return undefined
  if (key !== 'question') return { key }
  const answer = form.get('credentials.answer')
  return answer === null ? undefined : { key, question: form.get('question') ?? '', answer }
}

export const readNewPassword = (form: URLSearchParams): NewPassword => ({
  password: form.get('credentials.passcode') ?? '',
  repeated: form.get('confirmPassword') ?? '',
})

/** People type and copy codes with spaces. */
const digitsOf = (text: string): string => text.replaceAll(/\s/g, '')
