// `/api/v1/groups` and their members. The people of a group are listed by the users room, who renders people.
import { empty, json } from '#http/answer.ts'
import { pageLinks, parsePage } from '#http/paging.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import {
  addMember,
  createGroup,
  deleteGroup,
  dropMember,
  getGroup,
  groupStats,
  listGroups,
  listGroupsOf,
  replaceGroup,
} from './manage-service.ts'
import { GroupAnswer, GroupBody, GroupListAnswer, toWire } from './schema.ts'

const GROUPS = '/api/v1/groups'
const GROUP = `${GROUPS}/:id`
const MEMBER = `${GROUP}/users/:userId`
const PAGE = { normal: 1_000, max: 10_000 }

export const groupRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: GROUPS,
    zone: 'none',
    bucket: 'groups',
    permission: 'okta.groups.read',
    summary: 'List groups',
    answer: GroupListAnswer,
    async handler({ caller, query, path }) {
      const question = { q: query.get('q'), filter: query.get('filter'), search: query.get('search') }
      const { rows, next } = await listGroups(deps, caller, { ...question, page: parsePage(query, PAGE) })
      const stats = wantsStats(query) ? await groupStats(deps, caller, rows) : undefined
      const groups = rows.map((group) => toWire(caller.orgUrl, group, stats?.get(group.id)))
      return json(200, groups, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
  route({
    method: 'POST',
    url: GROUPS,
    zone: 'none',
    bucket: 'groups',
    permission: 'okta.groups.manage',
    body: GroupBody,
    summary: 'Create a group',
    answer: GroupAnswer,
    async handler({ caller, body }) {
      return json(200, toWire(caller.orgUrl, await createGroup(deps, caller, body.profile)))
    },
  }),
  route({
    method: 'GET',
    url: GROUP,
    zone: 'none',
    bucket: 'group',
    permission: 'okta.groups.read',
    summary: 'Read a group',
    answer: GroupAnswer,
    async handler({ caller, params, query }) {
      const group = await getGroup(deps, caller, params.id ?? '')
      const stats = wantsStats(query) ? await groupStats(deps, caller, [group]) : undefined
      return json(200, toWire(caller.orgUrl, group, stats?.get(group.id)))
    },
  }),
  route({
    method: 'PUT',
    url: GROUP,
    zone: 'none',
    bucket: 'group',
    permission: 'okta.groups.manage',
    body: GroupBody,
    summary: 'Replace the profile of a group',
    answer: GroupAnswer,
    async handler({ caller, params, body }) {
      return json(200, toWire(caller.orgUrl, await replaceGroup(deps, caller, params.id ?? '', body.profile)))
    },
  }),
  route({
    method: 'DELETE',
    url: GROUP,
    zone: 'none',
    bucket: 'group',
    permission: 'okta.groups.manage',
    summary: 'Delete a group',
    async handler({ caller, params }) {
      await deleteGroup(deps, caller, params.id ?? '')
      return empty(204)
    },
  }),
  route({
    method: 'PUT',
    url: MEMBER,
    zone: 'none',
    bucket: 'group',
    permission: 'okta.groups.manage',
    summary: 'Make a person a member of a group',
    async handler({ caller, params }) {
      await addMember(deps, caller, { groupId: params.id ?? '', userId: params.userId ?? '' })
      return empty(204)
    },
  }),
  route({
    method: 'DELETE',
    url: MEMBER,
    zone: 'none',
    bucket: 'group',
    permission: 'okta.groups.manage',
    summary: 'End the membership of a person in a group',
    async handler({ caller, params }) {
      await dropMember(deps, caller, { groupId: params.id ?? '', userId: params.userId ?? '' })
      return empty(204)
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/users/:id/groups',
    zone: 'trusted',
    bucket: 'api',
    permission: 'authenticated',
    cookie: true,
    summary: 'List the groups that a person is a member of',
    answer: GroupListAnswer,
    async handler({ caller, params, path }) {
      const groups = await listGroupsOf(deps, caller, params.id ?? '')
      const headers = { link: pageLinks(caller.orgUrl, path, undefined) }
      return json(
        200,
        groups.map((group) => toWire(caller.orgUrl, group)),
        { headers },
      )
    },
  }),
]

const wantsStats = (query: URLSearchParams): boolean => query.get('expand')?.split(',').includes('stats') ?? false
