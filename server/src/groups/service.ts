// Groups for other rooms: what a person is a member of, and the built-in group that holds everybody.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { notFound, Refusal } from '#kernel/refusal.ts'
import type { SeedContext } from '#orgs/service.ts'
import type { Target } from '#system-log/event.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { EVERYONE, type Group, type GroupType, targetOf } from './group.ts'
import {
  insertGroup,
  insertMember,
  removeMemberships,
  selectGroup,
  selectGroupByName,
  selectGroupCount,
  selectGroupsById,
  selectGroupsOf,
  selectMemberships,
  touchMembership,
} from './store.ts'

export function* seedEveryone(tx: OrgDb, { now, random }: SeedContext): Unit<void> {
  yield* insertGroup(tx, {
    id: newId('group', now, random),
    type: 'BUILT_IN',
    name: EVERYONE,
    profile: { description: 'All users in your organization' },
    created: now,
    lastUpdated: now,
    lastMembershipUpdated: now,
  })
}

/**
 * Part of making a person. The group's own row is left alone: every creation would wait for the one before it.
 * @throws Error when the org has no such group
 */
export function* addToEveryone(tx: OrgDb, userId: string, now: Instant): Unit<void> {
  yield* insertMember(tx, yield* getEveryoneId(tx), userId, now)
}

/** @throws Error when the org has no such group */
export function* getEveryoneId(tx: OrgDb): Unit<string> {
  const everyone = yield* selectGroupByName(tx, EVERYONE)
  if (everyone?.type !== 'BUILT_IN') throw new Error(`the org ${tx.org} has no group ${EVERYONE}`)
  return everyone.id
}

/** Those of the ids that are groups, in no order; a page of them at most. */
export const findGroups = (tx: OrgDb, ids: readonly string[]): Unit<readonly Group[]> => selectGroupsById(tx, ids)

export const findGroup = (tx: OrgDb, id: string): Unit<Group | undefined> => selectGroup(tx, id)

/** What a person is a member of, in the order of the groups' ids. */
export function* groupIdsOf(
  tx: OrgDb,
  userId: string,
): Unit<readonly { readonly id: string; readonly name: string; readonly type: GroupType }[]> {
  const groups = yield* selectGroupsOf(tx, userId)
  return groups.map(({ id, name, type }) => ({ id, name, type }))
}

/** The ids alone, for decisions that go by them. */
export const membershipsOf = (tx: OrgDb, userId: string): Unit<readonly string[]> => selectMemberships(tx, userId)

export const countGroups = (deps: Pick<Deps, 'db'>, caller: Caller): Promise<number> =>
  deps.db.scan(selectGroupCount(deps.db.for(caller.org)))

/** Part of deleting a person. */
export const removeFromAllGroups = (tx: OrgDb, userId: string): Unit<void> => removeMemberships(tx, userId)

export interface Joining {
  readonly groupId: string
  readonly user: Target
  readonly now: Instant
}

/** Makes an existing person a member, with its event; nothing happens to one who is. @throws {Refusal} not_found, forbidden */
export function* joinGroup(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random'>,
  caller: Caller,
  { groupId, user, now }: Joining,
): Unit<void> {
  const group = yield* getOpenGroup(tx, groupId)
  if (!(yield* insertMember(tx, groupId, user.id, now))) return
  yield* touchMembership(tx, groupId, now)
  yield* logChange(tx, deps, caller, { eventType: 'group.user_membership.add', targets: [user, targetOf(group)] })
}

/** A group whose members are chosen by hand. @throws {Refusal} not_found, forbidden */
export function* getOpenGroup(tx: OrgDb, groupId: string): Unit<Group> {
  const group = groupId.includes('\0') ? undefined : yield* selectGroup(tx, groupId)
  if (!group) throw notFound(groupId, 'UserGroup')
  if (group.type !== 'OKTA_GROUP') throw new Refusal('forbidden')
  return group
}
