// Role assignments on the wire.
import Type from 'typebox'
import { isoText } from '#kernel/instant.ts'
import { ROLE_LABELS, type RoleAssignment } from './role.ts'

export const RoleBody = Type.Object({ type: Type.String() })

export const RoleAnswer = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    type: Type.String(),
    created: Type.String(),
    lastUpdated: Type.String(),
    assignmentType: Type.String(),
  },
  { title: 'Role' },
)

export const RoleListAnswer = Type.Array(RoleAnswer)

export const toWire = (orgUrl: string, { id, userId, type, created, lastUpdated }: RoleAssignment) => ({
  id,
  label: ROLE_LABELS[type],
  type,
  status: 'ACTIVE',
  created: isoText(created),
  lastUpdated: isoText(lastUpdated),
  assignmentType: 'USER',
  _links: { assignee: { href: `${orgUrl}/api/v1/users/${userId}` } },
})
