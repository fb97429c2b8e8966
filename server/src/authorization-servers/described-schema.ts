// What the answers about authorization servers and what belongs to them promise.
import Type from 'typebox'
import { nullable } from '#http/wire.ts'

const text = nullable(Type.String())
const texts = Type.Array(Type.String())
const status = Type.Enum(['ACTIVE', 'INACTIVE'])
const times = { created: Type.String(), lastUpdated: Type.String() }
const Link = Type.Object({ href: Type.String() })

export const ServerAnswer = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    description: text,
    audiences: texts,
    issuer: Type.String(),
    issuerMode: Type.Enum(['ORG_URL', 'DYNAMIC']),
    status,
    ...times,
    credentials: Type.Object({
      signing: Type.Object({
        kid: Type.Optional(Type.String()),
        rotationMode: Type.Enum(['AUTO', 'MANUAL']),
        lastRotated: Type.Optional(Type.String()),
        /** Only where rotation is automatic. */
        nextRotation: Type.Optional(Type.String()),
      }),
    }),
    default: Type.Boolean(),
    _links: Type.Object({
      metadata: Type.Array(Type.Object({ name: Type.String(), href: Type.String() })),
      self: Link,
    }),
  },
  { title: 'AuthorizationServer' },
)

export const ScopeAnswer = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    displayName: text,
    description: text,
    system: Type.Boolean(),
    default: Type.Boolean(),
    metadataPublish: Type.Enum(['ALL_CLIENTS', 'NO_CLIENTS']),
    consent: Type.Enum(['IMPLICIT', 'REQUIRED', 'FLEXIBLE']),
    optional: Type.Boolean(),
  },
  { title: 'Scope' },
)

export const ClaimAnswer = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    status,
    claimType: Type.Enum(['RESOURCE', 'IDENTITY']),
    valueType: Type.Enum(['EXPRESSION', 'GROUPS', 'SYSTEM']),
    /** Not that of a system claim. */
    value: Type.Optional(Type.String()),
    conditions: Type.Object({ scopes: texts }),
    system: Type.Boolean(),
    alwaysIncludeInToken: Type.Boolean(),
    group_filter_type: Type.Optional(Type.Enum(['STARTS_WITH', 'EQUALS', 'CONTAINS', 'REGEX'])),
  },
  { title: 'Claim' },
)

export const PolicyAnswer = Type.Object(
  {
    type: Type.Literal('OAUTH_AUTHORIZATION_POLICY'),
    id: Type.String(),
    status,
    name: Type.String(),
    description: text,
    priority: Type.Integer(),
    system: Type.Boolean(),
    conditions: Type.Object({ clients: Type.Object({ include: texts }) }),
    ...times,
  },
  { title: 'AccessPolicy' },
)

const Named = Type.Object({ include: texts, exclude: texts })

export const RuleAnswer = Type.Object(
  {
    type: Type.Literal('RESOURCE_ACCESS'),
    id: Type.String(),
    status,
    name: Type.String(),
    priority: Type.Integer(),
    ...times,
    system: Type.Boolean(),
    conditions: Type.Object({
      people: Type.Object({ users: Named, groups: Named }),
      grantTypes: Type.Object({ include: texts }),
      scopes: Type.Object({ include: texts }),
    }),
    actions: Type.Object({
      token: Type.Object({
        accessTokenLifetimeMinutes: Type.Integer(),
        /** 0 is unlimited. */
        refreshTokenLifetimeMinutes: Type.Integer(),
        refreshTokenWindowMinutes: Type.Integer(),
      }),
    }),
  },
  { title: 'AccessRule' },
)

/** The public half alone. */
export const KeyAnswer = Type.Object(
  { kid: Type.String(), kty: Type.String(), alg: Type.String(), status: Type.Enum(['NEXT', 'ACTIVE', 'EXPIRED']) },
  { title: 'SigningKey' },
)
