// Authorization servers and what belongs to them, on the wire.
import { lifecycleLink, link } from '#http/wire.ts'
import { DAY, type Instant, isoText, later } from '#kernel/instant.ts'
import type { SigningKey } from '#signing-keys/signing-key.ts'
import {
  type AccessPolicy,
  type AccessRule,
  type AuthorizationServer,
  type Claim,
  type Scope,
  serverPathName,
} from './authorization-server.ts'

const ROTATION_DAYS = 90

const EDIT = ['GET', 'PUT', 'DELETE'] as const

/** The address of a server in this API: the default one keeps `default`. */
export const serverUrl = (orgUrl: string, server: AuthorizationServer): string =>
  `${orgUrl}/api/v1/authorizationServers/${serverPathName(server)}`

const times = ({ created, lastUpdated }: { readonly created: Instant; readonly lastUpdated: Instant }) => ({
  created: isoText(created),
  lastUpdated: isoText(lastUpdated),
})

export function serverToWire(orgUrl: string, server: AuthorizationServer, keys: readonly SigningKey[]) {
  const self = serverUrl(orgUrl, server)
  const issuer = `${orgUrl}/oauth2/${serverPathName(server)}`
  const metadata = ['oauth-authorization-server', 'openid-configuration'] as const
  return {
    id: server.id,
    name: server.name,
    description: server.description ?? null,
    audiences: [server.audience],
    issuer,
    issuerMode: server.issuerMode,
    status: server.status,
    ...times(server),
    credentials: {
      signing: signingToWire(
        server,
        keys.find(({ state }) => state === 'ACTIVE'),
      ),
    },
    default: server.isDefault,
    _links: {
      rotateKey: link(`${self}/credentials/lifecycle/keyRotate`, 'POST'),
      metadata: metadata.map((name) => ({ name, ...link(`${issuer}/.well-known/${name}`, 'GET') })),
      keys: link(`${self}/credentials/keys`, 'GET'),
      claims: link(`${self}/claims`, 'GET', 'POST'),
      policies: link(`${self}/policies`, 'GET', 'POST'),
      self: link(self, 'GET', 'DELETE', 'PUT'),
      scopes: link(`${self}/scopes`, 'GET', 'POST'),
      ...lifecycleLink(self, server.status),
    },
  }
}

function signingToWire({ rotationMode, lastRotated: rotated }: AuthorizationServer, active: SigningKey | undefined) {
  if (!active) return { rotationMode }
  const since = rotated ?? active.created
  const lastRotated = isoText(since)
  if (rotationMode === 'MANUAL') return { kid: active.kid, rotationMode, lastRotated }
  return {
    kid: active.kid,
    rotationMode,
    lastRotated,
    nextRotation: isoText(later(since, ROTATION_DAYS * DAY)),
  }
}

export const scopeToWire = (server: string, scope: Scope) => ({
  id: scope.id,
  name: scope.name,
  displayName: scope.displayName ?? null,
  description: scope.description ?? null,
  system: scope.system,
  default: scope.isDefault,
  metadataPublish: scope.metadataPublish,
  consent: scope.consent,
  optional: scope.optional,
  _links: { self: link(`${server}/scopes/${scope.id}`, ...EDIT) },
})

export const claimToWire = (server: string, claim: Claim) => ({
  id: claim.id,
  name: claim.name,
  status: claim.status,
  claimType: claim.claimType,
  valueType: claim.valueType,
  // The value of a system claim is the platform's own.
  ...(claim.valueType === 'SYSTEM' ? {} : { value: claim.value }),
  conditions: { scopes: claim.scopes },
  system: claim.system,
  alwaysIncludeInToken: claim.alwaysIncludeInToken,
  apiResourceId: null,
  ...(claim.groupFilterType === undefined ? {} : { group_filter_type: claim.groupFilterType }),
  _links: { self: link(`${server}/claims/${claim.id}`, ...EDIT) },
})

export function policyToWire(server: string, policy: AccessPolicy) {
  const self = `${server}/policies/${policy.id}`
  return {
    type: 'OAUTH_AUTHORIZATION_POLICY',
    id: policy.id,
    status: policy.status,
    name: policy.name,
    description: policy.description === '' ? null : policy.description,
    priority: policy.priority,
    system: policy.system,
    conditions: { clients: { include: policy.clients } },
    ...times(policy),
    _links: { self: link(self, ...EDIT), rules: link(`${self}/rules`, 'GET'), ...lifecycleLink(self, policy.status) },
  }
}

export function ruleToWire(server: string, policy: AccessPolicy, rule: AccessRule) {
  const self = `${server}/policies/${policy.id}/rules/${rule.id}`
  return {
    type: 'RESOURCE_ACCESS',
    id: rule.id,
    status: rule.status,
    name: rule.name,
    priority: rule.priority,
    ...times(rule),
    system: rule.system,
    conditions: {
      people: { users: rule.users, groups: rule.groups },
      grantTypes: { include: rule.grantTypes },
      scopes: { include: rule.scopes },
    },
    actions: {
      token: {
        accessTokenLifetimeMinutes: rule.accessTokenMinutes,
        refreshTokenLifetimeMinutes: rule.refreshTokenMinutes,
        refreshTokenWindowMinutes: rule.refreshTokenWindowMinutes,
      },
    },
    _links: { self: link(self, ...EDIT), ...lifecycleLink(self, rule.status) },
  }
}

const KEY_STATUS = { NEXT: 'NEXT', ACTIVE: 'ACTIVE', RETIRED: 'EXPIRED' } as const

export const keyToWire = (server: string, { jwk, kid, state }: SigningKey) => ({
  ...jwk,
  status: KEY_STATUS[state],
  _links: { self: link(`${server}/credentials/keys/${kid}`, 'GET') },
})
