// Policies on the wire.
import { lifecycleLink, link } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import type { OrgPolicy, Policy, PolicyRule } from './policy.ts'
import { ruleTypeOf } from './rule-schema.ts'

// What belongs to the system can be neither deleted nor deactivated.
const edit = (system: boolean): readonly string[] => (system ? ['GET', 'PUT'] : ['GET', 'PUT', 'DELETE'])

const lifecycle = (self: string, { system, status }: Pick<Policy, 'system' | 'status'>) =>
  system ? {} : lifecycleLink(self, status)

export function policyToWire(orgUrl: string, policy: OrgPolicy, withRules = false) {
  const self = `${orgUrl}/api/v1/policies/${policy.id}`
  const embedded = {
    ...(policy.type === 'ACCESS_POLICY' ? { resourceType: 'APP' } : {}),
    ...(withRules ? { rules: policy.rules.map((rule) => ruleToWire(orgUrl, rule)) } : {}),
  }
  return {
    id: policy.id,
    status: policy.status,
    name: policy.name,
    description: policy.description,
    priority: policy.priority,
    system: policy.system,
    conditions: policy.conditions ?? null,
    created: isoText(policy.created),
    lastUpdated: isoText(policy.lastUpdated),
    ...(policy.settings ? { settings: policy.settings } : {}),
    _links: {
      self: link(self, ...edit(policy.system)),
      rules: link(`${self}/rules`, 'GET', 'POST'),
      ...lifecycle(self, policy),
    },
    ...(Object.keys(embedded).length > 0 ? { _embedded: embedded } : {}),
    type: policy.type,
  }
}

export function ruleToWire(orgUrl: string, rule: PolicyRule) {
  const self = `${orgUrl}/api/v1/policies/${rule.policyId}/rules/${rule.id}`
  return {
    id: rule.id,
    status: rule.status,
    name: rule.name,
    priority: rule.priority,
    created: isoText(rule.created),
    lastUpdated: isoText(rule.lastUpdated),
    system: rule.system,
    conditions: rule.conditions ?? null,
    actions: rule.actions,
    _links: { self: link(self, ...edit(rule.system)), ...lifecycle(self, rule) },
    type: ruleTypeOf(rule.policyType),
  }
}
