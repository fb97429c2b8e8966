// The rows of `user_group` and `group_member`. A name is unique in the org under its search key.
import type { OrgDb } from '#db/org-db.ts'
import { prepared } from '#db/prepared.ts'
import type { GroupRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import { type Group, MANUAL, nameKey } from './group.ts'
import type { Condition } from './group-query.ts'

const VERSION = 1

const writeProfile = (profile: Group['profile']): string => JSON.stringify({ v: VERSION, profile })

function toGroup(row: GroupRow): Group {
  const { profile } = JSON.parse(row.profile) as { profile: Group['profile'] }
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    profile,
    created: instant(row.created),
    lastUpdated: instant(row.last_updated),
    lastMembershipUpdated: instant(row.last_membership_updated),
  }
}

export function* selectGroupCount(tx: OrgDb): Unit<number> {
  const row = yield* first(tx.from('user_group').select(({ fn }) => fn.countAll<number>().as('count')))
  return row?.count ?? 0
}

export function* selectGroup(tx: OrgDb, id: string): Unit<Group | undefined> {
  const row = yield* first(tx.from('user_group').selectAll().where('id', '=', id))
  return row && toGroup(row)
}

export function* selectGroupsById(tx: OrgDb, ids: readonly string[]): Unit<readonly Group[]> {
  if (ids.length === 0) return []
  const rows = yield* all(tx.from('user_group').selectAll().where('id', 'in', ids))
  return rows.map(toGroup)
}

export function* selectGroupByName(tx: OrgDb, name: string): Unit<Group | undefined> {
  const row = yield* first(tx.from('user_group').selectAll().where('name_key', '=', nameKey(name)))
  return row && toGroup(row)
}

/** @throws {Conflict} on `name_key` */
export function* insertGroup(tx: OrgDb, group: Group): Unit<void> {
  yield* run(
    tx.insert('user_group', {
      id: group.id,
      type: group.type,
      name: group.name,
      name_key: nameKey(group.name),
      profile: writeProfile(group.profile),
      created: group.created,
      last_updated: group.lastUpdated,
      last_membership_updated: group.lastMembershipUpdated,
    }),
  )
}

/** @throws {Conflict} on `name_key` */
export function* updateGroup(tx: OrgDb, { id, name, profile, lastUpdated }: Group): Unit<void> {
  const row = { name, name_key: nameKey(name), profile: writeProfile(profile), last_updated: lastUpdated }
  yield* run(tx.update('user_group').set(row).where('id', '=', id))
}

/** The group and its memberships; what else refers to it has gone before. */
export function* removeGroup(tx: OrgDb, id: string): Unit<void> {
  yield* run(tx.deleteFrom('group_member').where('group_id', '=', id))
  yield* run(tx.deleteFrom('user_group').where('id', '=', id))
}

/** False when the person was a member already. */
export function* insertMember(tx: OrgDb, groupId: string, userId: string, now: Instant): Unit<boolean> {
  const added = yield* first(
    tx
      .insert('group_member', { group_id: groupId, user_id: userId, source: MANUAL, created: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('user_id'),
  )
  return added !== undefined
}

/** False when the person was no member. */
export function* removeMember(tx: OrgDb, groupId: string, userId: string): Unit<boolean> {
  const removed = yield* first(
    tx.deleteFrom('group_member').where('group_id', '=', groupId).where('user_id', '=', userId).returning('user_id'),
  )
  return removed !== undefined
}

export function* removeMemberships(tx: OrgDb, userId: string): Unit<void> {
  yield* run(tx.deleteFrom('group_member').where('user_id', '=', userId))
}

export function* touchMembership(tx: OrgDb, groupId: string, now: Instant): Unit<void> {
  yield* run(tx.update('user_group').set({ last_membership_updated: now }).where('id', '=', groupId))
}

/** The groups that a person is in, in the order of their ids. */
export function* selectGroupsOf(tx: OrgDb, userId: string): Unit<readonly Group[]> {
  const ids = tx.from('group_member').select('group_id').where('user_id', '=', userId)
  const rows = yield* all(tx.from('user_group').selectAll().where('id', 'in', ids).orderBy('id'))
  return rows.map(toGroup)
}

/** The ids of the groups that a person is a member of. */
export function* selectMemberships(tx: OrgDb, userId: string): Unit<readonly string[]> {
  const rows = yield* all(membershipRows(tx, { userId }))
  return rows.map(({ group_id }) => group_id)
}

const membershipRows = prepared((tx, { userId }: { userId: string }) =>
  tx.from('group_member').select('group_id').distinct().where('user_id', '=', userId),
)

export interface GroupList {
  readonly conditions: readonly Condition[]
  readonly after: string | undefined
  readonly limit: number
}

/** In the order of ids; one more than the page holds, where there is one more. */
export function* selectGroups(tx: OrgDb, { conditions, after, limit }: GroupList): Unit<readonly Group[]> {
  let query = tx.from('user_group').selectAll()
  for (const condition of conditions) query = query.where(condition)
  if (after !== undefined) query = query.where('id', '>', after)
  const rows = yield* all(query.orderBy('id').limit(limit + 1))
  return rows.map(toGroup)
}
