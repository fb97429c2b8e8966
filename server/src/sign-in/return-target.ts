// Where a browser is sent that brought its own address, decided on the org's configuration.
import type { Caller } from '#kernel/caller.ts'
import type { Deps } from '../deps.ts'
import { decideReturnUrl } from './return-url.ts'

/** The address as it may be followed, or undefined. Another node may have trusted the origin a moment ago: only the newest configuration refuses. */
export async function findReturnTarget(
  deps: Pick<Deps, 'config'>,
  { org, orgUrl }: Caller,
  asked: string,
): Promise<string | undefined> {
  const known = await deps.config.get(org)
  const target = decideReturnUrl(orgUrl, known.trustedOrigins, asked)
  if (target !== undefined) return target
  const current = await deps.config.fresh(org)
  return decideReturnUrl(orgUrl, current.trustedOrigins, asked)
}
