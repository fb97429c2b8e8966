// Scopes as they are sent. What a draft leaves out is as Okta presets it.
import Type, { type Static } from 'typebox'
import { maybe } from '#http/wire.ts'
import type { ScopeDraft } from './scope-rules.ts'

export const ScopeBody = Type.Object({
  name: Type.String(),
  displayName: maybe(Type.String()),
  description: maybe(Type.String()),
  consent: Type.Optional(Type.Union([Type.Literal('IMPLICIT'), Type.Literal('REQUIRED'), Type.Literal('FLEXIBLE')])),
  metadataPublish: Type.Optional(Type.Union([Type.Literal('ALL_CLIENTS'), Type.Literal('NO_CLIENTS')])),
  default: Type.Optional(Type.Boolean()),
  optional: Type.Optional(Type.Boolean()),
})

export const scopeFromWire = (body: Static<typeof ScopeBody>): ScopeDraft => ({
  name: body.name,
  displayName: body.displayName ?? undefined,
  description: body.description ?? undefined,
  consent: body.consent ?? 'IMPLICIT',
  metadataPublish: body.metadataPublish ?? 'NO_CLIENTS',
  isDefault: body.default ?? false,
  optional: body.optional ?? false,
})
