// The only SQL on `policy` and `policy_rule`.
import type { OrgDb } from '#db/org-db.ts'
import type { PolicyRow, PolicyRuleRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { instant } from '#kernel/instant.ts'
import type { Document, Policy, PolicyRule, PolicyType } from './policy.ts'

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

/** By priority. */
export function* findPolicies(tx: OrgDb, type: PolicyType): Unit<readonly Policy[]> {
  const rows = yield* all(tx.from('policy').selectAll().where('type', '=', type).orderBy('priority').orderBy('id'))
  return rows.map(toPolicy)
}

export function* findPolicy(tx: OrgDb, id: string): Unit<Policy | undefined> {
  const row = yield* first(tx.from('policy').selectAll().where('id', '=', id))
  return row && toPolicy(row)
}

/** By priority. */
export function* findRules(tx: OrgDb, policyId: string): Unit<readonly PolicyRule[]> {
  const query = tx.from('policy_rule').selectAll().where('policy_id', '=', policyId)
  const rows = yield* all(query.orderBy('priority').orderBy('id'))
  return rows.map(toRule)
}

/** The last rule of the system's own policy of a type. */
export function* findDefaultRule(tx: OrgDb, type: PolicyType): Unit<PolicyRule | undefined> {
  const row = yield* first(
    tx
      .from('policy_rule')
      .innerJoin('policy', (join) =>
        join.onRef('policy.org_id', '=', 'policy_rule.org_id').onRef('policy.id', '=', 'policy_rule.policy_id'),
      )
      .selectAll('policy_rule')
      .where('policy.type', '=', type)
      .where('policy.system', '=', 1)
      .where('policy_rule.system', '=', 1)
      .orderBy('policy_rule.priority', 'desc')
      .limit(1),
  )
  return row && toRule(row)
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
