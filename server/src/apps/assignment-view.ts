// Reading across rooms: an app's people once groups are counted in. Nothing is written.
import { expressionBuilder, sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import { prepared } from '#db/prepared.ts'
import type { Tables } from '#db/tables.ts'
import { beginsWith } from '#db/text-match.ts'
import { all, first, type Unit } from '#db/unit.ts'
import type { Page } from '#http/paging.ts'
import { instant } from '#kernel/instant.ts'
import type { AppGroup, AppUser, Assignment, GroupOrder } from './assignment.ts'
import { parseProfile, toAppGroup } from './assignment-store.ts'

const QUICK = ['login', 'firstName', 'lastName', 'email']

const eb = expressionBuilder<Tables, 'user' | 'app_user' | 'app_group'>()

/** Groups of apps with their members, in this order: the groups of an app are few, and lead to members by their key. */
export const memberships = (tx: OrgDb) =>
  tx
    .from('app_group')
    .crossJoin('group_member')
    .whereRef('group_member.org_id', '=', 'app_group.org_id')
    .whereRef('group_member.group_id', '=', 'app_group.group_id')

const assignment = prepared((tx, { appId, userId }: { appId: string; userId: string }) =>
  tx
    .from('user')
    .leftJoin('app_user', (join) =>
      join
        .onRef('app_user.org_id', '=', 'user.org_id')
        .onRef('app_user.user_id', '=', 'user.id')
        .on('app_user.app_id', '=', appId),
    )
    .leftJoin('group_member', (join) =>
      join.onRef('group_member.org_id', '=', 'user.org_id').onRef('group_member.user_id', '=', 'user.id'),
    )
    .leftJoin('app_group', (join) =>
      join
        .onRef('app_group.org_id', '=', 'group_member.org_id')
        .onRef('app_group.group_id', '=', 'group_member.group_id')
        .on('app_group.app_id', '=', appId),
    )
    .select(['user.login', 'app_user.user_name', 'app_user.profile', 'app_group.profile as group_profile'])
    .where('user.id', '=', userId)
    .where((where) =>
      where.or([where('app_user.user_id', 'is not', null), where('app_group.group_id', 'is not', null)]),
    )
    .orderBy('app_group.priority')
    .orderBy('app_group.group_id')
    .limit(1),
)

/** What a person is to an app, by one SELECT: a direct assignment, else the one of the group that comes first. */
export function* selectAssignment(tx: OrgDb, appId: string, userId: string): Unit<Assignment | undefined> {
  const row = yield* first(assignment(tx, { appId, userId }))
  if (!row) return undefined
  if (row.user_name !== null && row.profile !== null)
    return { userName: row.user_name, scope: 'USER', profile: parseProfile(row.profile) }
  return { userName: row.login, scope: 'GROUP', profile: parseProfile(row.group_profile ?? '{"profile":{}}') }
}

/** Of every app that the person has, by whatever. */
export function* selectAppIdsOf(tx: OrgDb, userId: string): Unit<readonly string[]> {
  const direct = yield* all(tx.from('app_user').select('app_user.app_id').where('app_user.user_id', '=', userId))
  const byGroup = yield* all(
    memberships(tx).select('app_group.app_id').distinct().where('group_member.user_id', '=', userId),
  )
  return [...direct, ...byGroup].map((row) => row.app_id)
}

export interface AppUserQuery {
  readonly userId?: string
  /** The search key of the beginning of a name or address. */
  readonly prefix?: string | undefined
}

/** At most one person more than the page holds, in the order of ids, however they are assigned. */
export function* selectAppUsers(
  tx: OrgDb,
  appId: string,
  { userId, prefix }: AppUserQuery,
  page: Page,
): Unit<readonly AppUser[]> {
  let query = tx
    .from('user')
    .leftJoin('app_user', (join) =>
      join
        .onRef('app_user.org_id', '=', 'user.org_id')
        .onRef('app_user.user_id', '=', 'user.id')
        .on('app_user.app_id', '=', appId),
    )
    .select([
      'user.id',
      'user.login',
      'app_user.user_name',
      'app_user.profile',
      'app_user.created',
      'app_user.last_updated',
    ])
    .orderBy('user.id')
    .limit(page.limit + 1)
  if (userId === undefined && prefix === undefined) {
    const ids = yield* selectAssignedIds(tx, appId, page)
    if (ids.length === 0) return []
    query = query.where('user.id', 'in', ids)
  } else query = query.where(isAssigned(tx, appId))
  if (page.after !== undefined) query = query.where('user.id', '>', page.after)
  if (userId !== undefined) query = query.where('user.id', '=', userId)
  if (prefix !== undefined) query = query.where('user.id', 'in', named(tx, appId, prefix))
  const rows = yield* all(query)
  const byGroup = yield* selectGroupAssignments(
    tx,
    appId,
    rows.filter((row) => row.user_name === null).map((row) => row.id),
  )
  return rows.flatMap((row): readonly AppUser[] => {
    const { user_name: userName, profile, created, last_updated: lastUpdated } = row
    if (userName !== null && profile !== null && created !== null && lastUpdated !== null)
      return [
        {
          userId: row.id,
          scope: 'USER',
          userName,
          profile: parseProfile(profile),
          groupId: undefined,
          created: instant(created),
          lastUpdated: instant(lastUpdated),
        },
      ]
    const group = byGroup.get(row.id)
    return group ? [{ userId: row.id, scope: 'GROUP', userName: row.login, ...group }] : []
  })
}

/** The next people of an app: from the direct assignments and from each of its groups a page, in the order of ids, and the first of all. */
function* selectAssignedIds(tx: OrgDb, appId: string, { after = '', limit }: Page): Unit<readonly string[]> {
  const direct = yield* all(
    tx
      .from('app_user')
      .select('user_id')
      .distinct()
      .where('app_id', '=', appId)
      .where('user_id', '>', after)
      .orderBy('user_id')
      .limit(limit + 1),
  )
  const found = new Set(direct.map((row) => row.user_id))
  const groups = yield* all(tx.from('app_group').select('group_id').where('app_id', '=', appId))
  for (const { group_id: groupId } of groups) {
    const members = tx.from('group_member').select('user_id').distinct().where('group_id', '=', groupId)
    const page = members
      .where('user_id', '>', after)
      .orderBy('user_id')
      .limit(limit + 1)
    for (const row of yield* all(page)) found.add(row.user_id)
  }
  return [...found].toSorted((a, b) => (a < b ? -1 : 1)).slice(0, limit + 1)
}

/** For people who are found by something else: asked of each by their keys. */
const isAssigned = (tx: OrgDb, appId: string) =>
  eb.or([
    eb('app_user.user_id', 'is not', null),
    eb.exists(
      tx
        .from('group_member')
        .select('group_member.user_id')
        .whereRef('group_member.user_id', '=', sql.ref('user.id'))
        .where('group_member.group_id', 'in', tx.from('app_group').select('group_id').where('app_id', '=', appId)),
    ),
  ])

/** Whose user name in the app, or name or address in the directory, begins so. */
const named = (tx: OrgDb, appId: string, prefix: string) =>
  tx
    .from('user_attribute')
    .select('user_attribute.user_id')
    .where('user_attribute.attribute', 'in', QUICK)
    .where(beginsWith('user_attribute.value_key', prefix))
    .unionAll(
      tx
        .from('app_user')
        .select('app_user.user_id')
        .where('app_user.app_id', '=', appId)
        .where(beginsWith('app_user.user_name', prefix)),
    )

type GroupPart = Pick<AppUser, 'groupId' | 'profile' | 'created' | 'lastUpdated'>

/** By person: the group that comes first among those that they have the app by. */
function* selectGroupAssignments(
  tx: OrgDb,
  appId: string,
  userIds: readonly string[],
): Unit<ReadonlyMap<string, GroupPart>> {
  const found = new Map<string, GroupPart>()
  if (userIds.length === 0) return found
  const rows = yield* all(
    memberships(tx)
      .select(['group_member.user_id', 'group_member.created as joined', 'app_group.group_id'])
      .select(['app_group.profile', 'app_group.created', 'app_group.last_updated'])
      .where('app_group.app_id', '=', appId)
      .where('group_member.user_id', 'in', userIds)
      .orderBy('app_group.priority')
      .orderBy('app_group.group_id'),
  )
  for (const row of rows) {
    if (found.has(row.user_id)) continue
    const created = instant(Math.max(row.joined, row.created))
    const lastUpdated = instant(Math.max(created, row.last_updated))
    found.set(row.user_id, { groupId: row.group_id, profile: parseProfile(row.profile), created, lastUpdated })
  }
  return found
}

/** Members of a group who have an app by nothing else (any more). */
export function* selectMembersWithout(tx: OrgDb, appId: string, groupId: string): Unit<readonly string[]> {
  const rows = yield* all(
    tx
      .from('group_member')
      .select('group_member.user_id')
      .distinct()
      .where('group_member.group_id', '=', groupId)
      .where(
        'group_member.user_id',
        'not in',
        tx.from('app_user').select('app_user.user_id').where('app_user.app_id', '=', appId),
      )
      .where(
        'group_member.user_id',
        'not in',
        tx
          .from('app_group')
          .innerJoin('group_member as other', (join) =>
            join.onRef('other.org_id', '=', 'app_group.org_id').onRef('other.group_id', '=', 'app_group.group_id'),
          )
          .select('other.user_id')
          .where('app_group.app_id', '=', appId),
      )
      .orderBy('group_member.user_id'),
  )
  return rows.map((row) => row.user_id)
}

export interface AppGroupQuery {
  readonly after: GroupOrder | undefined
  /** The search key of the beginning of a group's name. */
  readonly prefix: string | undefined
}

/** At most `limit`, in the order of priority. */
export function* selectAppGroups(
  tx: OrgDb,
  appId: string,
  { after, prefix }: AppGroupQuery,
  limit: number,
): Unit<readonly AppGroup[]> {
  let query = tx.from('app_group').selectAll().where('app_group.app_id', '=', appId)
  if (prefix !== undefined)
    query = query.where(
      eb(
        'app_group.group_id',
        'in',
        tx.from('user_group').select('user_group.id').where(beginsWith('user_group.name_key', prefix)),
      ),
    )
  if (after)
    query = query.where(
      eb.or([
        eb('app_group.priority', '>', after.priority),
        eb.and([eb('app_group.priority', '=', after.priority), eb('app_group.group_id', '>', after.groupId)]),
      ]),
    )
  return (yield* all(query.orderBy('app_group.priority').orderBy('app_group.group_id').limit(limit))).map(toAppGroup)
}
