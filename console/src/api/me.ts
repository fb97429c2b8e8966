import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from './client.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call('GET /api/v1/keystead/me', { signal }),
  staleTime: 60_000,
})

export const useMe = () => useQuery(meQuery).data

/** Whether the person's roles grant it; nothing is shown as allowed before that is known. */
export function useMay(permission: string): boolean {
  return useMe()?.permissions.includes(permission) ?? false
}
