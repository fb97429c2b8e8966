// Who else administers the org, and who in a group does.
import type { OrgDb } from '#db/org-db.ts'
import { all, first, type Unit } from '#db/unit.ts'

/** Whether an active person other than this one holds the role of super administrator. */
export function* hasOtherSuperAdministrator(tx: OrgDb, userId: string): Unit<boolean> {
  const active = tx.from('user').select('id').where('status', '=', 'ACTIVE')
  const other = yield* first(
    tx
      .from('role_assignment')
      .select('user_id')
      .where('type', '=', 'SUPER_ADMIN')
      .where('user_id', '<>', userId)
      .where('user_id', 'in', active)
      .limit(1),
  )
  return other !== undefined
}

/** Super administrators who can sign in as far as their status goes. */
export function* selectSuperAdministratorsInUse(tx: OrgDb): Unit<readonly string[]> {
  const inUse = tx.from('user').select('id').where('status', 'in', ['ACTIVE', 'PASSWORD_EXPIRED'])
  const rows = yield* all(
    tx.from('role_assignment').select('user_id').where('type', '=', 'SUPER_ADMIN').where('user_id', 'in', inUse),
  )
  return rows.map((row) => row.user_id)
}

/** The person who has administered the org for longest, of those whom no other administrator has sent away. */
export function* longestSuperAdministrator(tx: OrgDb): Unit<string | undefined> {
  const away = tx.from('user').select('id').where('status', 'in', ['SUSPENDED', 'DEPROVISIONED'])
  const row = yield* first(
    tx
      .from('role_assignment')
      .select('user_id')
      .where('type', '=', 'SUPER_ADMIN')
      .where('user_id', 'not in', away)
      .orderBy('id')
      .limit(1),
  )
  return row?.user_id
}

/** Members of a group who hold a role. */
export function* administratorsIn(tx: OrgDb, groupId: string): Unit<readonly string[]> {
  const members = tx.from('group_member').select('user_id').where('group_id', '=', groupId)
  const rows = yield* all(tx.from('role_assignment').select('user_id').distinct().where('user_id', 'in', members))
  return rows.map((row) => row.user_id)
}
