// What administrators read of the org's policies, on the configuration as it is now.
import type { Caller } from '#kernel/caller.ts'
import { searchKey } from '#kernel/login-key.ts'
import { notFound } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import type { OrgPolicy, Policies, PolicyRule } from './policy.ts'
import { type PolicyPage, type PolicyQuery, pageOf } from './policy-query.ts'

type Doors = Pick<Deps, 'config'>

/** A page of those that are asked for, by priority or by name. */
export async function listPolicies(
  { config }: Doors,
  caller: Caller,
  query: PolicyQuery,
): Promise<PolicyPage<OrgPolicy>> {
  const { policies } = await config.fresh(caller.org)
  const { type, status, q, sort } = query
  const key = searchKey(q)
  const found = (policies.get(type) ?? []).filter(
    (policy) => (status === undefined || policy.status === status) && searchKey(policy.name).startsWith(key),
  )
  return pageOf(sort === 'name' ? found.toSorted(byName) : found, query)
}

const byName = (one: OrgPolicy, other: OrgPolicy): number => {
  const [a, b] = [searchKey(one.name), searchKey(other.name)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** @throws {Refusal} not_found */
export async function getPolicy({ config }: Doors, caller: Caller, id: string): Promise<OrgPolicy> {
  return policyIn((await config.fresh(caller.org)).policies, id)
}

/** @throws {Refusal} not_found */
export async function getRule(deps: Doors, caller: Caller, policyId: string, ruleId: string): Promise<PolicyRule> {
  return ruleIn(await getPolicy(deps, caller, policyId), ruleId)
}

/** @throws {Refusal} not_found */
export function policyIn(policies: Policies, id: string): OrgPolicy {
  for (const ofType of policies.values()) {
    const policy = ofType.find((one) => one.id === id)
    if (policy) return policy
  }
  throw notFound(id, 'Policy')
}

/** @throws {Refusal} not_found */
export function ruleIn({ rules }: Pick<OrgPolicy, 'rules'>, id: string): PolicyRule {
  const rule = rules.find((one) => one.id === id)
  if (!rule) throw notFound(id, 'PolicyRule')
  return rule
}
