// People: keys, queries and changes.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { type Pages, usePages } from '../ui/use-pages.ts'
import { type BodyOf, call, callPage } from './client.ts'
import { queryClient } from './query-client.ts'
import type { User } from './types.ts'

export type NewUserBody = BodyOf<'POST /api/v1/users'>

export interface Creation {
  readonly body: NewUserBody
  readonly activate: boolean
  readonly mustChangePassword: boolean
}

const USERS = ['users'] as const
const PAGE_SIZE = 50
const SEARCH_LIMIT = 20

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: [...USERS, id],
    queryFn: ({ signal }) => call('GET /api/v1/users/{id}', { params: { id }, signal }),
  })

export const useUser = (id: string) => useQuery(userQuery(id))

/** A page at a time, and never how many there are: there may be very many. */
export const useUsers = (search: string): Pages<User> =>
  usePages([...USERS, 'list', search], (after, signal) =>
    callPage('GET /api/v1/users', { query: { search, after, limit: PAGE_SIZE }, signal }),
  )

/** People whose first name, last name or email begins with the text. */
export const useUserSearch = (q: string) =>
  useQuery({
    queryKey: [...USERS, 'search', q],
    queryFn: ({ signal }) => call('GET /api/v1/users', { query: { q, limit: SEARCH_LIMIT }, signal }),
    placeholderData: keepPreviousData,
  })

type Named = Pick<User, 'profile'>

/** First and last name; empty where there is neither. */
export function fullName(profile: Readonly<Record<string, unknown>>): string {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return `${text(profile.firstName)} ${text(profile.lastName)}`.trim()
}

/** First and last name; the login where there is no name. */
export const userName = ({ profile }: Named): string => fullName(profile) || profile.login

/** Tells people of one name apart. */
export function nameAndLogin({ profile }: Named): string {
  const name = fullName(profile)
  return name === '' ? profile.login : `${name} (${profile.login})`
}

/** Whatever shows people is asked for anew: lists, groups, who has which app, counts. */
export async function refreshUsers(): Promise<void> {
  const shown = [USERS, ['groups'], ['apps'], ['counts']]
  await Promise.all(shown.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}

export async function createUser({ body, activate, mustChangePassword }: Creation): Promise<User> {
  const nextLogin = mustChangePassword ? 'changePassword' : undefined
  const user = await call('POST /api/v1/users', { body, query: { activate, nextLogin } })
  await refreshUsers()
  return user
}

/** Attributes that are not sent stay as they are; null empties one. */
export async function updateProfile(id: string, profile: Readonly<Record<string, unknown>>): Promise<User> {
  const user = await call('POST /api/v1/users/{id}', { params: { id }, body: { profile } })
  queryClient.setQueryData(userQuery(id).queryKey, user)
  await refreshUsers()
  return user
}

/** A person who is not deactivated yet is so by the first call, and gone by the second. */
export async function deleteUser({ id, status }: Pick<User, 'id' | 'status'>): Promise<void> {
  const params = { id }
  if (status !== 'DEPROVISIONED') await call('DELETE /api/v1/users/{id}', { params })
  await call('DELETE /api/v1/users/{id}', { params })
  queryClient.removeQueries({ queryKey: userQuery(id).queryKey })
  await refreshUsers()
}
