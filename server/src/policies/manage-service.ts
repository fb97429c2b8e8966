// What administrators read of the org's policies, on the configuration as it is now.
import type { Caller } from '#kernel/caller.ts'
import { searchKey } from '#kernel/login-key.ts'
import { notFound } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import type { OrgPolicy, Policies, PolicyRule } from './policy.ts'
import type { PolicyQuery } from './policy-query.ts'

type Doors = Pick<Deps, 'config'>

/** One more than the page holds, where there is one more. By priority. */
export async function listPolicies(
  { config }: Doors,
  caller: Caller,
  { type, status, q, sort, page }: PolicyQuery,
): Promise<readonly OrgPolicy[]> {
  const { policies } = await config.fresh(caller.org)
  const key = searchKey(q)
  const found = (policies.get(type) ?? []).filter(
    (policy) => (status === undefined || policy.status === status) && searchKey(policy.name).startsWith(key),
  )
  const sorted = sort === 'name' ? found.toSorted(byName) : found
  // A page begins behind the policy that ended the one before it, wherever that stands by now.
  const at = page.after === undefined ? 0 : sorted.findIndex(({ id }) => id === page.after) + 1
  return sorted.slice(at, at + page.limit + 1)
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
