// The administrator roles of a person.
import { useQuery } from '@tanstack/react-query'
import { call } from './client.ts'
import { queryClient } from './query-client.ts'
import { userQuery } from './users.ts'

const rolesKey = (userId: string) => [...userQuery(userId).queryKey, 'roles'] as const

export const useRoles = (userId: string) =>
  useQuery({
    queryKey: rolesKey(userId),
    queryFn: ({ signal }) => call('GET /api/v1/users/{userId}/roles', { params: { userId }, signal }),
  })

const refresh = (userId: string) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: rolesKey(userId) }),
    // It may have been the caller's own.
    queryClient.invalidateQueries({ queryKey: ['me'] }),
  ])

export async function grantRole(userId: string, type: string): Promise<void> {
  await call('POST /api/v1/users/{userId}/roles', { params: { userId }, body: { type } })
  await refresh(userId)
}

export async function revokeRole(userId: string, id: string): Promise<void> {
  await call('DELETE /api/v1/users/{userId}/roles/{id}', { params: { userId, id } })
  await refresh(userId)
}
