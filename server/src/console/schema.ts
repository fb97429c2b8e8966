// The caller on the wire.
import { isoText } from '#kernel/instant.ts'
import type { Self } from './service.ts'

const LOCAL = ['localhost', '127.0.0.1', '[::1]']

export const selfToWire = ({ userId, login, name, firstName, roles, permissions, org, ends }: Self) => ({
  id: userId,
  login,
  name,
  firstName,
  roles,
  permissions,
  org: { id: org.id, name: org.name, subdomain: org.subdomain, url: org.url },
  /** The org is on the developer's own machine. */
  development: LOCAL.includes(new URL(org.url).hostname),
  session: ends ? { expiresAt: isoText(ends.absolute), idleExpiresAt: isoText(ends.idle) } : null,
})
