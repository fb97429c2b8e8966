// The only SQL on `policy` and `policy_rule`.
import type { OrgDb } from '#db/org-db.ts'
import type { PolicyRow, PolicyRuleRow } from '#db/tables.ts'
import { all, run, type Unit } from '#db/unit.ts'
import { instant } from '#kernel/instant.ts'
import type { Document, OrgPolicy, Policy, PolicyRule, PolicyType } from './policy.ts'

const VERSION = 1

interface PolicyDoc {
  readonly description: string
  readonly conditions?: Document
  readonly settings?: Document
}

interface RuleDoc {
  readonly policyType: PolicyType
  readonly conditions?: Document
  readonly actions: Document
}

const write = (doc: PolicyDoc | RuleDoc): string => JSON.stringify({ v: VERSION, ...doc })

export function* insertPolicy(tx: OrgDb, policy: Policy): Unit<void> {
  const { description, conditions, settings } = policy
  yield* run(
    tx.insert('policy', {
      id: policy.id,
      type: policy.type,
      name: policy.name,
      priority: policy.priority,
      status: policy.status,
      system: policy.system ? 1 : 0,
      created: policy.created,
      last_updated: policy.lastUpdated,
      doc: write({ description, ...(conditions && { conditions }), ...(settings && { settings }) }),
    }),
  )
}

export function* insertRule(tx: OrgDb, rule: PolicyRule): Unit<void> {
  const { policyType, conditions, actions } = rule
  yield* run(
    tx.insert('policy_rule', {
      policy_id: rule.policyId,
      id: rule.id,
      name: rule.name,
      priority: rule.priority,
      status: rule.status,
      system: rule.system ? 1 : 0,
      created: rule.created,
      last_updated: rule.lastUpdated,
      doc: write({ policyType, ...(conditions && { conditions }), actions }),
    }),
  )
}

/** Every policy with its rules; those of a type by priority. */
export function* findAllPolicies(tx: OrgDb): Unit<readonly OrgPolicy[]> {
  const policies = yield* all(tx.from('policy').selectAll().orderBy('type').orderBy('priority').orderBy('id'))
  const rules = yield* all(tx.from('policy_rule').selectAll().orderBy('priority').orderBy('id'))
  const byPolicy = Map.groupBy(rules.map(toRule), ({ policyId }) => policyId)
  return policies.map((row) => ({ ...toPolicy(row), rules: byPolicy.get(row.id) ?? [] }))
}

function toPolicy(row: PolicyRow): Policy {
  const { description, conditions, settings } = JSON.parse(row.doc) as PolicyDoc
  return {
    id: row.id,
    type: row.type as PolicyType,
    name: row.name,
    description,
    status: row.status,
    priority: row.priority,
    system: row.system === 1,
    created: instant(row.created),
    lastUpdated: instant(row.last_updated),
    conditions,
    settings,
  }
}

function toRule(row: PolicyRuleRow): PolicyRule {
  const { policyType, conditions, actions } = JSON.parse(row.doc) as RuleDoc
  return {
    id: row.id,
    policyId: row.policy_id,
    policyType,
    name: row.name,
    status: row.status,
    priority: row.priority,
    system: row.system === 1,
    created: instant(row.created),
    lastUpdated: instant(row.last_updated),
    conditions,
    actions,
  }
}
