// Who may use an app: people directly, and groups.
import { type Pages, usePages } from '../ui/use-pages.ts'
import { appQuery, refreshAppsOf } from './apps.ts'
import { type AnswerOf, call, callPage } from './client.ts'
import { queryClient } from './query-client.ts'

export type AppUser = AnswerOf<'GET /api/v1/apps/{appId}/users'>[number]
export type AppGroup = AnswerOf<'GET /api/v1/apps/{appId}/groups'>[number]

const PAGE_SIZE = 50

const usersKey = (appId: string) => [...appQuery(appId).queryKey, 'users'] as const
const groupsKey = (appId: string) => [...appQuery(appId).queryKey, 'groups'] as const

export const useAppUsers = (appId: string, q: string): Pages<AppUser> =>
  usePages([...usersKey(appId), q], (after, signal) =>
    callPage('GET /api/v1/apps/{appId}/users', {
      params: { appId },
      query: { q, after, limit: PAGE_SIZE, expand: 'user' },
      signal,
    }),
  )

export const useAppGroups = (appId: string, q: string): Pages<AppGroup> =>
  usePages([...groupsKey(appId), q], (after, signal) =>
    callPage('GET /api/v1/apps/{appId}/groups', {
      params: { appId },
      query: { q, after, limit: PAGE_SIZE, expand: 'group' },
      signal,
    }),
  )

const refresh = (appId: string) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: usersKey(appId) }),
    queryClient.invalidateQueries({ queryKey: groupsKey(appId) }),
    refreshAppsOf(),
    // Groups are shown with how many apps they have.
    queryClient.invalidateQueries({ queryKey: ['groups'] }),
  ])

export async function assignUser(appId: string, userId: string): Promise<void> {
  await call('POST /api/v1/apps/{appId}/users', { params: { appId }, body: { id: userId, scope: 'USER' } })
  await refresh(appId)
}

export async function unassignUser(appId: string, userId: string): Promise<void> {
  await call('DELETE /api/v1/apps/{appId}/users/{userId}', { params: { appId, userId } })
  await refresh(appId)
}

export async function assignGroup(appId: string, groupId: string): Promise<void> {
  await call('PUT /api/v1/apps/{appId}/groups/{groupId}', { params: { appId, groupId }, body: {} })
  await refresh(appId)
}

export async function unassignGroup(appId: string, groupId: string): Promise<void> {
  await call('DELETE /api/v1/apps/{appId}/groups/{groupId}', { params: { appId, groupId } })
  await refresh(appId)
}
