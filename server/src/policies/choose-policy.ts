// Which policy of a type, and which of its rules, is a person's (spec of sign-in: 6.1). Pure. By priority, the first policy whose groups
// hold the person and of which an active rule applies to them; a policy without one is passed over. The system's own is for everybody.
import {
  type Document,
  memberOf,
  type OrgPolicy,
  type Policies,
  type PolicyRule,
  type PolicyType,
  wordsOf,
} from './policy.ts'

/** What choosing needs to know of a person. Somebody who is not there yet has no id, and nobody no groups. */
export interface PolicyPerson {
  readonly userId: string
  readonly groupIds: readonly string[]
}

export interface ChosenPolicy {
  readonly policy: OrgPolicy
  readonly rule: PolicyRule
}

/** Undefined only where the type has no policy with an active rule that fits: never in an org that holds its system policies. */
export function choosePolicy(policies: Policies, type: PolicyType, person: PolicyPerson): ChosenPolicy | undefined {
  for (const policy of policies.get(type) ?? []) {
    const rule = isFor(policy, person) ? chooseRule(policy, person) : undefined
    if (rule) return { policy, rule }
  }
  return undefined
}

/** The first active rule that applies. */
export const chooseRule = ({ rules }: Pick<OrgPolicy, 'rules'>, person: PolicyPerson): PolicyRule | undefined =>
  rules.find((rule) => rule.status === 'ACTIVE' && applies(rule, person))

function isFor({ status, system, conditions }: OrgPolicy, { groupIds }: PolicyPerson): boolean {
  if (system) return true
  if (status !== 'ACTIVE') return false
  const { include } = named(memberOf(memberOf(conditions, 'people'), 'groups'))
  return include.some((id) => groupIds.includes(id))
}

/** Nobody signs in by RADIUS or LDAP here: a rule for these waits for nobody. */
export function isForSomebody({ system, conditions }: Pick<PolicyRule, 'system' | 'conditions'>): boolean {
  const { authType = 'ANY' } = memberOf(conditions, 'authContext')
  return system || authType === 'ANY'
}

function applies(rule: PolicyRule, { userId, groupIds }: PolicyPerson): boolean {
  const { system, conditions } = rule
  if (system) return true
  const people = memberOf(conditions, 'people')
  const users = named(memberOf(people, 'users'))
  const groups = named(memberOf(people, 'groups'))
  if (users.exclude.includes(userId) || groups.exclude.some((id) => groupIds.includes(id))) return false
  const isAnybody = users.include.length === 0 && groups.include.length === 0
  if (!isAnybody && !users.include.includes(userId) && !groups.include.some((id) => groupIds.includes(id))) return false
  return isForSomebody(rule)
}

const named = (condition: Document) => ({
  include: wordsOf(condition, 'include'),
  exclude: wordsOf(condition, 'exclude'),
})
