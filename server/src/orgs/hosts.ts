// Host header → org. The list is small and kept in memory; a host that it lacks is looked up again, at most once a second, so that an
// org made on another node answers here as well and a flood of strange hosts costs nothing.
import { type Instant, SECOND } from '#kernel/instant.ts'
import type { Deps } from '../deps.ts'
import type { HostRole } from './org.ts'
import { loadHosts } from './service.ts'

export function hostResolver(deps: Pick<Deps, 'db' | 'now'>): (host: string) => Promise<HostRole | undefined> {
  let hosts: ReadonlyMap<string, HostRole> = new Map()
  let loaded: Instant | undefined
  return async (host) => {
    const name = normalHost(host)
    const known = hosts.get(name)
    if (known) return known
    const now = deps.now()
    if (loaded !== undefined && now - loaded < SECOND && now >= loaded) return undefined
    loaded = now
    hosts = new Map((await loadHosts(deps.db)).map((entry) => [entry.host, entry.role]))
    return hosts.get(name)
  }
}

/** Lower case, and without the port that the scheme implies: `Host: id.example.com:443` is `id.example.com`. */
const normalHost = (host: string): string => host.toLowerCase().replace(/:(80|443)$/, '')
