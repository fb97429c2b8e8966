// The people and groups of an app, at /api/v1/apps/{appId}/users and …/groups.
import { empty, json } from '#http/answer.ts'
import { type PageLimits, pageLinks, parsePage } from '#http/paging.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { searchKey } from '#kernel/login-key.ts'
import type { Deps } from '../deps.ts'
import {
  AppGroupBody,
  AppGroupListAnswer,
  AppUserListAnswer,
  AssignUserBody,
  appGroupFromWire,
  appGroupToWire,
  appUserFromWire,
  appUserToWire,
  embeddedGroup,
  embeddedUser,
  UpdateAppUserBody,
} from './assignment-schema.ts'
import {
  assignGroup,
  assignUser,
  getAppGroup,
  getAppUser,
  groupsOf,
  listAppGroups,
  listAppUsers,
  peopleOf,
  unassignGroup,
  unassignUser,
  updateAppUserOf,
} from './assignment-service.ts'

const USER_PAGE: PageLimits = { normal: 50, max: 500 }
const GROUP_PAGE: PageLimits = { normal: 20, max: 200 }
const USERS = '/api/v1/apps/:appId/users'
const GROUPS = '/api/v1/apps/:appId/groups'

const read = { zone: 'none', bucket: 'app', permission: 'okta.apps.read' } as const
const manage = { zone: 'none', bucket: 'app', permission: 'okta.apps.manage' } as const

export const assignmentRoutes = (deps: Deps): readonly Route[] => [...userRoutes(deps), ...groupRoutes(deps)]

const userRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: USERS,
    ...read,
    summary: 'List all people of an app',
    answer: AppUserListAnswer,
    async handler({ caller, params, query, path }) {
      const { appId } = place(params)
      const { rows, next } = await listAppUsers(deps, caller, appId, beginning(query), parsePage(query, USER_PAGE))
      const people = query.get('expand') === 'user' ? await peopleOf(deps, caller, rows) : new Map()
      const items = rows.map((appUser) => ({
        ...appUserToWire(appUser, appId, caller.orgUrl),
        ...embeddedUser(people.get(appUser.userId)),
      }))
      return json(200, items, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
  route({
    method: 'POST',
    url: USERS,
    ...manage,
    summary: 'Assign a person to an app',
    body: AssignUserBody,
    async handler({ caller, params, body }) {
      const { appId } = place(params)
      const appUser = await assignUser(deps, caller, { appId, userId: body.id }, appUserFromWire(body))
      return json(200, appUserToWire(appUser, appId, caller.orgUrl))
    },
  }),
  route({
    method: 'GET',
    url: `${USERS}/:userId`,
    ...read,
    summary: 'Read a person of an app',
    async handler({ caller, params }) {
      const { appId, userId } = place(params)
      return json(200, appUserToWire(await getAppUser(deps, caller, appId, userId), appId, caller.orgUrl))
    },
  }),
  route({
    method: 'POST',
    url: `${USERS}/:userId`,
    ...manage,
    summary: 'Update a person of an app',
    body: UpdateAppUserBody,
    async handler({ caller, params, body }) {
      const { appId, userId } = place(params)
      const appUser = await updateAppUserOf(deps, caller, { appId, userId }, appUserFromWire(body))
      return json(200, appUserToWire(appUser, appId, caller.orgUrl))
    },
  }),
  route({
    method: 'DELETE',
    url: `${USERS}/:userId`,
    ...manage,
    summary: 'Unassign a person from an app',
    async handler({ caller, params }) {
      const { appId, userId } = place(params)
      await unassignUser(deps, caller, appId, userId)
      return empty(204)
    },
  }),
]

const groupRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: GROUPS,
    ...read,
    summary: 'List all groups of an app',
    answer: AppGroupListAnswer,
    async handler({ caller, params, query, path }) {
      const { appId } = place(params)
      const { rows, next } = await listAppGroups(deps, caller, appId, beginning(query), parsePage(query, GROUP_PAGE))
      const groups = query.get('expand') === 'group' ? await groupsOf(deps, caller, rows) : new Map()
      const items = rows.map((group) => ({
        ...appGroupToWire(group, appId, caller.orgUrl),
        ...embeddedGroup(groups.get(group.groupId)),
      }))
      return json(200, items, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
  route({
    method: 'GET',
    url: `${GROUPS}/:groupId`,
    ...read,
    summary: 'Read a group of an app',
    async handler({ caller, params }) {
      const { appId, groupId } = place(params)
      return json(200, appGroupToWire(await getAppGroup(deps, caller, appId, groupId), appId, caller.orgUrl))
    },
  }),
  route({
    method: 'PUT',
    url: `${GROUPS}/:groupId`,
    ...manage,
    summary: 'Assign a group to an app',
    body: AppGroupBody,
    async handler({ caller, params, body }) {
      const { appId, groupId } = place(params)
      const group = await assignGroup(deps, caller, { appId, groupId }, appGroupFromWire(body))
      return json(200, appGroupToWire(group, appId, caller.orgUrl))
    },
  }),
  route({
    method: 'DELETE',
    url: `${GROUPS}/:groupId`,
    ...manage,
    summary: 'Unassign a group from an app',
    async handler({ caller, params }) {
      const { appId, groupId } = place(params)
      await unassignGroup(deps, caller, appId, groupId)
      return empty(204)
    },
  }),
]

const place = (params: Call['params']) => ({
  appId: params.appId ?? '',
  userId: params.userId ?? '',
  groupId: params.groupId ?? '',
})

/** The search key of `q`. PostgreSQL's text cannot be asked for the character NUL. */
const beginning = (query: URLSearchParams): string | undefined =>
  searchKey(query.get('q') ?? '').replaceAll('\0', '') || undefined
