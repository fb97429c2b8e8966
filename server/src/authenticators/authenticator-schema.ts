// Authenticators on the wire (spec of sign-in: 6.8).
import Type from 'typebox'
import { link } from '#http/wire.ts'
import { type Instant, isoText } from '#kernel/instant.ts'
import { AUTHENTICATOR_TYPES, type Authenticator } from './authenticator.ts'

export const AuthenticatorAnswer = Type.Object(
  {
    id: Type.String(),
    key: Type.String(),
    name: Type.String(),
    type: Type.Enum(AUTHENTICATOR_TYPES),
    status: Type.Literal('ACTIVE'),
    created: Type.String(),
    lastUpdated: Type.String(),
    settings: Type.Optional(
      Type.Object({ allowedFor: Type.String(), tokenLifetimeInMinutes: Type.Optional(Type.Number()) }),
    ),
  },
  { title: 'Authenticator' },
)

export const AuthenticatorListAnswer = Type.Array(AuthenticatorAnswer)

/** They are as old as their org. */
export const authenticatorToWire = (
  orgUrl: string,
  created: Instant,
  { settings, ...authenticator }: Authenticator,
) => ({
  ...authenticator,
  status: 'ACTIVE',
  created: isoText(created),
  lastUpdated: isoText(created),
  ...(settings ? { settings } : {}),
  _links: { self: link(`${orgUrl}/api/v1/authenticators/${authenticator.id}`, 'GET') },
})
