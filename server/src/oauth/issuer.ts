// The two kinds of authorization server (spec: 4.1): the org's own, and custom ones with their audience, scopes, claims and policies.
import { type App, issuerModeOf } from '#apps/app.ts'
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
  /** The exact value of `iss` in what it gives now. */
  readonly url: string
  /** The origin that `url` begins with: one of the org's registered hosts. */
  readonly origin: string
  /** Where machines find the endpoints, under `origin`: `…/oauth2/v1` or `…/oauth2/{name}/v1`. */
  readonly endpoints: string
  /** Where browsers find them: pages live on the canonical host alone. */
  readonly pages: string
  readonly server: AuthorizationServer | undefined
  /** Every name of the server, one for each host of the org: what `iss` may be in a token that comes back. */
  readonly names: readonly string[]
}

/**
 * The server that a path names; undefined for one that is unknown or inactive. Without a name: the org's own. A dynamic one is called
 * by the host that was asked, as long as the org has that host; all others, and everything else, by the org's origin.
 */
export function findIssuer(
  config: OrgConfig,
  name: string | undefined,
  hostOrigin: string = config.org.url,
): Issuer | undefined {
  const { url: orgUrl, aliases } = config.org
  const server = name === undefined ? undefined : config.servers.get(name)
  if (name !== undefined && server?.status !== 'ACTIVE') return undefined
  const isDynamic = config.features.has('dynamic_issuer') && (!server || server.issuerMode === 'DYNAMIC')
  const origin = isDynamic && aliases.includes(hostOrigin) ? hostOrigin : orgUrl
  const path = server ? `/oauth2/${serverPathName(server)}` : ''
  const endpoints = server ? `${path}/v1` : '/oauth2/v1'
  return {
    id: server?.id ?? ORG_SERVER,
    url: origin + path,
    origin,
    endpoints: origin + endpoints,
    pages: orgUrl + endpoints,
    server,
    names: [orgUrl, ...aliases].map((each) => each + path),
  }
}

/** `iss` where no request names a server by its host: of the one that is named, while it is active, else of the org's own. */
export const issuerUrl = (config: OrgConfig, name: string | undefined): string =>
  findIssuer(config, name)?.url ?? config.org.url

/** The server as an app knows it: the org's own is called by another host for those apps alone that are set so. */
export const issuerFor = (config: OrgConfig, issuer: Issuer, app: Pick<App, 'issuerMode'>): Issuer =>
  issuer.server || issuerModeOf(app) === 'DYNAMIC' ? issuer : (findIssuer(config, undefined) ?? issuer)

/** Of tokens under one of the server's names: what was configured, and on the org's own server that name. */
export const audienceUnder = ({ server }: Issuer, name: string): string => server?.audience ?? name

export interface IssuerContext {
  readonly config: OrgConfig
  readonly issuer: Issuer
}

/** The server of a request's path. @throws {Refusal} not_found, after a look at what other nodes may have made */
export async function issuerOf(deps: Pick<Deps, 'config'>, call: Call): Promise<IssuerContext> {
  const name = call.params.server
  return decideOnConfig(deps.config, call.caller.org, (config) => {
    const issuer = findIssuer(config, name, call.hostOrigin)
    return issuer
      ? { ok: true, value: { config, issuer } }
      : { ok: false, error: new Refusal('not_found', { subject: `Resource not found: ${name} (AuthorizationServer)` }) }
  })
}

/** The server that discovery tells of: as the app knows it that the query names. @throws {Refusal} not_found, unknown_client */
export async function discoveredIssuer(deps: Pick<Deps, 'config'>, call: Call): Promise<Issuer> {
  const { issuer: found } = await issuerOf(deps, call)
  const clientId = call.query.get('client_id') ?? ''
  if (clientId === '') return found
  return decideOnConfig(deps.config, call.caller.org, (config) => {
    const issuer = findIssuer(config, call.params.server, call.hostOrigin)
    const app = config.appsByClientId.get(clientId)
    return issuer && app?.status === 'ACTIVE'
      ? { ok: true, value: issuerFor(config, issuer, app) }
      : { ok: false, error: new Refusal('unknown_client') }
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
  const issuer = findIssuer(config, call.params.server, call.hostOrigin)
  return issuer && config.version !== context.config.version ? look({ ...context, config, issuer }) : outcome
}
