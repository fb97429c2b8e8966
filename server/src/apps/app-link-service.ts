// The apps of one person as tiles. Which are theirs is read at each look; what the apps are is the configuration's.
import type { Caller } from '#kernel/caller.ts'
import { searchKey } from '#kernel/login-key.ts'
import type { Deps } from '../deps.ts'
import type { App } from './app.ts'
import { hasTile } from './app-link.ts'
import { admitsEveryone } from './feature-rules.ts'
import { assignedAppIds } from './service.ts'

/** Those that are assigned to the person, directly or by a group, or are open to everyone, in the order of their labels. */
export async function listAppLinks(
  deps: Pick<Deps, 'db' | 'config'>,
  caller: Pick<Caller, 'org'>,
  userId: string,
): Promise<readonly App[]> {
  const { appsById, features } = await deps.config.fresh(caller.org)
  const assigned = await deps.db.read(assignedAppIds(deps.db.for(caller.org), userId))
  const labelled = [...appsById.values()]
    .filter((app) => hasTile(app) && (assigned.has(app.id) || admitsEveryone(app, features)))
    .map((app) => ({ app, key: searchKey(app.label) }))
  return labelled
    .toSorted((one, other) => compare(one.key, other.key) || compare(one.app.id, other.app.id))
    .map(({ app }) => app)
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
