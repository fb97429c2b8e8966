// A custom authorization server: issuer, audience, scopes, claims, and the policies that say which client gets which token. Without a
// matching policy and rule nothing is issued.
import type { Instant } from '#kernel/instant.ts'

export interface Scope {
  readonly id: string
  readonly name: string
  readonly displayName: string | undefined
  readonly description: string | undefined
  readonly consent: 'IMPLICIT' | 'REQUIRED' | 'FLEXIBLE'
  readonly metadataPublish: 'ALL_CLIENTS' | 'NO_CLIENTS'
  readonly isDefault: boolean
  readonly optional: boolean
  readonly system: boolean
}

export interface Claim {
  readonly id: string
  readonly name: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly claimType: 'RESOURCE' | 'IDENTITY'
  readonly valueType: 'EXPRESSION' | 'GROUPS' | 'SYSTEM'
  readonly value: string
  readonly groupFilterType: 'STARTS_WITH' | 'EQUALS' | 'CONTAINS' | 'REGEX' | undefined
  /** Scopes that carry it; empty is any. */
  readonly scopes: readonly string[]
  readonly alwaysIncludeInToken: boolean
  readonly system: boolean
}

export interface AccessRule {
  readonly id: string
  readonly name: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly priority: number
  readonly system: boolean
  readonly created: Instant
  readonly lastUpdated: Instant
  readonly grantTypes: readonly string[]
  /** `*` or names; OpenID scopes always fit. */
  readonly scopes: readonly string[]
  readonly users: { readonly include: readonly string[]; readonly exclude: readonly string[] }
  /** Group ids; `EVERYONE` names the built-in group. */
  readonly groups: { readonly include: readonly string[]; readonly exclude: readonly string[] }
  readonly accessTokenMinutes: number
  /** 0 is unlimited. */
  readonly refreshTokenMinutes: number
  readonly refreshTokenWindowMinutes: number
}

export interface AccessPolicy {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly priority: number
  readonly system: boolean
  readonly created: Instant
  readonly lastUpdated: Instant
  /** `ALL_CLIENTS` or client ids. */
  readonly clients: readonly string[]
  /** By priority. */
  readonly rules: readonly AccessRule[]
}

export interface AuthorizationServer {
  readonly id: string
  /** The one that answers to `default`. */
  readonly isDefault: boolean
  readonly name: string
  readonly description: string | undefined
  readonly audience: string
  /** `DYNAMIC` has an effect while the feature is on: the host that was asked names the issuer. */
  readonly issuerMode: 'ORG_URL' | 'DYNAMIC'
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly created: Instant
  readonly lastUpdated: Instant
  readonly rotationMode: 'AUTO' | 'MANUAL'
  /** Absent while the first key signs. */
  readonly lastRotated: Instant | undefined
  readonly scopes: readonly Scope[]
  readonly claims: readonly Claim[]
  /** By priority. */
  readonly policies: readonly AccessPolicy[]
}

/** The word of the server in paths: the default one keeps `default`. */
export const serverPathName = (server: AuthorizationServer): string => (server.isDefault ? 'default' : server.id)
