// What apps hold of a person: refresh tokens, by app.
import { useQuery } from '@tanstack/react-query'
import { type Pages, usePages } from '../ui/use-pages.ts'
import { call, callPage } from './client.ts'
import { queryClient } from './query-client.ts'
import type { RefreshToken } from './types.ts'
import { userQuery } from './users.ts'

const PAGE_SIZE = 20

const tokensKey = (userId: string) => [...userQuery(userId).queryKey, 'tokens'] as const
const CLIENTS = 'GET /api/v1/users/{userId}/clients'
const TOKENS = 'GET /api/v1/users/{userId}/clients/{clientId}/tokens'

/** The apps that hold some. */
export const useTokenClients = (userId: string) =>
  useQuery({
    queryKey: [...tokensKey(userId), 'clients'],
    queryFn: ({ signal }) => call(CLIENTS, { params: { userId }, signal }),
  })

export const useTokens = (userId: string, clientId: string): Pages<RefreshToken> =>
  usePages([...tokensKey(userId), clientId], (after, signal) =>
    callPage(TOKENS, { params: { userId, clientId }, query: { after, limit: PAGE_SIZE }, signal }),
  )

const refresh = (userId: string) => queryClient.invalidateQueries({ queryKey: tokensKey(userId) })

export async function revokeToken({ userId, clientId, id }: RefreshToken): Promise<void> {
  const params = { userId, clientId, tokenId: id }
  await call('DELETE /api/v1/users/{userId}/clients/{clientId}/tokens/{tokenId}', { params })
  await refresh(userId)
}

export async function revokeTokensOfClient(userId: string, clientId: string): Promise<void> {
  await call('DELETE /api/v1/users/{userId}/clients/{clientId}/tokens', { params: { userId, clientId } })
  await refresh(userId)
}

/** App by app: whoever holds none any more is left out. */
export async function revokeAllTokens(userId: string): Promise<void> {
  for (const { client_id: clientId } of await call(CLIENTS, { params: { userId } }))
    await call('DELETE /api/v1/users/{userId}/clients/{clientId}/tokens', { params: { userId, clientId } })
  await refresh(userId)
}
