// Groups of the directory: keys, queries and changes.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { type Pages, usePages } from '../ui/use-pages.ts'
import { call, callPage } from './client.ts'
import { queryClient } from './query-client.ts'
import type { Group } from './types.ts'

export type GroupProfile = Readonly<Record<string, unknown>>

const GROUPS = ['groups'] as const
const PAGE_SIZE = 50
const SEARCH_LIMIT = 20
const EVERYONE = 'Everyone'
const WITH_COUNTS = 'stats'

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: [...GROUPS, id],
    queryFn: ({ signal }) =>
      call('GET /api/v1/groups/{id}', { params: { id }, query: { expand: WITH_COUNTS }, signal }),
  })

export const useGroup = (id: string) => useQuery(groupQuery(id))

/** Groups whose names begin with the text, with how many people and apps they have. */
export const useGroups = (q: string): Pages<Group> =>
  usePages([...GROUPS, 'list', q], (after, signal) =>
    callPage('GET /api/v1/groups', { query: { q, after, limit: PAGE_SIZE, expand: WITH_COUNTS }, signal }),
  )

/** Groups whose names begin with the text. */
export const useGroupSearch = (q: string) =>
  useQuery({
    queryKey: [...GROUPS, 'search', q],
    queryFn: ({ signal }) => call('GET /api/v1/groups', { query: { q, limit: SEARCH_LIMIT }, signal }),
    placeholderData: keepPreviousData,
  })

/** The built-in group that holds all. @throws Error where the org has lost it */
export async function everyoneGroup(): Promise<Group> {
  const found = await call('GET /api/v1/groups', { query: { q: EVERYONE, limit: SEARCH_LIMIT } })
  const group = found.find(({ type, profile }) => type === 'BUILT_IN' && profile.name === EVERYONE)
  if (!group) throw new Error('There is no group Everyone.')
  return group
}

export async function refreshGroups(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: GROUPS }),
    queryClient.invalidateQueries({ queryKey: ['counts'] }),
  ])
}

export async function createGroup(profile: GroupProfile): Promise<Group> {
  const group = await call('POST /api/v1/groups', { body: { profile } })
  await refreshGroups()
  return group
}

/** The whole profile: attributes that are not sent are gone. */
export async function replaceGroup(id: string, profile: GroupProfile): Promise<Group> {
  const group = await call('PUT /api/v1/groups/{id}', { params: { id }, body: { profile } })
  await refreshGroups()
  return group
}

export async function deleteGroup(id: string): Promise<void> {
  await call('DELETE /api/v1/groups/{id}', { params: { id } })
  queryClient.removeQueries({ queryKey: groupQuery(id).queryKey })
  await refreshGroups()
}
