// The policies of an org, for other rooms: they are configuration, part of the snapshot.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { membershipsOf } from '#groups/service.ts'
import type { Caller } from '#kernel/caller.ts'
import type { SeedContext } from '#orgs/service.ts'
import type { Deps } from '../deps.ts'
import type { PolicyPerson } from './choose-policy.ts'
import { defaultPolicies } from './default-policies.ts'
import { type Enrollment, enrollmentOf } from './enrollment.ts'
import { type PasswordPolicy, passwordPolicyFor } from './password-policy.ts'
import type { Policies } from './policy.ts'
import { findAllPolicies, insertPolicy, insertRule } from './store.ts'

/** The default policy of each type, with its rule, of a fresh org. */
export function* seedDefaultPolicies(tx: OrgDb, { now, random }: SeedContext, everyoneGroupId: string): Unit<void> {
  for (const { policy, rule } of defaultPolicies(now, random, everyoneGroupId)) {
    yield* insertPolicy(tx, policy)
    yield* insertRule(tx, rule)
  }
}

/** All of them, for the org's configuration. */
export function* loadPolicies(tx: OrgDb): Unit<Policies> {
  return Map.groupBy(yield* findAllPolicies(tx), ({ type }) => type)
}

/** What choosing a policy needs to know of a person; of nobody where the id is empty, by the same query. */
export function* readPolicyPerson(tx: OrgDb, userId: string): Unit<PolicyPerson> {
  return { userId, groupIds: yield* membershipsOf(tx, userId) }
}

/** The password policy of a person as it is now; without an id, of somebody who is in those groups from the beginning. */
export async function currentPasswordPolicy(
  deps: Pick<Deps, 'db' | 'config'>,
  caller: Pick<Caller, 'org'>,
  { userId = '', groupIds = [] }: Partial<PolicyPerson>,
): Promise<PasswordPolicy> {
  const { policies } = await deps.config.fresh(caller.org)
  const person = await deps.db.read(readPolicyPerson(deps.db.for(caller.org), userId))
  return passwordPolicyFor(policies, { userId, groupIds: [...person.groupIds, ...groupIds] })
}

/** Which factors a person may or must enrol, as it is now. */
export async function currentEnrollment(
  deps: Pick<Deps, 'db' | 'config'>,
  caller: Pick<Caller, 'org'>,
  userId: string,
): Promise<Enrollment> {
  const { policies } = await deps.config.fresh(caller.org)
  return enrollmentOf(policies, await deps.db.read(readPolicyPerson(deps.db.for(caller.org), userId)))
}
