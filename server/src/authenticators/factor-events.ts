// What the System Log says of factors. Never what they are checked with.
import { type Caller, personOf } from '#kernel/caller.ts'
import type { LogEntry, Target } from '#system-log/event.ts'
import { actorOf, targetOf, type User } from '#users/user.ts'
import type { Factor, FactorKey } from './factor.ts'
import type { Failure } from './proof.ts'

/** As administrators read them, by Okta's names. */
const NAMES: Readonly<Record<FactorKey, string>> = {
  question: 'Security question',
  email: 'Email',
  google_totp: 'Google Authenticator',
  okta_totp: 'Okta Verify',
  webauthn: 'Security key or passkey',
}

const REASONS: Readonly<Record<Failure['kind'], string>> = {
  wrong: 'INVALID_CREDENTIALS',
  replayed: 'PASSCODE_REPLAYED',
  'out-of-window': 'TIME_WINDOW_EXCEEDED',
  exhausted: 'TOO_MANY_ATTEMPTS',
  'no-challenge': 'NO_CHALLENGE',
  expired: 'CHALLENGE_EXPIRED',
}

const factorTarget = ({ id, key }: Factor): Target => ({
  id,
  type: 'AuthenticatorEnrollment',
  alternateId: key,
  displayName: NAMES[key],
})

type Change = 'activate' | 'deactivate' | 'update'

export const factorChanged = (caller: Caller, change: Change, user: User, factor: Factor): LogEntry => ({
  eventType: `user.mfa.factor.${change}`,
  ...doneBy(caller, user),
  targets: [targetOf(user), factorTarget(factor)],
})

export const factorsReset = (caller: Caller, user: User, factors: readonly Factor[]): LogEntry => ({
  eventType: 'user.mfa.factor.reset_all',
  ...doneBy(caller, user),
  targets: [targetOf(user), ...factors.map(factorTarget)],
})

export const factorProved = (caller: Caller, user: User, factor: Factor): LogEntry => ({
  eventType: 'user.authentication.auth_via_mfa',
  ...doneBy(caller, user),
  targets: [targetOf(user), factorTarget(factor)],
})

export const factorRefused = (caller: Caller, user: User, factors: readonly Factor[], failure: Failure): LogEntry => ({
  eventType: 'user.authentication.auth_via_mfa',
  outcome: 'FAILURE',
  reason: REASONS[failure.kind],
  ...doneBy(caller, user),
  targets: [targetOf(user), ...factors.map(factorTarget)],
})

/** During a sign-in the caller is nobody yet. */
const doneBy = (caller: Caller, user: User) => (personOf(caller) ? {} : { actor: actorOf(user) })
