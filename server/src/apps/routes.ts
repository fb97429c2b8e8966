// Apps at /api/v1/apps. Machines and the console manage them; no page of another origin has business here.
import { type Answer, empty, json } from '#http/answer.ts'
import { type PageLimits, pageLinks, parsePage } from '#http/paging.ts'
import { type Call, type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { appToWire, type Surroundings } from './answer-schema.ts'
import type { App } from './app.ts'
import { parseAppQuery, parseExpandUser } from './app-query.ts'
import { appUserToWire } from './assignment-schema.ts'
import { getAppUser } from './assignment-service.ts'
import { AppAnswer, AppListAnswer } from './described-schema.ts'
import {
  activateApp,
  assignPolicy,
  commonFacts,
  createApp,
  deactivateApp,
  deleteApp,
  getApp,
  listApps,
  listAppsOfGroup,
  replaceApp,
  type ShownApp,
} from './manage-service.ts'
import { AppBody, appFromWire } from './schema.ts'

const PAGE: PageLimits = { normal: 20, max: 200 }
const APPS = '/api/v1/apps'
const APP = '/api/v1/apps/:appId'

export const appRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: APPS,
    zone: 'none',
    bucket: 'apps',
    permission: 'okta.apps.read',
    summary: 'List all apps',
    answer: AppListAnswer,
    handler: (call) => list(deps, call),
  }),
  route({
    method: 'GET',
    url: '/api/v1/groups/:groupId/apps',
    zone: 'none',
    bucket: 'group',
    // Apps are shown whole, so whoever may see groups alone does not see them here.
    permission: 'okta.apps.read',
    summary: 'List the apps that a group is assigned to',
    answer: AppListAnswer,
    async handler({ caller, params, query, path }) {
      const page = parsePage(query, PAGE)
      const { apps, next } = await listAppsOfGroup(deps, caller, params.groupId ?? '', page)
      const around = await surroundings(deps, caller)
      const items = apps.map((app) => appToWire(app, around))
      return json(200, items, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
  route({
    method: 'POST',
    url: APPS,
    zone: 'none',
    bucket: 'apps',
    permission: 'okta.apps.manage',
    summary: 'Create an app',
    answer: AppAnswer,
    body: AppBody,
    handler: async ({ caller, body, query }) =>
      answer(deps, caller, await createApp(deps, caller, appFromWire(body), query.get('activate') !== 'false')),
  }),
  route({
    method: 'GET',
    url: APP,
    zone: 'none',
    bucket: 'app',
    permission: 'okta.apps.read',
    summary: 'Read an app',
    answer: AppAnswer,
    handler: (call) => retrieve(deps, call),
  }),
  route({
    method: 'PUT',
    url: APP,
    zone: 'none',
    bucket: 'app',
    permission: 'okta.apps.manage',
    summary: 'Replace an app',
    answer: AppAnswer,
    body: AppBody,
    handler: async ({ caller, params, body }) =>
      answer(deps, caller, await replaceApp(deps, caller, params.appId ?? '', appFromWire(body))),
  }),
  route({
    method: 'DELETE',
    url: APP,
    zone: 'none',
    bucket: 'app',
    permission: 'okta.apps.manage',
    summary: 'Delete an inactive app',
    async handler({ caller, params }) {
      await deleteApp(deps, caller, params.appId ?? '')
      return empty(204)
    },
  }),
  route({
    method: 'POST',
    url: `${APP}/lifecycle/activate`,
    zone: 'none',
    bucket: 'app',
    permission: 'okta.apps.manage',
    summary: 'Activate an app',
    async handler({ caller, params }) {
      await activateApp(deps, caller, params.appId ?? '')
      return json(200, {})
    },
  }),
  route({
    method: 'POST',
    url: `${APP}/lifecycle/deactivate`,
    zone: 'none',
    bucket: 'app',
    permission: 'okta.apps.manage',
    summary: 'Deactivate an app',
    async handler({ caller, params }) {
      await deactivateApp(deps, caller, params.appId ?? '')
      return json(200, {})
    },
  }),
  route({
    method: 'PUT',
    url: `${APP}/policies/:policyId`,
    zone: 'none',
    bucket: 'app',
    permission: 'okta.apps.manage',
    summary: 'Assign a policy to an app',
    async handler({ caller, params }) {
      await assignPolicy(deps, caller, params.appId ?? '', params.policyId ?? '')
      return empty(204)
    },
  }),
]

async function list(deps: Deps, { caller, query, path }: Call): Promise<Answer> {
  const { apps, next, appUsers } = await listApps(deps, caller, parseAppQuery(query), parsePage(query, PAGE))
  const around = await surroundings(deps, caller)
  const items = apps.map((app) => {
    const appUser = appUsers.get(app.id)
    const shown = appToWire(app, around)
    return appUser ? { ...shown, _embedded: { user: appUserToWire(appUser, app.id, caller.orgUrl) } } : shown
  })
  return json(200, items, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
}

async function retrieve(deps: Deps, { caller, params, query }: Call): Promise<Answer> {
  const userId = parseExpandUser(query.get('expand'))
  const app = await getApp(deps, caller, params.appId ?? '')
  const shown = appToWire(app, await surroundings(deps, caller))
  if (userId === undefined) return json(200, shown)
  const appUser = await getAppUser(deps, caller, app.id, userId)
  return json(200, { ...shown, _embedded: { user: appUserToWire(appUser, app.id, caller.orgUrl) } })
}

const answer = async (deps: Deps, caller: Call['caller'], { app, clientSecret }: ShownApp): Promise<Answer> =>
  json(200, appToWire(app, await surroundings(deps, caller), clientSecret))

/** An app as the body of the PUT that would make it so, without any secret. */
export const appReplacements = (deps: Deps) => async (caller: Call['caller']) => {
  const around = await surroundings(deps, caller)
  return (app: App): object => {
    const { name, label, signOnMode, accessibility, visibility, credentials, settings, ...rest } = appToWire(
      app,
      around,
    )
    return {
      ...{ name, label, signOnMode, accessibility, visibility, credentials, settings },
      ...('profile' in rest ? { profile: rest.profile } : {}),
    }
  }
}

const surroundings = async (deps: Deps, caller: Call['caller']): Promise<Surroundings> => ({
  org: caller.org,
  orgUrl: caller.orgUrl,
  ...(await commonFacts(deps, caller)),
})
