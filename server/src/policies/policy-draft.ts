// What a policy may be (spec of sign-in: 6.1). Pure. Policies of apps, of profiles and of routing are read only.
import { hasControlCharacters } from '#kernel/control-characters.ts'
import { invalid, type Refusal, taken } from '#kernel/refusal.ts'
import type { Document, OrgPolicy, Policies, Policy, PolicyType } from './policy.ts'

/** What can be set of a policy; the rest is ours. */
export interface PolicyDraft {
  readonly type: PolicyType
  readonly name: string
  readonly description: string
  /** Absent: it keeps its place, and a new one goes last. The system's own is last whatever is said. */
  readonly priority: number | undefined
  /** Absent: it stays what it is, and a new one is active. */
  readonly status: Policy['status'] | undefined
  /** Whom it is for. */
  readonly groupIds: readonly string[]
  readonly settings: Document | undefined
}

const MANAGED_TYPES = ['OKTA_SIGN_ON', 'PASSWORD', 'MFA_ENROLL'] as const

const NAME_MAX = 255
const DESCRIPTION_MAX = 1_024
export const NAMED_MAX = 500
const POLICIES_MAX = 5_000

/** The refusal of a policy that would be made, or put in the place of `current`, if any; whether the groups are there is asked of their room. */
export function policyFault(draft: PolicyDraft, policies: Policies, current?: OrgPolicy): Refusal | undefined {
  const others = (policies.get(draft.type) ?? []).filter(({ id }) => id !== current?.id)
  if (current && draft.type !== current.type) return invalid('type', 'type: The type of a policy cannot be changed')
  const fault = readOnlyFault(draft.type) ?? nameFault(draft, others) ?? textFault('description', draft.description)
  if (fault) return fault
  if (draft.priority !== undefined && draft.priority < 1)
    return invalid('priority', 'priority: The field must be greater than or equal to 1')
  if (current?.system) return systemFault(draft, current)
  if (draft.groupIds.length === 0)
    return invalid('people', 'conditions.people.groups.include: At least one group must be named')
  if (draft.groupIds.length > NAMED_MAX)
    return invalid('people', `conditions.people.groups.include: At most ${NAMED_MAX} groups can be named`)
  const count = [...policies.values()].reduce((sum, ofType) => sum + ofType.length, 0)
  return !current && count >= POLICIES_MAX
    ? invalid('Policy', `An organization can have at most ${POLICIES_MAX} policies`)
    : undefined
}

/** Some types are there to be read. */
export function readOnlyFault(type: PolicyType): Refusal | undefined {
  if (MANAGED_TYPES.some((managed) => managed === type)) return undefined
  return invalid('type', `type: Policies of the type '${type}' can only be read`)
}

function systemFault({ groupIds, status }: PolicyDraft, { conditions }: OrgPolicy): Refusal | undefined {
  const current = JSON.stringify(conditions ?? {})
  if (groupIds.length > 0 && !groupIds.every((id) => current.includes(`"${id}"`)))
    return invalid('conditions', 'conditions: The conditions of the default policy cannot be changed')
  return status === 'INACTIVE' ? invalid('status', 'status: The default policy cannot be deactivated') : undefined
}

interface Named {
  readonly name: string
}

/** Of a policy or a rule among the others of its kind. */
export function nameFault({ name }: Named, others: readonly Named[]): Refusal | undefined {
  if (name.trim() === '') return invalid('name', 'name: The field cannot be left blank')
  if (name.length > NAME_MAX) return invalid('name', `name: The field cannot be longer than ${NAME_MAX} characters`)
  if (hasControlCharacters(name) || !name.isWellFormed()) return invalid('name', 'name: The field is not valid')
  return others.some((other) => other.name === name) ? taken('name') : undefined
}

function textFault(field: string, text: string): Refusal | undefined {
  if (text.length > DESCRIPTION_MAX)
    return invalid(field, `${field}: The field cannot be longer than ${DESCRIPTION_MAX} characters`)
  return text.includes('\0') || !text.isWellFormed() ? invalid(field, `${field}: The field is not valid`) : undefined
}
