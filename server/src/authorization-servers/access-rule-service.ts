// Rules of access policies: made, replaced, switched on and off, deleted. The order of the others closes up or makes room.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { findGroup } from '#groups/service.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { moved, placed, without } from '#kernel/priority.ts'
import { invalid } from '#kernel/refusal.ts'
import { logChange } from '#system-log/service.ts'
import { findUser } from '#users/service.ts'
import type { Deps } from '../deps.ts'
import { type RuleDraft, ruleFault } from './access-rule-draft.ts'
import type { AccessPolicy, AccessRule, AuthorizationServer } from './authorization-server.ts'
import { changeServer } from './change-server.ts'
import { policyIn, ruleOf } from './manage-service.ts'
import { deleteRule, insertRule, updateRule } from './policy-store.ts'

export interface ChangedRule {
  readonly server: AuthorizationServer
  readonly policy: AccessPolicy
  readonly rule: AccessRule
}

/** A rule by the ids that lead to it. */
export interface RulePath {
  readonly serverId: string
  readonly policyId: string
  readonly ruleId: string
}

/** @throws {Refusal} not_found, validation_failed */
export async function createRule(
  deps: Deps,
  caller: Caller,
  { serverId, policyId }: Omit<RulePath, 'ruleId'>,
  draft: RuleDraft,
): Promise<ChangedRule> {
  const now = deps.now()
  const id = newId('policyRule', now, deps.random)
  return changeServer(deps, caller, serverId, function* (tx, server) {
    const policy = policyIn(server.policies, policyId)
    yield* check(tx, draft, server)
    const { priority, status = 'ACTIVE', ...rest } = draft
    const fresh = { ...rest, id, status, priority: 0, system: false, created: now, lastUpdated: now }
    const rules = placed(policy.rules, fresh, priority)
    const rule = ruleOf({ rules }, id)
    yield* insertRule(tx, policyId, rule)
    yield* writeOrder(tx, policy.rules, rules)
    yield* logChange(tx, deps, caller, event('add', policy, rule))
    return { server, policy, rule }
  })
}

/** @throws {Refusal} not_found, validation_failed */
export async function replaceRule(
  deps: Deps,
  caller: Caller,
  { serverId, policyId, ruleId }: RulePath,
  draft: RuleDraft,
): Promise<ChangedRule> {
  const now = deps.now()
  return changeServer(deps, caller, serverId, function* (tx, server) {
    const policy = policyIn(server.policies, policyId)
    const current = ruleOf(policy, ruleId)
    yield* check(tx, draft, server)
    const { priority, status = current.status, ...rest } = draft
    const rules = placed(policy.rules, { ...current, ...rest, status, lastUpdated: now }, priority)
    const rule = ruleOf({ rules }, ruleId)
    yield* updateRule(tx, rule)
    yield* writeOrder(tx, policy.rules, rules)
    yield* logChange(tx, deps, caller, event('update', policy, rule))
    return { server, policy, rule }
  })
}

/** Setting it again changes nothing. @throws {Refusal} not_found */
export async function setRuleStatus(
  deps: Deps,
  caller: Caller,
  { serverId, policyId, ruleId }: RulePath,
  status: AccessRule['status'],
): Promise<void> {
  const now = deps.now()
  await changeServer(deps, caller, serverId, function* (tx, server) {
    const policy = policyIn(server.policies, policyId)
    const rule = ruleOf(policy, ruleId)
    if (rule.status === status) return
    yield* updateRule(tx, { ...rule, status, lastUpdated: now })
    yield* logChange(tx, deps, caller, event(status === 'ACTIVE' ? 'activate' : 'deactivate', policy, rule))
  })
}

/** @throws {Refusal} not_found */
export async function removeRule(deps: Deps, caller: Caller, { serverId, policyId, ruleId }: RulePath): Promise<void> {
  await changeServer(deps, caller, serverId, function* (tx, server) {
    const policy = policyIn(server.policies, policyId)
    const rule = ruleOf(policy, ruleId)
    yield* deleteRule(tx, ruleId)
    yield* writeOrder(tx, policy.rules, without(policy.rules, ruleId))
    yield* logChange(tx, deps, caller, event('delete', policy, rule))
  })
}

function* check(tx: OrgDb, draft: RuleDraft, server: AuthorizationServer): Unit<void> {
  const fault = ruleFault(draft, server)
  if (fault) throw fault
  const { users, groups } = draft
  for (const id of [...users.include, ...users.exclude])
    if (!(yield* findUser(tx, id))) throw invalid('people', `conditions.people.users: '${id}' is not the id of a user`)
  for (const id of [...groups.include, ...groups.exclude])
    if (id !== 'EVERYONE' && !(yield* findGroup(tx, id)))
      throw invalid('people', `conditions.people.groups: '${id}' is not the id of a group`)
}

function* writeOrder(tx: OrgDb, before: readonly AccessRule[], after: readonly AccessRule[]): Unit<void> {
  for (const rule of moved(before, after)) yield* updateRule(tx, rule)
}

const event = (what: string, policy: AccessPolicy, rule: AccessRule) => ({
  eventType: `policy.rule.${what}`,
  targets: [
    { id: policy.id, type: 'PolicyEntity', alternateId: 'unknown', displayName: policy.name },
    { id: rule.id, type: 'PolicyRule', alternateId: 'unknown', displayName: rule.name },
  ],
})
