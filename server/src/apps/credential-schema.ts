// Client secrets and client keys on the wire.
import Type, { type Static } from 'typebox'
import { lifecycleLink, link, maybe, nullable } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import { keyToWire } from './answer-schema.ts'
import type { ClientKey } from './app.ts'
import { type SecretDraft, type ShownSecret, secretHash } from './client-secret.ts'

/** May be left out altogether: a secret is made then. */
export const SecretBody = Type.Union([
  Type.Object({
    client_secret: maybe(Type.String()),
    status: maybe(Type.Union([Type.Literal('ACTIVE'), Type.Literal('INACTIVE')])),
  }),
  Type.Null(),
])

export const KeyBody = Type.Record(Type.String(), Type.Unknown())

const status = Type.Union([Type.Literal('ACTIVE'), Type.Literal('INACTIVE')])

export const SecretListAnswer = Type.Array(
  Type.Object(
    {
      id: Type.String(),
      created: Type.String(),
      lastUpdated: Type.String(),
      status,
      client_secret: Type.Optional(Type.String()),
      secret_hash: Type.String(),
    },
    { title: 'ClientSecret' },
  ),
)

export const ClientKeyListAnswer = Type.Array(
  Type.Object(
    {
      id: Type.String(),
      kid: nullable(Type.String()),
      use: nullable(Type.String()),
      kty: Type.String(),
      status,
      created: Type.String(),
      lastUpdated: Type.String(),
    },
    { title: 'ClientKey' },
  ),
)

export const secretFromWire = (body: Static<typeof SecretBody> | undefined): SecretDraft => ({
  text: body?.client_secret ?? undefined,
  status: body?.status ?? undefined,
})

export function secretToWire({ secret, text }: ShownSecret, appId: string, orgUrl: string) {
  const self = `${orgUrl}/api/v1/apps/${appId}/credentials/secrets/${secret.id}`
  return {
    id: secret.id,
    created: isoText(secret.created),
    lastUpdated: isoText(secret.lastUpdated),
    status: secret.status,
    ...(text === undefined ? {} : { client_secret: text }),
    secret_hash: secretHash(secret),
    _links: credentialLinks(self, secret.status),
  }
}

export function clientKeyToWire(key: ClientKey, appId: string, orgUrl: string) {
  const self = `${orgUrl}/api/v1/apps/${appId}/credentials/jwks/${key.id}`
  return {
    ...keyToWire(key),
    created: isoText(key.created),
    lastUpdated: isoText(key.lastUpdated),
    _links: credentialLinks(self, key.status),
  }
}

const credentialLinks = (self: string, status: 'ACTIVE' | 'INACTIVE') => ({
  ...lifecycleLink(self, status),
  ...(status === 'INACTIVE' ? { delete: link(self, 'DELETE') } : {}),
})
