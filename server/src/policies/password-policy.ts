// What the password policy of a person says (spec of sign-in: 6.3), as a value: read from the settings of the policy, with the values of a
// fresh org's default policy for what they don't say. 0 means "off" throughout.
import { DAY, type Instant, later } from '#kernel/instant.ts'
import { choosePolicy, type PolicyPerson } from './choose-policy.ts'
import { countOf, type Document, memberOf, type Policies, wordsOf } from './policy.ts'

export interface PasswordPolicy {
  readonly complexity: PasswordComplexity
  readonly age: {
    readonly maxAgeDays: number
    readonly expireWarnDays: number
    readonly minAgeMinutes: number
    /** How many passwords, the present one among them, a new one must differ from. */
    readonly historyCount: number
  }
  readonly lockout: Lockout
  readonly recovery: {
    readonly email: { readonly isActive: boolean; readonly tokenLifetimeMinutes: number }
    readonly question: { readonly isActive: boolean; readonly answerMinLength: number }
  }
  readonly actions: {
    /** By the person, who knows the old one. */
    readonly mayChange: boolean
    readonly mayReset: boolean
    readonly mayUnlock: boolean
    /** An answer to the recovery question is asked for beside the mail. */
    readonly resetAsksQuestion: boolean
  }
}

export interface PasswordComplexity {
  readonly minLength: number
  readonly minLowerCase: number
  readonly minUpperCase: number
  readonly minNumber: number
  readonly minSymbol: number
  readonly excludeUsername: boolean
  /** Attributes of the profile whose values may not stand in a password. */
  readonly excludeAttributes: readonly string[]
  /** Passwords that many people have are refused. */
  readonly excludeCommon: boolean
}

export interface Lockout {
  readonly maxAttempts: number
  readonly autoUnlockMinutes: number
  /** The refusal of somebody who is locked out may say so. */
  readonly showLockoutFailures: boolean
  readonly notifyByEmail: boolean
}

export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  complexity: {
    minLength: 8,
    minLowerCase: 1,
    minUpperCase: 1,
    minNumber: 1,
    minSymbol: 0,
    excludeUsername: true,
    excludeAttributes: [],
    excludeCommon: false,
  },
  age: { maxAgeDays: 0, expireWarnDays: 0, minAgeMinutes: 0, historyCount: 4 },
  lockout: { maxAttempts: 10, autoUnlockMinutes: 0, showLockoutFailures: false, notifyByEmail: false },
  recovery: {
    email: { isActive: true, tokenLifetimeMinutes: 60 },
    question: { isActive: true, answerMinLength: 4 },
  },
  actions: { mayChange: true, mayReset: true, mayUnlock: false, resetAsksQuestion: false },
}

/** The most that a policy may ask of the history; each costs a comparison of hashes. */
export const HISTORY_MAX = 30

export function passwordPolicyFor(policies: Policies, person: PolicyPerson): PasswordPolicy {
  const chosen = choosePolicy(policies, 'PASSWORD', person)
  return chosen ? passwordPolicyOf(chosen.policy.settings, chosen.rule.actions) : DEFAULT_PASSWORD_POLICY
}

/** Whether the policy of anybody lets them end their own lockout: what a page says to somebody who is not known yet. */
export const letsPeopleUnlock = (policies: Policies): boolean =>
  (policies.get('PASSWORD') ?? []).some(({ status, rules, settings }) =>
    rules.some(
      (rule) =>
        status === 'ACTIVE' && rule.status === 'ACTIVE' && passwordPolicyOf(settings, rule.actions).actions.mayUnlock,
    ),
  )

/** What the documents of a policy and of its rule say. */
export function passwordPolicyOf(settings: Document | undefined, actions: Document): PasswordPolicy {
  const otherwise = DEFAULT_PASSWORD_POLICY
  const password = memberOf(settings, 'password')
  const age = memberOf(password, 'age')
  const factors = memberOf(memberOf(settings, 'recovery'), 'factors')
  const [email, question] = [memberOf(factors, 'okta_email'), memberOf(factors, 'recovery_question')]
  const token = memberOf(memberOf(email, 'properties'), 'recoveryToken')
  const answer = memberOf(memberOf(question, 'properties'), 'complexity')
  return {
    complexity: complexityOf(memberOf(password, 'complexity')),
    age: {
      maxAgeDays: countOf(age, 'maxAgeDays', otherwise.age.maxAgeDays),
      expireWarnDays: countOf(age, 'expireWarnDays', otherwise.age.expireWarnDays),
      minAgeMinutes: countOf(age, 'minAgeMinutes', otherwise.age.minAgeMinutes),
      historyCount: Math.min(countOf(age, 'historyCount', otherwise.age.historyCount), HISTORY_MAX),
    },
    lockout: lockoutOf(memberOf(password, 'lockout')),
    recovery: {
      email: {
        isActive: email.status !== 'INACTIVE',
        tokenLifetimeMinutes: countOf(token, 'tokenLifetimeMinutes', otherwise.recovery.email.tokenLifetimeMinutes),
      },
      question: {
        isActive: question.status !== 'INACTIVE',
        answerMinLength: countOf(answer, 'minLength', otherwise.recovery.question.answerMinLength),
      },
    },
    actions: {
      mayChange: isAllowed(actions, 'passwordChange', otherwise.actions.mayChange),
      mayReset: isAllowed(actions, 'selfServicePasswordReset', otherwise.actions.mayReset),
      mayUnlock: isAllowed(actions, 'selfServiceUnlock', otherwise.actions.mayUnlock),
      resetAsksQuestion: asksQuestion(memberOf(actions, 'selfServicePasswordReset')),
    },
  }
}

function complexityOf(sent: Document): PasswordComplexity {
  const otherwise = DEFAULT_PASSWORD_POLICY.complexity
  return {
    minLength: countOf(sent, 'minLength', otherwise.minLength),
    minLowerCase: countOf(sent, 'minLowerCase', otherwise.minLowerCase),
    minUpperCase: countOf(sent, 'minUpperCase', otherwise.minUpperCase),
    minNumber: countOf(sent, 'minNumber', otherwise.minNumber),
    minSymbol: countOf(sent, 'minSymbol', otherwise.minSymbol),
    excludeUsername: sent.excludeUsername !== false,
    excludeAttributes: wordsOf(sent, 'excludeAttributes'),
    excludeCommon: memberOf(memberOf(sent, 'dictionary'), 'common').exclude === true,
  }
}

function lockoutOf(sent: Document): Lockout {
  const otherwise = DEFAULT_PASSWORD_POLICY.lockout
  return {
    maxAttempts: countOf(sent, 'maxAttempts', otherwise.maxAttempts),
    autoUnlockMinutes: countOf(sent, 'autoUnlockMinutes', otherwise.autoUnlockMinutes),
    showLockoutFailures: sent.showLockoutFailures === true,
    notifyByEmail: wordsOf(sent, 'userLockoutNotificationChannels').includes('EMAIL'),
  }
}

function isAllowed(actions: Document, name: string, otherwise: boolean): boolean {
  const { access } = memberOf(actions, name)
  return access === undefined ? otherwise : access === 'ALLOW'
}

function asksQuestion(reset: Document): boolean {
  const stepUp = memberOf(memberOf(reset, 'requirement'), 'stepUp')
  return stepUp.required === true
}

export type PasswordAge =
  | { readonly kind: 'good' }
  /** It still opens everything, and not for long: what PASSWORD_WARN tells. */
  | { readonly kind: 'expires-soon'; readonly at: Instant; readonly days: number }
  | { readonly kind: 'expired' }

/** Where a password that was set at `changed` stands; one of which nobody knows the age is good. */
export function passwordAge({ age }: PasswordPolicy, changed: Instant | undefined, now: Instant): PasswordAge {
  if (age.maxAgeDays === 0 || changed === undefined) return { kind: 'good' }
  const at = later(changed, age.maxAgeDays * DAY)
  if (at <= now) return { kind: 'expired' }
  const isSoon = later(at, -age.expireWarnDays * DAY) <= now
  return isSoon ? { kind: 'expires-soon', at, days: Math.ceil((at - now) / DAY) } : { kind: 'good' }
}
