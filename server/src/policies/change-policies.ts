// A change of the org's policies, decided on the rows as they are in its own transaction.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { changeConfig } from '#orgs/service.ts'
import type { Target } from '#system-log/event.ts'
import type { Deps } from '../deps.ts'
import type { Policies, Policy, PolicyRule } from './policy.ts'
import { loadPolicies } from './service.ts'
import { keepingAWayIn } from './way-in-service.ts'

/** @throws {Refusal} validation_failed for one after which no super administrator could sign in */
export const changePolicies = <T>(
  deps: Deps,
  caller: Caller,
  make: (tx: OrgDb, policies: Policies) => Unit<T>,
): Promise<T> =>
  changeConfig(deps, caller, function* (tx) {
    const policies = yield* loadPolicies(tx)
    return yield* keepingAWayIn(tx, policies, make(tx, policies))
  })

export const policyTarget = ({ id, name }: Pick<Policy, 'id' | 'name'>): Target => ({
  id,
  type: 'PolicyEntity',
  alternateId: 'unknown',
  displayName: name,
})

export const ruleTarget = ({ id, name }: Pick<PolicyRule, 'id' | 'name'>): Target => ({
  id,
  type: 'PolicyRule',
  alternateId: 'unknown',
  displayName: name,
})
