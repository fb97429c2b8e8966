// Authorization servers and their signing keys: keys, queries and changes.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { type Pages, usePages } from '../ui/use-pages.ts'
import { type BodyOf, call, callPage } from './client.ts'
import { queryClient } from './query-client.ts'
import type { AuthorizationServer } from './types.ts'

export type ServerBody = BodyOf<'POST /api/v1/authorizationServers'>

const SERVERS = ['authorization-servers'] as const
const PAGE_SIZE = 200

/** `default` first. */
export function useServers(): Pages<AuthorizationServer> {
  const pages = usePages([...SERVERS, 'list'], (after, signal) =>
    callPage('GET /api/v1/authorizationServers', { query: { after, limit: PAGE_SIZE }, signal }),
  )
  return { ...pages, rows: pages.rows.toSorted((a, b) => Number(b.default) - Number(a.default)) }
}

const serverQuery = (serverId: string) =>
  queryOptions({
    queryKey: [...SERVERS, 'one', serverId],
    queryFn: ({ signal }) => call('GET /api/v1/authorizationServers/{serverId}', { params: { serverId }, signal }),
  })

export const useServer = (serverId: string) => useQuery(serverQuery(serverId))

const refreshServers = () => queryClient.invalidateQueries({ queryKey: SERVERS })

export async function createServer(body: ServerBody): Promise<AuthorizationServer> {
  const server = await call('POST /api/v1/authorizationServers', { body })
  await refreshServers()
  return server
}

export async function replaceServer(serverId: string, body: ServerBody): Promise<AuthorizationServer> {
  const server = await call('PUT /api/v1/authorizationServers/{serverId}', { params: { serverId }, body })
  queryClient.setQueryData(serverQuery(serverId).queryKey, server)
  await refreshServers()
  return server
}

export async function setServerStatus(serverId: string, status: AuthorizationServer['status']): Promise<void> {
  const params = { serverId }
  if (status === 'ACTIVE') await call('POST /api/v1/authorizationServers/{serverId}/lifecycle/activate', { params })
  else await call('POST /api/v1/authorizationServers/{serverId}/lifecycle/deactivate', { params })
  await refreshServers()
}

export async function deleteServer(serverId: string): Promise<void> {
  await call('DELETE /api/v1/authorizationServers/{serverId}', { params: { serverId } })
  queryClient.removeQueries({ queryKey: serverQuery(serverId).queryKey })
  await queryClient.invalidateQueries({ queryKey: [...SERVERS, 'list'] })
}

export const useSigningKeys = (serverId: string) =>
  useQuery({
    queryKey: [...SERVERS, 'keys', serverId],
    queryFn: ({ signal }) =>
      call('GET /api/v1/authorizationServers/{serverId}/credentials/keys', { params: { serverId }, signal }),
  })

/** What was published as next signs from now on. */
export async function rotateSigningKeys(serverId: string): Promise<void> {
  await call('POST /api/v1/authorizationServers/{serverId}/credentials/lifecycle/keyRotate', {
    params: { serverId },
    body: { use: 'sig' },
  })
  await refreshServers()
}
