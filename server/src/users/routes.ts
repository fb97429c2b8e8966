// `/api/v1/users`: the directory's people, their states and passwords, and the people of a group. A browser's session opens the own
// record alone; whatever else is asked takes an administrator's token.
import { empty, json } from '#http/answer.ts'
import { pageLinks, parsePage } from '#http/paging.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { ME } from './addressee.ts'
import { updateUser } from './change-service.ts'
import { createUser } from './create-service.ts'
import { UserAnswer, UserListAnswer } from './described-schema.ts'
import { changeStatus, deleteUser } from './lifecycle-service.ts'
import { listMembers, listUsers } from './list-service.ts'
import { changePassword } from './password-service.ts'
import {
  ChangePasswordBody,
  CreateUserBody,
  changeFromWire,
  checkType,
  credentialsToWire,
  draftFromWire,
  passwordChangeFromWire,
  ReplaceUserBody,
  toListWire,
  toWire,
  UpdateUserBody,
} from './schema.ts'
import { readUser } from './service.ts'
import { LIFECYCLE_ACTIONS, type LifecycleAction } from './user-status.ts'

const USERS = '/api/v1/users'
const USER = `${USERS}/:id`
const PAGE = { normal: 200, max: 200 }
const QUICK_PAGE = { normal: 10, max: 200 }
const MEMBERS_PAGE = { normal: 1_000, max: 1_000 }

export const userRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: USERS,
    zone: 'trusted',
    bucket: 'users',
    permission: 'okta.users.read',
    summary: 'List people',
    answer: UserListAnswer,
    async handler({ caller, query, path }) {
      const question = {
        q: query.get('q'),
        filter: query.get('filter'),
        search: query.get('search'),
        sortBy: query.get('sortBy'),
        descending: query.get('sortOrder')?.toLowerCase() === 'desc',
        page: parsePage(query, query.has('q') ? QUICK_PAGE : PAGE),
      }
      const { rows, next } = await listUsers(deps, caller, question)
      const users = rows.map((user) => toListWire(caller.orgUrl, caller.org, user))
      return json(200, users, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
  route({
    method: 'POST',
    url: USERS,
    zone: 'trusted',
    bucket: 'users',
    permission: 'okta.users.manage',
    body: CreateUserBody,
    summary: 'Create a person',
    answer: UserAnswer,
    async handler({ caller, query, body }) {
      checkType(body.type, caller.org)
      return json(200, toWire(caller.orgUrl, caller.org, await createUser(deps, caller, draftFromWire(body, query))))
    },
  }),
  route({
    method: 'GET',
    url: USER,
    zone: 'trusted',
    bucket: 'user',
    permission: 'authenticated',
    cookie: true,
    summary: 'Read a person by id, login or `me`',
    answer: UserAnswer,
    async handler({ caller, params }) {
      return json(200, toWire(caller.orgUrl, caller.org, await readUser(deps, caller, params.id ?? '')))
    },
  }),
  route({
    method: 'POST',
    url: `${USERS}/${ME}`,
    zone: 'trusted',
    bucket: 'user-update',
    permission: 'authenticated',
    cookie: true,
    body: UpdateUserBody,
    summary: 'Change what people may change of themselves',
    answer: UserAnswer,
    async handler({ caller, body }) {
      const user = await updateUser(deps, caller, ME, changeFromWire('own', body))
      return json(200, toWire(caller.orgUrl, caller.org, user))
    },
  }),
  route({
    method: 'POST',
    url: USER,
    zone: 'trusted',
    bucket: 'user-update',
    permission: 'okta.users.manage',
    body: UpdateUserBody,
    summary: 'Change what is sent of a person: profile, password, recovery question',
    answer: UserAnswer,
    async handler({ caller, params, body }) {
      checkType(body.type, caller.org)
      const user = await updateUser(deps, caller, params.id ?? '', changeFromWire('merge', body))
      return json(200, toWire(caller.orgUrl, caller.org, user))
    },
  }),
  route({
    method: 'PUT',
    url: USER,
    zone: 'trusted',
    bucket: 'user-update',
    permission: 'okta.users.manage',
    body: ReplaceUserBody,
    summary: "Replace a person's profile: what is not sent is emptied",
    answer: UserAnswer,
    async handler({ caller, params, body }) {
      checkType(body.type, caller.org)
      const user = await updateUser(deps, caller, params.id ?? '', changeFromWire('replace', body))
      return json(200, toWire(caller.orgUrl, caller.org, user))
    },
  }),
  route({
    method: 'DELETE',
    url: USER,
    zone: 'trusted',
    bucket: 'user-update',
    permission: 'okta.users.manage',
    summary: 'Deactivate a person, or remove one who is deactivated',
    async handler({ caller, params }) {
      await deleteUser(deps, caller, params.id ?? '')
      return empty(204)
    },
  }),
  route({
    method: 'POST',
    url: `${USER}/credentials/change_password`,
    zone: 'trusted',
    bucket: 'api',
    permission: 'okta.users.manage',
    body: ChangePasswordBody,
    summary: 'Change a password, given the old one',
    async handler({ caller, params, body }) {
      const user = await changePassword(deps, caller, params.id ?? '', passwordChangeFromWire(body))
      return json(200, credentialsToWire(user))
    },
  }),
  ...LIFECYCLE_ACTIONS.map((action) => lifecycleRoute(deps, action)),
  route({
    method: 'GET',
    url: '/api/v1/groups/:id/users',
    zone: 'none',
    bucket: 'group',
    permission: 'okta.groups.read',
    summary: 'List the people of a group',
    answer: UserListAnswer,
    async handler({ caller, params, query, path }) {
      const { rows, next } = await listMembers(deps, caller, params.id ?? '', parsePage(query, MEMBERS_PAGE))
      const users = rows.map((user) => toListWire(caller.orgUrl, caller.org, user))
      return json(200, users, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
]

// Nothing can be mailed, and there is no activation token: `sendEmail` is not heeded, and a person without a password is given one
// by an administrator.
const lifecycleRoute = (deps: Deps, action: LifecycleAction): Route =>
  route({
    method: 'POST',
    url: `${USER}/lifecycle/${action}`,
    zone: 'trusted',
    bucket: 'api',
    permission: 'okta.users.manage',
    summary: `Change a person's state: ${action}`,
    async handler({ caller, params }) {
      const user = await changeStatus(deps, caller, params.id ?? '', action)
      // This one answers with the person; the others with an empty object.
      return json(200, action === 'expire_password' ? toWire(caller.orgUrl, caller.org, user) : {})
    },
  })
