// The one place that says what someone has to do next. It knows what they have proved and what the org's policies demand of them, and no
// protocol: every face shows what it says, and no step calls another. Order (spec of sign-in: 1.2): the way in (link, answer, new
// password), access, the second factor, its enrolment, an expired password, a warned one.
import type { EnrollmentDemand } from '#authenticators/enrollable.ts'
import { FACTOR_KINDS, type FactorKind } from '#authenticators/factor.ts'
import type { UserStatus } from '#users/user.ts'
import { type CurrentFactor, factorsProved, proofOf, type Standing } from './standing.ts'

export interface OwnFactor {
  readonly id: string
  readonly kind: FactorKind
}

/** What is true of the person and demanded of them, at this moment. */
export interface Surroundings {
  readonly status: UserStatus
  /** Of the password that is set now; null without one. */
  readonly passwordChanged: number | null
  /** Too old, or set by somebody else. */
  readonly passwordExpired: boolean
  /** Whole days until it expires; undefined where it does not soon. */
  readonly passwordEndsInDays: number | undefined
  /** A link alone doesn't do: the recovery question has to be answered too. */
  readonly answerNeeded: boolean
  readonly access: 'ALLOW' | 'DENY'
  readonly factorNeeded: boolean
  /** This browser need not prove a factor again, for now. */
  readonly deviceRemembered: boolean
  /** The factors that are set up, and which ones may or must be. */
  readonly factors: readonly OwnFactor[]
  readonly enrolment: Readonly<Record<FactorKind, EnrollmentDemand>>
}

export type Step =
  /** Nothing counts any more: the password that was proved is another, or the person may not sign in. */
  | { readonly kind: 'over' }
  | { readonly kind: 'answer-question' }
  | { readonly kind: 'choose-password' }
  /** Recovery of an account that was locked: it is open, and the person signs in anew. */
  | { readonly kind: 'unlocked' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'verify-factor'; readonly factors: readonly OwnFactor[] }
  | { readonly kind: 'answer-challenge'; readonly current: CurrentFactor }
  | {
      readonly kind: 'enroll-factor'
      readonly required: readonly FactorKind[]
      readonly optional: readonly FactorKind[]
      readonly maySkip: boolean
    }
  | { readonly kind: 'activate-factor'; readonly current: CurrentFactor }
  | { readonly kind: 'change-password'; readonly why: 'expired' }
  | { readonly kind: 'change-password'; readonly why: 'ends-soon'; readonly days: number }
  | { readonly kind: 'done' }
export type StepKind = Step['kind']
/** Those that may be passed over in some of their forms. */
export type SkippableStep = 'change-password' | 'enroll-factor'

export function nextStep(standing: Standing, around: Surroundings): Step {
  return wayIn(standing, around) ?? secondFactor(standing, around) ?? password(standing, around) ?? { kind: 'done' }
}

/** What comes before a password is proved, or has been chosen by a link. */
function wayIn(standing: Standing, around: Surroundings): Step | undefined {
  const { purpose } = standing
  const password = proofOf(standing, 'password')
  if (password) {
    const isThis = password.passwordChanged === around.passwordChanged
    return isThis && (around.status === 'ACTIVE' || around.status === 'PASSWORD_EXPIRED') ? undefined : { kind: 'over' }
  }
  // Without a password nothing but a link leads anywhere.
  if (!proofOf(standing, 'link')) return { kind: 'over' }
  if (around.answerNeeded && purpose !== 'activation' && !proofOf(standing, 'answer'))
    return { kind: 'answer-question' }
  if (purpose === 'unlock') return { kind: 'unlocked' }
  return { kind: 'choose-password' }
}

function secondFactor(standing: Standing, around: Surroundings): Step | undefined {
  if (around.access === 'DENY') return { kind: 'denied' }
  const { current } = standing
  const { factors } = around
  const isProved = factorsProved(standing).some(({ factorId }) => factors.some(({ id }) => id === factorId))
  const missing = kindsMissing(around, 'REQUIRED')
  // Whoever has only the password may not add a factor beside those that are there.
  const wantsToEnroll = missing.length > 0 || current?.kind === 'activate' || standing.wantsOptionalFactors
  const isExempt = around.deviceRemembered && !wantsToEnroll
  const isDemanded = around.factorNeeded || (wantsToEnroll && factors.length > 0)
  if (isDemanded && !isProved && !isExempt && factors.length > 0)
    return current?.kind === 'challenge' && isStillThere(current, factors)
      ? { kind: 'answer-challenge', current }
      : { kind: 'verify-factor', factors }
  return enrolment(standing, around, missing)
}

function enrolment(standing: Standing, around: Surroundings, required: readonly FactorKind[]): Step | undefined {
  const { current, skipped } = standing
  const optional = kindsMissing(around, 'OPTIONAL')
  const hasNone = around.factorNeeded && around.factors.length === 0
  if (hasNone && required.length === 0 && optional.length === 0) return { kind: 'denied' }
  const maySkip = required.length === 0 && !hasNone
  const isOffered = standing.wantsOptionalFactors && optional.length > 0 && !skipped.includes('enrolment')
  if (maySkip && !isOffered) return undefined
  if (current?.kind === 'activate') return { kind: 'activate-factor', current }
  return { kind: 'enroll-factor', required, optional, maySkip }
}

function password(standing: Standing, around: Surroundings): Step | undefined {
  if (around.passwordExpired) return { kind: 'change-password', why: 'expired' }
  const days = around.passwordEndsInDays
  if (days === undefined || !standing.wantsWarning || standing.skipped.includes('password-warning')) return undefined
  return { kind: 'change-password', why: 'ends-soon', days }
}

const kindsMissing = ({ enrolment, factors }: Surroundings, demand: 'REQUIRED' | 'OPTIONAL'): readonly FactorKind[] =>
  FACTOR_KINDS.filter((kind) => enrolment[kind] === demand && !factors.some((factor) => factor.kind === kind))

const isStillThere = (current: CurrentFactor, factors: readonly OwnFactor[]): boolean =>
  factors.some(({ id, kind }) => kind === current.factor && (current.factorId === undefined || current.factorId === id))
