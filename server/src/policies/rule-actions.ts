// The actions of a rule as they are kept: whole, in Okta's order. Pure.
import { invalid } from '#kernel/refusal.ts'
import { countOf, type Document, memberOf, type PolicyType, wordsOf } from './policy.ts'
import { sessionRuleOf } from './sign-on.ts'

/** @throws {Refusal} validation_failed for what is missing or not served */
export function ruleActions(type: PolicyType, sent: Document): Document {
  if (type === 'OKTA_SIGN_ON') return { signon: signOnAction(memberOf(sent, 'signon')) }
  if (type === 'PASSWORD') return passwordActions(sent)
  if (type !== 'MFA_ENROLL') return {}
  return { enroll: { self: memberOf(sent, 'enroll').self ?? 'CHALLENGE' } }
}

function signOnAction(sent: Document): Document {
  const { access, requireFactor, factorPromptMode, factorLifetime } = sent
  if (access === undefined || access === null) throw invalid('access', 'access: The field cannot be left blank')
  if (requireFactor === true && factorPromptMode === 'SESSION' && typeof factorLifetime !== 'number')
    throw invalid('factorLifetime', 'factorLifetime: The field cannot be left blank')
  const { idleMinutes, lifetimeMinutes, persistent } = sessionRuleOf(memberOf(sent, 'session'))
  return {
    access,
    requireFactor: requireFactor === true,
    ...(requireFactor === true && {
      factorPromptMode: factorPromptMode ?? 'ALWAYS',
      factorLifetime: countOf(sent, 'factorLifetime', 0),
    }),
    primaryFactor: sent.primaryFactor ?? 'PASSWORD_IDP_ANY_FACTOR',
    rememberDeviceByDefault: sent.rememberDeviceByDefault ?? false,
    session: {
      usePersistentCookie: persistent,
      maxSessionIdleMinutes: idleMinutes,
      maxSessionLifetimeMinutes: lifetimeMinutes,
    },
  }
}

function passwordActions(sent: Document): Document {
  const reset = memberOf(sent, 'selfServicePasswordReset')
  const requirement = reset.requirement ? { requirement: resetRequirement(memberOf(reset, 'requirement')) } : {}
  const accessOf = (name: string) => ({ access: memberOf(sent, name).access ?? 'DENY' })
  return {
    passwordChange: accessOf('passwordChange'),
    selfServicePasswordReset: { ...accessOf('selfServicePasswordReset'), ...requirement },
    selfServiceUnlock: accessOf('selfServiceUnlock'),
  }
}

function resetRequirement(sent: Document): Document {
  if ((sent.accessControl ?? 'LEGACY') !== 'LEGACY')
    throw invalid('accessControl', 'accessControl: Only LEGACY is served: the rule itself says what a reset needs')
  const other = wordsOf(memberOf(sent, 'primary'), 'methods').find((method) => method !== 'email')
  if (other !== undefined) throw invalid('methods', `methods: '${other}' is not served: a reset begins with an e-mail`)
  const stepUp = memberOf(sent, 'stepUp')
  const strange = wordsOf(stepUp, 'methods').find((method) => method !== 'security_question')
  if (strange !== undefined)
    throw invalid('methods', `methods: '${strange}' is not served as the second step of a reset`)
  const methods = wordsOf(stepUp, 'methods')
  return {
    primary: { methods: ['email'] },
    stepUp: { required: stepUp.required === true, ...(methods.length > 0 && { methods }) },
    accessControl: 'LEGACY',
  }
}
