// For whom a rule counts, as a form shows it, and back. Pure.
import type { RuleBody } from '../../../api/policies.ts'
import type { PolicyRule } from '../../../api/types.ts'

export type RulePeopleValues = {
  people: 'everyone' | 'named'
  /** Ids. */
  users: string[]
  groups: string[]
  exceptUsers: string[]
  exceptGroups: string[]
}

export const EVERYONE: RulePeopleValues = {
  people: 'everyone',
  users: [],
  groups: [],
  exceptUsers: [],
  exceptGroups: [],
}

export function peopleToForm({ conditions }: Pick<PolicyRule, 'conditions'>): RulePeopleValues {
  const { users, groups } = conditions?.people ?? {}
  const [included, includedGroups] = [[...(users?.include ?? [])], [...(groups?.include ?? [])]]
  return {
    people: included.length + includedGroups.length === 0 ? 'everyone' : 'named',
    users: included,
    groups: includedGroups,
    exceptUsers: [...(users?.exclude ?? [])],
    exceptGroups: [...(groups?.exclude ?? [])],
  }
}

/** The other conditions stay as they were. */
export function conditionsToRequest(
  { people, users, groups, exceptUsers, exceptGroups }: RulePeopleValues,
  former: PolicyRule['conditions'] | undefined,
): NonNullable<RuleBody['conditions']> {
  const isNamed = people === 'named'
  return {
    ...former,
    people: {
      users: { include: isNamed ? users : [], exclude: exceptUsers },
      groups: { include: isNamed ? groups : [], exclude: exceptGroups },
    },
  }
}

export const peopleProblem = ({ people, users, groups }: RulePeopleValues): string | undefined =>
  people === 'named' && users.length + groups.length === 0 ? 'Name at least one user or group' : undefined

/** As it is, for a change of its place alone. */
export const ruleAsItIs = ({ name, conditions, actions }: PolicyRule): RuleBody => ({ name, conditions, actions })

/** Where the API's members are called otherwise than the form's. */
export const PEOPLE_FIELDS = {
  people: 'users',
  'conditions.people': 'users',
  'conditions.people.users': 'users',
  'conditions.people.groups': 'groups',
}
