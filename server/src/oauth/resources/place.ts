// Where the tokens of a request are found: under an app, under a person's client, or under a server's client. What the path names must
// be there; what another path names is not.
import type { App } from '#apps/app.ts'
import { isBuiltIn } from '#apps/built-in-app.ts'
import { getServer } from '#authorization-servers/manage-service.ts'
import type { Caller } from '#kernel/caller.ts'
import { notFound } from '#kernel/refusal.ts'
import { decideOnConfig } from '#orgs/org-config.ts'
import { readUser } from '#users/service.ts'
import type { Deps } from '../../deps.ts'
import type { GrantsOf } from '../tokens/grant-store.ts'

export interface Place {
  readonly filter: GrantsOf
  readonly app: App
  /** The path under which its tokens stand. */
  readonly path: string
}

type Names = Readonly<Record<string, string>>

/** @throws {Refusal} not_found */
export async function placeOf(deps: Deps, caller: Caller, names: Names): Promise<Place> {
  if (names.appId !== undefined) {
    const app = await getApp(deps, caller, names.appId)
    return { filter: { appId: app.id }, app, path: `/api/v1/apps/${app.id}/tokens` }
  }
  const owner =
    names.userId !== undefined ? await ofUser(deps, caller, names.userId) : await ofServer(deps, caller, names)
  const app = await getClient(deps, caller, names.clientId ?? '')
  const path = `${owner.path}/clients/${app.clientId}/tokens`
  return { filter: { ...owner.filter, appId: app.id }, app, path }
}

/** What clients are listed under. @throws {Refusal} not_found */
export const ownerOf = (deps: Deps, caller: Caller, names: Names): Promise<Omit<Place, 'app'>> =>
  names.userId !== undefined ? ofUser(deps, caller, names.userId) : ofServer(deps, caller, names)

async function ofUser(deps: Deps, caller: Caller, name: string): Promise<Omit<Place, 'app'>> {
  const { id } = await readUser(deps, caller, name)
  return { filter: { userId: id }, path: `/api/v1/users/${id}` }
}

async function ofServer(deps: Deps, caller: Caller, { serverId = '' }: Names): Promise<Omit<Place, 'app'>> {
  const { server } = await getServer(deps, caller, serverId)
  return { filter: { serverId: server.id }, path: `/api/v1/authorizationServers/${server.id}` }
}

const getApp = (deps: Deps, caller: Caller, id: string): Promise<App> =>
  decideOnConfig(deps.config, caller.org, ({ appsById }) => found(appsById.get(id), id, 'AppInstance'))

/** An app by its client id. @throws {Refusal} not_found */
export const getClient = (deps: Deps, caller: Caller, id: string): Promise<App> =>
  decideOnConfig(deps.config, caller.org, ({ appsByClientId }) => found(appsByClientId.get(id), id, 'PublicClientApp'))

const found = (app: App | undefined, id: string, type: string) =>
  app && !isBuiltIn(app) ? ({ ok: true, value: app } as const) : ({ ok: false, error: notFound(id, type) } as const)
