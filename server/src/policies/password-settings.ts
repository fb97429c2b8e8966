// The settings of a password policy as they are kept: whole, in Okta's order. Pure.
import { invalid } from '#kernel/refusal.ts'
import { DEFAULT_PASSWORD_POLICY } from './password-policy.ts'
import { countOf, type Document, memberOf, wordsOf } from './policy.ts'

/** What isn't said is what a fresh org's policy says. @throws {Refusal} validation_failed for what is not served */
export function passwordSettings(sent: Document): Document {
  const { complexity, age, lockout } = DEFAULT_PASSWORD_POLICY
  const password = memberOf(sent, 'password')
  const sentComplexity = memberOf(password, 'complexity')
  const [sentAge, sentLockout] = [memberOf(password, 'age'), memberOf(password, 'lockout')]
  refuseUnserved(sentComplexity, memberOf(password, 'breachedProtection'))
  const days = {
    maxAgeDays: countOf(sentAge, 'maxAgeDays', age.maxAgeDays),
    expireWarnDays: countOf(sentAge, 'expireWarnDays', age.expireWarnDays),
  }
  if (days.maxAgeDays > 0 && days.expireWarnDays > days.maxAgeDays)
    throw invalid('expireWarnDays', 'expireWarnDays: The field must not be greater than maxAgeDays')
  return {
    password: {
      complexity: {
        minLength: countOf(sentComplexity, 'minLength', complexity.minLength),
        minLowerCase: countOf(sentComplexity, 'minLowerCase', complexity.minLowerCase),
        minUpperCase: countOf(sentComplexity, 'minUpperCase', complexity.minUpperCase),
        minNumber: countOf(sentComplexity, 'minNumber', complexity.minNumber),
        minSymbol: countOf(sentComplexity, 'minSymbol', complexity.minSymbol),
        excludeUsername: sentComplexity.excludeUsername ?? complexity.excludeUsername,
        dictionary: {
          common: { exclude: memberOf(memberOf(sentComplexity, 'dictionary'), 'common').exclude ?? false },
        },
        excludeAttributes: [...new Set(wordsOf(sentComplexity, 'excludeAttributes'))],
      },
      age: {
        ...days,
        minAgeMinutes: countOf(sentAge, 'minAgeMinutes', age.minAgeMinutes),
        historyCount: countOf(sentAge, 'historyCount', age.historyCount),
      },
      lockout: {
        maxAttempts: countOf(sentLockout, 'maxAttempts', lockout.maxAttempts),
        autoUnlockMinutes: countOf(sentLockout, 'autoUnlockMinutes', lockout.autoUnlockMinutes),
        userLockoutNotificationChannels: wordsOf(sentLockout, 'userLockoutNotificationChannels'),
        showLockoutFailures: sentLockout.showLockoutFailures ?? false,
      },
      breachedProtection: NO_BREACH_CHECK,
    },
    recovery: { factors: recoveryFactors(memberOf(memberOf(sent, 'recovery'), 'factors')) },
    delegation: {
      options: { skipUnlock: memberOf(memberOf(sent, 'delegation'), 'options').skipUnlock ?? false },
    },
  }
}

function recoveryFactors(sent: Document): Document {
  const { email, question } = DEFAULT_PASSWORD_POLICY.recovery
  const [sentEmail, sentQuestion] = [memberOf(sent, 'okta_email'), memberOf(sent, 'recovery_question')]
  for (const name of ['okta_sms', 'okta_call'])
    if (memberOf(sent, name).status === 'ACTIVE')
      throw invalid(name, `${name}: Nothing can be sent to a phone: only INACTIVE is served`)
  const token = memberOf(memberOf(sentEmail, 'properties'), 'recoveryToken')
  const answer = memberOf(memberOf(sentQuestion, 'properties'), 'complexity')
  return {
    recovery_question: {
      status: sentQuestion.status ?? 'ACTIVE',
      properties: { complexity: { minLength: countOf(answer, 'minLength', question.answerMinLength) } },
    },
    okta_email: {
      status: sentEmail.status ?? 'ACTIVE',
      properties: {
        recoveryToken: { tokenLifetimeMinutes: countOf(token, 'tokenLifetimeMinutes', email.tokenLifetimeMinutes) },
      },
    },
    okta_sms: { status: 'INACTIVE' },
    okta_call: { status: 'INACTIVE' },
  }
}

/** Nobody is asked whether a password has leaked. */
const NO_BREACH_CHECK = { expireAfterDays: null, logoutEnabled: false, delegatedWorkflowId: null }

function refuseUnserved({ maxConsecutiveCharacters, oelStatement }: Document, breach: Document): void {
  if (typeof breach.expireAfterDays === 'number' || breach.logoutEnabled === true || breach.delegatedWorkflowId)
    throw invalid(
      'breachedProtection',
      'breachedProtection: The field is not served: passwords are not looked up in leaks',
    )
  if (typeof maxConsecutiveCharacters === 'number')
    throw invalid('maxConsecutiveCharacters', 'maxConsecutiveCharacters: The field is not served')
  if (typeof oelStatement === 'string' && oelStatement !== '')
    throw invalid('oelStatement', 'oelStatement: The field is not served')
}
