// Factors in the classic authentication API (spec of sign-in: 1.4): what it is sent, in the words of the engine's steps.
import type { FactorKey, FactorKind } from '#authenticators/factor.ts'
import { failureRefusal } from '#authenticators/factor-refusal.ts'
import type { ActivationProof, EnrollmentDraft, FactorTarget, Proof } from '#authenticators/proof.ts'
import type { Caller } from '#kernel/caller.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { type Shown, show } from './authn-service.ts'
import { expectStep, type Place } from './engine-service.ts'
import { activate, challenge, enroll, type FactorStep, prove, resend } from './factor-steps.ts'
import { goBack } from './steps.ts'

export interface EnrollRequest {
  readonly stateToken: string
  readonly factorType?: string
  readonly provider?: string
  readonly profile?: { readonly question?: string; readonly questionText?: string; readonly answer?: string }
}

export interface ProofRequest {
  readonly stateToken: string
  readonly passCode?: string
  readonly answer?: string
  readonly clientData?: string
  readonly attestation?: string
  readonly authenticatorData?: string
  readonly signatureData?: string
}

/** @throws {Refusal} invalid_token, wrong_state, validation_failed */
export async function enrollFactor(deps: Deps, caller: Caller, place: Place, request: EnrollRequest): Promise<Shown> {
  const at = await expectStep(deps, caller, place, request.stateToken, 'enroll-factor')
  return after(deps, caller, await enroll(deps, caller, at, draftOf(request)))
}

/** @throws {Refusal} invalid_token, wrong_state, not_found, passcode_invalid */
export async function activateFactor(
  deps: Deps,
  caller: Caller,
  place: Place,
  factorId: string,
  request: ProofRequest,
): Promise<Shown> {
  const at = await expectStep(deps, caller, place, request.stateToken, 'activate-factor')
  if (at.step.current.factorId !== factorId) throw unknown(factorId)
  return after(deps, caller, await activate(deps, caller, at, activationOf(request)))
}

/**
 * The first call of a factor that has to ask something first asks it, and the second proves it; `name` is a factor's id, or its type.
 * @throws {Refusal} invalid_token, wrong_state, not_found, passcode_invalid, passcode_replayed, passcode_out_of_window
 */
export async function verifyFactor(
  deps: Deps,
  caller: Caller,
  place: Place,
  name: string,
  request: ProofRequest & { readonly rememberDevice: boolean },
): Promise<Shown> {
  const at = await expectStep(deps, caller, place, request.stateToken, 'verify-factor', 'answer-challenge')
  const target = targetOf(name)
  const proof = proofOf(request)
  if (proof) return after(deps, caller, await prove(deps, caller, at, target, proof, request))
  return after(deps, caller, await challenge(deps, caller, at, target))
}

/**
 * Mails the code of the step once more; `name` is the factor's that it waits for, and no other's.
 * @throws {Refusal} invalid_token, wrong_state, not_found, email_too_soon
 */
export async function resendCode(
  deps: Deps,
  caller: Caller,
  place: Place,
  name: string,
  { stateToken, step }: { readonly stateToken: string; readonly step: 'activate-factor' | 'answer-challenge' },
): Promise<Shown> {
  const at = await expectStep(deps, caller, place, stateToken, step)
  const { factorId, factor } = at.step.current
  const target = targetOf(name)
  if ('factorId' in target ? target.factorId !== factorId : target.kind !== factor) throw unknown(name)
  return after(deps, caller, await resend(deps, caller, at))
}

/** Back to the choice of a factor. @throws {Refusal} invalid_token, wrong_state */
export async function previous(deps: Deps, caller: Caller, place: Place, stateToken: string): Promise<Shown> {
  const at = await expectStep(deps, caller, place, stateToken, 'activate-factor', 'answer-challenge')
  return show(deps, caller, await goBack(deps, caller, at))
}

function after(deps: Deps, caller: Caller, step: FactorStep): Promise<Shown> {
  if (step.kind === 'moved') return show(deps, caller, step.situation)
  throw step.failure.kind === 'too-soon' ? new Refusal('email_too_soon') : failureRefusal(step.failure)
}

const KEYS: Readonly<Record<string, FactorKey>> = {
  'question OKTA': 'question',
  'email OKTA': 'email',
  'token:software:totp GOOGLE': 'google_totp',
  'token:software:totp OKTA': 'okta_totp',
  'webauthn FIDO': 'webauthn',
}
const KINDS: Readonly<Record<string, FactorKind>> = {
  question: 'question',
  email: 'email',
  'token:software:totp': 'totp',
  webauthn: 'webauthn',
}

function draftOf({ factorType = '', provider = 'OKTA', profile }: EnrollRequest): EnrollmentDraft {
  const key = KEYS[`${factorType} ${provider}`]
  if (key === undefined) throw invalid('factorType', 'factorType: This factor is not available here.')
  if (key !== 'question') return { key }
  const { question = '', questionText, answer = '' } = profile ?? {}
  return { key, question: question === 'custom' && questionText !== undefined ? questionText : question, answer }
}

/** An id of ours is no word of the wire's. */
function targetOf(name: string): FactorTarget {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
  return kind === undefined ? { factorId: name } : { kind }
}

function proofOf({ passCode, answer, clientData, authenticatorData, signatureData }: ProofRequest): Proof | undefined {
  if (answer !== undefined) return { kind: 'answer', answer }
  if (passCode !== undefined && passCode !== '') return { kind: 'code', code: passCode }
  if (clientData === undefined) return undefined
  return {
    kind: 'assertion',
    clientData,
    authenticatorData: authenticatorData ?? '',
    signatureData: signatureData ?? '',
  }
}

function activationOf({ passCode = '', clientData, attestation }: ProofRequest): ActivationProof {
  if (clientData === undefined) return { kind: 'code', code: passCode }
  return { kind: 'attestation', clientData, attestation: attestation ?? '' }
}

const unknown = (id: string) => new Refusal('not_found', { subject: `Resource not found: ${id} (UserFactor)` })
