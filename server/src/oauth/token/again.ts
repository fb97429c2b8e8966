// Deciding a token request again on a newer configuration: the client is looked up anew, and whatever was disabled meanwhile refuses.
import type { OrgConfig } from '#orgs/org-config.ts'
import { OAuthError } from '../error.ts'
import { findIssuer } from '../issuer.ts'
import type { TokenAnswer } from '../tokens/issue.ts'
import { findClient } from './client-authentication.ts'
import type { GrantHandler, TokenRequest } from './grant-type.ts'

const TIMES = 5

/** Runs the grant on the snapshot that the database has now. @throws {OAuthError} when it keeps changing under our hands */
export async function decideAgain(request: TokenRequest, grant: GrantHandler): Promise<TokenAnswer> {
  const { deps, call, client, decided = 1 } = request
  const config: OrgConfig = await deps.config.fresh(call.caller.org)
  if (decided >= TIMES)
    throw new OAuthError('temporarily_unavailable', 'The configuration is changing; please try again.')
  const issuer = findIssuer(config, call.params['server'])
  const app = findClient(config, client.app.clientId)
  if (app instanceof OAuthError) throw app
  if (!issuer) throw new OAuthError('invalid_request', 'The authorization server id is invalid.')
  const grantType = request.body.get('grant_type') ?? ''
  if (!app.grantTypes.includes(grantType))
    throw new OAuthError(
      'unauthorized_client',
      `The client is not authorized to use the provided grant type. Configured grant types: [${app.grantTypes.join(', ')}].`,
    )
  return grant({ ...request, client: { config, issuer, app }, decided: decided + 1 })
}
