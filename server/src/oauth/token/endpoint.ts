// The token endpoint (RFC 6749 §3.2), in numbered phases that every grant shares.
import { type Answer, json } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import type { Deps } from '../../deps.ts'
import { GRANT_TYPES } from '../discovery.ts'
import { OAuthError } from '../error.ts'
import { issuerOf } from '../issuer.ts'
import { readParameters } from '../parameters.ts'
import { NO_STORE } from '../render-error.ts'
import { authenticateClient } from './authenticate-client.ts'
import type { GrantHandler } from './grant-type.ts'
import { authorizationCode } from './grants/authorization-code.ts'
import { clientCredentials } from './grants/client-credentials.ts'
import { refreshToken } from './grants/refresh-token.ts'
import { checkBrowserOrigin } from './origin.ts'

type GrantType = (typeof GRANT_TYPES)[number]

const GRANTS = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  client_credentials: clientCredentials,
} satisfies Record<GrantType, GrantHandler>

const isServed = (name: string): name is GrantType => GRANT_TYPES.some((type) => type === name)

export async function tokenEndpoint(deps: Deps, call: Call<URLSearchParams>): Promise<Answer> {
  // 1. Parse once.
  const context = await issuerOf(deps, call)
  const body = readParameters(call.body)
  // 2. Authenticate the client, and where it calls from.
  const client = await authenticateClient(deps, call, body, context)
  const refusedOrigin = checkBrowserOrigin(client.config, client.app, call.origin)
  if (refusedOrigin) throw refusedOrigin
  // 3. The grant, if this client has it.
  const grantType = body.get('grant_type')
  const list = GRANT_TYPES.join(', ')
  if (grantType === undefined)
    throw new OAuthError('invalid_request', `The token request must specify a 'grant_type'. Valid values: [${list}]`)
  if (!isServed(grantType))
    throw new OAuthError(
      'unsupported_grant_type',
      `The authorization grant type is not supported by the authorization server. Configured grant types: [${list}].`,
    )
  if (!client.app.grantTypes.includes(grantType))
    throw new OAuthError(
      'unauthorized_client',
      `The client is not authorized to use the provided grant type. Configured grant types: [${client.app.grantTypes.join(', ')}].`,
    )
  // 4. Read, decide, sign, claim: the grant's own work.
  const answer = await GRANTS[grantType]({ deps, call, client, body })
  return { ...json(200, answer), headers: NO_STORE }
}
