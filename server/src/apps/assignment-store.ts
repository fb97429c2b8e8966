// Rows ↔ assignments: the only SQL that writes `app_user` and `app_group`.
import type { OrgDb } from '#db/org-db.ts'
import type { AppGroupRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import { type AppGroup, type AppProfile, MANUAL } from './assignment.ts'

const VERSION = 1

export interface DirectAssignment {
  readonly appId: string
  readonly userId: string
  readonly userName: string
  readonly profile: AppProfile
}

/** @throws {Conflict} where the person has one already (from the write, not from here) */
export function* insertAppUser(
  tx: OrgDb,
  { appId, userId, userName, profile }: DirectAssignment,
  now: Instant,
): Unit<void> {
  yield* run(
    tx.insert('app_user', {
      app_id: appId,
      user_id: userId,
      source: MANUAL,
      created: now,
      last_updated: now,
      user_name: userName,
      profile: profileText(profile),
    }),
  )
}

/** Whether there was such a direct assignment. */
export function* updateAppUser(
  tx: OrgDb,
  { appId, userId, userName, profile }: DirectAssignment,
  now: Instant,
): Unit<boolean> {
  const update = tx
    .update('app_user')
    .set({ user_name: userName, profile: profileText(profile), last_updated: now })
    .where('app_id', '=', appId)
    .where('user_id', '=', userId)
    .where('source', '=', MANUAL)
  return (yield* first(update.returning('user_id'))) !== undefined
}

/** Whether there was a direct assignment. */
export function* deleteAppUser(tx: OrgDb, appId: string, userId: string): Unit<boolean> {
  const deletion = tx.deleteFrom('app_user').where('app_id', '=', appId).where('user_id', '=', userId)
  return (yield* first(deletion.returning('user_id'))) !== undefined
}

export function* selectAppGroup(tx: OrgDb, appId: string, groupId: string): Unit<AppGroup | undefined> {
  const row = yield* first(tx.from('app_group').selectAll().where('app_id', '=', appId).where('group_id', '=', groupId))
  return row && toAppGroup(row)
}

/** The apps that a group is assigned to. */
export function* selectAppsOfGroup(tx: OrgDb, groupId: string): Unit<readonly string[]> {
  const rows = yield* all(tx.from('app_group').select('app_id').where('group_id', '=', groupId).orderBy('app_id'))
  return rows.map((row) => row.app_id)
}

/** One more than the highest priority; 0 for the first group. */
export function* nextPriority(tx: OrgDb, appId: string): Unit<number> {
  const last = yield* first(
    tx.from('app_group').select('priority').where('app_id', '=', appId).orderBy('priority', 'desc').limit(1),
  )
  return last ? last.priority + 1 : 0
}

/** Makes room at a priority that another group has: that one and all after it move back by one. */
export function* freePriority(tx: OrgDb, appId: string, priority: number, exceptGroup: string): Unit<void> {
  const others = tx
    .from('app_group')
    .select('group_id')
    .where('app_id', '=', appId)
    .where('group_id', '!=', exceptGroup)
  if (!(yield* first(others.where('priority', '=', priority)))) return
  yield* run(
    tx
      .update('app_group')
      .set((eb) => ({ priority: eb('priority', '+', 1) }))
      .where('app_id', '=', appId)
      .where('group_id', '!=', exceptGroup)
      .where('priority', '>=', priority),
  )
}

export function* insertAppGroup(tx: OrgDb, appId: string, group: AppGroup): Unit<void> {
  yield* run(
    tx.insert('app_group', {
      app_id: appId,
      group_id: group.groupId,
      priority: group.priority,
      created: group.created,
      last_updated: group.lastUpdated,
      profile: profileText(group.profile),
    }),
  )
}

export function* updateAppGroup(
  tx: OrgDb,
  appId: string,
  { groupId, priority, profile, lastUpdated }: AppGroup,
): Unit<void> {
  yield* run(
    tx
      .update('app_group')
      .set({ priority, profile: profileText(profile), last_updated: lastUpdated })
      .where('app_id', '=', appId)
      .where('group_id', '=', groupId),
  )
}

/** Whether the group was assigned. */
export function* deleteAppGroup(tx: OrgDb, appId: string, groupId: string): Unit<boolean> {
  const deletion = tx.deleteFrom('app_group').where('app_id', '=', appId).where('group_id', '=', groupId)
  return (yield* first(deletion.returning('group_id'))) !== undefined
}

/** Every assignment of an app, before its row goes. */
export function* deleteAssignmentsOfApp(tx: OrgDb, appId: string): Unit<void> {
  yield* run(tx.deleteFrom('app_user').where('app_id', '=', appId))
  yield* run(tx.deleteFrom('app_group').where('app_id', '=', appId))
}

/** Every direct assignment of a person, before their row goes. */
export function* deleteAssignmentsOfUser(tx: OrgDb, userId: string): Unit<void> {
  yield* run(tx.deleteFrom('app_user').where('user_id', '=', userId))
}

export const parseProfile = (text: string): AppProfile => (JSON.parse(text) as { profile: AppProfile }).profile

const profileText = (profile: AppProfile): string => JSON.stringify({ v: VERSION, profile })

export const toAppGroup = (row: AppGroupRow): AppGroup => ({
  groupId: row.group_id,
  priority: row.priority,
  profile: parseProfile(row.profile),
  created: instant(row.created),
  lastUpdated: instant(row.last_updated),
})
