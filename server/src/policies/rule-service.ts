// Rules of policies: made, replaced, switched on and off, deleted. The order of the others closes up or makes room; what belongs to the
// system can be changed, and neither deleted nor switched off.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { findGroups } from '#groups/service.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { without } from '#kernel/priority.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { logChange } from '#system-log/service.ts'
import { findUsers } from '#users/service.ts'
import type { Deps } from '../deps.ts'
import { ordered, writeOrder } from './change-order.ts'
import { changePolicies, policyTarget, ruleTarget } from './change-policies.ts'
import { policyIn, ruleIn } from './manage-service.ts'
import type { OrgPolicy, PolicyRule, PolicyStatus } from './policy.ts'
import { readOnlyFault } from './policy-draft.ts'
import { type RuleDraft, type RulePeople, ruleFault } from './rule-draft.ts'
import { deleteRule, insertRule, updateRule } from './store.ts'

/** A rule by the ids that lead to it. */
export interface RulePath {
  readonly policyId: string
  readonly ruleId: string
}

/** What a rule may say depends on the policy's type. @throws {Refusal} validation_failed */
export type DraftOf = (policy: OrgPolicy) => RuleDraft

/** @throws {Refusal} not_found, validation_failed */
export async function createRule(deps: Deps, caller: Caller, policyId: string, draftOf: DraftOf): Promise<PolicyRule> {
  const now = deps.now()
  const id = newId('policyRule', now, deps.random)
  return changePolicies(deps, caller, function* (tx, policies) {
    const policy = policyIn(policies, policyId)
    const draft = draftOf(policy)
    const fault = ruleFault(draft, policy)
    if (fault) throw fault
    yield* checkPeople(tx, draft.people, undefined)
    const { name, status = 'ACTIVE', conditions, actions } = draft
    const own = { id, policyId, policyType: policy.type, priority: 0, system: false, created: now, lastUpdated: now }
    const after = ordered(policy.rules, { ...own, name, status, conditions, actions }, draft.priority)
    const rule = ruleIn({ rules: after }, id)
    yield* insertRule(tx, rule)
    yield* writeOrder(policy.rules, after, (one) => updateRule(tx, one))
    yield* logChange(tx, deps, caller, event('add', policy, rule))
    return rule
  })
}

/** @throws {Refusal} not_found, validation_failed */
export async function replaceRule(
  deps: Deps,
  caller: Caller,
  { policyId, ruleId }: RulePath,
  draftOf: DraftOf,
): Promise<PolicyRule> {
  const now = deps.now()
  return changePolicies(deps, caller, function* (tx, policies) {
    const policy = policyIn(policies, policyId)
    const current = ruleIn(policy, ruleId)
    const draft = draftOf(policy)
    const fault = ruleFault(draft, policy, current)
    if (fault) throw fault
    yield* checkPeople(tx, draft.people, current)
    const { name, status = current.status, actions } = draft
    const conditions = current.system ? current.conditions : draft.conditions
    const changed = { ...current, name, status, conditions, actions, lastUpdated: now }
    const after = ordered(policy.rules, changed, draft.priority)
    const rule = ruleIn({ rules: after }, ruleId)
    yield* updateRule(tx, rule)
    yield* writeOrder(policy.rules, after, (one) => updateRule(tx, one))
    yield* logChange(tx, deps, caller, event('update', policy, rule))
    return rule
  })
}

/** Setting it again changes nothing. @throws {Refusal} not_found, forbidden for the system's own */
export async function setRuleStatus(deps: Deps, caller: Caller, path: RulePath, status: PolicyStatus): Promise<void> {
  const now = deps.now()
  await changePolicies(deps, caller, function* (tx, policies) {
    const policy = policyIn(policies, path.policyId)
    const rule = changeable(policy, path.ruleId)
    if (rule.status === status) return
    yield* updateRule(tx, { ...rule, status, lastUpdated: now })
    yield* logChange(tx, deps, caller, event(status === 'ACTIVE' ? 'activate' : 'deactivate', policy, rule))
  })
}

/** @throws {Refusal} not_found, forbidden for the system's own */
export async function removeRule(deps: Deps, caller: Caller, { policyId, ruleId }: RulePath): Promise<void> {
  await changePolicies(deps, caller, function* (tx, policies) {
    const policy = policyIn(policies, policyId)
    const rule = changeable(policy, ruleId)
    yield* deleteRule(tx, rule)
    yield* writeOrder(policy.rules, without(policy.rules, ruleId), (one) => updateRule(tx, one))
    yield* logChange(tx, deps, caller, event('delete', policy, rule))
  })
}

function changeable(policy: OrgPolicy, ruleId: string): PolicyRule {
  const rule = ruleIn(policy, ruleId)
  if (rule.system) throw new Refusal('forbidden')
  const fault = readOnlyFault(policy.type)
  if (fault) throw fault
  return rule
}

/** Whoever was deleted since may stay named. */
function* checkPeople(tx: OrgDb, { users, groups }: RulePeople, current: PolicyRule | undefined): Unit<void> {
  const known = JSON.stringify(current?.conditions ?? {})
  const news = (ids: readonly string[]) => ids.filter((id) => !known.includes(JSON.stringify(id)))
  const [userIds, groupIds] = [news([...users.include, ...users.exclude]), news([...groups.include, ...groups.exclude])]
  const foundUsers = (yield* findUsers(tx, userIds)).map(({ id }) => id)
  const foundGroups = (yield* findGroups(tx, groupIds)).map(({ id }) => id)
  const user = userIds.find((id) => !foundUsers.includes(id))
  if (user !== undefined) throw invalid('people', `conditions.people.users: '${user}' is not the id of a user`)
  const group = groupIds.find((id) => !foundGroups.includes(id))
  if (group !== undefined) throw invalid('people', `conditions.people.groups: '${group}' is not the id of a group`)
}

const event = (what: string, policy: OrgPolicy, rule: PolicyRule) => ({
  eventType: `policy.rule.${what}`,
  targets: [policyTarget(policy), ruleTarget(rule)],
})
