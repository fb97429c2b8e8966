// The org's policies, which can be read so far.
import { queryOptions } from '@tanstack/react-query'
import { call } from './client.ts'

export const policyQuery = (policyId: string) =>
  queryOptions({
    queryKey: ['policies', policyId],
    queryFn: ({ signal }) => call('GET /api/v1/policies/{policyId}', { params: { policyId }, signal }),
  })
