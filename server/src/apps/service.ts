// Apps for other rooms and the engine: the snapshot's part, who may use an app, and what they compose into their units when people and
// groups go. Whoever loses an app loses its tokens in the same unit.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { loadFeatures } from '#features/service.ts'
import type { Instant } from '#kernel/instant.ts'
import { notFound } from '#kernel/refusal.ts'
import type { SeedContext } from '#orgs/service.ts'
import type { Deps } from '../deps.ts'
import type { App } from './app.ts'
import type { Assignment } from './assignment.ts'
import { deleteAppGroup, deleteAssignmentsOfUser, selectAppsOfGroup } from './assignment-store.ts'
import { selectAppIdsOf, selectAssignment, selectMembersWithout } from './assignment-view.ts'
import { adminConsoleApp, isBuiltIn, placed } from './built-in-app.ts'
import { admitsEveryone } from './feature-rules.ts'
import { insertApp, selectApp, selectApps } from './store.ts'

/** Every app of the org with its secrets, for the snapshot; the console's redirect URI is where the console is. */
export function* loadApps(tx: OrgDb, consoleRedirectUri: string): Unit<readonly App[]> {
  const apps = yield* selectApps(tx)
  return apps.map((app) => placed(app, [consoleRedirectUri]))
}

/** The Admin Console of a fresh org. */
export function* seedAdminConsole(tx: OrgDb, { org, now }: SeedContext): Unit<void> {
  yield* insertApp(tx, adminConsoleApp(org.id, now))
}

/** An app that somebody has made. @throws {Refusal} not_found */
export function* existingApp(tx: OrgDb, id: string): Unit<App> {
  // PostgreSQL's text cannot hold the character NUL, nor be asked for it.
  const app = id.includes('\0') ? undefined : yield* selectApp(tx, id)
  if (!app || isBuiltIn(app)) throw notFound(id, 'AppInstance')
  return app
}

/** What a person is to an app: assigned themselves, else by the group that comes first; undefined is not assigned. */
export const findAssignment = (tx: OrgDb, appId: string, userId: string): Unit<Assignment | undefined> =>
  selectAssignment(tx, appId, userId)

/** Every app that is assigned to a person, directly or by a group; not those that are open to everyone. */
export function* assignedAppIds(tx: OrgDb, userId: string): Unit<ReadonlySet<string>> {
  return new Set(yield* selectAppIdsOf(tx, userId))
}

/** Part of deleting a person. */
export const removeUserFromApps = (tx: OrgDb, userId: string): Unit<void> => deleteAssignmentsOfUser(tx, userId)

/** Part of deleting a group, while it still has its members: who has an app by nothing else loses it with its tokens. */
export function* removeGroupFromApps(
  tx: OrgDb,
  deps: Pick<Deps, 'revocation'>,
  groupId: string,
  now: Instant,
): Unit<void> {
  for (const appId of yield* selectAppsOfGroup(tx, groupId)) {
    const app = yield* selectApp(tx, appId)
    if (app) yield* withdrawGroup(tx, deps, app, groupId, now)
  }
}

/** Takes an app from a group, and its tokens from those members who have it by nothing else. Whether the group had it. */
export function* withdrawGroup(
  tx: OrgDb,
  { revocation }: Pick<Deps, 'revocation'>,
  app: App,
  groupId: string,
  now: Instant,
): Unit<boolean> {
  if (!(yield* deleteAppGroup(tx, app.id, groupId))) return false
  if (admitsEveryone(app, yield* loadFeatures(tx))) return true
  for (const userId of yield* selectMembersWithout(tx, app.id, groupId))
    yield* revocation.ofUserAndApp(tx, userId, app.id, now)
  return true
}

/** Part of taking a person out of a group, after it: apps that they have by nothing else take their tokens back. */
export function* withdrawAppsOfGroup(
  tx: OrgDb,
  { revocation }: Pick<Deps, 'revocation'>,
  { groupId, userId }: { readonly groupId: string; readonly userId: string },
  now: Instant,
): Unit<void> {
  const features = yield* loadFeatures(tx)
  for (const appId of yield* selectAppsOfGroup(tx, groupId)) {
    const app = yield* selectApp(tx, appId)
    if (app && !admitsEveryone(app, features) && !(yield* findAssignment(tx, appId, userId)))
      yield* revocation.ofUserAndApp(tx, userId, appId, now)
  }
}
