// Authorization servers as they come in.
import Type, { type Static } from 'typebox'
import { maybe } from '#http/wire.ts'
import { invalid } from '#kernel/refusal.ts'
import type { ServerDraft } from './server-draft.ts'

export const ServerBody = Type.Object({
  name: Type.Optional(Type.String()),
  description: maybe(Type.String()),
  audiences: Type.Optional(Type.Array(Type.String())),
  issuerMode: Type.Optional(Type.Union([Type.Literal('ORG_URL'), Type.Literal('CUSTOM_URL'), Type.Literal('DYNAMIC')])),
  credentials: Type.Optional(
    Type.Object({
      signing: Type.Optional(
        Type.Object({ rotationMode: Type.Optional(Type.Union([Type.Literal('AUTO'), Type.Literal('MANUAL')])) }),
      ),
    }),
  ),
})

/** @throws {Refusal} validation_failed for what has no place in a draft */
export function serverFromWire(wire: Static<typeof ServerBody>): ServerDraft {
  const [audience = '', ...others] = wire.audiences ?? []
  if (others.length > 0) throw invalid('audiences', 'audiences: Exactly one audience is supported')
  if (wire.issuerMode === 'CUSTOM_URL')
    throw invalid('issuerMode', "issuerMode: 'CUSTOM_URL' needs a custom URL domain, and the org has none")
  return {
    name: wire.name ?? '',
    description: wire.description ?? undefined,
    audience,
    issuerMode: wire.issuerMode ?? 'ORG_URL',
    rotationMode: wire.credentials?.signing?.rotationMode ?? 'AUTO',
  }
}
