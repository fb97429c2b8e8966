// Authenticates the client of a request to token, revoke or introspect, on the snapshot first and, before anything is refused, on what
// other nodes may have changed.
import type { App } from '#apps/app.ts'
import type { Call } from '#http/route.ts'
import type { Instant } from '#kernel/instant.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import type { Deps } from '../../deps.ts'
import { OAuthError } from '../error.ts'
import { findIssuer, type IssuerContext, issuerFor } from '../issuer.ts'
import { type Parameters, readParameters } from '../parameters.ts'
import { useAssertion } from '../tokens/revoked-store.ts'
import { type AssertionUse, checkAssertion, clientOfAssertion } from './client-assertion.ts'
import { type Credentials, findClient, proveClient, readCredentials } from './client-authentication.ts'

export interface AuthenticatedClient extends IssuerContext {
  readonly app: App
  /** What it proved itself with, to be held against a newer configuration. */
  readonly credentials: Credentials
}

const SECRETS = ['client_secret', 'client_assertion']

/** @throws {OAuthError} invalid_client, invalid_request */
export async function authenticateClient(
  deps: Deps,
  call: Call,
  body: Parameters,
  context: IssuerContext,
): Promise<AuthenticatedClient> {
  if (SECRETS.some((name) => call.query.has(name)))
    throw new OAuthError('invalid_request', 'Client credentials cannot be supplied via query parameters.')
  const credentials = credentialsOf(call, body)
  const { client, use } = await proveAtLeastOnce(deps, call, context, credentials)
  if (use) {
    const tx = deps.db.for(call.caller.org)
    const { clientId } = client.app
    const unused = await deps.db.write(() => useAssertion(tx, clientId, use.jtiHash, use.expires), {
      isolation: 'readCommitted',
    })
    if (!unused) throw new OAuthError('invalid_client', 'The client_assertion token has already been used.')
  }
  return client
}

/**
 * Whether the request comes from a client that can keep a secret and shows it, on the snapshot alone: what a limit is counted by. An
 * assertion is not used up; who has one may be the client.
 */
export async function provesClient(deps: Deps, call: Call): Promise<boolean> {
  if (!(call.body instanceof URLSearchParams)) return false
  try {
    const credentials = credentialsOf(call, readParameters(call.body))
    if (credentials.kind === 'none') return false
    const config = await deps.config.get(call.caller.org)
    const issuer = findIssuer(config, call.params.server, call.hostOrigin)
    if (!issuer) return false
    await prove({ config, issuer }, credentials, pathOf(call), deps.now())
    return true
  } catch {
    // Nothing is refused here: the endpoint says what is wrong.
    return false
  }
}

function credentialsOf(call: Call, body: Parameters): Credentials {
  const { authorization } = call.headers
  return readCredentials(typeof authorization === 'string' ? authorization : undefined, body)
}

/**
 * Holds the same credentials against a newer configuration, as before a claim that has to be decided again. An assertion was used up
 * by the first look. @throws {OAuthError} as `authenticateClient`
 */
export async function authenticateAgain(
  deps: Deps,
  call: Call,
  { credentials }: AuthenticatedClient,
  config: OrgConfig,
): Promise<AuthenticatedClient> {
  const issuer = findIssuer(config, call.params.server, call.hostOrigin)
  if (!issuer) throw new OAuthError('invalid_request', 'The authorization server id is invalid.')
  return (await prove({ config, issuer }, credentials, pathOf(call), deps.now())).client
}

interface Proof {
  readonly client: AuthenticatedClient
  readonly use: AssertionUse | undefined
}

async function proveAtLeastOnce(
  deps: Deps,
  call: Call,
  context: IssuerContext,
  credentials: Credentials,
): Promise<Proof> {
  const path = pathOf(call)
  try {
    return await prove(context, credentials, path, deps.now())
  } catch (error) {
    const config = await deps.config.fresh(call.caller.org)
    const issuer = findIssuer(config, call.params.server, call.hostOrigin)
    if (config.version === context.config.version || !issuer) throw error
    return prove({ config, issuer }, credentials, path, deps.now())
  }
}

async function prove(context: IssuerContext, credentials: Credentials, path: string, now: Instant): Promise<Proof> {
  const { config } = context
  const clientOf = (app: App): AuthenticatedClient => ({
    ...{ config, app, credentials },
    issuer: issuerFor(config, context.issuer, app),
  })
  if (credentials.kind !== 'assertion') return { client: clientOf(proveClient(config, credentials)), use: undefined }
  const { assertion } = credentials
  const clientId = clientOfAssertion(assertion)
  if (credentials.clientId !== undefined && credentials.clientId !== clientId)
    throw new OAuthError('invalid_client', 'The issuer claim for client_assertion is not a valid client_id.')
  const app = findClient(config, clientId)
  if (app instanceof OAuthError) throw app
  const client = clientOf(app)
  const { origin, url, endpoints } = client.issuer
  // Of the name that the server has here: what was made for one of its hosts is worth nothing at another.
  const use = await checkAssertion(config, app, assertion, [origin + path, url, `${endpoints}/token`], now)
  return { client, use }
}

const pathOf = (call: Call): string => call.caller.client.path
