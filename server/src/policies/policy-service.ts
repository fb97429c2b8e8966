// Policies that administrators make, replace, switch on and off and delete. The order of the others closes up or makes room; what belongs
// to the system can be changed, and neither deleted nor switched off.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { findGroups } from '#groups/service.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { without } from '#kernel/priority.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { ordered, writeOrder } from './change-order.ts'
import { changePolicies, policyTarget } from './change-policies.ts'
import { policyIn } from './manage-service.ts'
import { type Document, memberOf, type OrgPolicy, type PolicyStatus, wordsOf } from './policy.ts'
import { type PolicyDraft, policyFault, readOnlyFault } from './policy-draft.ts'
import { deletePolicy, insertPolicy, updatePolicy } from './store.ts'

/** @throws {Refusal} validation_failed */
export async function createPolicy(deps: Deps, caller: Caller, draft: PolicyDraft): Promise<OrgPolicy> {
  const now = deps.now()
  const id = newId('policy', now, deps.random)
  return changePolicies(deps, caller, function* (tx, policies) {
    const fault = policyFault(draft, policies)
    if (fault) throw fault
    yield* checkGroups(tx, draft.groupIds, [])
    const { type, name, description, status = 'ACTIVE', settings } = draft
    const conditions = conditionsOf(draft)
    const times = { created: now, lastUpdated: now }
    const fresh: OrgPolicy = {
      ...times,
      id,
      type,
      name,
      description,
      status,
      priority: 0,
      system: false,
      conditions,
      settings,
      rules: [],
    }
    const before = policies.get(type) ?? []
    const after = ordered(before, fresh, draft.priority)
    const policy = policyIn(new Map([[type, after]]), id)
    yield* insertPolicy(tx, policy)
    yield* writeOrder(before, after, (one) => updatePolicy(tx, one))
    yield* logChange(tx, deps, caller, { eventType: 'policy.lifecycle.create', targets: [policyTarget(policy)] })
    return policy
  })
}

/** @throws {Refusal} not_found, validation_failed */
export async function replacePolicy(deps: Deps, caller: Caller, id: string, draft: PolicyDraft): Promise<OrgPolicy> {
  const now = deps.now()
  return changePolicies(deps, caller, function* (tx, policies) {
    const current = policyIn(policies, id)
    const fault = policyFault(draft, policies, current)
    if (fault) throw fault
    // A group that was deleted since may stay named.
    yield* checkGroups(tx, draft.groupIds, groupIdsOf(current.conditions))
    const { type, name, description, status = current.status, settings } = draft
    const conditions = current.system ? current.conditions : conditionsOf(draft)
    const changed = { ...current, name, description, status, conditions, settings, lastUpdated: now }
    const before = policies.get(type) ?? []
    const after = ordered(before, changed, draft.priority)
    const policy = policyIn(new Map([[type, after]]), id)
    yield* updatePolicy(tx, policy)
    yield* writeOrder(before, after, (one) => updatePolicy(tx, one))
    yield* logChange(tx, deps, caller, { eventType: 'policy.lifecycle.update', targets: [policyTarget(policy)] })
    return policy
  })
}

/** Setting it again changes nothing. @throws {Refusal} not_found, forbidden for the system's own */
export async function setPolicyStatus(deps: Deps, caller: Caller, id: string, status: PolicyStatus): Promise<void> {
  const now = deps.now()
  await changePolicies(deps, caller, function* (tx, policies) {
    const policy = changeable(policyIn(policies, id))
    if (policy.status === status) return
    yield* updatePolicy(tx, { ...policy, status, lastUpdated: now })
    const eventType = `policy.lifecycle.${status === 'ACTIVE' ? 'activate' : 'deactivate'}`
    yield* logChange(tx, deps, caller, { eventType, targets: [policyTarget(policy)] })
  })
}

/** With its rules. @throws {Refusal} not_found, forbidden for the system's own */
export async function removePolicy(deps: Deps, caller: Caller, id: string): Promise<void> {
  await changePolicies(deps, caller, function* (tx, policies) {
    const policy = changeable(policyIn(policies, id))
    const before = policies.get(policy.type) ?? []
    yield* deletePolicy(tx, id)
    yield* writeOrder(before, without(before, id), (one) => updatePolicy(tx, one))
    yield* logChange(tx, deps, caller, { eventType: 'policy.lifecycle.delete', targets: [policyTarget(policy)] })
  })
}

function changeable(policy: OrgPolicy): OrgPolicy {
  if (policy.system) throw new Refusal('forbidden')
  const fault = readOnlyFault(policy.type)
  if (fault) throw fault
  return policy
}

function* checkGroups(tx: OrgDb, ids: readonly string[], known: readonly string[]): Unit<void> {
  const asked = ids.filter((id) => !known.includes(id))
  const found = (yield* findGroups(tx, asked)).map(({ id }) => id)
  const unknown = asked.find((id) => !found.includes(id))
  if (unknown !== undefined)
    throw invalid('people', `conditions.people.groups.include: '${unknown}' is not the id of a group`)
}

const groupIdsOf = (conditions: Document | undefined): readonly string[] =>
  wordsOf(memberOf(memberOf(conditions, 'people'), 'groups'), 'include')

const conditionsOf = ({ type, groupIds }: PolicyDraft): Document => ({
  people: { groups: { include: groupIds } },
  ...(type === 'PASSWORD' ? { authProvider: { provider: 'OKTA' } } : {}),
})
