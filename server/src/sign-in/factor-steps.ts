// Steps about the second factor of a sign-in that is under way: choosing one, proving it, enrolling one, and making it the person's. What
// is asked and answered is the authenticators' business; here a sign-in moves by it.
import { activateFactor as makeActive, resendActivation } from '#authenticators/activation-service.ts'
import { beginEnrollment } from '#authenticators/enrollment-service.ts'
import type { Factor } from '#authenticators/factor.ts'
import type {
  Activation,
  ActivationProof,
  Challenge,
  EnrollmentDraft,
  Proof as FactorProof,
  FactorTarget,
  Failure,
} from '#authenticators/proof.ts'
import { challengeFactor, verifyFactor } from '#authenticators/service.ts'
import type { Caller } from '#kernel/caller.ts'
import { Refusal } from '#kernel/refusal.ts'
import { open, seal } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import { type At, advance, type Open } from './engine-service.ts'
import { type CurrentFactor, type Proof, proved } from './standing.ts'

/** Whether it moved the sign-in on, or why not. */
export type FactorStep =
  | { readonly kind: 'moved'; readonly situation: Open }
  | { readonly kind: 'failed'; readonly failure: Failure | { readonly kind: 'too-soon' } }

type Choosing = At<'verify-factor' | 'answer-challenge'>

/**
 * Asks the person to prove a factor: a code is mailed, a key is challenged. For one that is proved without being asked the step alone moves.
 * @throws {Refusal} not_found for a factor that is not the person's; wrong_state where another answer came first
 */
export async function challenge(deps: Deps, caller: Caller, at: Choosing, target: FactorTarget): Promise<FactorStep> {
  const factor = factorOf(at, target)
  const asked = await challengeFactor(deps, caller, at.user, target, { binding: bindingOf(at) })
  if (asked.kind === 'too-soon') return { kind: 'failed', failure: asked }
  const current: CurrentFactor = {
    kind: 'challenge',
    factorId: 'factorId' in target ? target.factorId : undefined,
    factor: factor.kind,
    shown: await sealShown(deps, caller, at, asked),
  }
  return { kind: 'moved', situation: await advance(deps, caller, at, { ...at.kept.standing, current }) }
}

export interface FactorWish {
  /** Skip the second factor in this browser from now on, as far as the policy allows. */
  readonly rememberDevice: boolean
}

/** @throws {Refusal} not_found, rate_limited; wrong_state where another answer came first */
export async function prove(
  deps: Deps,
  caller: Caller,
  at: Choosing,
  target: FactorTarget,
  proof: FactorProof,
  { rememberDevice }: FactorWish,
): Promise<FactorStep> {
  factorOf(at, target)
  const outcome = await verifyFactor(deps, caller, at.user, target, proof, { binding: bindingOf(at) })
  if (outcome.kind !== 'verified') return { kind: 'failed', failure: outcome }
  const standing = { ...proved(at.kept.standing, toProof(outcome)), rememberDevice }
  return { kind: 'moved', situation: await advance(deps, caller, at, standing) }
}

/**
 * Begins to enrol a factor that the policy lets the person have; a question is theirs at once.
 * @throws {Refusal} validation_failed, wrong_state
 */
export async function enroll(
  deps: Deps,
  caller: Caller,
  at: At<'enroll-factor'>,
  draft: EnrollmentDraft,
): Promise<FactorStep> {
  if (at.demands.enrollment.factors[draft.key] === 'NOT_ALLOWED') throw new Refusal('wrong_state')
  const { factor, activation } = await beginEnrollment(deps, caller, at.user, draft)
  const { standing } = at.kept
  if (!activation) {
    const proof = toProof({ factor, amr: ['kba'], at: deps.now() })
    return { kind: 'moved', situation: await advance(deps, caller, at, proved(standing, proof)) }
  }
  const shown = await sealShown(deps, caller, at, activation)
  const current: CurrentFactor = { kind: 'activate', factorId: factor.id, factor: factor.kind, shown }
  return { kind: 'moved', situation: await advance(deps, caller, at, { ...standing, current }) }
}

/** The pending factor becomes the person's, and counts as proved. @throws {Refusal} not_found, validation_failed, wrong_state */
export async function activate(
  deps: Deps,
  caller: Caller,
  at: At<'activate-factor'>,
  proof: ActivationProof,
): Promise<FactorStep> {
  const outcome = await makeActive(deps, caller, at.user, at.step.current.factorId ?? '', proof)
  if (outcome.kind !== 'activated') return { kind: 'failed', failure: outcome }
  const { factor } = outcome
  const amr = [factor.kind === 'webauthn' ? 'hwk' : 'otp']
  const standing = proved(at.kept.standing, toProof({ factor, amr, at: deps.now() }))
  return { kind: 'moved', situation: await advance(deps, caller, at, standing) }
}

/** Mails the code once more. @throws {Refusal} validation_failed where there is none */
export async function resend(
  deps: Deps,
  caller: Caller,
  at: At<'activate-factor' | 'answer-challenge'>,
): Promise<FactorStep> {
  const { current } = at.step
  if (current.kind === 'challenge') {
    const target = current.factorId === undefined ? { kind: current.factor } : { factorId: current.factorId }
    return challenge(deps, caller, at as At<'answer-challenge'>, target)
  }
  const outcome = await resendActivation(deps, caller, at.user, current.factorId)
  return outcome.kind === 'too-soon' ? { kind: 'failed', failure: outcome } : { kind: 'moved', situation: at }
}

/** What the person was asked when they chose the factor. */
export const shownChallenge = (deps: Deps, caller: Caller, at: At<'answer-challenge'>): Promise<Challenge> =>
  openShown<Challenge>(deps, caller, at, at.step.current)

/** What makes the pending factor theirs. */
export const shownActivation = (deps: Deps, caller: Caller, at: At<'activate-factor'>): Promise<Activation> =>
  openShown<Activation>(deps, caller, at, at.step.current)

/** The person's factor that is meant. @throws {Refusal} not_found */
function factorOf({ demands }: Open, target: FactorTarget): Factor {
  const found = demands.factors.find((factor) =>
    'factorId' in target ? factor.id === target.factorId : factor.kind === target.kind,
  )
  if (!found) throw new Refusal('not_found', { subject: 'Resource not found: the factor (UserFactor)' })
  return found
}

/** A challenge is good in this sign-in alone. */
const bindingOf = ({ kept }: Open): string => kept.tokenHash

const toProof = ({
  factor,
  amr,
  at,
}: Pick<Extract<Proof, { kind: 'factor' }>, 'amr' | 'at'> & { factor: Factor }): Proof => ({
  kind: 'factor',
  at,
  factorId: factor.id,
  factor: factor.kind,
  amr,
})

async function sealShown(deps: Deps, caller: Caller, at: Open, shown: Challenge | Activation): Promise<string> {
  const { org } = await deps.config.get(caller.org)
  return seal(org.dataKey, shownPlace(caller, at), JSON.stringify(shown), deps.random)
}

async function openShown<T>(deps: Deps, caller: Caller, at: Open, { shown }: CurrentFactor): Promise<T> {
  const { org } = await deps.config.get(caller.org)
  const text = open([org.dataKey], shownPlace(caller, at), shown)
  if (text === undefined) throw new Refusal('invalid_token')
  return JSON.parse(text) as T
}

const shownPlace = ({ org }: Caller, { kept }: Open): readonly string[] => [org, 'interaction', 'shown', kept.tokenHash]
