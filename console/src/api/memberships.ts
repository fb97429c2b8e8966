// Who is in which group.
import { useQuery } from '@tanstack/react-query'
import { type Pages, usePages } from '../ui/use-pages.ts'
import { call, callPage } from './client.ts'
import { groupQuery, refreshGroups } from './groups.ts'
import { queryClient } from './query-client.ts'
import type { User } from './types.ts'
import { userQuery } from './users.ts'

const PAGE_SIZE = 50

const groupsOfKey = (userId: string) => [...userQuery(userId).queryKey, 'groups'] as const

/** Members whose first name, last name or email begins with the text. */
export const useMembers = (groupId: string, q: string): Pages<User> =>
  usePages([...groupQuery(groupId).queryKey, 'members', q], (after, signal) =>
    callPage('GET /api/v1/groups/{id}/users', {
      params: { id: groupId },
      query: { q, after, limit: PAGE_SIZE },
      signal,
    }),
  )

export const useGroupsOf = (userId: string) =>
  useQuery({
    queryKey: groupsOfKey(userId),
    queryFn: ({ signal }) => call('GET /api/v1/users/{id}/groups', { params: { id: userId }, signal }),
  })

/** A group may bring apps: they are asked for anew, too. */
const refresh = (userId: string) =>
  Promise.all([
    refreshGroups(),
    queryClient.invalidateQueries({ queryKey: groupsOfKey(userId) }),
    queryClient.invalidateQueries({ queryKey: ['apps'] }),
  ])

export async function addMember(groupId: string, userId: string): Promise<void> {
  await call('PUT /api/v1/groups/{id}/users/{userId}', { params: { id: groupId, userId } })
  await refresh(userId)
}

export async function removeMember(groupId: string, userId: string): Promise<void> {
  await call('DELETE /api/v1/groups/{id}/users/{userId}', { params: { id: groupId, userId } })
  await refresh(userId)
}
