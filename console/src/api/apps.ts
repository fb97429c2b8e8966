// Apps: keys, queries and changes.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { type PageOf, type Pages, usePages } from '../ui/use-pages.ts'
import { type AnswerOf, type BodyOf, call, callPage } from './client.ts'
import { queryClient } from './query-client.ts'
import type { App } from './types.ts'

export type AppBody = BodyOf<'POST /api/v1/apps'>
export type ClientSecret = AnswerOf<'GET /api/v1/apps/{appId}/credentials/secrets'>[number]
export type ClientKey = AnswerOf<'GET /api/v1/apps/{appId}/credentials/jwks'>[number]

const APPS = ['apps'] as const
const PAGE_SIZE = 50
const SEARCH_LIMIT = 20

export const appQuery = (appId: string) =>
  queryOptions({
    queryKey: [...APPS, appId],
    queryFn: ({ signal }) => call('GET /api/v1/apps/{appId}', { params: { appId }, signal }),
  })

export const useApp = (appId: string) => useQuery(appQuery(appId))

/** Beginning of the label, or one status: the API takes one of the two. */
export function useApps({ q, status }: { readonly q: string; readonly status: string }): Pages<App> {
  const filter = q === '' && status !== '' ? `status eq "${status}"` : undefined
  const load = async (after: string | undefined, signal: AbortSignal): Promise<PageOf<App>> => {
    const page = await callPage('GET /api/v1/apps', { query: { q, filter, after, limit: PAGE_SIZE }, signal })
    return { ...page, rows: page.rows.filter((app) => status === '' || app.status === status) }
  }
  return usePages([...APPS, 'list', q, status], load)
}

const searchQuery = (q: string) =>
  queryOptions({
    queryKey: [...APPS, 'search', q],
    queryFn: ({ signal }) => call('GET /api/v1/apps', { query: { q, limit: SEARCH_LIMIT }, signal }),
    placeholderData: keepPreviousData,
  })

/** Apps for people whose labels begin with the text; a service app has none. */
export const useAppSearch = (q: string) =>
  useQuery({
    ...searchQuery(q),
    select: (apps) => apps.filter((app) => app.settings.oauthClient.application_type !== 'service'),
  })

/** The apps of a person, with how they came to each. */
export const useAppsOfUser = (userId: string): Pages<App> => useAppsOf(`user.id eq "${userId}"`, `user/${userId}`)

export const useAppsOfGroup = (groupId: string): Pages<App> => useAppsOf(`group.id eq "${groupId}"`)

const useAppsOf = (filter: string, expand?: string): Pages<App> =>
  usePages([...APPS, 'of', filter], (after, signal) =>
    callPage('GET /api/v1/apps', { query: { filter, expand, after, limit: PAGE_SIZE }, signal }),
  )

/** Whatever shows who has which app. */
export const refreshAppsOf = () => queryClient.invalidateQueries({ queryKey: [...APPS, 'of'] })

/** Apps whose labels begin with the text, and the one that is chosen. */
export function useAppChoices(chosenId: string, q: string): readonly App[] {
  const { data: chosen } = useQuery({ ...appQuery(chosenId), enabled: chosenId !== '' })
  // What a field of choices is searched for begins with the label of the chosen one.
  const text = q === chosen?.label ? '' : q
  const { data: found = [] } = useQuery(searchQuery(text))
  return chosen ? [chosen, ...found.filter(({ id }) => id !== chosen.id)] : found
}

const refreshApps = () => queryClient.invalidateQueries({ queryKey: APPS })

export async function createApp(body: AppBody): Promise<App> {
  const app = await call('POST /api/v1/apps', { body })
  await refreshApps()
  return app
}

export async function replaceApp(appId: string, body: AppBody): Promise<App> {
  const app = await call('PUT /api/v1/apps/{appId}', { params: { appId }, body })
  queryClient.setQueryData(appQuery(appId).queryKey, app)
  await refreshApps()
  return app
}

export async function setAppStatus(appId: string, status: 'ACTIVE' | 'INACTIVE'): Promise<void> {
  const params = { appId }
  if (status === 'ACTIVE') await call('POST /api/v1/apps/{appId}/lifecycle/activate', { params })
  else await call('POST /api/v1/apps/{appId}/lifecycle/deactivate', { params })
  await refreshApps()
}

/** An active app is deactivated first: only an inactive one can be deleted. */
export async function deleteApp({ id, status }: App): Promise<void> {
  const params = { appId: id }
  if (status === 'ACTIVE') await call('POST /api/v1/apps/{appId}/lifecycle/deactivate', { params })
  await call('DELETE /api/v1/apps/{appId}', { params })
  queryClient.removeQueries({ queryKey: appQuery(id).queryKey })
  await refreshApps()
}

const LOGO = 'POST /api/v1/apps/{appId}/logo'

/** @param file PNG, JPG, GIF or SVG of less than 1 MB */
export async function uploadLogo(appId: string, file: File): Promise<void> {
  const form = new FormData()
  form.set('file', file)
  await call(LOGO, { params: { appId }, form })
  await refreshApps()
}
