// Features on the wire.
import Type from 'typebox'
import { link } from '#http/wire.ts'
import type { OrgFeature } from './service.ts'

const Link = Type.Object({ href: Type.String() })

export const FeatureAnswer = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    status: Type.Union([Type.Literal('ENABLED'), Type.Literal('DISABLED')]),
    name: Type.String(),
    description: Type.String(),
    stage: Type.Object({
      value: Type.Union([Type.Literal('EA'), Type.Literal('BETA')]),
      state: Type.Optional(Type.String()),
    }),
    _links: Type.Object({ self: Link, dependents: Link, dependencies: Link }),
  },
  { title: 'Feature' },
)

export const FeatureListAnswer = Type.Array(FeatureAnswer)

export function toWire(orgUrl: string, { id, feature, enabled }: OrgFeature) {
  const self = `${orgUrl}/api/v1/features/${id}`
  const verb = enabled ? 'disable' : 'enable'
  return {
    id,
    type: 'self-service',
    status: enabled ? 'ENABLED' : 'DISABLED',
    name: feature.name,
    description: feature.description,
    stage: feature.stage === 'BETA' ? { value: 'BETA', state: 'OPEN' } : { value: 'EA' },
    _links: {
      [verb]: link(`${self}/${verb}`, 'POST'),
      self: { href: self },
      dependents: { href: `${self}/dependents` },
      dependencies: { href: `${self}/dependencies` },
    },
  }
}
