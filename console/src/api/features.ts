// Early Access and Beta features of the org.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from './client.ts'
import { queryClient } from './query-client.ts'

const FEATURES = ['features'] as const
const ROTATION = 'Refresh Token Rotation'

export const featuresQuery = queryOptions({
  queryKey: FEATURES,
  queryFn: ({ signal }) => call('GET /api/v1/features', { signal }),
})

/** Whether single-page apps may have refresh tokens. */
export function useRotationFeature() {
  const { data, isPending, error, refetch } = useQuery(featuresQuery)
  const feature = data?.find(({ name }) => name === ROTATION)
  return { isOn: feature?.status === 'ENABLED', isPending, error, retry: () => void refetch() }
}

/** @param force switches what it needs, or what needs it, along with it */
export async function switchFeature(id: string, lifecycle: 'enable' | 'disable', force: boolean): Promise<void> {
  await call('POST /api/v1/features/{id}/{lifecycle}', {
    params: { id, lifecycle },
    query: force ? { mode: 'force' } : {},
  })
  await queryClient.invalidateQueries({ queryKey: FEATURES })
}
