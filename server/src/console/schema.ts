// The caller on the wire.
import Type from 'typebox'
import { nullable } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import { MAIL_MODES } from '#mail/mail.ts'
import type { Self } from './service.ts'

export const SelfAnswer = Type.Object(
  {
    id: Type.String(),
    login: Type.String(),
    name: Type.String(),
    firstName: Type.String(),
    roles: Type.Array(Type.String()),
    permissions: Type.Array(Type.String()),
    org: Type.Object({ id: Type.String(), name: Type.String(), subdomain: Type.String(), url: Type.String() }),
    development: Type.Boolean(),
    mail: Type.Enum(MAIL_MODES),
    session: nullable(Type.Object({ expiresAt: Type.String(), idleExpiresAt: Type.String() })),
  },
  { title: 'Self' },
)

export const selfToWire = (
  { userId, login, name, firstName, roles, permissions, org, mail, ends }: Self,
  development: boolean,
) => ({
  id: userId,
  login,
  name,
  firstName,
  roles,
  permissions,
  org: { id: org.id, name: org.name, subdomain: org.subdomain, url: org.url },
  /** The server is on the developer's own machine. */
  development,
  mail,
  session: ends ? { expiresAt: isoText(ends.absolute), idleExpiresAt: isoText(ends.idle) } : null,
})
