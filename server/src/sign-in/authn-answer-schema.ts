// The transaction object of the classic authentication API (spec of sign-in: 1.1–1.4): one state for each step of the engine.
import { link } from '#http/wire.ts'
import { type Instant, isoText } from '#kernel/instant.ts'
import type { PasswordPolicy } from '#policies/password-policy.ts'
import type { User } from '#users/user.ts'
import { type FactorState, factorStateOf } from './authn-factor-schema.ts'
import type { Shown } from './authn-service.ts'
import type { Situation } from './engine-service.ts'
import type { IssuedSessionToken } from './session-token.ts'

const AUTHN = '/api/v1/authn'
const DEFAULT_LOCALE = 'en_US'
const DEFAULT_TIME_ZONE = 'America/Los_Angeles'

type Waiting = Extract<Shown, { readonly kind: 'step' }>

export function toWire(orgUrl: string, shown: Shown) {
  if (shown.kind === 'locked-out') return toLocked(orgUrl, shown.relayState)
  if (shown.kind === 'unlocked') return toUnlocked(shown.situation)
  return shown.kind === 'success' ? toSuccess(orgUrl, shown.situation, shown.issued) : toState(orgUrl, shown)
}

/** The person signs in anew. */
const toUnlocked = (situation: Situation) => ({
  status: 'SUCCESS',
  recoveryType: 'UNLOCK',
  ...relayed(situation),
  _embedded: { user: userToWire(situation.user) },
  _links: {},
})

/** Nobody says of whom: whether the mail that ends a lockout is for them is not to be read from a link either. */
const toLocked = (orgUrl: string, relayState: string | undefined) => ({
  status: 'LOCKED_OUT',
  ...(relayState === undefined ? {} : { relayState }),
  _embedded: {},
  _links: { next: { name: 'unlock', ...link(`${orgUrl}${AUTHN}/recovery/unlock`, 'POST') } },
})

/** What an app with an API token is handed, to bring it to the person. */
export const handedOverToWire = (orgUrl: string, { purpose, user, token, expires, relayState }: HandedOver) => ({
  expiresAt: isoText(expires),
  status: 'RECOVERY',
  recoveryToken: token,
  recoveryType: RECOVERY_TYPES[purpose],
  ...(relayState === undefined ? {} : { relayState }),
  _embedded: { user: userToWire(user) },
  _links: { next: { name: 'recovery', ...link(`${orgUrl}${AUTHN}/recovery/token`, 'POST') } },
})

export interface HandedOver {
  readonly purpose: 'recovery' | 'unlock'
  readonly user: User
  readonly token: string
  readonly expires: Instant
  readonly relayState: string | undefined
}

/** The transaction in its last state. */
const toSuccess = (orgUrl: string, situation: Situation, { token, expires }: IssuedSessionToken) => ({
  expiresAt: isoText(expires),
  status: 'SUCCESS',
  ...relayed(situation),
  sessionToken: token,
  _embedded: { user: userToWire(situation.user) },
  _links: { cancel: link(`${orgUrl}${AUTHN}/cancel`, 'POST') },
})

function toState(orgUrl: string, shown: Waiting) {
  const { situation } = shown
  const { status, next, embedded, links, members } = stateOf(orgUrl, shown)
  return {
    stateToken: situation.token,
    expiresAt: isoText(situation.kept.expires),
    status,
    ...members,
    ...relayed(situation),
    _embedded: { user: userToWire(situation.user), ...embedded },
    _links: {
      ...(next ? { next: { name: next.name, ...link(`${orgUrl}${AUTHN}/${next.path}`, 'POST') } } : {}),
      ...links,
      cancel: link(`${orgUrl}${AUTHN}/cancel`, 'POST'),
    },
  }
}

function stateOf(orgUrl: string, shown: Waiting): FactorState {
  const { step, demands } = shown.situation
  const changePassword = { name: 'changePassword', path: 'credentials/change_password' }
  switch (step.kind) {
    case 'change-password':
      if (step.why === 'expired')
        return { status: 'PASSWORD_EXPIRED', next: changePassword, embedded: { policy: rulesOf(demands.password) } }
      return {
        status: 'PASSWORD_WARN',
        next: changePassword,
        embedded: { policy: { expiration: { passwordExpireDays: step.days }, ...rulesOf(demands.password) } },
        links: { skip: { name: 'skip', ...link(`${orgUrl}${AUTHN}/skip`, 'POST') } },
      }
    case 'answer-question':
      return {
        status: 'RECOVERY',
        members: { recoveryType: typeOf(shown.situation) },
        next: { name: 'answer', path: 'recovery/answer' },
      }
    case 'choose-password':
      return {
        status: 'PASSWORD_RESET',
        members: { recoveryType: typeOf(shown.situation) },
        next: { name: 'resetPassword', path: 'credentials/reset_password' },
        embedded: { policy: rulesOf(demands.password) },
      }
    default:
      return factorStateOf(orgUrl, shown)
  }
}

const RECOVERY_TYPES = {
  'sign-in': 'PASSWORD',
  recovery: 'PASSWORD',
  activation: 'ACCOUNT_ACTIVATION',
  unlock: 'UNLOCK',
} as const

const typeOf = ({ kept }: Situation) => RECOVERY_TYPES[kept.standing.purpose]

function rulesOf({ complexity, age }: PasswordPolicy) {
  const { minLength, minLowerCase, minUpperCase, minNumber, minSymbol, excludeUsername } = complexity
  return {
    complexity: {
      ...{ minLength, minLowerCase, minUpperCase, minNumber, minSymbol },
      excludeUsername: String(excludeUsername),
    },
    age: { minAgeMinutes: age.minAgeMinutes, historyCount: age.historyCount },
  }
}

function relayed({ kept }: Situation) {
  const { relayState } = kept.continuation.request
  return relayState === undefined ? {} : { relayState }
}

function userToWire(user: User) {
  const { firstName, lastName, locale, timezone } = user.profile
  return {
    id: user.id,
    passwordChanged: user.passwordChanged === undefined ? null : isoText(user.passwordChanged),
    profile: {
      login: user.login,
      firstName: firstName ?? null,
      lastName: lastName ?? null,
      locale: locale ?? DEFAULT_LOCALE,
      timeZone: timezone ?? DEFAULT_TIME_ZONE,
    },
    ...(user.recoveryQuestion === undefined ? {} : { recovery_question: { question: user.recoveryQuestion } }),
  }
}
