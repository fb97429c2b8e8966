// Groups of the directory.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call } from './client.ts'
import type { Group } from './types.ts'

const GROUPS = ['groups'] as const
const SEARCH_LIMIT = 20
const EVERYONE = 'Everyone'

/** Groups whose names begin with the text. */
export const useGroupSearch = (q: string) =>
  useQuery({
    queryKey: [...GROUPS, 'search', q],
    queryFn: ({ signal }) => call('GET /api/v1/groups', { query: { q, limit: SEARCH_LIMIT }, signal }),
    placeholderData: keepPreviousData,
  })

/** The built-in group that holds all. @throws Error where the org has lost it */
export async function everyoneGroup(): Promise<Group> {
  const found = await call('GET /api/v1/groups', { query: { q: EVERYONE, limit: SEARCH_LIMIT } })
  const group = found.find(({ type, profile }) => type === 'BUILT_IN' && profile.name === EVERYONE)
  if (!group) throw new Error('There is no group Everyone.')
  return group
}
