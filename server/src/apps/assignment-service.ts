// The use cases of assignments. They are facts about people and groups, not configuration: they are read from the tables each time.
// Whoever has lost an app loses its tokens in the same unit.
import type { OrgDb } from '#db/org-db.ts'
import { refuseConflict } from '#db/refuse-conflict.ts'
import type { Unit } from '#db/unit.ts'
import { loadFeatures } from '#features/service.ts'
import type { Group } from '#groups/group.ts'
import { findGroup, findGroups } from '#groups/service.ts'
import { cutPage, type Page } from '#http/paging.ts'
import { type Caller, personOf } from '#kernel/caller.ts'
import { permits } from '#kernel/permission.ts'
import { invalid, notFound, Refusal } from '#kernel/refusal.ts'
import { logChange } from '#system-log/service.ts'
import { findUsers, getUser } from '#users/service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import type { App } from './app.ts'
import { groupAssigned, userAssigned } from './app-events.ts'
import {
  type AppGroup,
  type AppGroupDraft,
  type AppUser,
  type AppUserDraft,
  assignable,
  checkAppProfile,
  checkUserName,
  groupCursor,
  LOGIN_TEMPLATE,
  parseGroupCursor,
  userNameFrom,
} from './assignment.ts'
import {
  deleteAppUser,
  freePriority,
  insertAppGroup,
  insertAppUser,
  nextPriority,
  selectAppGroup,
  updateAppGroup,
  updateAppUser,
} from './assignment-store.ts'
import { selectAppGroups, selectAppUsers } from './assignment-view.ts'
import { admitsEveryone } from './feature-rules.ts'
import { existingApp, findAssignment, withdrawGroup } from './service.ts'

/** The people behind a page of assignments, by id; nobody where the caller may not read people. */
export async function peopleOf(
  deps: Deps,
  caller: Caller,
  page: readonly AppUser[],
): Promise<ReadonlyMap<string, User>> {
  if (!permits(personOf(caller)?.roles ?? [], 'okta.users.read')) return new Map()
  const ids = page.map(({ userId }) => userId)
  const users = await deps.db.read(findUsers(deps.db.for(caller.org), ids))
  return new Map(users.map((user) => [user.id, user]))
}

/** The groups behind a page of assignments, by id; none where the caller may not read groups. */
export async function groupsOf(
  deps: Deps,
  caller: Caller,
  page: readonly AppGroup[],
): Promise<ReadonlyMap<string, Group>> {
  if (!permits(personOf(caller)?.roles ?? [], 'okta.groups.read')) return new Map()
  const ids = page.map(({ groupId }) => groupId)
  const groups = await deps.db.read(findGroups(deps.db.for(caller.org), ids))
  return new Map(groups.map((group) => [group.id, group]))
}

export async function listAppUsers(
  deps: Deps,
  caller: Caller,
  appId: string,
  prefix: string | undefined,
  page: Page,
): Promise<{ readonly rows: readonly AppUser[]; readonly next?: string }> {
  const tx = deps.db.for(caller.org)
  return deps.db.scan(
    (function* () {
      yield* existingApp(tx, appId)
      return cutPage(yield* selectAppUsers(tx, appId, { prefix }, page), page, (appUser) => appUser.userId)
    })(),
  )
}

export async function getAppUser(deps: Deps, caller: Caller, appId: string, userId: string): Promise<AppUser> {
  const tx = deps.db.for(caller.org)
  return deps.db.read(
    (function* () {
      yield* existingApp(tx, appId)
      return yield* appUserOf(tx, appId, userId)
    })(),
  )
}

/**
 * Assigns a person. One who has the app by a group has it by themselves from now on.
 * @throws {Refusal} not_found, inactive_user, user_already_assigned, validation_failed
 */
export async function assignUser(
  deps: Deps,
  caller: Caller,
  { appId, userId }: { readonly appId: string; readonly userId: string },
  draft: AppUserDraft,
): Promise<AppUser> {
  if (draft.scope === 'GROUP') throw invalid('scope', "scope: A person is assigned with the scope 'USER'.")
  if (draft.userName !== undefined) checkUserName(draft.userName)
  checkAppProfile(draft.profile)
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const assignment = deps.db.write(function* () {
    const app = yield* existingApp(tx, appId)
    const user = yield* getUser(tx, userId)
    if (!assignable(user)) throw new Refusal('inactive_user')
    const userName = draft.userName ?? userNameFrom(templateOf(app), user)
    yield* insertAppUser(tx, { appId, userId, userName, profile: draft.profile ?? {} }, now)
    yield* logChange(tx, deps, caller, userAssigned('add', app, user, userName))
    return yield* appUserOf(tx, appId, userId)
  })
  return refuseConflict(assignment, () => new Refusal('user_already_assigned'))
}

/** Changes name and profile of somebody in an app; with the scope USER it makes an assignment by group a direct one. */
export async function updateAppUserOf(
  deps: Deps,
  caller: Caller,
  { appId, userId }: { readonly appId: string; readonly userId: string },
  draft: AppUserDraft,
): Promise<AppUser> {
  if (draft.userName !== undefined) checkUserName(draft.userName)
  checkAppProfile(draft.profile)
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  return deps.db.write(function* () {
    const app = yield* existingApp(tx, appId)
    const current = yield* appUserOf(tx, appId, userId)
    const user = yield* getUser(tx, userId)
    if (!assignable(user)) throw new Refusal('inactive_user')
    const { userName = current.userName, profile = current.profile } = draft
    const next = { appId, userId, userName, profile }
    if (current.scope === 'USER') yield* updateAppUser(tx, next, now)
    else if (draft.scope === 'USER') yield* insertAppUser(tx, next, now)
    // Kept apart it would outlive the group's assignment, which is what was meant to decide.
    else
      throw invalid(
        'scope',
        "scope: The person has the app by a group. Send the scope 'USER' to assign it to the person.",
      )
    yield* logChange(tx, deps, caller, userAssigned('update', app, user, userName))
    return yield* appUserOf(tx, appId, userId)
  })
}

/** @throws {Refusal} not_found; validation_failed for somebody who has the app by a group alone */
export async function unassignUser(deps: Deps, caller: Caller, appId: string, userId: string): Promise<void> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  await deps.db.write(function* () {
    const app = yield* existingApp(tx, appId)
    const appUser = yield* appUserOf(tx, appId, userId)
    const user = yield* getUser(tx, userId)
    if (!(yield* deleteAppUser(tx, appId, userId)))
      throw invalid(
        'scope',
        'scope: The person has the app by a group. Take it from the group, or the person out of it.',
      )
    if (!admitsEveryone(app, yield* loadFeatures(tx)) && !(yield* findAssignment(tx, appId, userId)))
      yield* deps.revocation.ofUserAndApp(tx, userId, appId, now)
    yield* logChange(tx, deps, caller, userAssigned('remove', app, user, appUser.userName))
  })
}

/** @throws {Refusal} not_found, invalid_paging */
export async function listAppGroups(
  deps: Deps,
  caller: Caller,
  appId: string,
  prefix: string | undefined,
  page: Page,
): Promise<{ readonly rows: readonly AppGroup[]; readonly next?: string }> {
  const after = page.after === undefined ? undefined : parseGroupCursor(page.after)
  const tx = deps.db.for(caller.org)
  return deps.db.scan(
    (function* () {
      yield* existingApp(tx, appId)
      return cutPage(yield* selectAppGroups(tx, appId, { after, prefix }, page.limit + 1), page, groupCursor)
    })(),
  )
}

export async function getAppGroup(deps: Deps, caller: Caller, appId: string, groupId: string): Promise<AppGroup> {
  const tx = deps.db.for(caller.org)
  return deps.db.read(
    (function* () {
      yield* existingApp(tx, appId)
      return (yield* selectAppGroup(tx, appId, asked(groupId))) ?? missing(groupId, 'ApplicationGroupAssignment')
    })(),
  )
}

/** Assigns a group, or changes its assignment. @throws {Refusal} not_found, validation_failed */
export async function assignGroup(
  deps: Deps,
  caller: Caller,
  { appId, groupId }: { readonly appId: string; readonly groupId: string },
  draft: AppGroupDraft,
): Promise<AppGroup> {
  checkAppProfile(draft.profile)
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  return deps.db.write(function* () {
    const app = yield* existingApp(tx, appId)
    const group = (yield* findGroup(tx, asked(groupId))) ?? missing(groupId, 'UserGroup')
    const current = yield* selectAppGroup(tx, appId, groupId)
    const priority = draft.priority ?? current?.priority ?? (yield* nextPriority(tx, appId))
    const profile = draft.profile ?? current?.profile ?? {}
    const next: AppGroup = { groupId, priority, profile, created: current?.created ?? now, lastUpdated: now }
    yield* freePriority(tx, appId, priority, groupId)
    if (current) yield* updateAppGroup(tx, appId, next)
    else yield* insertAppGroup(tx, appId, next)
    yield* logChange(tx, deps, caller, groupAssigned(current ? 'update' : 'add', app, group))
    return next
  })
}

export async function unassignGroup(deps: Deps, caller: Caller, appId: string, groupId: string): Promise<void> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  await deps.db.write(function* () {
    const app = yield* existingApp(tx, appId)
    const group = (yield* findGroup(tx, asked(groupId))) ?? missing(groupId, 'UserGroup')
    if (!(yield* withdrawGroup(tx, deps, app, groupId, now))) missing(groupId, 'ApplicationGroupAssignment')
    yield* logChange(tx, deps, caller, groupAssigned('remove', app, group))
  })
}

function* appUserOf(tx: OrgDb, appId: string, userId: string): Unit<AppUser> {
  const [appUser] = yield* selectAppUsers(tx, appId, { userId: asked(userId) }, { limit: 1 })
  return appUser ?? missing(userId, 'AppUser')
}

const templateOf = (app: App): string => {
  const sent = app.extra.userNameTemplate
  const template = typeof sent === 'object' && sent !== null && 'template' in sent ? sent.template : undefined
  return typeof template === 'string' ? template : LOGIN_TEMPLATE
}

function missing(id: string, type: string): never {
  throw notFound(id, type)
}

/** PostgreSQL's text cannot be asked for the character NUL; without it the id is nobody's. */
const asked = (id: string): string => id.replaceAll('\0', ' ')
