// A rule of a global session policy as its form shows it, and back. Pure.
import type { RuleBody } from '../../../api/policies.ts'
import type { PolicyRule } from '../../../api/types.ts'
import { conditionsToRequest, EVERYONE, peopleToForm, type RulePeopleValues } from './rule-people.ts'

type SignOn = NonNullable<PolicyRule['actions']['signon']>

export type SignOnValues = RulePeopleValues & {
  name: string
  access: SignOn['access']
  primaryFactor: SignOn['primaryFactor']
  secondFactor: 'NEVER' | NonNullable<SignOn['factorPromptMode']>
  /** A number field that is empty holds an empty text. */
  factorMinutes: number | string
  rememberByDefault: boolean
  idleMinutes: number | string
  hasLifetime: boolean
  lifetimeMinutes: number | string
  persistent: boolean
}

const DAY = 1_440

export const newSignOnRule = (): SignOnValues => ({
  ...EVERYONE,
  name: '',
  access: 'ALLOW',
  primaryFactor: 'PASSWORD_IDP',
  secondFactor: 'NEVER',
  factorMinutes: 15,
  rememberByDefault: false,
  idleMinutes: 120,
  hasLifetime: false,
  lifetimeMinutes: DAY,
  persistent: false,
})

export function signOnToForm(rule: PolicyRule): SignOnValues {
  const { signon } = rule.actions
  const start = { ...newSignOnRule(), ...peopleToForm(rule), name: rule.name }
  if (!signon) return { ...start, access: 'DENY' }
  const { maxSessionIdleMinutes, maxSessionLifetimeMinutes, usePersistentCookie } = signon.session
  return {
    ...start,
    access: signon.access,
    primaryFactor: signon.primaryFactor,
    secondFactor: signon.requireFactor ? (signon.factorPromptMode ?? 'ALWAYS') : 'NEVER',
    factorMinutes: signon.factorPromptMode === 'SESSION' ? (signon.factorLifetime ?? 0) : start.factorMinutes,
    rememberByDefault: signon.rememberDeviceByDefault,
    idleMinutes: maxSessionIdleMinutes,
    hasLifetime: maxSessionLifetimeMinutes > 0,
    lifetimeMinutes: maxSessionLifetimeMinutes || start.lifetimeMinutes,
    persistent: usePersistentCookie,
  }
}

export function signOnToRequest(values: SignOnValues, former?: PolicyRule): RuleBody {
  return {
    name: values.name.trim(),
    conditions: conditionsToRequest(values, former?.conditions),
    actions: { signon: signOnOf(values) },
  }
}

/** What the values say, to be kept or told. */
export function signOnOf(values: SignOnValues): SignOn {
  const { access, primaryFactor, secondFactor, rememberByDefault } = values
  return {
    access,
    primaryFactor,
    requireFactor: secondFactor !== 'NEVER',
    ...(secondFactor !== 'NEVER' && {
      factorPromptMode: secondFactor,
      factorLifetime: secondFactor === 'SESSION' ? Number(values.factorMinutes) : 0,
    }),
    rememberDeviceByDefault: rememberByDefault,
    session: {
      usePersistentCookie: values.persistent,
      maxSessionIdleMinutes: Number(values.idleMinutes),
      maxSessionLifetimeMinutes: values.hasLifetime ? Number(values.lifetimeMinutes) : 0,
    },
  }
}
