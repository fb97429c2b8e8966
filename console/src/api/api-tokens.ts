// API tokens: keys, queries and changes.
import { type Pages, usePages } from '../ui/use-pages.ts'
import { call, callPage } from './client.ts'
import { queryClient } from './query-client.ts'
import type { ApiToken, CreatedApiToken } from './types.ts'

const TOKENS = ['api-tokens'] as const
const PAGE_SIZE = 50

export const useApiTokens = (): Pages<ApiToken> =>
  usePages(TOKENS, (after, signal) =>
    callPage('GET /api/v1/api-tokens', { query: { after, limit: PAGE_SIZE }, signal }),
  )

const refresh = () => queryClient.invalidateQueries({ queryKey: TOKENS })

/** The answer has the value, this once: it is for whoever asked, and kept nowhere. */
export async function createApiToken(name: string): Promise<CreatedApiToken> {
  const created = await call('POST /api/v1/keystead/api-tokens', { body: { name } })
  await refresh()
  return created
}

export async function revokeApiToken(id: string): Promise<void> {
  await call('DELETE /api/v1/api-tokens/{id}', { params: { id } })
  await refresh()
}
