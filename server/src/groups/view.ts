// Reading across rooms: how many people and apps groups have. Nothing is written.
import type { OrgDb } from '#db/org-db.ts'
import { all, type Unit } from '#db/unit.ts'
import type { GroupStats } from './group.ts'

/** By group; every id that is asked for is in it. */
export function* selectStats(tx: OrgDb, ids: readonly string[]): Unit<ReadonlyMap<string, GroupStats>> {
  if (ids.length === 0) return new Map()
  const people = yield* all(
    tx
      .from('group_member')
      .select('group_id')
      .select((eb) => eb.fn.count<number>('user_id').distinct().as('count'))
      .where('group_id', 'in', ids)
      .groupBy('group_id'),
  )
  const apps = yield* all(
    tx
      .from('app_group')
      .select('group_id')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('group_id', 'in', ids)
      .groupBy('group_id'),
  )
  const users = new Map(people.map((row) => [row.group_id, row.count]))
  const assigned = new Map(apps.map((row) => [row.group_id, row.count]))
  return new Map(ids.map((id) => [id, { usersCount: users.get(id) ?? 0, appsCount: assigned.get(id) ?? 0 }]))
}
