// Scopes of an authorization server: keys, queries and changes.
import { useQuery } from '@tanstack/react-query'
import { type BodyOf, call, callAll } from './client.ts'
import { queryClient } from './query-client.ts'

export type ScopeBody = BodyOf<'POST /api/v1/authorizationServers/{serverId}/scopes'>

const keyOf = (serverId: string) => ['scopes', serverId] as const
const LIMIT = 200

export const useScopes = (serverId: string) =>
  useQuery({
    queryKey: keyOf(serverId),
    queryFn: ({ signal }) =>
      callAll('GET /api/v1/authorizationServers/{serverId}/scopes', {
        params: { serverId },
        query: { limit: LIMIT },
        signal,
      }),
  })

const refresh = (serverId: string) => queryClient.invalidateQueries({ queryKey: keyOf(serverId) })

export async function createScope(serverId: string, body: ScopeBody): Promise<void> {
  await call('POST /api/v1/authorizationServers/{serverId}/scopes', { params: { serverId }, body })
  await refresh(serverId)
}

export async function replaceScope(serverId: string, id: string, body: ScopeBody): Promise<void> {
  await call('PUT /api/v1/authorizationServers/{serverId}/scopes/{id}', { params: { serverId, id }, body })
  await refresh(serverId)
}

export async function deleteScope(serverId: string, id: string): Promise<void> {
  await call('DELETE /api/v1/authorizationServers/{serverId}/scopes/{id}', { params: { serverId, id } })
  await refresh(serverId)
}
