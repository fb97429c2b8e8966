// What things that other things name by id are called, and how they are found by name.
import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { call } from './client.ts'
import { nameAndLogin } from './users.ts'

export type Kind = 'person' | 'group' | 'client'

export interface Named {
  readonly id: string
  readonly name: string
}

const LIMIT = 20
const KEPT_MILLISECONDS = 60_000

const readName: Readonly<Record<Kind, (id: string, signal: AbortSignal) => Promise<string>>> = {
  person: async (id, signal) => nameAndLogin(await call('GET /api/v1/users/{id}', { params: { id }, signal })),
  group: async (id, signal) => (await call('GET /api/v1/groups/{id}', { params: { id }, signal })).profile.name,
  client: async (id, signal) => (await call('GET /api/v1/apps/{appId}', { params: { appId: id }, signal })).label,
}

const find: Readonly<Record<Kind, (q: string, signal: AbortSignal) => Promise<readonly Named[]>>> = {
  person: async (q, signal) =>
    (await call('GET /api/v1/users', { query: { q, limit: LIMIT }, signal })).map((user) => ({
      id: user.id,
      name: nameAndLogin(user),
    })),
  group: async (q, signal) =>
    (await call('GET /api/v1/groups', { query: { q, limit: LIMIT }, signal })).map(({ id, profile }) => ({
      id,
      name: profile.name,
    })),
  client: async (q, signal) =>
    (await call('GET /api/v1/apps', { query: { q, limit: LIMIT }, signal })).map(({ label, credentials }) => ({
      id: credentials.oauthClient.client_id,
      name: label,
    })),
}

const nameQuery = (kind: Kind, id: string) =>
  queryOptions({
    queryKey: ['names', kind, id],
    queryFn: ({ signal }) => readName[kind](id, signal),
    staleTime: KEPT_MILLISECONDS,
  })

/** The name of each id, in the same order; the id itself where there is no such thing any more, or before it is known. */
export const useNames = (kind: Kind, ids: readonly string[]): readonly string[] =>
  useQueries({ queries: ids.map((id) => nameQuery(kind, id)) }).map(({ data }, at) => data ?? ids[at] ?? '')

/** Things whose names begin with the text. */
export const useNameSearch = (kind: Kind, q: string) =>
  useQuery({
    queryKey: ['names', kind, 'search', q],
    queryFn: ({ signal }) => find[kind](q, signal),
    placeholderData: keepPreviousData,
  })
