// The lists of people: the directory's, and a group's.
import { findGroup } from '#groups/service.ts'
import { cutPage, type Page } from '#http/paging.ts'
import { readFilter } from '#http/read-filter.ts'
import type { Caller } from '#kernel/caller.ts'
import { notFound, Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import type { User } from './user.ts'
import {
  type Condition,
  filterCondition,
  notDeprovisioned,
  parseSortKey,
  quickCondition,
  type Sort,
  searchCondition,
} from './user-query.ts'
import { type ListedUser, selectMembers, listUsers as selectUsers } from './view.ts'

export interface UserQuestion {
  readonly q: string | null
  readonly filter: string | null
  readonly search: string | null
  /** Heeded with `search` alone. */
  readonly sortBy: string | null
  readonly descending: boolean
  readonly page: Page
}

export interface UserPage {
  readonly rows: readonly User[]
  readonly next?: string
}

const BY_ID: Sort = { by: { column: 'id' }, descending: false }

/**
 * A page of people: all but the deactivated where nothing is asked for, the first few where `q` is a beginning to guess from.
 * @throws {Refusal} invalid_search, search_and_filter, invalid_paging
 */
export async function listUsers(deps: Pick<Deps, 'db'>, caller: Caller, question: UserQuestion): Promise<UserPage> {
  const { q, filter, search, sortBy, descending, page } = question
  if (search !== null && (filter !== null || q !== null)) throw new Refusal('search_and_filter')
  const tx = deps.db.for(caller.org)
  const conditions: readonly Condition[] = [
    ...(search === null ? [] : [searchCondition(tx, readFilter(search))]),
    ...(filter === null ? [] : [filterCondition(tx, readFilter(filter))]),
    ...(q === null ? [] : [quickCondition(tx, q)]),
    ...(q !== null || (search === null && filter === null) ? [notDeprovisioned] : []),
  ]
  const sort = search === null || sortBy === null ? BY_ID : { by: parseSortKey(sortBy), descending }
  const after = q === null ? readCursor(sort, page.after) : undefined
  const found = await deps.db.scan(selectUsers(tx, { conditions, sort, after, limit: page.limit }))
  const { rows, next } = cutPage(found, page, (row) => writeCursor(sort, row))
  const users = rows.map(({ user }) => user)
  return q === null && next !== undefined ? { rows: users, next } : { rows: users }
}

type Cursor = readonly [value: string | number, id: string]

const writeCursor = (sort: Sort, { user, sortValue }: ListedUser): string =>
  sort === BY_ID ? user.id : JSON.stringify([sortValue, user.id])

/** A cursor is what was sent out, for the same order; its parts have the types that they are compared as. */
function readCursor(sort: Sort, after: string | undefined): Cursor | undefined {
  if (after === undefined) return undefined
  if (after.includes('\0')) throw new Refusal('invalid_paging')
  if (sort === BY_ID) return [after, after]
  const [value, id, ...rest] = parseList(after)
  const isText = 'attribute' in sort.by || sort.by.column === 'id' || sort.by.column === 'status'
  const fits = isText ? typeof value === 'string' : Number.isSafeInteger(value)
  if (!fits || typeof id !== 'string' || rest.length > 0) throw new Refusal('invalid_paging')
  if ((typeof value === 'string' && value.includes('\0')) || id.includes('\0')) throw new Refusal('invalid_paging')
  return [value as string | number, id]
}

function parseList(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}

export interface MemberQuestion {
  readonly q: string | null
  readonly page: Page
}

/** The people of a group, in the order of their ids. @throws {Refusal} not_found */
export async function listMembers(
  deps: Pick<Deps, 'db'>,
  caller: Caller,
  groupId: string,
  { q, page }: MemberQuestion,
): Promise<UserPage> {
  const tx = deps.db.for(caller.org)
  const group = groupId.includes('\0') ? undefined : await deps.db.read(findGroup(tx, groupId))
  if (!group) throw notFound(groupId, 'UserGroup')
  if (page.after?.includes('\0')) throw new Refusal('invalid_paging')
  const list = q === null ? page : { ...page, q }
  return cutPage(await deps.db.scan(selectMembers(tx, groupId, list)), page, ({ id }) => id)
}
