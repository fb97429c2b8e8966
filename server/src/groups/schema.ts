// Groups on the wire.
import Type from 'typebox'
import { isoText } from '#kernel/instant.ts'
import type { Group } from './group.ts'

export const GroupBody = Type.Object({ profile: Type.Record(Type.String(), Type.Unknown()) })

export function toWire(orgUrl: string, group: Group) {
  const self = `${orgUrl}/api/v1/groups/${group.id}`
  return {
    id: group.id,
    created: isoText(group.created),
    lastUpdated: isoText(group.lastUpdated),
    lastMembershipUpdated: isoText(group.lastMembershipUpdated),
    objectClass: ['okta:user_group'],
    type: group.type,
    profile: { name: group.name, ...group.profile },
    _links: { users: { href: `${self}/users` }, apps: { href: `${self}/apps` } },
  }
}
