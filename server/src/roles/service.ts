// Who administers the org. Roles are granted by super administrators alone, and one of them always remains.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { RoleType } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import type { SeedContext } from '#orgs/service.ts'
import { insertAssignment, removeAssignments, selectAssignments } from './store.ts'

export function* seedRole(tx: OrgDb, { now, random }: SeedContext, userId: string, type: RoleType): Unit<void> {
  yield* insertAssignment(tx, { id: newId('role', now, random), userId, type, created: now, lastUpdated: now })
}

export function* rolesOf(tx: OrgDb, userId: string): Unit<readonly RoleType[]> {
  const assignments = yield* selectAssignments(tx, userId)
  return assignments.map(({ type }) => type)
}

/** Part of deleting a person. */
export const removeRoles = (tx: OrgDb, userId: string): Unit<void> => removeAssignments(tx, userId)
