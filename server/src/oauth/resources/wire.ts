// Tokens, clients and consents as the management API answers them (spec: 2.9).
import type { App } from '#apps/app.ts'
import { type AuthorizationServer, serverPathName } from '#authorization-servers/authorization-server.ts'
import { link } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { ORG_SERVER } from '#signing-keys/signing-key.ts'
import { displayNameOf, type User } from '#users/user.ts'
import { familyOf } from '../tokens/grant.ts'
import { endOf } from '../tokens/refresh-rotation.ts'
import type { Consent } from './family-view.ts'
import type { Place } from './place.ts'
import type { OwnedFamily } from './token-service.ts'

export interface Surroundings {
  readonly orgUrl: string
  readonly config: OrgConfig
  /** `expand=scope`. */
  readonly withScopes: boolean
}

export function familyToWire({ grant, user }: OwnedFamily, { app, path }: Place, around: Surroundings) {
  const { orgUrl, config, withScopes } = around
  const server = config.servers.get(grant.serverId)
  const end = endOf(familyOf(grant))
  const self = `${orgUrl}${path}/${grant.id}`
  return {
    id: grant.id,
    status: 'ACTIVE',
    created: isoText(grant.created),
    lastUpdated: isoText(grant.lastUpdated),
    expiresAt: end === undefined ? null : isoText(end),
    issuer: issuerUrl(orgUrl, grant.serverId, server),
    clientId: app.clientId,
    userId: grant.userId,
    scopes: grant.scopes,
    ...(withScopes ? { _embedded: { scopes: grant.scopes.map((name) => scopeToWire(name, orgUrl, server)) } } : {}),
    _links: {
      ...sharedLinks(app, server, user, orgUrl),
      self: { href: self },
      revoke: link(self, 'DELETE'),
    },
  }
}

function issuerUrl(orgUrl: string, serverId: string, server: AuthorizationServer | undefined): string {
  return serverId === ORG_SERVER ? orgUrl : `${orgUrl}/oauth2/${server ? serverPathName(server) : serverId}`
}

function sharedLinks(
  app: App | undefined,
  server: AuthorizationServer | undefined,
  user: User | undefined,
  orgUrl: string,
) {
  return {
    ...(app && { app: { href: `${orgUrl}/api/v1/apps/${app.id}`, title: app.label } }),
    ...(server && {
      authorizationServer: { href: `${orgUrl}/api/v1/authorizationServers/${server.id}`, title: server.name },
    }),
    ...(app && { client: { href: `${orgUrl}/oauth2/v1/clients/${app.clientId}`, title: app.label } }),
    ...(user && { user: { href: `${orgUrl}/api/v1/users/${user.id}`, title: displayNameOf(user) } }),
  }
}

/** The org's own server has no scope objects: a name is all there is to say. */
function scopeToWire(name: string, orgUrl: string, server: AuthorizationServer | undefined) {
  const scope = server?.scopes.find((one) => one.name === name)
  if (!server || !scope) return { id: name, name }
  const { id, displayName, description } = scope
  const href = `${orgUrl}/api/v1/authorizationServers/${server.id}/scopes/${id}`
  return { id, name, displayName, description, _links: { scope: { href, title: displayName ?? name } } }
}

/** A client of a person or a server: `path` is theirs, and has grants only where it is a person's. */
export function clientToWire(app: App, orgUrl: string, path: string, hasGrants: boolean) {
  const self = `${orgUrl}${path}/clients/${app.clientId}`
  return {
    client_id: app.clientId,
    client_name: app.label,
    client_uri: app.clientUri ?? null,
    logo_uri: app.logoUri ?? null,
    _links: {
      ...(hasGrants ? { grants: link(`${self}/grants`, 'GET', 'DELETE') } : {}),
      tokens: link(`${self}/tokens`, 'GET', 'DELETE'),
    },
  }
}

export function consentToWire(consent: Consent, user: User, { orgUrl, config, withScopes }: Surroundings) {
  const app = config.appsById.get(consent.appId)
  const server = config.servers.get(consent.serverId)
  const scope = scopeToWire(consent.scope, orgUrl, server)
  return {
    id: consent.id,
    status: 'ACTIVE',
    created: isoText(consent.created),
    createdBy: { id: user.id, type: 'User' },
    lastUpdated: isoText(consent.created),
    issuer: issuerUrl(orgUrl, consent.serverId, server),
    clientId: app?.clientId ?? consent.appId,
    userId: user.id,
    scopeId: scope.id,
    source: 'END_USER',
    ...(withScopes ? { _embedded: { scope } } : {}),
    _links: {
      ...sharedLinks(app, server, user, orgUrl),
      ...(scope._links ?? {}),
      self: link(`${orgUrl}/api/v1/users/${user.id}/grants/${consent.id}`, 'GET', 'DELETE'),
    },
  }
}
