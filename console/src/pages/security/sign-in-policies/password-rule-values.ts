// A rule of a password policy as its form shows it, and back. Pure.
import type { RuleBody } from '../../../api/policies.ts'
import type { PolicyRule } from '../../../api/types.ts'
import { conditionsToRequest, EVERYONE, peopleToForm, type RulePeopleValues } from './rule-people.ts'

export type PasswordRuleValues = RulePeopleValues & {
  name: string
  mayChange: boolean
  mayReset: boolean
  asksQuestion: boolean
  mayUnlock: boolean
}

export const newPasswordRule = (): PasswordRuleValues => ({
  ...EVERYONE,
  name: '',
  mayChange: true,
  mayReset: true,
  asksQuestion: false,
  mayUnlock: false,
})

export function passwordRuleToForm(rule: PolicyRule): PasswordRuleValues {
  const { passwordChange, selfServicePasswordReset: reset, selfServiceUnlock } = rule.actions
  return {
    ...peopleToForm(rule),
    name: rule.name,
    mayChange: passwordChange?.access === 'ALLOW',
    mayReset: reset?.access === 'ALLOW',
    asksQuestion: reset?.requirement?.stepUp.required ?? false,
    mayUnlock: selfServiceUnlock?.access === 'ALLOW',
  }
}

const accessOf = (may: boolean) => ({ access: may ? ('ALLOW' as const) : ('DENY' as const) })

export function passwordRuleToRequest(values: PasswordRuleValues, former?: PolicyRule): RuleBody {
  return {
    name: values.name.trim(),
    conditions: conditionsToRequest(values, former?.conditions),
    actions: passwordActionsOf(values, former),
  }
}

/** What the values say, to be kept or told. A reset's requirement is named where it says more than the default, or was named before. */
export function passwordActionsOf(values: PasswordRuleValues, former?: PolicyRule): PolicyRule['actions'] {
  const { mayChange, mayReset, asksQuestion, mayUnlock } = values
  const isNamed = asksQuestion || former?.actions.selfServicePasswordReset?.requirement !== undefined
  const stepUp = { required: asksQuestion, ...(asksQuestion && { methods: ['security_question'] }) }
  return {
    passwordChange: accessOf(mayChange),
    selfServicePasswordReset: {
      ...accessOf(mayReset),
      ...(isNamed && { requirement: { primary: { methods: ['email'] }, stepUp, accessControl: 'LEGACY' } }),
    },
    selfServiceUnlock: accessOf(mayUnlock),
  }
}
