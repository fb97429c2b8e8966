// Rows ↔ access policies and their rules.
import type { OrgDb } from '#db/org-db.ts'
import { all, run, type Unit } from '#db/unit.ts'
import { instant } from '#kernel/instant.ts'
import type { AccessPolicy, AccessRule } from './authorization-server.ts'

const VERSION = 1

type PolicyDoc = Pick<AccessPolicy, 'name' | 'description' | 'system' | 'clients'>
type RuleDoc = Omit<AccessRule, 'id' | 'status' | 'priority' | 'created' | 'lastUpdated'>

const write = (doc: object): string => JSON.stringify({ v: VERSION, ...doc })
const parse = <T>(text: string): T => JSON.parse(text) as T

const policyColumns = ({ priority, status, lastUpdated, name, description, system, clients }: AccessPolicy) => ({
  priority,
  status,
  last_updated: lastUpdated,
  doc: write({ name, description, system, clients } satisfies PolicyDoc),
})

/** With its rules. */
export function* insertPolicy(tx: OrgDb, serverId: string, policy: AccessPolicy): Unit<void> {
  const { id, created } = policy
  yield* run(tx.insert('authorization_server_policy', { ...policyColumns(policy), server_id: serverId, id, created }))
  for (const rule of policy.rules) yield* insertRule(tx, policy.id, rule)
}

/** Without its rules. */
export function* updatePolicy(tx: OrgDb, policy: AccessPolicy): Unit<void> {
  yield* run(tx.update('authorization_server_policy').set(policyColumns(policy)).where('id', '=', policy.id))
}

/** With its rules. */
export function* deletePolicy(tx: OrgDb, id: string): Unit<void> {
  yield* run(tx.deleteFrom('authorization_server_rule').where('policy_id', '=', id))
  yield* run(tx.deleteFrom('authorization_server_policy').where('id', '=', id))
}

const ruleColumns = ({ id: _id, status, priority, created: _created, lastUpdated, ...doc }: AccessRule) => ({
  priority,
  status,
  last_updated: lastUpdated,
  doc: write(doc satisfies RuleDoc),
})

export function* insertRule(tx: OrgDb, policyId: string, rule: AccessRule): Unit<void> {
  const { id, created } = rule
  yield* run(tx.insert('authorization_server_rule', { ...ruleColumns(rule), policy_id: policyId, id, created }))
}

export function* updateRule(tx: OrgDb, rule: AccessRule): Unit<void> {
  yield* run(tx.update('authorization_server_rule').set(ruleColumns(rule)).where('id', '=', rule.id))
}

export function* deleteRule(tx: OrgDb, id: string): Unit<void> {
  yield* run(tx.deleteFrom('authorization_server_rule').where('id', '=', id))
}

/** Every policy of every server, by priority. */
export function* findPolicies(tx: OrgDb): Unit<readonly (AccessPolicy & { readonly serverId: string })[]> {
  const policies = yield* all(tx.from('authorization_server_policy').selectAll().orderBy('priority').orderBy('id'))
  const rules = yield* all(tx.from('authorization_server_rule').selectAll().orderBy('priority').orderBy('id'))
  return policies.map((row) => ({
    serverId: row.server_id,
    id: row.id,
    status: row.status,
    priority: row.priority,
    created: instant(row.created),
    lastUpdated: instant(row.last_updated),
    ...parse<PolicyDoc>(row.doc),
    rules: rules
      .filter((rule) => rule.policy_id === row.id)
      .map((rule) => ({
        ...parse<RuleDoc>(rule.doc),
        id: rule.id,
        status: rule.status,
        priority: rule.priority,
        created: instant(rule.created),
        lastUpdated: instant(rule.last_updated),
      })),
  }))
}
