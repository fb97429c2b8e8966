// Who administers the org. Roles are granted by super administrators alone (their route asks for it), and one of them always remains.
import type { OrgDb } from '#db/org-db.ts'
import { refuseConflict } from '#db/refuse-conflict.ts'
import type { Unit } from '#db/unit.ts'
import { type Caller, personOf, type RoleType } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { invalid, notFound, Refusal } from '#kernel/refusal.ts'
import type { SeedContext } from '#orgs/service.ts'
import { endLinksOfUser } from '#sign-in/password-link.ts'
import { logChange } from '#system-log/service.ts'
import { getUser } from '#users/service.ts'
import { targetOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { assignmentId, isRoleType, mayChangeHolderOf, ROLE_LABELS, type RoleAssignment } from './role.ts'
import { insertAssignment, removeAssignment, removeAssignments, selectAssignments } from './store.ts'
import {
  administratorsIn,
  hasOtherSuperAdministrator,
  longestSuperAdministrator,
  selectSuperAdministratorsInUse,
} from './view.ts'

type Doors = Pick<Deps, 'db' | 'now' | 'random'>

export function* seedRole(tx: OrgDb, { now, random }: SeedContext, userId: string, type: RoleType): Unit<void> {
  const id = assignmentId(type, newId('role', now, random))
  yield* insertAssignment(tx, { id, userId, type, created: now, lastUpdated: now })
}

export function* rolesOf(tx: OrgDb, userId: string): Unit<readonly RoleType[]> {
  const assignments = yield* selectAssignments(tx, userId)
  return assignments.map(({ type }) => type)
}

/**
 * Asked in the unit of whatever takes something from a person or gives them something else: their profile and password, but also their
 * sessions and API tokens. Everybody may change themselves.
 * @throws {Refusal} forbidden where the person holds roles that the caller may not overrule
 */
export function* assertMayChange(tx: OrgDb, caller: Caller, userId: string): Unit<void> {
  if (caller.actor.kind === 'system') return
  const person = personOf(caller)
  if (person?.userId === userId) return
  if (!mayChangeHolderOf(yield* rolesOf(tx, userId), person?.roles ?? [])) throw new Refusal('forbidden')
}

/**
 * Asked in the unit of whatever puts a person into a group or takes them out: the org's policies are a group's, and so is what they demand
 * of whoever signs in. Nobody changes that of themselves who may not of others like them.
 * @throws {Refusal} forbidden where the person holds roles that the caller may not overrule
 */
export function* assertMayPlace(tx: OrgDb, caller: Caller, userId: string): Unit<void> {
  if (caller.actor.kind === 'system') return
  const own = personOf(caller)?.roles ?? []
  if (!mayChangeHolderOf(yield* rolesOf(tx, userId), own)) throw new Refusal('forbidden')
}

/** The same for all who are in a group. @throws {Refusal} forbidden */
export function* assertMayPlaceMembers(tx: OrgDb, caller: Caller, groupId: string): Unit<void> {
  for (const userId of yield* administratorsIn(tx, groupId)) yield* assertMayPlace(tx, caller, userId)
}

/** Whom a reset on the host lets back in: the one who has administered the org for longest and still may. */
export const firstSuperAdministrator = (tx: OrgDb): Unit<string | undefined> => longestSuperAdministrator(tx)

/** Those who can sign in as far as their status goes. */
export const superAdministratorsInUse = (tx: OrgDb): Unit<readonly string[]> => selectSuperAdministratorsInUse(tx)

/** Part of deleting a person. */
export const removeRoles = (tx: OrgDb, userId: string): Unit<void> => removeAssignments(tx, userId)

/** Whether the org would be left without anybody who may administer all of it. */
export function* isLastSuperAdministrator(tx: OrgDb, userId: string): Unit<boolean> {
  const held = yield* rolesOf(tx, userId)
  return held.includes('SUPER_ADMIN') && !(yield* hasOtherSuperAdministrator(tx, userId))
}

/** @throws {Refusal} not_found */
export function listRoles(deps: Doors, caller: Caller, userId: string): Promise<readonly RoleAssignment[]> {
  const tx = deps.db.for(caller.org)
  return deps.db.read(
    (function* () {
      yield* getUser(tx, userId)
      return yield* selectAssignments(tx, userId)
    })(),
  )
}

/** @throws {Refusal} not_found */
export async function getRole(deps: Doors, caller: Caller, userId: string, id: string): Promise<RoleAssignment> {
  const assignments = await listRoles(deps, caller, userId)
  const found = assignments.find((assignment) => assignment.id === id)
  if (!found) throw notFound(id, 'RoleAssignment')
  return found
}

/** @throws {Refusal} not_found, validation_failed, unsupported_operation, role_already_assigned */
export async function grantRole(deps: Doors, caller: Caller, userId: string, type: string): Promise<RoleAssignment> {
  if (type === 'CUSTOM') throw new Refusal('unsupported_operation')
  if (!isRoleType(type)) throw invalid('type', 'type: The role type is not known')
  const now = deps.now()
  const assignment: RoleAssignment = {
    id: assignmentId(type, newId('role', now, deps.random)),
    userId,
    type,
    created: now,
    lastUpdated: now,
  }
  const change = deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    const user = yield* getUser(tx, userId)
    yield* insertAssignment(tx, assignment)
    // Whoever made a link to choose this person's password may be somebody who could make none now.
    yield* endLinksOfUser(tx, userId)
    yield* logRole(tx, deps, caller, 'user.account.privilege.grant', user, type)
    return assignment
  })
  // One key is the person with the role, the other the person with the id that is made of the role: both say the same.
  return refuseConflict(change, () => new Refusal('role_already_assigned'))
}

/** @throws {Refusal} not_found, forbidden for the role of the last super administrator */
export async function revokeRole(deps: Doors, caller: Caller, userId: string, id: string): Promise<void> {
  await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    const user = yield* getUser(tx, userId)
    const assignment = (yield* selectAssignments(tx, userId)).find((held) => held.id === id)
    if (!assignment) throw notFound(id, 'RoleAssignment')
    if (assignment.type === 'SUPER_ADMIN' && (yield* isLastSuperAdministrator(tx, userId)))
      throw new Refusal('forbidden')
    yield* removeAssignment(tx, userId, id)
    yield* logRole(tx, deps, caller, 'user.account.privilege.revoke', user, assignment.type)
  })
}

function* logRole(tx: OrgDb, deps: Doors, caller: Caller, eventType: string, user: User, type: RoleType): Unit<void> {
  const detail = { privilegeGranted: ROLE_LABELS[type] }
  yield* logChange(tx, deps, caller, { eventType, targets: [targetOf(user)], detail })
}
