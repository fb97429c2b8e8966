// What the authorization server `default` of a fresh org holds, and what a new one begins with (spec: 6.1), as values.
import { newId, type RandomBytes } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import type { AccessPolicy, AuthorizationServer, Claim, Scope } from './authorization-server.ts'
import type { ServerDraft } from './server-draft.ts'

const SYSTEM_SCOPES: readonly [name: string, displayName: string, description: string][] = [
  ['openid', 'View your identity', 'Signals that a request is an OpenID request'],
  ['profile', 'View your profile', 'Reads the profile of the person'],
  ['email', 'View your email address', 'Reads the e-mail address of the person'],
  ['address', 'View your address', 'Reads the postal address of the person'],
  ['phone', 'View your phone number', 'Reads the phone number of the person'],
  ['offline_access', 'Keep you signed in', 'Lets the app refresh its tokens while the person is away'],
  ['device_sso', 'Share sign-in between apps of a device', 'Lets apps of one device share a sign-in'],
]

const DEFAULT_RULE_GRANTS = [
  'implicit',
  'client_credentials',
  'authorization_code',
  'password',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const

export function defaultServer(now: Instant, random: RandomBytes): AuthorizationServer {
  return {
    id: newId('authorizationServer', now, random),
    isDefault: true,
    name: 'default',
    description: 'Default Authorization Server for your Applications',
    audience: 'api://default',
    issuerMode: 'DYNAMIC',
    status: 'ACTIVE',
    created: now,
    lastUpdated: now,
    rotationMode: 'AUTO',
    lastRotated: undefined,
    scopes: systemScopes(now, random),
    claims: [subjectClaim(now, random)],
    policies: [defaultPolicy(now, random)],
  }
}

/** A server that was just made has no policy, so it issues nothing until one is added. */
export function newServer(draft: ServerDraft, now: Instant, random: RandomBytes): AuthorizationServer {
  return {
    ...draft,
    id: newId('authorizationServer', now, random),
    isDefault: false,
    status: 'ACTIVE',
    created: now,
    lastUpdated: now,
    lastRotated: undefined,
    scopes: systemScopes(now, random),
    claims: [subjectClaim(now, random)],
    policies: [],
  }
}

const systemScopes = (now: Instant, random: RandomBytes): readonly Scope[] =>
  SYSTEM_SCOPES.map(([name, displayName, description]) => systemScope(name, displayName, description, now, random))

function systemScope(name: string, displayName: string, description: string, now: Instant, random: RandomBytes): Scope {
  return {
    id: newId('scope', now, random),
    name,
    displayName,
    description,
    consent: 'IMPLICIT',
    metadataPublish: 'ALL_CLIENTS',
    isDefault: false,
    optional: false,
    system: true,
  }
}

const subjectClaim = (now: Instant, random: RandomBytes): Claim => ({
  id: newId('claim', now, random),
  name: 'sub',
  status: 'ACTIVE',
  claimType: 'RESOURCE',
  valueType: 'EXPRESSION',
  value: '(appuser != null) ? appuser.userName : app.clientId',
  groupFilterType: undefined,
  scopes: [],
  alwaysIncludeInToken: true,
  system: true,
})

function defaultPolicy(now: Instant, random: RandomBytes): AccessPolicy {
  return {
    id: newId('policy', now, random),
    name: 'Default Policy',
    description: 'Default policy description',
    status: 'ACTIVE',
    priority: 1,
    system: false,
    created: now,
    lastUpdated: now,
    clients: ['ALL_CLIENTS'],
    rules: [
      {
        id: newId('policyRule', now, random),
        name: 'Default Policy Rule',
        status: 'ACTIVE',
        priority: 1,
        system: false,
        created: now,
        lastUpdated: now,
        grantTypes: DEFAULT_RULE_GRANTS,
        scopes: ['*'],
        users: { include: [], exclude: [] },
        groups: { include: ['EVERYONE'], exclude: [] },
        accessTokenMinutes: 60,
        refreshTokenMinutes: 0,
        refreshTokenWindowMinutes: 10_080,
      },
    ],
  }
}
