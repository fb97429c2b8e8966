// Lists of people, which nothing writes by: pages of the directory, the members of a group, a login without its domain.
import { sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import { beginsWith } from '#db/text-match.ts'
import { all, type Unit } from '#db/unit.ts'
import { loginKey } from '#kernel/login-key.ts'
import { toUser } from './store.ts'
import type { User } from './user.ts'
import { type Condition, type Sort, selectQuickMatches, sortValue } from './user-query.ts'

export interface UserList {
  readonly conditions: readonly Condition[]
  readonly sort: Sort
  /** The last row of the page before: its sort value and id. */
  readonly after: readonly [value: string | number, id: string] | undefined
  readonly limit: number
}

export interface ListedUser {
  readonly user: User
  readonly sortValue: string | number
}

/** One more than the page holds, where there is one more. */
export function* listUsers(tx: OrgDb, { conditions, sort, after, limit }: UserList): Unit<readonly ListedUser[]> {
  const value = sortValue(tx, sort.by)
  const direction = sort.descending ? 'desc' : 'asc'
  const beyond = sql.raw(sort.descending ? '<' : '>')
  let query = tx.from('user').selectAll('user').select(sql<string | number>`${value}`.as('sort_value'))
  for (const condition of conditions) query = query.where(condition)
  if (after) query = query.where(sql<boolean>`(${value}, ${sql.ref('user.id')}) ${beyond} (${after[0]}, ${after[1]})`)
  const rows = yield* all(
    query
      .orderBy(value, direction)
      .orderBy('user.id', direction)
      .limit(limit + 1),
  )
  return rows.map(({ sort_value, ...row }) => ({ user: toUser(row), sortValue: sort_value }))
}

/** The one person whose login begins with `name@`; nobody where there are several. */
export function* selectUserByShortName(tx: OrgDb, name: string): Unit<User | undefined> {
  const [only, ...others] = yield* all(
    tx
      .from('user')
      .selectAll()
      .where(beginsWith('login_key', `${loginKey(name)}@`))
      .limit(2),
  )
  return only && others.length === 0 ? toUser(only) : undefined
}

export interface MemberList {
  /** The beginning of a first name, a last name or an e-mail address. */
  readonly q?: string
  readonly after?: string
  readonly limit: number
}

/** The members of a group, in the order of their ids. */
export function* selectMembers(tx: OrgDb, groupId: string, page: MemberList): Unit<readonly User[]> {
  // The page is cut among the memberships, in their own order: a group of everybody would be gathered whole for each page.
  let members = tx.from('group_member').select('user_id').distinct().where('group_id', '=', groupId)
  if (page.q !== undefined) members = members.where('user_id', 'in', selectQuickMatches(tx, page.q))
  if (page.after !== undefined) members = members.where('user_id', '>', page.after)
  const ids = members.orderBy('user_id').limit(page.limit + 1)
  return (yield* all(tx.from('user').selectAll().where('id', 'in', ids).orderBy('id'))).map(toUser)
}
