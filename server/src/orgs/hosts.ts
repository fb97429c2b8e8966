// Host header → org. The list is small and kept in memory; a host that it lacks is looked up again, at most once a second, so that an
// org made on another node answers here as well and a flood of strange hosts costs nothing.

import { type ConsolePlaces, consoleNameOf, consoleUrlOf } from '#console/console-url.ts'
import { type Instant, MINUTE, SECOND } from '#kernel/instant.ts'
import type { Deps } from '../deps.ts'
import type { HostRole, StoredHost } from './org.ts'
import { loadHosts } from './service.ts'

type Doors = Pick<Deps, 'db' | 'now'> & { readonly settings: ConsolePlaces }

export function hostResolver(deps: Doors): (host: string) => Promise<HostRole | undefined> {
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
        hosts = withConsoles(entries, deps.settings)
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

/** The hosts of the orgs and those of their consoles. No console takes the place of an org. */
function withConsoles(entries: readonly StoredHost[], places: ConsolePlaces): ReadonlyMap<string, HostRole> {
  const hosts = new Map<string, HostRole>()
  for (const { host, ...rest } of entries) hosts.set(host, { ...rest, consoleUrl: consoleUrlOf(places, rest.orgUrl) })
  for (const { host, org, orgUrl, role } of entries) {
    if (role !== 'canonical') continue
    const consoleUrl = consoleUrlOf(places, orgUrl)
    const consoleHost = new URL(consoleUrl).host
    const name = consoleNameOf(host)
    if (hosts.get(consoleHost)?.role !== 'canonical')
      hosts.set(consoleHost, { org, orgUrl, origin: consoleUrl, consoleUrl, role: 'console' })
    if (name !== undefined && !hosts.has(name))
      hosts.set(name, { org, orgUrl, origin: consoleUrl, consoleUrl, role: 'console-name' })
  }
  return hosts
}

/** Without the port that a scheme implies: `Host: id.example.com:443` is `id.example.com`. */
const withoutPort = (host: string): string => host.toLowerCase().replace(/:(80|443)$/, '')
