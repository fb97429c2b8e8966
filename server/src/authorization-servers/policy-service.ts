// Access policies of custom servers: made, replaced, switched on and off, deleted. The order of the others closes up or makes room.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { moved, placed, without } from '#kernel/priority.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import type { AccessPolicy, AuthorizationServer } from './authorization-server.ts'
import { changeServer } from './change-server.ts'
import { policyIn } from './manage-service.ts'
import { type PolicyDraft, policyFault } from './policy-draft.ts'
import { deletePolicy, insertPolicy, updatePolicy } from './policy-store.ts'

export interface ChangedPolicy {
  readonly server: AuthorizationServer
  readonly policy: AccessPolicy
}

/** @throws {Refusal} not_found, validation_failed */
export async function createPolicy(
  deps: Deps,
  caller: Caller,
  serverId: string,
  draft: PolicyDraft,
): Promise<ChangedPolicy> {
  const { appsByClientId } = await deps.config.fresh(caller.org)
  const now = deps.now()
  const id = newId('policy', now, deps.random)
  return changeServer(deps, caller, serverId, function* (tx, server) {
    const fault = policyFault(draft, (clientId) => appsByClientId.has(clientId))
    if (fault) throw fault
    const { priority, status = 'ACTIVE', ...rest } = draft
    const fresh = { ...rest, id, status, priority: 0, system: false, created: now, lastUpdated: now, rules: [] }
    const policies = placed(server.policies, fresh, priority)
    const policy = policyIn(policies, id)
    yield* insertPolicy(tx, server.id, policy)
    yield* writeOrder(tx, server.policies, policies)
    yield* logChange(tx, deps, caller, event('create', policy))
    return { server, policy }
  })
}

/** @throws {Refusal} not_found, validation_failed */
export async function replacePolicy(
  deps: Deps,
  caller: Caller,
  serverId: string,
  id: string,
  draft: PolicyDraft,
): Promise<ChangedPolicy> {
  const { appsByClientId } = await deps.config.fresh(caller.org)
  const now = deps.now()
  return changeServer(deps, caller, serverId, function* (tx, server) {
    const current = policyIn(server.policies, id)
    // A client that was deleted since may stay named.
    const fault = policyFault(draft, (clientId) => appsByClientId.has(clientId) || current.clients.includes(clientId))
    if (fault) throw fault
    const { priority, status = current.status, ...rest } = draft
    const policies = placed(server.policies, { ...current, ...rest, status, lastUpdated: now }, priority)
    const policy = policyIn(policies, id)
    yield* updatePolicy(tx, policy)
    yield* writeOrder(tx, server.policies, policies)
    yield* logChange(tx, deps, caller, event('update', policy))
    return { server, policy }
  })
}

/** Setting it again changes nothing. @throws {Refusal} not_found */
export async function setPolicyStatus(
  deps: Deps,
  caller: Caller,
  serverId: string,
  id: string,
  status: AccessPolicy['status'],
): Promise<void> {
  const now = deps.now()
  await changeServer(deps, caller, serverId, function* (tx, server) {
    const policy = policyIn(server.policies, id)
    if (policy.status === status) return
    yield* updatePolicy(tx, { ...policy, status, lastUpdated: now })
    yield* logChange(tx, deps, caller, event(status === 'ACTIVE' ? 'activate' : 'deactivate', policy))
  })
}

/** With its rules. @throws {Refusal} not_found */
export async function removePolicy(deps: Deps, caller: Caller, serverId: string, id: string): Promise<void> {
  await changeServer(deps, caller, serverId, function* (tx, server) {
    const policy = policyIn(server.policies, id)
    yield* deletePolicy(tx, id)
    yield* writeOrder(tx, server.policies, without(server.policies, id))
    yield* logChange(tx, deps, caller, event('delete', policy))
  })
}

function* writeOrder(tx: OrgDb, before: readonly AccessPolicy[], after: readonly AccessPolicy[]): Unit<void> {
  for (const policy of moved(before, after)) yield* updatePolicy(tx, policy)
}

const event = (what: string, { id, name }: AccessPolicy) => ({
  eventType: `policy.lifecycle.${what}`,
  targets: [{ id, type: 'PolicyEntity', alternateId: 'unknown', displayName: name }],
})
