// Sessions on the wire (spec of sign-in: 2.2).
import Type from 'typebox'
import { link } from '#http/wire.ts'
import type { OrgId } from '#kernel/id.ts'
import { isoText } from '#kernel/instant.ts'
import { displayNameOf } from '#users/user.ts'
import type { OwnedSession } from './manage-service.ts'
import { expiresAt } from './session.ts'

export const SessionTokenBody = Type.Object({ sessionToken: Type.String() })

export const DeleteSessionsBody = Type.Object({ keepCurrent: Type.Optional(Type.Boolean()) })

/** `as: 'me'` links to the caller's own paths, as the answers to a cookie do. */
export function toWire(orgUrl: string, org: OrgId, { session, user, hasFactor }: OwnedSession, as: 'me' | 'id') {
  const self = `${orgUrl}/api/v1/sessions/${as === 'me' ? 'me' : session.id}`
  const { password, factor } = session.proved
  return {
    id: session.id,
    userId: user.id,
    login: user.login,
    createdAt: isoText(session.created),
    expiresAt: isoText(expiresAt(session)),
    status: 'ACTIVE',
    lastPasswordVerification: password === undefined ? null : isoText(password),
    lastFactorVerification: factor === undefined ? null : isoText(factor),
    amr: session.amr,
    idp: { id: org, type: 'OKTA' },
    mfaActive: hasFactor,
    _links: {
      self: link(self, 'GET', 'DELETE'),
      refresh: link(`${self}/lifecycle/refresh`, 'POST'),
      user: { name: displayNameOf(user), ...link(`${orgUrl}/api/v1/users/${as === 'me' ? 'me' : user.id}`, 'GET') },
    },
  }
}
