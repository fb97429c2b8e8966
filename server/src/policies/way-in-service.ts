// Whether anybody is left who can mend the org's policies: a change after which no super administrator could sign in is refused, and the
// reset on the host, which is the way back from what came about otherwise, puts a policy first that lets its person in.
import { factorsOf } from '#authenticators/service.ts'
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { getEveryoneId } from '#groups/service.ts'
import { newId, type RandomBytes } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { invalid } from '#kernel/refusal.ts'
import { superAdministratorsInUse } from '#roles/service.ts'
import { ordered, writeOrder } from './change-order.ts'
import type { PolicyPerson } from './choose-policy.ts'
import { enrollmentOf } from './enrollment.ts'
import type { Policies, PolicyRule } from './policy.ts'
import { loadPolicies, readPolicyPerson } from './service.ts'
import { decideSignOn } from './sign-on.ts'
import { deletePolicy, insertPolicy, insertRule, updatePolicy } from './store.ts'

/** Whether these policies let a person in who knows their password: with a factor that they have, or may set up. */
function mayComeIn(policies: Policies, person: PolicyPerson, hasFactor: boolean): boolean {
  const signOn = decideSignOn(policies, person)
  if (signOn.access === 'DENY') return false
  if (signOn.factor === undefined || hasFactor) return true
  const { prompt, factors } = enrollmentOf(policies, person)
  return prompt !== 'NEVER' && Object.values(factors).some((demand) => demand !== 'NOT_ALLOWED')
}

function* comesIn(tx: OrgDb, policies: Policies, userId: string): Unit<boolean> {
  const person = yield* readPolicyPerson(tx, userId)
  const factors = yield* factorsOf(tx, userId)
  return mayComeIn(
    policies,
    person,
    factors.some(({ status }) => status === 'ACTIVE'),
  )
}

/** Whether these policies let any super administrator in. */
function* somebodyComesIn(tx: OrgDb, policies: Policies): Unit<boolean> {
  for (const userId of yield* superAdministratorsInUse(tx)) if (yield* comesIn(tx, policies, userId)) return true
  return false
}

/**
 * Runs a change of policies that shuts nobody out who could mend it. Where nobody comes in before it either, it may be a step of mending.
 * @throws {Refusal} validation_failed for one after which no super administrator could sign in
 */
export function* keepingAWayIn<T>(tx: OrgDb, policies: Policies, change: Unit<T>): Unit<T> {
  const couldBefore = yield* somebodyComesIn(tx, policies)
  const result = yield* change
  if (couldBefore && !(yield* somebodyComesIn(tx, yield* loadPolicies(tx))))
    throw invalid('policy', 'policy: No super administrator could sign in any more after this change')
  return result
}

const NAME = 'Way back of the administrator'

/** Lets a person in with their password, by a policy before all others, where no policy does. */
export function* openWayIn(tx: OrgDb, random: RandomBytes, userId: string, now: Instant): Unit<boolean> {
  const policies = yield* loadPolicies(tx)
  if (yield* comesIn(tx, policies, userId)) return false
  const type = 'OKTA_SIGN_ON'
  const known = policies.get(type) ?? []
  for (const { id } of known.filter(({ name }) => name === NAME)) yield* deletePolicy(tx, id)
  const before = known.filter(({ name }) => name !== NAME)
  const times = { created: now, lastUpdated: now }
  const policy = {
    ...times,
    id: newId('policy', now, random),
    type,
    name: NAME,
    description: 'Made by a reset on the host, since no other policy let its person in. Delete it when it is mended.',
    status: 'ACTIVE',
    priority: 1,
    system: false,
    conditions: { people: { groups: { include: [yield* getEveryoneId(tx)] } } },
    settings: undefined,
    rules: [],
  } as const
  const rule: PolicyRule = {
    ...times,
    id: newId('policyRule', now, random),
    policyId: policy.id,
    policyType: type,
    name: NAME,
    status: 'ACTIVE',
    priority: 1,
    system: false,
    conditions: { people: { users: { include: [userId], exclude: [] } }, network: { connection: 'ANYWHERE' } },
    actions: { signon: { access: 'ALLOW', requireFactor: false, primaryFactor: 'PASSWORD_IDP' } },
  }
  yield* insertPolicy(tx, policy)
  yield* insertRule(tx, rule)
  yield* writeOrder(before, ordered(before, policy, 1), (one) => updatePolicy(tx, one))
  return true
}
