import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call } from './client.ts'

const LIMIT = 20

/** People whose first name, last name, email or login begins with the text. */
export const useUserSearch = (q: string) =>
  useQuery({
    queryKey: ['users', 'search', q],
    queryFn: ({ signal }) => call('GET /api/v1/users', { query: { q, limit: LIMIT }, signal }),
    placeholderData: keepPreviousData,
  })
