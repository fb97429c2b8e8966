// Policies as values, for tests of decisions.
import { instant } from '#kernel/instant.ts'
import type { Document, OrgPolicy, Policies, PolicyRule, PolicyType } from './policy.ts'

const TIMES = { created: instant(0), lastUpdated: instant(0) }

type Changes = Partial<OrgPolicy> & { readonly actions?: Document; readonly conditionsOfRule?: Document }

/** A policy with one active rule. */
export function testPolicy(type: PolicyType, { actions = {}, conditionsOfRule, ...more }: Changes = {}): OrgPolicy {
  const policy = {
    ...TIMES,
    id: '00p1',
    type,
    name: 'Policy',
    description: '',
    status: 'ACTIVE' as const,
    priority: 1,
    system: false,
    conditions: undefined,
    settings: undefined,
    ...more,
  }
  return { ...policy, rules: more.rules ?? [testRule({ actions, conditions: conditionsOfRule })] }
}

export const testRule = (more: Partial<PolicyRule> = {}): PolicyRule => ({
  ...TIMES,
  id: '0pr1',
  policyId: '00p1',
  policyType: 'PASSWORD',
  name: 'Rule',
  status: 'ACTIVE',
  priority: 1,
  system: false,
  conditions: undefined,
  actions: {},
  ...more,
})

/** By type, in the order given. */
export const policiesOf = (...policies: readonly OrgPolicy[]): Policies => Map.groupBy(policies, ({ type }) => type)
