// The policies of an org. Read here; changed by the management of policies.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { searchKey } from '#kernel/login-key.ts'
import { notFound } from '#kernel/refusal.ts'
import type { SeedContext } from '#orgs/service.ts'
import type { Deps } from '../deps.ts'
import { defaultPolicies } from './default-policies.ts'
import {
  DEFAULT_SESSION_RULE,
  type Policy,
  type PolicyRule,
  type PolicyType,
  type SessionRule,
  sessionRuleOf,
} from './policy.ts'
import { findDefaultRule, findPolicies, findPolicy, findRules, insertPolicy, insertRule } from './store.ts'

/** The default policy of each type, with its rule, of a fresh org. */
export function* seedDefaultPolicies(tx: OrgDb, { now, random }: SeedContext, everyoneGroupId: string): Unit<void> {
  for (const { policy, rule } of defaultPolicies(now, random, everyoneGroupId)) {
    yield* insertPolicy(tx, policy)
    yield* insertRule(tx, rule)
  }
}

/** How long a new session lasts: by the default rule of the global session policy. */
export function* loadSessionRule(tx: OrgDb): Unit<SessionRule> {
  const rule = yield* findDefaultRule(tx, 'OKTA_SIGN_ON')
  return rule ? sessionRuleOf(rule.actions) : DEFAULT_SESSION_RULE
}

export interface PolicyListing {
  readonly type: PolicyType
  readonly status: string | undefined
  /** A beginning of the name. */
  readonly q: string
  readonly withRules: boolean
}

export interface PolicyWithRules {
  readonly policy: Policy
  /** Where they were asked for. */
  readonly rules: readonly PolicyRule[] | undefined
}

type Doors = Pick<Deps, 'db'>

/** By priority. */
export function listPolicies(
  { db }: Doors,
  caller: Caller,
  listing: PolicyListing,
): Promise<readonly PolicyWithRules[]> {
  const tx = db.for(caller.org)
  const key = searchKey(listing.q)
  return db.scan(
    (function* () {
      const policies = yield* findPolicies(tx, listing.type)
      const found: PolicyWithRules[] = []
      for (const policy of policies) {
        if (listing.status !== undefined && policy.status !== listing.status) continue
        if (!searchKey(policy.name).startsWith(key)) continue
        found.push({ policy, rules: listing.withRules ? yield* findRules(tx, policy.id) : undefined })
      }
      return found
    })(),
  )
}

/** @throws {Refusal} not_found */
export async function getPolicy(
  { db }: Doors,
  caller: Caller,
  id: string,
): Promise<{ readonly policy: Policy; readonly rules: readonly PolicyRule[] }> {
  const tx = db.for(caller.org)
  const policy = id.includes('\0') ? undefined : await db.read(findPolicy(tx, id))
  if (!policy) throw notFound(id, 'Policy')
  return { policy, rules: await db.read(findRules(tx, id)) }
}

/** @throws {Refusal} not_found */
export async function getRule(deps: Doors, caller: Caller, policyId: string, ruleId: string): Promise<PolicyRule> {
  const { rules } = await getPolicy(deps, caller, policyId)
  const rule = rules.find(({ id }) => id === ruleId)
  if (!rule) throw notFound(ruleId, 'PolicyRule')
  return rule
}
