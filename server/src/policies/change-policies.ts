// A change of the org's policies, decided on the rows as they are in its own transaction; and the order of policies and rules, in which
// what belongs to the system stays last.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { moved, placed } from '#kernel/priority.ts'
import { changeConfig } from '#orgs/service.ts'
import type { Target } from '#system-log/event.ts'
import type { Deps } from '../deps.ts'
import type { Policies, Policy, PolicyRule } from './policy.ts'
import { loadPolicies } from './service.ts'

export const changePolicies = <T>(
  deps: Deps,
  caller: Caller,
  make: (tx: OrgDb, policies: Policies) => Unit<T>,
): Promise<T> =>
  changeConfig(deps, caller, function* (tx) {
    return yield* make(tx, yield* loadPolicies(tx))
  })

interface Ordered {
  readonly id: string
  readonly priority: number
  readonly system: boolean
}

/** The list with the item at the place that it wishes for, and the system's own behind all of them. */
export function ordered<T extends Ordered>(list: readonly T[], item: T, wish: number | undefined): readonly T[] {
  const free = list.filter(({ system }) => !system)
  const own = list.filter(({ system, id }) => system && id !== item.id)
  return item.system ? numbered([...free, item]) : numbered([...placed(free, item, wish), ...own])
}

const numbered = <T extends Ordered>(list: readonly T[]): readonly T[] =>
  list.map((one, at) => ({ ...one, priority: at + 1 }))

/** Writes the places of the others, where they are new. */
export function* writeOrder<T extends Ordered>(
  before: readonly T[],
  after: readonly T[],
  write: (one: T) => Unit<void>,
): Unit<void> {
  for (const one of moved(before, after)) yield* write(one)
}

export const policyTarget = ({ id, name }: Pick<Policy, 'id' | 'name'>): Target => ({
  id,
  type: 'PolicyEntity',
  alternateId: 'unknown',
  displayName: name,
})

export const ruleTarget = ({ id, name }: Pick<PolicyRule, 'id' | 'name'>): Target => ({
  id,
  type: 'PolicyRule',
  alternateId: 'unknown',
  displayName: name,
})
