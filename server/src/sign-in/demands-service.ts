// What the org's policies demand of one person at one sign-in, read at once; and the surroundings that `next-step.ts` decides on.
import type { EnrollmentDemand } from '#authenticators/enrollable.ts'
import type { Factor } from '#authenticators/factor.ts'
import { factorsOf } from '#authenticators/service.ts'
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { type Instant, MINUTE } from '#kernel/instant.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { type Enrollment, enrollmentOf } from '#policies/enrollment.ts'
import { type PasswordPolicy, passwordAge, passwordPolicyFor } from '#policies/password-policy.ts'
import { readPolicyPerson } from '#policies/service.ts'
import { decideSignOn, type SignOn } from '#policies/sign-on.ts'
import type { User } from '#users/user.ts'
import type { Surroundings } from './next-step.ts'
import { findRememberedSince } from './remembered-device-store.ts'

/** When a factor that was proved in a browser need not be proved there again. */
export type Remembering =
  | { readonly kind: 'never' }
  /** For as long as the browser keeps its cookie. */
  | { readonly kind: 'device' }
  | { readonly kind: 'minutes'; readonly minutes: number }

export interface Demands {
  readonly signOn: SignOn
  readonly remembering: Remembering
  readonly password: PasswordPolicy
  /** When factors are enrolled at a sign-in, and which. */
  readonly enrollment: Enrollment
  /** Those that are active. */
  readonly factors: readonly Factor[]
  /** When a factor was last proved in this browser, where it is remembered. */
  readonly rememberedSince: number | undefined
}

export interface Circumstances {
  readonly config: OrgConfig
  /** Of the browser's device cookie. */
  readonly deviceHash: string | undefined
}

export function* readDemands(
  tx: OrgDb,
  { config: { policies }, deviceHash }: Circumstances,
  user: User,
  now: Instant,
): Unit<Demands> {
  const person = yield* readPolicyPerson(tx, user.id)
  const signOn = decideSignOn(policies, person)
  const remembering = rememberingOf(signOn)
  const isAsked = deviceHash !== undefined && remembering.kind !== 'never'
  return {
    signOn,
    remembering,
    password: passwordPolicyFor(policies, person),
    enrollment: enrollmentOf(policies, person),
    factors: (yield* factorsOf(tx, user.id)).filter(({ status }) => status === 'ACTIVE'),
    rememberedSince: isAsked ? yield* findRememberedSince(tx, user.id, deviceHash, now) : undefined,
  }
}

/** `provesFactor`: what is suspended asks more than the policy. */
export function toSurroundings(
  user: User,
  demands: Demands,
  now: Instant,
  { provesFactor = false }: { readonly provesFactor?: boolean } = {},
): Surroundings {
  const { signOn, password, factors } = demands
  const age = passwordAge(password, user.passwordChanged, now)
  const asksQuestion = password.recovery.question.isActive && password.actions.resetAsksQuestion
  return {
    status: user.status,
    passwordChanged: user.passwordChanged ?? null,
    passwordExpired: user.status === 'PASSWORD_EXPIRED' || age.kind === 'expired',
    passwordEndsInDays: age.kind === 'expires-soon' ? age.days : undefined,
    answerNeeded: asksQuestion && user.recoveryQuestion !== undefined,
    access: signOn.access,
    factorNeeded: needsFactor(signOn) || (provesFactor && factors.length > 0),
    deviceRemembered: !provesFactor && isRemembered(demands, now),
    factors,
    enrolment: enrolmentOf(demands),
  }
}

const needsFactor = (signOn: SignOn): boolean => signOn.access === 'ALLOW' && signOn.factor !== undefined

function rememberingOf(signOn: SignOn): Remembering {
  const factor = signOn.access === 'ALLOW' ? signOn.factor : undefined
  if (factor?.promptMode === 'DEVICE') return { kind: 'device' }
  if (factor?.promptMode === 'SESSION' && factor.lifetimeMinutes > 0)
    return { kind: 'minutes', minutes: factor.lifetimeMinutes }
  return { kind: 'never' }
}

/** What is demanded at this sign-in: at each, only where a factor is needed anyway, or never. */
function enrolmentOf({ signOn, enrollment: { prompt, factors } }: Demands): Surroundings['enrolment'] {
  const isDemanded = prompt === 'LOGIN' || (prompt === 'CHALLENGE' && needsFactor(signOn))
  const now = (...demands: readonly EnrollmentDemand[]): EnrollmentDemand => {
    if (prompt === 'NEVER') return 'NOT_ALLOWED'
    if (demands.includes('REQUIRED')) return isDemanded ? 'REQUIRED' : 'OPTIONAL'
    return demands.includes('OPTIONAL') ? 'OPTIONAL' : 'NOT_ALLOWED'
  }
  return {
    totp: now(factors.google_totp, factors.okta_totp),
    webauthn: now(factors.webauthn),
    email: now(factors.email),
    question: now(factors.question),
  }
}

/** Whether a factor that was proved then still counts. */
function isRemembered({ remembering, rememberedSince }: Demands, now: Instant): boolean {
  if (rememberedSince === undefined) return false
  if (remembering.kind === 'never') return false
  return remembering.kind === 'device' || now < rememberedSince + remembering.minutes * MINUTE
}
