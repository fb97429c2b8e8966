// The classic authentication API on the wire (spec of sign-in: 1.1–1.3).
import Type from 'typebox'
import { link } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import type { User } from '#users/user.ts'
import type { Transaction } from './authn-transaction-service.ts'
import type { IssuedSessionToken } from './session-token.ts'

const OptionalText = Type.Optional(Type.String())
const OptionalFlag = Type.Optional(Type.Boolean())
const DEVICE_TOKEN_MAX = 32
const RELAY_STATE_MAX = 4_000

export const AuthnBody = Type.Object({
  username: OptionalText,
  password: OptionalText,
  /** Of an activation mail. */
  token: OptionalText,
  stateToken: OptionalText,
  relayState: Type.Optional(Type.String({ maxLength: RELAY_STATE_MAX })),
  /** The id of the app that the person is on the way to. */
  audience: OptionalText,
  options: Type.Optional(
    Type.Object({ multiOptionalFactorEnroll: OptionalFlag, warnBeforePasswordExpired: OptionalFlag }),
  ),
  context: Type.Optional(Type.Object({ deviceToken: Type.Optional(Type.String({ maxLength: DEVICE_TOKEN_MAX })) })),
})

export const StateTokenBody = Type.Object({ stateToken: Type.String() })

export const ChangePasswordBody = Type.Object({
  stateToken: Type.String(),
  oldPassword: OptionalText,
  newPassword: OptionalText,
})

export const RecoveryTokenBody = Type.Object({ recoveryToken: Type.String() })

const DEFAULT_LOCALE = 'en_US'
const DEFAULT_TIME_ZONE = 'America/Los_Angeles'

/** The transaction in its last state. */
export const toSuccessWire = (
  orgUrl: string,
  user: User,
  { token, expires }: IssuedSessionToken,
  relayState?: string,
) => ({
  expiresAt: isoText(expires),
  status: 'SUCCESS',
  ...(relayState === undefined ? {} : { relayState }),
  sessionToken: token,
  _embedded: { user: userToWire(user) },
  _links: { cancel: link(`${orgUrl}/api/v1/authn/cancel`, 'POST') },
})

/** Somebody whose password is right and has to be changed. */
export function toExpiredWire(orgUrl: string, { stateToken, expires, relayState, user, policy }: Transaction) {
  const { minLength, minLowerCase, minUpperCase, minNumber, minSymbol, excludeUsername } = policy.complexity
  const { minAgeMinutes, historyCount } = policy.age
  const complexity = { minLength, minLowerCase, minUpperCase, minNumber, minSymbol }
  return {
    stateToken,
    expiresAt: isoText(expires),
    status: 'PASSWORD_EXPIRED',
    ...(relayState === undefined ? {} : { relayState }),
    _embedded: {
      user: userToWire(user),
      policy: {
        complexity: { ...complexity, excludeUsername: String(excludeUsername) },
        age: { minAgeMinutes, historyCount },
      },
    },
    _links: {
      next: { name: 'changePassword', ...link(`${orgUrl}/api/v1/authn/credentials/change_password`, 'POST') },
      cancel: link(`${orgUrl}/api/v1/authn/cancel`, 'POST'),
    },
  }
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
