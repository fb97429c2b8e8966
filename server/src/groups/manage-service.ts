// Managing groups and their members. What the directory or an app made (built-in and app groups) is not changed here.
import { removeGroupFromApps, withdrawAppsOfGroup } from '#apps/service.ts'
import { refuseConflict } from '#db/refuse-conflict.ts'
import { cutPage, type Page } from '#http/paging.ts'
import { readFilter } from '#http/read-filter.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { notFound, Refusal, taken } from '#kernel/refusal.ts'
import { assertMayPlace, assertMayPlaceMembers } from '#roles/service.ts'
import { logChange } from '#system-log/service.ts'
import { getUser, readUser } from '#users/service.ts'
import { targetOf as personTarget } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { checkGroup, type Group, type GroupStats, targetOf } from './group.ts'
import { type Condition, filterCondition, nameBegins, searchCondition } from './group-query.ts'
import { getOpenGroup, joinGroup } from './service.ts'
import {
  insertGroup,
  removeGroup,
  removeMember,
  selectGroup,
  selectGroups,
  selectGroupsOf,
  touchMembership,
  updateGroup,
} from './store.ts'
import { selectStats } from './view.ts'

type Doors = Pick<Deps, 'db' | 'now' | 'random' | 'revocation'>
type SentProfile = Readonly<Record<string, unknown>>

export interface GroupQuestion {
  readonly q: string | null
  readonly filter: string | null
  readonly search: string | null
  readonly page: Page
}

/** A page of groups. @throws {Refusal} invalid_search, search_and_filter */
export async function listGroups(
  deps: Doors,
  caller: Caller,
  { q, filter, search, page }: GroupQuestion,
): Promise<{ readonly rows: readonly Group[]; readonly next?: string }> {
  if (search !== null && (filter !== null || q !== null)) throw new Refusal('search_and_filter')
  const conditions: readonly Condition[] = [
    ...(search === null ? [] : [searchCondition(readFilter(search))]),
    ...(filter === null ? [] : [filterCondition(readFilter(filter))]),
    ...(q === null ? [] : [nameBegins(q)]),
  ]
  const list = { conditions, after: page.after, limit: page.limit }
  return cutPage(await deps.db.scan(selectGroups(deps.db.for(caller.org), list)), page, ({ id }) => id)
}

/** How many people and apps each group has: `expand=stats`. */
export const groupStats = (
  deps: Doors,
  caller: Caller,
  groups: readonly Group[],
): Promise<ReadonlyMap<string, GroupStats>> => {
  const ids = groups.map(({ id }) => id)
  return deps.db.scan(selectStats(deps.db.for(caller.org), ids))
}

/** @throws {Refusal} not_found */
export async function getGroup(deps: Doors, caller: Caller, id: string): Promise<Group> {
  const group = id.includes('\0') ? undefined : await deps.db.read(selectGroup(deps.db.for(caller.org), id))
  if (!group) throw notFound(id, 'UserGroup')
  return group
}

/** The groups of a person named by id, login or `me`. @throws {Refusal} forbidden, not_found */
export async function listGroupsOf(deps: Doors, caller: Caller, name: string): Promise<readonly Group[]> {
  const user = await readUser(deps, caller, name)
  return deps.db.scan(selectGroupsOf(deps.db.for(caller.org), user.id))
}

/** @throws {Refusal} validation_failed, also for a name that another group has */
export async function createGroup(deps: Doors, caller: Caller, sent: SentProfile): Promise<Group> {
  const now = deps.now()
  const group: Group = {
    id: newId('group', now, deps.random),
    type: 'OKTA_GROUP',
    ...checkGroup(sent),
    created: now,
    lastUpdated: now,
    lastMembershipUpdated: now,
  }
  return unique(
    deps.db.write(function* () {
      const tx = deps.db.for(caller.org)
      yield* insertGroup(tx, group)
      yield* logChange(tx, deps, caller, { eventType: 'group.lifecycle.create', targets: [targetOf(group)] })
      return group
    }),
  )
}

/** The whole profile anew. @throws {Refusal} not_found, forbidden, validation_failed */
export async function replaceGroup(deps: Doors, caller: Caller, id: string, sent: SentProfile): Promise<Group> {
  const draft = checkGroup(sent)
  const now = deps.now()
  return unique(
    deps.db.write(function* () {
      const tx = deps.db.for(caller.org)
      const group: Group = { ...(yield* getOpenGroup(tx, id)), ...draft, lastUpdated: now }
      yield* updateGroup(tx, group)
      yield* logChange(tx, deps, caller, { eventType: 'group.profile.update', targets: [targetOf(group)] })
      return group
    }),
  )
}

const unique = (change: Promise<Group>): Promise<Group> =>
  refuseConflict(change, (columns) => (columns.includes('name_key') ? taken('name') : undefined))

/** @throws {Refusal} not_found, forbidden */
export async function deleteGroup(deps: Doors, caller: Caller, id: string): Promise<void> {
  const now = deps.now()
  await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    const group = yield* getOpenGroup(tx, id)
    yield* assertMayPlaceMembers(tx, caller, id)
    yield* removeGroupFromApps(tx, deps, id, now)
    yield* removeGroup(tx, id)
    yield* logChange(tx, deps, caller, { eventType: 'group.lifecycle.delete', targets: [targetOf(group)] })
  })
}

export interface Membership {
  readonly groupId: string
  readonly userId: string
}

/** Idempotent. @throws {Refusal} not_found for group or person, forbidden */
export async function addMember(deps: Doors, caller: Caller, { groupId, userId }: Membership): Promise<void> {
  const now = deps.now()
  await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    yield* getOpenGroup(tx, groupId)
    const user = yield* getUser(tx, userId)
    yield* assertMayPlace(tx, caller, userId)
    yield* joinGroup(tx, deps, caller, { groupId, user: personTarget(user), now })
  })
}

/** Idempotent. Tokens of apps that the group alone gave end with it. @throws {Refusal} not_found for group or person, forbidden */
export async function dropMember(deps: Doors, caller: Caller, { groupId, userId }: Membership): Promise<void> {
  const now = deps.now()
  await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    const group = yield* getOpenGroup(tx, groupId)
    const user = yield* getUser(tx, userId)
    yield* assertMayPlace(tx, caller, userId)
    if (!(yield* removeMember(tx, groupId, userId))) return
    yield* withdrawAppsOfGroup(tx, deps, { groupId, userId }, now)
    yield* touchMembership(tx, groupId, now)
    const targets = [personTarget(user), targetOf(group)]
    yield* logChange(tx, deps, caller, { eventType: 'group.user_membership.remove', targets })
  })
}
