// What apps and pages asked for in vain: the list, the change that mends one, and taking that back.
import { type Pages, usePages } from '../ui/use-pages.ts'
import { replaceApp } from './apps.ts'
import { unassignUser } from './assignments.ts'
import { call, callAll, callGiven, callPage } from './client.ts'
import { queryClient } from './query-client.ts'
import { deleteTrustedOrigin, setTrustedOriginStatus } from './trusted-origins.ts'
import type { App, RefusedRequest, RefusedRequestFix } from './types.ts'

export type Undo = () => Promise<void>

const REFUSED = ['refused-requests'] as const
const PAGE_SIZE = 50
const FRESH_MILLISECONDS = 10_000
const READ_AT_ONCE = 200

/** Of the last day, the latest first; what has just been provoked in another tab appears by itself. */
export const useRefusedRequests = (appId: string): Pages<RefusedRequest> =>
  usePages(
    [...REFUSED, appId],
    (after, signal) =>
      callPage('GET /api/v1/keystead/refused-requests', { query: { appId, after, limit: PAGE_SIZE }, signal }),
    { refetchInterval: FRESH_MILLISECONDS },
  )

export async function dismissRefused(id: string): Promise<void> {
  await call('DELETE /api/v1/keystead/refused-requests/{id}', { params: { id } })
  await queryClient.invalidateQueries({ queryKey: REFUSED })
}

/**
 * Makes the change that the person has seen, on the configuration of now: a fix replaces a whole app, and would undo what another
 * administrator has done since the list was read. @returns how to take it back, where it can be
 */
export async function applyFix(seen: RefusedRequest): Promise<Undo | undefined> {
  const { app, user } = seen
  const fix = await fixOfNow(seen)
  if (!fix || !isSameChange(fix, seen.fix)) {
    await queryClient.invalidateQueries({ queryKey: REFUSED })
    throw new Error('The settings were changed meanwhile. Look at the change again.')
  }
  const answer = await callGiven(fix)
  await refreshAll()
  const undo = undoOf(fix, { appId: app?.id, userId: user?.id, answer })
  return undo && (() => undo().then(refreshAll))
}

async function fixOfNow({ id, app }: RefusedRequest): Promise<RefusedRequestFix | null | undefined> {
  const now = await callAll('GET /api/v1/keystead/refused-requests', { query: { appId: app?.id, limit: READ_AT_ONCE } })
  return now.find((request) => request.id === id)?.fix
}

const isSameChange = (a: RefusedRequestFix, b: RefusedRequestFix | null): boolean =>
  JSON.stringify(whatItChanges(a)) === JSON.stringify(b && whatItChanges(b))

const whatItChanges = ({ method, path, before, after, warning }: RefusedRequestFix) => [
  method,
  path,
  warning,
  before,
  after,
]

/** Settings of any kind may have changed. */
const refreshAll = () => queryClient.invalidateQueries()

interface Made {
  readonly appId: string | undefined
  readonly userId: string | undefined
  readonly answer: unknown
}

function undoOf(fix: RefusedRequestFix, { appId, userId, answer }: Made): Undo | undefined {
  const added = fix.after.filter((entry) => !fix.before.includes(entry))
  switch (fix.kind) {
    case 'add-redirect-uri':
      return appId === undefined ? undefined : () => withdraw(appId, 'redirect_uris', added)
    case 'add-post-logout-redirect-uri':
      return appId === undefined ? undefined : () => withdraw(appId, 'post_logout_redirect_uris', added)
    case 'allow-grant':
      return appId === undefined ? undefined : () => withdraw(appId, 'grant_types', added)
    case 'assign-user':
      return appId === undefined || userId === undefined ? undefined : () => unassignUser(appId, userId)
    case 'activate-app':
      return appId === undefined
        ? undefined
        : () => call('POST /api/v1/apps/{appId}/lifecycle/deactivate', { params: { appId } }).then(() => undefined)
    case 'trust-origin':
      return distrust(fix, idOf(answer))
  }
}

/** Takes entries out of a list of the app as it is now. */
async function withdraw(
  appId: string,
  list: 'redirect_uris' | 'post_logout_redirect_uris' | 'grant_types',
  added: readonly string[],
): Promise<void> {
  const { _links, ...app } = await call('GET /api/v1/apps/{appId}', { params: { appId } })
  const { oauthClient } = app.settings
  const kept = (oauthClient[list] ?? []).filter((entry) => !added.includes(entry))
  const settings = { ...app.settings, oauthClient: { ...oauthClient, [list]: kept } }
  await replaceApp(appId, { ...app, settings } as Parameters<typeof replaceApp>[1] & Partial<App>)
}

/** An origin that was made is deleted, one that was woken sleeps again; one that got CORS beside what it had keeps it. */
function distrust({ method, path }: RefusedRequestFix, id: string | undefined): Undo | undefined {
  if (method !== 'POST' || id === undefined) return undefined
  return path.endsWith('/lifecycle/activate')
    ? () => setTrustedOriginStatus(id, 'INACTIVE')
    : () => deleteTrustedOrigin(id)
}

const idOf = (answer: unknown): string | undefined =>
  typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string'
    ? answer.id
    : undefined
