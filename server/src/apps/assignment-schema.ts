// Assignments on the wire.
import Type, { type Static } from 'typebox'
import type { Group } from '#groups/group.ts'
import { maybe } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import type { User } from '#users/user.ts'
import type { AppGroup, AppGroupDraft, AppUser, AppUserDraft } from './assignment.ts'

const profile = maybe(Type.Record(Type.String(), Type.Unknown()))

const APP_USER = {
  scope: maybe(Type.Union([Type.Literal('USER'), Type.Literal('GROUP')])),
  credentials: maybe(Type.Object({ userName: maybe(Type.String()) })),
  profile,
}
export const AssignUserBody = Type.Object({ id: Type.String(), ...APP_USER })
export const UpdateAppUserBody = Type.Object(APP_USER)

const PRIORITY_MAX = 2_147_483_647
/** May be left out altogether. */
export const AppGroupBody = Type.Union([
  Type.Object({ priority: Type.Optional(Type.Integer({ minimum: 0, maximum: PRIORITY_MAX })), profile }),
  Type.Null(),
])

export const AppUserListAnswer = Type.Array(
  Type.Object(
    {
      id: Type.String(),
      created: Type.String(),
      lastUpdated: Type.String(),
      scope: Type.Union([Type.Literal('USER'), Type.Literal('GROUP')]),
      credentials: Type.Object({ userName: Type.String() }),
      _embedded: Type.Optional(
        Type.Object({
          user: Type.Object({
            id: Type.String(),
            status: Type.String(),
            profile: Type.Object({
              firstName: maybe(Type.String()),
              lastName: maybe(Type.String()),
            }),
          }),
        }),
      ),
    },
    { title: 'AppUser' },
  ),
)

export const AppGroupListAnswer = Type.Array(
  Type.Object(
    {
      id: Type.String(),
      lastUpdated: Type.String(),
      priority: Type.Integer(),
      _embedded: Type.Optional(
        Type.Object({ group: Type.Object({ id: Type.String(), profile: Type.Object({ name: Type.String() }) }) }),
      ),
    },
    { title: 'AppGroup' },
  ),
)

export const appUserFromWire = (body: Static<typeof UpdateAppUserBody>): AppUserDraft => ({
  scope: body.scope ?? undefined,
  userName: body.credentials?.userName ?? undefined,
  profile: body.profile ?? undefined,
})

export const appGroupFromWire = (body: Static<typeof AppGroupBody> | undefined): AppGroupDraft => ({
  priority: body?.priority,
  profile: body?.profile ?? undefined,
})

export function appUserToWire(appUser: AppUser, appId: string, orgUrl: string) {
  const { userId, groupId } = appUser
  return {
    id: userId,
    externalId: null,
    created: isoText(appUser.created),
    lastUpdated: isoText(appUser.lastUpdated),
    scope: appUser.scope,
    status: 'ACTIVE',
    statusChanged: isoText(appUser.created),
    passwordChanged: null,
    syncState: 'DISABLED',
    credentials: { userName: appUser.userName },
    profile: appUser.profile,
    _links: {
      app: { href: `${orgUrl}/api/v1/apps/${appId}` },
      user: { href: `${orgUrl}/api/v1/users/${userId}` },
      ...(groupId === undefined ? {} : { group: { name: groupId, href: `${orgUrl}/api/v1/groups/${groupId}` } }),
    },
  }
}

export const appGroupToWire = (
  { groupId, lastUpdated, priority, profile: values }: AppGroup,
  appId: string,
  orgUrl: string,
) => ({
  id: groupId,
  lastUpdated: isoText(lastUpdated),
  priority,
  profile: values,
  _links: {
    app: { href: `${orgUrl}/api/v1/apps/${appId}` },
    self: { href: `${orgUrl}/api/v1/apps/${appId}/groups/${groupId}` },
    group: { href: `${orgUrl}/api/v1/groups/${groupId}` },
  },
})

/** `expand=user`: who is behind the assignment, where the caller may know. */
export const embeddedUser = (user: User | undefined) =>
  user && {
    _embedded: {
      user: {
        id: user.id,
        status: user.status,
        created: isoText(user.created),
        lastUpdated: isoText(user.lastUpdated),
        profile: user.profile,
      },
    },
  }

/** `expand=group` */
export const embeddedGroup = (group: Group | undefined) =>
  group && {
    _embedded: {
      group: {
        id: group.id,
        created: isoText(group.created),
        lastUpdated: isoText(group.lastUpdated),
        type: group.type,
        profile: { name: group.name, ...group.profile },
      },
    },
  }
