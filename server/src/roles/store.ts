// The rows of `role_assignment`.
import type { OrgDb } from '#db/org-db.ts'
import type { RoleAssignmentRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { instant } from '#kernel/instant.ts'
import { isRoleType, type RoleAssignment } from './role.ts'

/** What this release does not know as a role grants nothing and is not shown. */
function toAssignment(row: RoleAssignmentRow): readonly RoleAssignment[] {
  if (!isRoleType(row.type)) return []
  const { id, type } = row
  return [{ id, userId: row.user_id, type, created: instant(row.created), lastUpdated: instant(row.last_updated) }]
}

/** @throws {Conflict} on `type` when the person holds the role already */
export function* insertAssignment(tx: OrgDb, { id, userId, type, created, lastUpdated }: RoleAssignment): Unit<void> {
  yield* run(tx.insert('role_assignment', { id, user_id: userId, type, created, last_updated: lastUpdated }))
}

export function* selectAssignments(tx: OrgDb, userId: string): Unit<readonly RoleAssignment[]> {
  const rows = yield* all(tx.from('role_assignment').selectAll().where('user_id', '=', userId).orderBy('id'))
  return rows.flatMap(toAssignment)
}

export function* removeAssignment(tx: OrgDb, userId: string, id: string): Unit<boolean> {
  const removed = yield* first(
    tx.deleteFrom('role_assignment').where('user_id', '=', userId).where('id', '=', id).returning('id'),
  )
  return removed !== undefined
}

export function* removeAssignments(tx: OrgDb, userId: string): Unit<void> {
  yield* run(tx.deleteFrom('role_assignment').where('user_id', '=', userId))
}
