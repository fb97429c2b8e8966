// Keeps the snapshots: bounded, loaded once for all who ask at the same time, and dropped when the org's version has grown.
import type { OrgId } from '#kernel/id.ts'
import type { ConfigCache, OrgConfig } from './org-config.ts'

const SNAPSHOTS_KEPT = 1_000

export interface ConfigSource {
  load(org: OrgId): Promise<OrgConfig>
  version(org: OrgId): Promise<number>
  /** Those of the orgs that there are, in as few statements as can be. */
  versions(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, number>>
}

export interface PolledCache extends ConfigCache {
  /** Drops every snapshot whose org has changed on another node; called twice a second. */
  poll(): Promise<void>
}

export function configCache(source: ConfigSource): PolledCache {
  const kept = new Map<OrgId, Promise<OrgConfig>>()

  function load(org: OrgId): Promise<OrgConfig> {
    const loading = source.load(org)
    kept.set(org, loading)
    loading.catch(() => kept.get(org) === loading && kept.delete(org))
    const [oldest] = kept.size > SNAPSHOTS_KEPT ? kept.keys() : []
    if (oldest !== undefined) kept.delete(oldest)
    return loading
  }

  const get = (org: OrgId): Promise<OrgConfig> => {
    const known = kept.get(org)
    if (!known) return load(org)
    kept.delete(org)
    kept.set(org, known)
    return known
  }

  return {
    get,
    async fresh(org) {
      const version = await source.version(org)
      for (;;) {
        const snapshot = get(org)
        const config = await snapshot
        if (config.version >= version) return config
        // Whoever comes first loads it again, and the others wait for that.
        if (kept.get(org) === snapshot) kept.delete(org)
      }
    },
    drop(org) {
      kept.delete(org)
    },
    async poll() {
      const versions = await source.versions([...kept.keys()])
      for (const [org, snapshot] of kept) {
        const known = await snapshot.catch(() => undefined)
        const isOld = known !== undefined && (versions.get(org) ?? 0) > known.version
        if (isOld && kept.get(org) === snapshot) kept.delete(org)
      }
    },
  }
}
