// `/api/v1/users`: the directory's people, their states and passwords, and the people of a group. A browser's session opens the own
// record alone; whatever else is asked takes an administrator's token.
import { empty, json } from '#http/answer.ts'
import { pageLinks, parsePage } from '#http/paging.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { ME } from './addressee.ts'
import { updateUser } from './change-service.ts'
import { createUser } from './create-service.ts'
import {
  ActivationAnswer,
  ResetAnswer,
  TemporaryPasswordAnswer,
  UserAnswer,
  UserListAnswer,
} from './described-schema.ts'
import { activateUser, changeStatus, deleteUser, type LinkedAction } from './lifecycle-service.ts'
import { listMembers, listUsers } from './list-service.ts'
import { changePassword } from './password-service.ts'
import { forgotPassword, resetPassword, setTemporaryPassword } from './recovery-service.ts'
import {
  activationToWire,
  ChangePasswordBody,
  CreateUserBody,
  changeFromWire,
  checkType,
  credentialsToWire,
  draftFromWire,
  passwordChangeFromWire,
  ReplaceUserBody,
  resetToWire,
  toListWire,
  toWire,
  UpdateUserBody,
} from './schema.ts'
import { readUser } from './service.ts'
import type { LifecycleAction } from './user-status.ts'

const USERS = '/api/v1/users'
const USER = `${USERS}/:id`
const PAGE = { normal: 200, max: 200 }
const QUICK_PAGE = { normal: 10, max: 200 }
const MEMBERS_PAGE = { normal: 1_000, max: 1_000 }
const CHANGE = { method: 'POST', zone: 'trusted', bucket: 'api', permission: 'okta.users.manage' } as const
const PLAIN_ACTIONS = ['deactivate', 'suspend', 'unsuspend', 'unlock', 'expire_password'] as const
const LINKED_ACTIONS = ['activate', 'reactivate'] as const

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
    async handler({ caller, body, query }) {
      const user = await updateUser(deps, caller, ME, changeFromWire('own', body, query))
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
    async handler({ caller, params, body, query }) {
      checkType(body.type, caller.org)
      const user = await updateUser(deps, caller, params.id ?? '', changeFromWire('merge', body, query))
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
    async handler({ caller, params, body, query }) {
      checkType(body.type, caller.org)
      const user = await updateUser(deps, caller, params.id ?? '', changeFromWire('replace', body, query))
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
    async handler({ caller, params, body, query }) {
      const user = await changePassword(deps, caller, params.id ?? '', passwordChangeFromWire(body, query))
      return json(200, credentialsToWire(user))
    },
  }),
  ...PLAIN_ACTIONS.map((action) => lifecycleRoute(deps, action)),
  ...LINKED_ACTIONS.map((action) => activationRoute(deps, action)),
  route({
    ...CHANGE,
    url: `${USER}/lifecycle/reset_password`,
    summary: 'Take a password away; answers the link by which the person chooses another',
    answer: ResetAnswer,
    async handler({ caller, params, query }) {
      const reset = { sendEmail: isSet(query, 'sendEmail') ?? true, revokeSessions: revokesSessions(query) }
      return json(200, resetToWire(caller.orgUrl, await resetPassword(deps, caller, params.id ?? '', reset)))
    },
  }),
  route({
    ...CHANGE,
    url: `${USER}/lifecycle/expire_password_with_temp_password`,
    summary: 'Give a person a temporary password, to be changed at the next sign-in',
    answer: TemporaryPasswordAnswer,
    async handler({ caller, params, query }) {
      const wish = { revokeSessions: revokesSessions(query) }
      return json(200, { tempPassword: await setTemporaryPassword(deps, caller, params.id ?? '', wish) })
    },
  }),
  route({
    ...CHANGE,
    url: `${USER}/credentials/forgot_password`,
    summary: 'Answer a link by which a person chooses another password; the old one stays good until then',
    async handler({ caller, params, query }) {
      const wish = { sendEmail: isSet(query, 'sendEmail') ?? true }
      return json(200, resetToWire(caller.orgUrl, await forgotPassword(deps, caller, params.id ?? '', wish)))
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/groups/:id/users',
    zone: 'none',
    bucket: 'group',
    permission: 'okta.groups.read',
    summary: 'List the people of a group',
    answer: UserListAnswer,
    async handler({ caller, params, query, path }) {
      const question = { q: query.get('q'), page: parsePage(query, MEMBERS_PAGE) }
      const { rows, next } = await listMembers(deps, caller, params.id ?? '', question)
      const users = rows.map((user) => toListWire(caller.orgUrl, caller.org, user))
      return json(200, users, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
]

const lifecycleRoute = (deps: Deps, action: LifecycleAction): Route =>
  route({
    ...CHANGE,
    url: `${USER}/lifecycle/${action}`,
    summary: `Change a person's state: ${action}`,
    async handler({ caller, params }) {
      const user = await changeStatus(deps, caller, params.id ?? '', action)
      // This one answers with the person; the others with an empty object.
      return json(200, action === 'expire_password' ? toWire(caller.orgUrl, caller.org, user) : {})
    },
  })

// Okta mails an activation unless told otherwise, and a repeated one only when asked. Nothing can be mailed here: what is left to the
// default changes the state alone.
const MAILED_BY_DEFAULT: Readonly<Record<LinkedAction, boolean>> = { activate: true, reactivate: false }

const activationRoute = (deps: Deps, action: LinkedAction): Route =>
  route({
    ...CHANGE,
    url: `${USER}/lifecycle/${action}`,
    summary: `Change a person's state: ${action}; answers the link for a first password where \`sendEmail\` is false`,
    answer: ActivationAnswer,
    async handler({ caller, params, query }) {
      const sendEmail = isSet(query, 'sendEmail') ?? (MAILED_BY_DEFAULT[action] ? undefined : false)
      const issued = await activateUser(deps, caller, params.id ?? '', action, { sendEmail })
      return json(200, issued ? activationToWire(caller.orgUrl, issued) : {})
    },
  })

function isSet(query: URLSearchParams, name: string): boolean | undefined {
  const value = query.get(name)?.toLowerCase()
  return value === 'true' || value === 'false' ? value === 'true' : undefined
}

const revokesSessions = (query: URLSearchParams): boolean => isSet(query, 'revokeSessions') ?? false
