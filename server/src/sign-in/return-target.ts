// Where a browser is sent that brought its own address, decided on the org's configuration.
import type { Caller } from '#kernel/caller.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import type { Deps } from '../deps.ts'
import { decideReturnUrl } from './return-url.ts'

/** The parameter that named the address. */
interface Asked {
  readonly name: 'fromURI' | 'redirectUrl' | 'relayState'
  readonly value: string
}

/**
 * The address as it may be followed, or undefined. Another node may have trusted the origin a moment ago: only the newest configuration
 * refuses, and what it refuses is kept to be explained.
 */
export async function findReturnTarget(
  deps: Pick<Deps, 'config' | 'refusedRequests'>,
  caller: Caller,
  { name, value }: Asked,
): Promise<string | undefined> {
  if (value === '') return undefined
  const decide = ({ trustedOrigins }: OrgConfig) => decideReturnUrl(caller.orgUrl, trustedOrigins, value)
  const target = decide(await deps.config.get(caller.org)) ?? decide(await deps.config.fresh(caller.org))
  if (target === undefined)
    deps.refusedRequests.record(caller, caller.client.path, { reason: 'redirect-not-trusted', sent: { name, value } })
  return target
}
