// Host header → org. The list is small and kept in memory; a host that it lacks is looked up again, at most once a second, so that an
// org made on another node answers here as well and a flood of strange hosts costs nothing.
import { type Instant, MINUTE, SECOND } from '#kernel/instant.ts'
import type { Deps } from '../deps.ts'
import type { HostRole } from './org.ts'
import { loadHosts } from './service.ts'

export function hostResolver(deps: Pick<Deps, 'db' | 'now'>): (host: string) => Promise<HostRole | undefined> {
  let hosts: ReadonlyMap<string, HostRole> = new Map()
  let loaded: Instant | undefined
  let loading: Promise<void> | undefined

  const find = (host: string) => hosts.get(host.toLowerCase()) ?? hosts.get(withoutPort(host))

  function isOlderThan(milliseconds: number): boolean {
    const age = loaded === undefined ? milliseconds : deps.now() - loaded
    return age >= milliseconds || age < 0
  }

  /** Whoever asks meanwhile waits for the same answer. */
  const load = () => {
    const asked = deps.now()
    loading ??= loadHosts(deps.db)
      .then((entries) => {
        hosts = new Map(entries.map(({ host, role }) => [host, role]))
        loaded = asked
      })
      .finally(() => {
        loading = undefined
      })
    return loading
  }

  return async (host) => {
    const known = find(host)
    // Another node may have moved an org: nobody needs to wait for that news.
    if (known && isOlderThan(MINUTE)) load().catch(() => undefined)
    if (known) return known
    if (loading || isOlderThan(SECOND)) await load()
    return find(host)
  }
}

/** Without the port that a scheme implies: `Host: id.example.com:443` is `id.example.com`. */
const withoutPort = (host: string): string => host.toLowerCase().replace(/:(80|443)$/, '')
