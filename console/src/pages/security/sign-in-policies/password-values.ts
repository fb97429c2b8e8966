// A password policy as its form shows it, and back. Pure.
import type { PolicyBody } from '../../../api/policies.ts'
import type { Policy } from '../../../api/types.ts'
import { newPolicy, type PolicyFormValues, toForm, toRequest } from './policy-values.ts'

type Settings = NonNullable<Policy['settings']>
/** A number field that is empty holds an empty text. */
type Count = number | string

export type PasswordValues = PolicyFormValues & {
  minLength: Count
  minLowerCase: Count
  minUpperCase: Count
  minNumber: Count
  minSymbol: Count
  excludeUsername: boolean
  excludeFirstName: boolean
  excludeLastName: boolean
  excludeCommon: boolean
  historyCount: Count
  minAgeMinutes: Count
  maxAgeDays: Count
  expireWarnDays: Count
  maxAttempts: Count
  autoUnlockMinutes: Count
  showLockoutFailures: boolean
  mailLockouts: boolean
  byEmail: boolean
  tokenLifetimeMinutes: Count
  byQuestion: boolean
  answerMinLength: Count
}

/** Those of a fresh org. */
export const newPasswordPolicy = (): PasswordValues => ({
  ...newPolicy(),
  minLength: 8,
  minLowerCase: 1,
  minUpperCase: 1,
  minNumber: 1,
  minSymbol: 0,
  excludeUsername: true,
  excludeFirstName: false,
  excludeLastName: false,
  excludeCommon: false,
  historyCount: 4,
  minAgeMinutes: 0,
  maxAgeDays: 0,
  expireWarnDays: 0,
  maxAttempts: 10,
  autoUnlockMinutes: 0,
  showLockoutFailures: false,
  mailLockouts: false,
  byEmail: true,
  tokenLifetimeMinutes: 60,
  byQuestion: true,
  answerMinLength: 4,
})

export const passwordToForm = (policy: Policy): PasswordValues => ({
  ...newPasswordPolicy(),
  ...toForm(policy),
  ...settingsToForm(policy.settings ?? {}),
})

function settingsToForm({ password, recovery }: Settings): Partial<PasswordValues> {
  if (!password || !recovery) return {}
  const { dictionary, excludeAttributes, ...complexity } = password.complexity
  const { userLockoutNotificationChannels, ...lockout } = password.lockout
  const { okta_email: email, recovery_question: question } = recovery.factors
  return {
    ...complexity,
    ...password.age,
    ...lockout,
    excludeFirstName: excludeAttributes.includes('firstName'),
    excludeLastName: excludeAttributes.includes('lastName'),
    excludeCommon: dictionary.common.exclude,
    mailLockouts: userLockoutNotificationChannels.includes('EMAIL'),
    byEmail: email.status === 'ACTIVE',
    tokenLifetimeMinutes: email.properties.recoveryToken.tokenLifetimeMinutes,
    byQuestion: question.status === 'ACTIVE',
    answerMinLength: question.properties.complexity.minLength,
  }
}

const statusOf = (isOn: boolean) => (isOn ? 'ACTIVE' : 'INACTIVE')
const NAMES: readonly string[] = ['firstName', 'lastName']

/** Attributes that the form does not show stay forbidden. */
export function passwordToRequest(values: PasswordValues, former: Policy | undefined): PolicyBody {
  const others = former?.settings?.password?.complexity.excludeAttributes.filter((name) => !NAMES.includes(name)) ?? []
  return {
    ...toRequest(values, { type: 'PASSWORD' }),
    settings: {
      password: {
        complexity: {
          minLength: Number(values.minLength),
          minLowerCase: Number(values.minLowerCase),
          minUpperCase: Number(values.minUpperCase),
          minNumber: Number(values.minNumber),
          minSymbol: Number(values.minSymbol),
          excludeUsername: values.excludeUsername,
          excludeAttributes: [
            ...(values.excludeFirstName ? ['firstName'] : []),
            ...(values.excludeLastName ? ['lastName'] : []),
            ...others,
          ],
          dictionary: { common: { exclude: values.excludeCommon } },
        },
        age: {
          maxAgeDays: Number(values.maxAgeDays),
          expireWarnDays: Number(values.maxAgeDays) === 0 ? 0 : Number(values.expireWarnDays),
          minAgeMinutes: Number(values.minAgeMinutes),
          historyCount: Number(values.historyCount),
        },
        lockout: {
          maxAttempts: Number(values.maxAttempts),
          autoUnlockMinutes: Number(values.autoUnlockMinutes),
          userLockoutNotificationChannels: values.mailLockouts ? ['EMAIL'] : [],
          showLockoutFailures: values.showLockoutFailures,
        },
      },
      recovery: {
        factors: {
          okta_email: {
            status: statusOf(values.byEmail),
            properties: { recoveryToken: { tokenLifetimeMinutes: Number(values.tokenLifetimeMinutes) } },
          },
          recovery_question: {
            status: statusOf(values.byQuestion),
            properties: { complexity: { minLength: Number(values.answerMinLength) } },
          },
        },
      },
      ...(former?.settings?.delegation && { delegation: former.settings.delegation }),
    },
  }
}
