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

const policyColumns = ({ name, priority, status, lastUpdated, description, conditions, settings }: Policy) => ({
  name,
  priority,
  status,
  last_updated: lastUpdated,
  doc: write({ description, ...(conditions && { conditions }), ...(settings && { settings }) }),
})

/** Without its rules. */
export function* insertPolicy(tx: OrgDb, policy: Policy): Unit<void> {
  const { id, type, system, created } = policy
  yield* run(tx.insert('policy', { ...policyColumns(policy), id, type, system: system ? 1 : 0, created }))
}

/** Without its rules. */
export function* updatePolicy(tx: OrgDb, policy: Policy): Unit<void> {
  yield* run(tx.update('policy').set(policyColumns(policy)).where('id', '=', policy.id))
}

/** With its rules. */
export function* deletePolicy(tx: OrgDb, id: string): Unit<void> {
  yield* run(tx.deleteFrom('policy_rule').where('policy_id', '=', id))
  yield* run(tx.deleteFrom('policy').where('id', '=', id))
}

const ruleColumns = ({ name, priority, status, lastUpdated, policyType, conditions, actions }: PolicyRule) => ({
  name,
  priority,
  status,
  last_updated: lastUpdated,
  doc: write({ policyType, ...(conditions && { conditions }), actions }),
})

export function* insertRule(tx: OrgDb, rule: PolicyRule): Unit<void> {
  const { policyId, id, system, created } = rule
  yield* run(
    tx.insert('policy_rule', { ...ruleColumns(rule), policy_id: policyId, id, system: system ? 1 : 0, created }),
  )
}

export function* updateRule(tx: OrgDb, rule: PolicyRule): Unit<void> {
  const { policyId, id } = rule
  yield* run(tx.update('policy_rule').set(ruleColumns(rule)).where('policy_id', '=', policyId).where('id', '=', id))
}

export function* deleteRule(tx: OrgDb, { policyId, id }: Pick<PolicyRule, 'policyId' | 'id'>): Unit<void> {
  yield* run(tx.deleteFrom('policy_rule').where('policy_id', '=', policyId).where('id', '=', id))
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
