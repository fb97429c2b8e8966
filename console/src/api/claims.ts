// Claims of an authorization server: keys, queries and changes.
import { useQuery } from '@tanstack/react-query'
import { type BodyOf, call } from './client.ts'
import { queryClient } from './query-client.ts'

export type ClaimBody = BodyOf<'POST /api/v1/authorizationServers/{serverId}/claims'>

const keyOf = (serverId: string) => ['claims', serverId] as const

export const useClaims = (serverId: string) =>
  useQuery({
    queryKey: keyOf(serverId),
    queryFn: ({ signal }) =>
      call('GET /api/v1/authorizationServers/{serverId}/claims', { params: { serverId }, signal }),
  })

const refresh = (serverId: string) => queryClient.invalidateQueries({ queryKey: keyOf(serverId) })

export async function createClaim(serverId: string, body: ClaimBody): Promise<void> {
  await call('POST /api/v1/authorizationServers/{serverId}/claims', { params: { serverId }, body })
  await refresh(serverId)
}

export async function replaceClaim(serverId: string, id: string, body: ClaimBody): Promise<void> {
  await call('PUT /api/v1/authorizationServers/{serverId}/claims/{id}', { params: { serverId, id }, body })
  await refresh(serverId)
}

export async function deleteClaim(serverId: string, id: string): Promise<void> {
  await call('DELETE /api/v1/authorizationServers/{serverId}/claims/{id}', { params: { serverId, id } })
  await refresh(serverId)
}
