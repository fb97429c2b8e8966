// Early Access and Beta features of the org.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from './client.ts'
import { queryClient } from './query-client.ts'

const FEATURES = ['features'] as const
const ROTATION = 'Refresh Token Rotation'
const BROKER = 'Federation Broker Mode'
const DYNAMIC_ISSUER = 'Dynamic Issuer Mode'

export const featuresQuery = queryOptions({
  queryKey: FEATURES,
  queryFn: ({ signal }) => call('GET /api/v1/features', { signal }),
})

/** Whether single-page apps may have refresh tokens. */
export const useRotationFeature = () => useFeature(ROTATION)

/** Whether an app may be opened to everyone without assignments. */
export const useBrokerFeature = () => useFeature(BROKER)

/** Whether the host that was asked may name an issuer. */
export const useDynamicIssuerFeature = () => useFeature(DYNAMIC_ISSUER)

function useFeature(wanted: string) {
  const { data, isPending, error, refetch } = useQuery(featuresQuery)
  const feature = data?.find(({ name }) => name === wanted)
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

/** What a feature needs, or what needs it. */
export const relatedQuery = (id: string, relation: 'dependencies' | 'dependents') =>
  queryOptions({
    queryKey: [...FEATURES, id, relation],
    queryFn: ({ signal }) =>
      relation === 'dependencies'
        ? call('GET /api/v1/features/{id}/dependencies', { params: { id }, signal })
        : call('GET /api/v1/features/{id}/dependents', { params: { id }, signal }),
  })
