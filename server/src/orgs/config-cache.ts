// Keeps the snapshots: bounded, loaded once for all who ask at the same time, and dropped when the org's version has grown.
import type { OrgId } from '#kernel/id.ts'
import type { ConfigCache, OrgConfig } from './org-config.ts'

const SNAPSHOTS_KEPT = 1_000

export interface ConfigSource {
  load(org: OrgId): Promise<OrgConfig>
  version(org: OrgId): Promise<number>
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
    if (kept.size > SNAPSHOTS_KEPT)
      for (const oldest of kept.keys()) {
        kept.delete(oldest)
        break
      }
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
      const known = await get(org)
      if (known.version >= (await source.version(org))) return known
      // Another caller may have reloaded it meanwhile.
      const current = kept.get(org)
      return current && (await current).version > known.version ? current : load(org)
    },
    drop(org) {
      kept.delete(org)
    },
    async poll() {
      for (const [org, snapshot] of kept) {
        const { version } = await snapshot
        if ((await source.version(org)) > version && kept.get(org) === snapshot) kept.delete(org)
      }
    },
  }
}
