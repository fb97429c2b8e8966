// Features on the wire.
import { link } from '#http/wire.ts'
import type { OrgFeature } from './service.ts'

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
