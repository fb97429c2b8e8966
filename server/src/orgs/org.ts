// An org is the tenant: its id stands first in every key, and the host of a request chooses it.
import type { OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import type { SecretKey } from '#kernel/secret.ts'

export interface Org {
  readonly id: OrgId
  readonly name: string
  readonly subdomain: string
  readonly created: Instant
  /** The canonical origin: begins every issuer and link. */
  readonly url: string
  /** The origins of its aliases. */
  readonly aliases: readonly string[]
  /** Seals what the org keeps; itself sealed by the root key. */
  readonly dataKey: SecretKey
}

/** What a host name stands for. */
export interface HostRole {
  readonly org: OrgId
  readonly orgUrl: string
  /**
   * `alias`: serves discovery, keys, token, introspect, revoke and userinfo to machines, while pages live on the canonical host. `console`: the Admin
   * Console's own, where that is another than the canonical one. `console-name`: leads there.
   */
  readonly role: 'canonical' | 'alias' | 'console' | 'console-name'
  /** Its own origin, as it was registered. */
  readonly origin: string
  /** The origin of the org's Admin Console. */
  readonly consoleUrl: string
}

/** A host that an org has in the database. */
export interface StoredHost {
  readonly host: string
  readonly org: OrgId
  readonly orgUrl: string
  readonly origin: string
  readonly role: 'canonical' | 'alias'
}

/** Okta's console lives at `{org}-admin.…`, and okta-auth-js refuses issuers of that form: such names are reserved. */
export const validSubdomain = (name: string): boolean =>
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name) && !name.endsWith('-admin')
