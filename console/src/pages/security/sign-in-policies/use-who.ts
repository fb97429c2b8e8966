import { useNames } from '../../../api/names.ts'
import type { Policy } from '../../../api/types.ts'
import { groupsOf } from './policy-values.ts'
import type { RulePeopleValues } from './rule-people.ts'
import { whoeverIsIn } from './who-words.ts'

/** Whom a rule of the policy is for, in words that begin a sentence. */
export function useWho(policy: Policy, people: RulePeopleValues): string {
  const ofPolicy = useNames('group', groupsOf(policy))
  const users = useNames('person', people.people === 'named' ? people.users : [])
  const groups = useNames('group', people.people === 'named' ? people.groups : [])
  const exceptions = people.exceptUsers.length + people.exceptGroups.length
  return whoeverIsIn({
    policyGroups: policy.system ? undefined : ofPolicy,
    users,
    groups,
    exceptions,
  })
}
