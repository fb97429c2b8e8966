// How many there are of what the caller may read.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from './client.ts'

const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: ({ signal }) => call('GET /api/v1/keystead/counts', { signal }),
})

export const useCounts = () => useQuery(countsQuery).data
