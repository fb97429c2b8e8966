// The configuration of an org as one immutable value. It is swapped whole after a change commits; people, sessions, grants and tokens
// are never part of it.
import type { App } from '#apps/app.ts'
import type { AuthorizationServer } from '#authorization-servers/authorization-server.ts'
import type { EnabledFeatures } from '#features/registry.ts'
import type { OrgId } from '#kernel/id.ts'
import type { Policies } from '#policies/policy.ts'
import type { SigningKey } from '#signing-keys/signing-key.ts'
import type { TrustedOrigin } from '#trusted-origins/trusted-origin.ts'
import type { Org } from './org.ts'

export interface OrgConfig {
  readonly org: Org
  /** Grows with every change of configuration. */
  readonly version: number
  readonly appsById: ReadonlyMap<string, App>
  readonly appsByClientId: ReadonlyMap<string, App>
  /** By id; `default` finds the default server too. */
  readonly servers: ReadonlyMap<string, AuthorizationServer>
  /** Newest first; by server id, `org` for the org's own server. */
  readonly signingKeys: ReadonlyMap<string, readonly SigningKey[]>
  readonly trustedOrigins: readonly TrustedOrigin[]
  readonly features: EnabledFeatures
  readonly policies: Policies
}

export interface ConfigCache {
  /** The snapshot, perhaps a moment old: enough to allow. */
  get(org: OrgId): Promise<OrgConfig>
  /** The snapshot after a look at the version: what a refusal must be decided on. */
  fresh(org: OrgId): Promise<OrgConfig>
  /** Forgets the snapshot; called once a change has committed. */
  drop(org: OrgId): void
}

/**
 * Decides on the snapshot; a refusal is decided again where another node has changed the configuration meanwhile, so that what was
 * just created or mended there never fails here.
 */
export async function decideOnConfig<T>(
  cache: ConfigCache,
  org: OrgId,
  decide: (
    config: OrgConfig,
  ) => { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error },
): Promise<T> {
  const known = await cache.get(org)
  const first = decide(known)
  if (first.ok) return first.value
  const current = await cache.fresh(org)
  const second = current.version === known.version ? first : decide(current)
  if (second.ok) return second.value
  throw second.error
}
