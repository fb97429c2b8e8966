// Trusted origins on the wire.
import Type, { type Static } from 'typebox'
import { lifecycleLink, link } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import {
  EMBEDDABLE_APPS,
  ORIGIN_SCOPES,
  ORIGIN_STATUSES,
  type TrustedOrigin,
  type TrustedOriginDraft,
} from './trusted-origin.ts'

export const TrustedOriginBody = Type.Object({
  name: Type.String(),
  origin: Type.String(),
  scopes: Type.Array(
    Type.Object({
      type: Type.Enum(ORIGIN_SCOPES),
      allowedOktaApps: Type.Optional(Type.Array(Type.Enum(EMBEDDABLE_APPS))),
    }),
  ),
})

export const TrustedOriginAnswer = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    origin: Type.String(),
    scopes: Type.Array(
      Type.Object({
        type: Type.Enum(ORIGIN_SCOPES),
        allowedOktaApps: Type.Optional(Type.Array(Type.Enum(EMBEDDABLE_APPS))),
      }),
    ),
    status: Type.Enum(ORIGIN_STATUSES),
    created: Type.String(),
    createdBy: Type.String(),
    lastUpdated: Type.String(),
    lastUpdatedBy: Type.String(),
  },
  { title: 'TrustedOrigin' },
)

export const TrustedOriginListAnswer = Type.Array(TrustedOriginAnswer)

export const fromWire = ({ name, origin, scopes }: Static<typeof TrustedOriginBody>): TrustedOriginDraft => ({
  name,
  origin,
  scopes: scopes.map(({ type, allowedOktaApps }) => ({ type, ...(allowedOktaApps && { allowedOktaApps }) })),
})

export function toWire(orgUrl: string, origin: TrustedOrigin) {
  const self = `${orgUrl}/api/v1/trustedOrigins/${origin.id}`
  return {
    id: origin.id,
    name: origin.name,
    origin: origin.origin,
    scopes: origin.scopes,
    status: origin.status,
    created: isoText(origin.created),
    createdBy: origin.createdBy,
    lastUpdated: isoText(origin.lastUpdated),
    lastUpdatedBy: origin.lastUpdatedBy,
    _links: { self: link(self, 'GET', 'PUT', 'DELETE'), ...lifecycleLink(self, origin.status) },
  }
}
