// Policies as they come in (spec of sign-in: 6.1, 6.3, 6.4). What is kept is whole: what wasn't said stands there with its default.
import Type, { type Static, type TSchema } from 'typebox'
import { ENROLLMENT_DEMANDS } from '#authenticators/enrollable.ts'
import { maybe } from '#http/wire.ts'
import { invalid } from '#kernel/refusal.ts'
import { enrollmentSettings } from './enrollment-settings.ts'
import { HISTORY_MAX } from './password-policy.ts'
import { passwordSettings } from './password-settings.ts'
import { POLICY_STATUSES, POLICY_TYPES } from './policy.ts'
import type { PolicyDraft } from './policy-draft.ts'

const YEAR_OF_MINUTES = 525_600
const some = <T extends Record<string, TSchema>>(members: T) => maybe(Type.Object(members))
const flag = () => maybe(Type.Boolean())
const count = (maximum: number, minimum = 0) => maybe(Type.Integer({ minimum, maximum }))
const status = () => maybe(Type.Enum(POLICY_STATUSES))
const words = (maxItems: number) => maybe(Type.Array(Type.String({ maxLength: 100 }), { maxItems }))
const named = () => some({ include: maybe(Type.Array(Type.String())), exclude: maybe(Type.Array(Type.String())) })

const PasswordBody = {
  complexity: some({
    minLength: count(60, 4),
    minLowerCase: count(10),
    minUpperCase: count(10),
    minNumber: count(10),
    minSymbol: count(10),
    excludeUsername: flag(),
    excludeAttributes: words(10),
    dictionary: some({ common: some({ exclude: flag() }) }),
    maxConsecutiveCharacters: maybe(Type.Integer()),
    oelStatement: maybe(Type.String()),
  }),
  age: some({
    maxAgeDays: count(999),
    expireWarnDays: count(999),
    minAgeMinutes: count(YEAR_OF_MINUTES),
    historyCount: count(HISTORY_MAX),
  }),
  breachedProtection: some({
    expireAfterDays: maybe(Type.Integer()),
    logoutEnabled: flag(),
    delegatedWorkflowId: maybe(Type.String({ maxLength: 100 })),
  }),
  lockout: some({
    maxAttempts: count(100),
    autoUnlockMinutes: count(YEAR_OF_MINUTES),
    userLockoutNotificationChannels: maybe(Type.Array(Type.Enum(['EMAIL']), { maxItems: 1 })),
    showLockoutFailures: flag(),
  }),
}

const RecoveryBody = {
  factors: some({
    okta_email: some({
      status: status(),
      properties: some({ recoveryToken: some({ tokenLifetimeMinutes: count(YEAR_OF_MINUTES, 1) }) }),
    }),
    recovery_question: some({
      status: status(),
      properties: some({ complexity: some({ minLength: count(100, 1) }) }),
    }),
    okta_sms: some({ status: status() }),
    okta_call: some({ status: status() }),
  }),
}

const Demand = some({ self: maybe(Type.Enum(ENROLLMENT_DEMANDS)) })

const SettingsBody = Type.Object({
  password: some(PasswordBody),
  recovery: some(RecoveryBody),
  delegation: some({ options: some({ skipUnlock: flag() }) }),
  type: maybe(Type.Enum(['AUTHENTICATORS', 'FACTORS'])),
  authenticators: maybe(
    Type.Array(Type.Object({ key: Type.String({ maxLength: 100 }), enroll: Demand }), { maxItems: 50 }),
  ),
  factors: maybe(Type.Record(Type.String({ maxLength: 100 }), Type.Object({ enroll: Demand }), { maxProperties: 50 })),
})
export type SentSettings = Static<typeof SettingsBody>

export const PolicyBody = Type.Object({
  type: Type.Optional(Type.Enum(POLICY_TYPES)),
  name: Type.Optional(Type.String()),
  description: maybe(Type.String()),
  priority: maybe(Type.Integer()),
  status: status(),
  settings: maybe(SettingsBody),
  conditions: some({
    people: some({ groups: named(), users: named() }),
    authProvider: some({ provider: maybe(Type.String()) }),
  }),
})

/** @throws {Refusal} validation_failed for what has no place in a draft */
export function policyFromWire(wire: Static<typeof PolicyBody>): PolicyDraft {
  const { type, conditions, settings } = wire
  if (type === undefined) throw invalid('type', 'type: The field cannot be left blank')
  const { groups, users } = conditions?.people ?? {}
  if ((groups?.exclude ?? []).length > 0 || (users?.include ?? []).length > 0 || (users?.exclude ?? []).length > 0)
    throw invalid('people', 'conditions.people: A policy names the groups that it includes; its rules say more')
  const { provider } = conditions?.authProvider ?? {}
  if (provider && provider !== 'OKTA')
    throw invalid(
      'authProvider',
      `conditions.authProvider: '${provider}' is not served; people have their passwords here`,
    )
  return {
    type,
    name: wire.name ?? '',
    description: wire.description ?? '',
    priority: wire.priority ?? undefined,
    status: wire.status ?? undefined,
    groupIds: [...new Set(groups?.include ?? [])],
    settings: settingsFromWire(type, settings ?? {}),
  }
}

function settingsFromWire(type: PolicyDraft['type'], sent: SentSettings): PolicyDraft['settings'] {
  if (type === 'PASSWORD') return passwordSettings(sent)
  return type === 'MFA_ENROLL' ? enrollmentSettings(sent) : undefined
}
