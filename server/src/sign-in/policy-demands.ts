// What the org's policies demand of one person at one sign-in, read at once; and the surroundings that `next-step.ts` decides on.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { type Instant, MINUTE } from '#kernel/instant.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { type PasswordPolicy, passwordAge, passwordPolicyFor } from '#policies/password-policy.ts'
import { readPolicyPerson } from '#policies/service.ts'
import { DEFAULT_SESSION_RULE, decideSignOn, type FactorDemand, type SessionRule } from '#policies/sign-on.ts'
import type { User } from '#users/user.ts'
import type { OwnFactor, Surroundings } from './next-step.ts'
import { findRememberedSince } from './remembered-device-store.ts'
import type { FactorKind } from './standing.ts'

/** When a factor that was proved in a browser need not be proved there again. */
export type Remembering =
  | { readonly kind: 'never' }
  /** For as long as the browser keeps its cookie. */
  | { readonly kind: 'device' }
  | { readonly kind: 'minutes'; readonly minutes: number }

export interface Demands {
  readonly access: 'ALLOW' | 'DENY'
  readonly factorNeeded: boolean
  readonly remembering: Remembering
  readonly rememberByDefault: boolean
  readonly session: SessionRule
  readonly passwordPolicy: PasswordPolicy
  readonly answerNeeded: boolean
  readonly enrolment: Readonly<Record<FactorKind, 'REQUIRED' | 'OPTIONAL' | 'NOT_ALLOWED'>>
  readonly factors: readonly OwnFactor[]
  /** When a factor was last proved in this browser, where it is remembered. */
  readonly rememberedSince: number | undefined
}

export interface Circumstances {
  readonly config: OrgConfig
  readonly ip: string
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
  const passwordPolicy = passwordPolicyFor(policies, person)
  const factor = signOn.access === 'ALLOW' ? signOn.factor : undefined
  return {
    access: signOn.access,
    factorNeeded: factor !== undefined,
    remembering: rememberingOf(factor),
    rememberByDefault: factor?.rememberDeviceByDefault ?? false,
    session: signOn.access === 'ALLOW' ? signOn.session : DEFAULT_SESSION_RULE,
    passwordPolicy,
    answerNeeded: passwordPolicy.actions.resetAsksQuestion,
    enrolment: { totp: 'NOT_ALLOWED', webauthn: 'NOT_ALLOWED', email: 'NOT_ALLOWED', question: 'NOT_ALLOWED' },
    factors: [],
    rememberedSince: deviceHash === undefined ? undefined : yield* findRememberedSince(tx, user.id, deviceHash, now),
  }
}

function rememberingOf(factor: FactorDemand | undefined): Remembering {
  if (factor?.promptMode === 'DEVICE') return { kind: 'device' }
  if (factor?.promptMode === 'SESSION') return { kind: 'minutes', minutes: factor.lifetimeMinutes }
  return { kind: 'never' }
}

export function toSurroundings(user: User, demands: Demands, now: Instant): Surroundings {
  const { access, factorNeeded, factors, enrolment, answerNeeded } = demands
  const age = passwordAge(demands.passwordPolicy, user.passwordChanged, now)
  return {
    status: user.status,
    passwordChanged: user.passwordChanged ?? null,
    passwordExpired: user.status === 'PASSWORD_EXPIRED' || age.kind === 'expired',
    passwordEndsInDays: age.kind === 'expires-soon' ? age.days : undefined,
    answerNeeded: answerNeeded && user.recoveryQuestion !== undefined,
    access,
    factorNeeded,
    deviceRemembered: isRemembered(demands, now),
    factors,
    enrolment,
  }
}

/** Whether a factor that was proved then still counts. */
function isRemembered({ remembering, rememberedSince }: Demands, now: Instant): boolean {
  if (rememberedSince === undefined) return false
  if (remembering.kind === 'never') return false
  return remembering.kind === 'device' || now < rememberedSince + remembering.minutes * MINUTE
}
