// Authenticates the client of a request to token, revoke or introspect, on the snapshot first and, before anything is refused, on what
// other nodes may have changed.
import type { App } from '#apps/app.ts'
import type { Call } from '#http/route.ts'
import type { Deps } from '../../deps.ts'
import { OAuthError } from '../error.ts'
import { findIssuer, type IssuerContext } from '../issuer.ts'
import type { Parameters } from '../parameters.ts'
import { useAssertion } from '../tokens/revoked-store.ts'
import { checkAssertion, clientOfAssertion } from './client-assertion.ts'
import { type Credentials, checkSecret, findClient, readCredentials } from './client-authentication.ts'

export interface AuthenticatedClient extends IssuerContext {
  readonly app: App
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
  const authorization = call.headers['authorization']
  const credentials = readCredentials(typeof authorization === 'string' ? authorization : undefined, body)
  const endpoint = `${call.caller.orgUrl}${call.caller.client.path}`
  try {
    return await attempt(deps, context, credentials, endpoint)
  } catch (error) {
    const config = await deps.config.fresh(call.caller.org)
    const issuer = findIssuer(config, call.params['server'])
    if (config.version === context.config.version || !issuer) throw error
    return attempt(deps, { config, issuer }, credentials, endpoint)
  }
}

async function attempt(
  deps: Deps,
  context: IssuerContext,
  credentials: Credentials,
  endpoint: string,
): Promise<AuthenticatedClient> {
  const clientId = credentials.kind === 'assertion' ? clientOfAssertion(credentials.assertion) : credentials.clientId
  const app = findClient(context.config, clientId)
  if (app instanceof OAuthError) throw app
  if (credentials.kind !== 'assertion') {
    const refusal = checkSecret(context.config, app, credentials)
    if (refusal) throw refusal
    return { ...context, app }
  }
  if (credentials.clientId !== undefined && credentials.clientId !== clientId)
    throw new OAuthError('invalid_client', 'The issuer claim for client_assertion is not a valid client_id.')
  const audiences = [endpoint, context.issuer.url, `${context.issuer.endpoints}/token`]
  const { use } = await checkAssertion(context.config, app, credentials.assertion, audiences, deps.now())
  if (use) {
    const tx = deps.db.for(context.config.org.id)
    const fresh = await deps.db.write(() => useAssertion(tx, clientId, use.jtiHash, use.expires), {
      isolation: 'readCommitted',
    })
    if (!fresh) throw new OAuthError('invalid_client', 'The client_assertion token has already been used.')
  }
  return { ...context, app }
}
