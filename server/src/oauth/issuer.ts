// The two kinds of authorization server (spec: 4.1): the org's own, and custom ones with their audience, scopes, claims and policies.
import type { AuthorizationServer } from '#authorization-servers/authorization-server.ts'
import { serverPathName } from '#authorization-servers/authorization-server.ts'
import type { Call } from '#http/route.ts'
import { Refusal } from '#kernel/refusal.ts'
import { decideOnConfig, type OrgConfig } from '#orgs/org-config.ts'
import { ORG_SERVER } from '#signing-keys/signing-key.ts'
import type { Deps } from '../deps.ts'

export interface Issuer {
  /** `org`, or the custom server's id: what grants and keys are filed under. */
  readonly id: string
  /** The exact value of `iss`. */
  readonly url: string
  /** Where the endpoints are: `{org}/oauth2/v1` or `{org}/oauth2/{name}/v1`. */
  readonly endpoints: string
  readonly audience: string
  readonly server: AuthorizationServer | undefined
}

/** The server that a path names; undefined for one that is unknown or inactive. Without a name: the org's own. */
export function findIssuer(config: OrgConfig, name: string | undefined): Issuer | undefined {
  const orgUrl = config.org.url
  if (name === undefined)
    return { id: ORG_SERVER, url: orgUrl, endpoints: `${orgUrl}/oauth2/v1`, audience: orgUrl, server: undefined }
  const server = config.servers.get(name)
  if (server?.status !== 'ACTIVE') return undefined
  const url = `${orgUrl}/oauth2/${serverPathName(server)}`
  return { id: server.id, url, endpoints: `${url}/v1`, audience: server.audience, server }
}

export interface IssuerContext {
  readonly config: OrgConfig
  readonly issuer: Issuer
}

/** The server of a request's path. @throws {Refusal} not_found, after a look at what other nodes may have made */
export async function issuerOf(deps: Pick<Deps, 'config'>, call: Call): Promise<IssuerContext> {
  const name = call.params.server
  return decideOnConfig(deps.config, call.caller.org, (config) => {
    const issuer = findIssuer(config, name)
    return issuer
      ? { ok: true, value: { config, issuer } }
      : { ok: false, error: new Refusal('not_found', { subject: `Resource not found: ${name} (AuthorizationServer)` }) }
  })
}

/**
 * Looks at a token on the snapshot, and where that says no, on what other nodes may have made meanwhile: an app of a moment ago must not
 * find its tokens refused here.
 */
export async function lookTwice<C extends IssuerContext, T>(
  deps: Pick<Deps, 'config'>,
  call: Call,
  context: C,
  look: (context: C) => Promise<T>,
  isRefusal: (outcome: T) => boolean,
): Promise<T> {
  const outcome = await look(context)
  if (!isRefusal(outcome)) return outcome
  const config = await deps.config.fresh(call.caller.org)
  const issuer = findIssuer(config, call.params.server)
  return issuer && config.version !== context.config.version ? look({ ...context, config, issuer }) : outcome
}
