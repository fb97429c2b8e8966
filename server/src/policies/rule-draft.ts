// What a rule of a policy may be (spec of sign-in: 6.1–6.4). Pure.
import { invalid, type Refusal } from '#kernel/refusal.ts'
import type { Document, OrgPolicy, PolicyRule } from './policy.ts'
import { NAMED_MAX, nameFault, readOnlyFault } from './policy-draft.ts'

/** What can be set of a rule; the rest is ours. */
export interface RuleDraft {
  readonly name: string
  /** Absent: it keeps its place, and a new one goes last. The system's own is last whatever is said. */
  readonly priority: number | undefined
  /** Absent: it stays what it is, and a new one is active. */
  readonly status: PolicyRule['status'] | undefined
  readonly people: RulePeople
  /** As they are kept: with `people` in them. */
  readonly conditions: Document
  readonly actions: Document
}

export interface RulePeople {
  readonly users: { readonly include: readonly string[]; readonly exclude: readonly string[] }
  readonly groups: { readonly include: readonly string[]; readonly exclude: readonly string[] }
}

const RULES_MAX = 100

/** The refusal of a rule that would be made, or put in the place of `current`, if any; whether people are there is asked of their rooms. */
export function ruleFault(draft: RuleDraft, policy: OrgPolicy, current?: PolicyRule): Refusal | undefined {
  const others = policy.rules.filter(({ id }) => id !== current?.id)
  const fault = readOnlyFault(policy.type) ?? nameFault(draft, others)
  if (fault) return fault
  if (draft.priority !== undefined && draft.priority < 1)
    return invalid('priority', 'priority: The field must be greater than or equal to 1')
  const { users, groups } = draft.people
  const named = [users.include, users.exclude, groups.include, groups.exclude]
  if (named.reduce((sum, list) => sum + list.length, 0) > NAMED_MAX)
    return invalid('people', `conditions.people: At most ${NAMED_MAX} users and groups can be named`)
  if (!current && others.length >= RULES_MAX)
    return invalid('PolicyRule', `A policy can have at most ${RULES_MAX} rules`)
  return current?.system ? systemFault(draft, named) : undefined
}

function systemFault({ status }: RuleDraft, named: readonly (readonly string[])[]): Refusal | undefined {
  if (named.some((list) => list.length > 0))
    return invalid('conditions', 'conditions: The conditions of the default rule cannot be changed')
  return status === 'INACTIVE' ? invalid('status', 'status: The default rule cannot be deactivated') : undefined
}
