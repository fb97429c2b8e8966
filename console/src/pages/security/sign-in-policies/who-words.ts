// Whom a policy or a rule is for, in plain words that begin a sentence. Pure.
const SHOWN = 3

interface Who {
  /** What the groups of the policy are called; undefined for the default policy. */
  readonly policyGroups: readonly string[] | undefined
  /** Whom the rule names; nobody named is anybody of the policy. */
  readonly users: readonly string[]
  readonly groups: readonly string[]
  /** How many people and groups the rule leaves out. */
  readonly exceptions: number
}

export function whoeverIsIn({ policyGroups, users, groups, exceptions }: Who): string {
  const ofRule = [...(groups.length > 0 ? [`in ${oneOf(groups)}`] : []), ...(users.length > 0 ? [oneOf(users)] : [])]
  const ofPolicy = policyGroups === undefined ? 'caught by no other policy' : `in ${oneOf(policyGroups)}`
  const who = [ofPolicy, ...(ofRule.length > 0 ? [ofRule.join(' or ')] : [])].join(' and is ')
  const apart = exceptions === 0 ? '' : `, with ${exceptions === 1 ? 'one exception' : `${exceptions} exceptions`},`
  return `Whoever is ${who}${apart}`
}

function oneOf(names: readonly string[]): string {
  if (names.length === 0) return 'no group'
  const rest = names.length - SHOWN
  if (rest > 0) return `${names.slice(0, SHOWN).join(', ')} or ${rest} more`
  const [last, ...others] = names.toReversed()
  return others.length === 0 ? (last ?? '') : `${others.toReversed().join(', ')} or ${last}`
}
