// Trusted origins: keys, queries and changes.
import { type Pages, usePages } from '../ui/use-pages.ts'
import { type BodyOf, call, callPage } from './client.ts'
import { queryClient } from './query-client.ts'
import type { TrustedOrigin } from './types.ts'

export type TrustedOriginBody = BodyOf<'POST /api/v1/trustedOrigins'>
export type OriginScopeType = TrustedOrigin['scopes'][number]['type']

const ORIGINS = ['trusted-origins'] as const
const PAGE_SIZE = 200

/** Beginning of name or origin, or one type: the API takes one of the two, and the other is looked at here. */
export function useTrustedOrigins({ q, type }: { readonly q: string; readonly type: string }): Pages<TrustedOrigin> {
  const filter = q === '' && type !== '' ? `type eq "${type}"` : undefined
  const isShown = ({ scopes }: TrustedOrigin) => type === '' || scopes.some((scope) => scope.type === type)
  return usePages([...ORIGINS, q, type], async (after, signal) => {
    const page = await callPage('GET /api/v1/trustedOrigins', { query: { q, filter, after, limit: PAGE_SIZE }, signal })
    return { ...page, rows: page.rows.filter(isShown) }
  })
}

const refresh = () => queryClient.invalidateQueries({ queryKey: ORIGINS })

export async function createTrustedOrigin(body: TrustedOriginBody): Promise<void> {
  await call('POST /api/v1/trustedOrigins', { body })
  await refresh()
}

export async function replaceTrustedOrigin(id: string, body: TrustedOriginBody): Promise<void> {
  await call('PUT /api/v1/trustedOrigins/{id}', { params: { id }, body })
  await refresh()
}

export async function setTrustedOriginStatus(id: string, status: TrustedOrigin['status']): Promise<void> {
  const params = { id }
  if (status === 'ACTIVE') await call('POST /api/v1/trustedOrigins/{id}/lifecycle/activate', { params })
  else await call('POST /api/v1/trustedOrigins/{id}/lifecycle/deactivate', { params })
  await refresh()
}

export async function deleteTrustedOrigin(id: string): Promise<void> {
  await call('DELETE /api/v1/trustedOrigins/{id}', { params: { id } })
  await refresh()
}
