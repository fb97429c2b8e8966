// What the console shows first: how much there is of what the caller may read. Nothing is kept for it; it is counted when it is asked.
import { isBuiltIn } from '#apps/built-in-app.ts'
import { countGroups } from '#groups/service.ts'
import { type Caller, personOf } from '#kernel/caller.ts'
import { type Permission, permits } from '#kernel/permission.ts'
import { countRefusedOfDay } from '#refused-requests/service.ts'
import { countUsers } from '#users/count-service.ts'
import type { UserStatus } from '#users/user.ts'
import type { Deps } from '../deps.ts'

/** What the caller may not read is absent. */
export interface Counts {
  readonly apps: { readonly active: number; readonly inactive: number } | undefined
  readonly users: ReadonlyMap<UserStatus, number> | undefined
  readonly groups: number | undefined
  /** Kinds of refused requests that were seen in the last day. */
  readonly refusedLastDay: number | undefined
}

export async function countEverything(deps: Deps, caller: Caller): Promise<Counts> {
  const roles = personOf(caller)?.roles ?? []
  const where = async <T>(permission: Permission, count: () => Promise<T>): Promise<T | undefined> =>
    permits(roles, permission) ? count() : undefined
  const [apps, users, groups, refusedLastDay] = await Promise.all([
    where('okta.apps.read', () => countApps(deps, caller)),
    where('okta.users.read', () => countUsers(deps, caller)),
    where('okta.groups.read', () => countGroups(deps, caller)),
    where('okta.logs.read', () => countRefusedOfDay(deps, caller)),
  ])
  return { apps, users, groups, refusedLastDay }
}

async function countApps(deps: Deps, { org }: Caller) {
  const apps = [...(await deps.config.fresh(org)).appsById.values()].filter((app) => !isBuiltIn(app))
  const active = apps.filter(({ status }) => status === 'ACTIVE').length
  return { active, inactive: apps.length - active }
}
