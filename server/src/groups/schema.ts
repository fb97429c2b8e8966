// Groups on the wire.
import Type from 'typebox'
import { maybe } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import { GROUP_TYPES, type Group, type GroupStats } from './group.ts'

export const GroupBody = Type.Object({ profile: Type.Record(Type.String(), Type.Unknown()) })

export const GroupAnswer = Type.Object(
  {
    id: Type.String(),
    created: Type.String(),
    lastUpdated: Type.String(),
    lastMembershipUpdated: Type.String(),
    type: Type.Enum(GROUP_TYPES),
    profile: Type.Object({ name: Type.String(), description: maybe(Type.String()) }),
    _embedded: Type.Optional(
      Type.Object({ stats: Type.Object({ usersCount: Type.Integer(), appsCount: Type.Integer() }) }),
    ),
  },
  { title: 'Group' },
)

export const GroupListAnswer = Type.Array(GroupAnswer)

export function toWire(orgUrl: string, group: Group, stats?: GroupStats) {
  const self = `${orgUrl}/api/v1/groups/${group.id}`
  return {
    id: group.id,
    created: isoText(group.created),
    lastUpdated: isoText(group.lastUpdated),
    lastMembershipUpdated: isoText(group.lastMembershipUpdated),
    objectClass: ['okta:user_group'],
    type: group.type,
    profile: { name: group.name, ...group.profile },
    ...(stats ? { _embedded: { stats: { ...stats, groupPushMappingsCount: 0, hasAdminPrivilege: false } } } : {}),
    _links: { users: { href: `${self}/users` }, apps: { href: `${self}/apps` } },
  }
}
