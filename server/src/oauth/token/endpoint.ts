// The token endpoint (RFC 6749 §3.2), in numbered phases that every grant shares. It decides on the snapshot of the configuration; what
// is refused there, or comes too late for its claim, is decided anew, from the client's credentials on, on what the database has now.
import { type Answer, json } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import type { Deps } from '../../deps.ts'
import type { GrantType } from '../discovery.ts'
import { OAuthError } from '../error.ts'
import { type IssuerContext, issuerOf } from '../issuer.ts'
import { logRefused } from '../log.ts'
import { type Parameters, readParameters } from '../parameters.ts'
import { NO_STORE } from '../render-error.ts'
import type { TokenAnswer } from '../tokens/issue.ts'
import { admit } from './admission.ts'
import { authenticateAgain, authenticateClient } from './authenticate-client.ts'
import type { GrantHandler, TokenRequest } from './grant-type.ts'
import { authorizationCode } from './grants/authorization-code.ts'
import { clientCredentials } from './grants/client-credentials.ts'
import { refreshToken } from './grants/refresh-token.ts'

const GRANTS = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  client_credentials: clientCredentials,
} satisfies Record<GrantType, GrantHandler>

/** How often one request is decided at most. */
const TIMES = 5

export async function tokenEndpoint(deps: Deps, call: Call<URLSearchParams>): Promise<Answer> {
  const context = await issuerOf(deps, call)
  let body: Parameters | undefined
  try {
    // 1. Parse once.
    body = readParameters(call.body)
    return { ...json(200, await giveTokens(deps, call, body, context)), headers: NO_STORE }
  } catch (error) {
    if (error instanceof OAuthError) {
      const app = context.config.appsByClientId.get(body?.get('client_id') ?? '')
      logRefused('token.grant', { deps, call, issuer: context.issuer, app, error })
    }
    throw error
  }
}

async function giveTokens(deps: Deps, call: Call, body: Parameters, context: IssuerContext): Promise<TokenAnswer> {
  // 2. Authenticate the client.
  let client = await authenticateClient(deps, call, body, context)
  for (let times = 1; times <= TIMES; times++) {
    const outcome = await decide({ deps, call, client, body })
    if (outcome !== 'again' && !(outcome instanceof OAuthError)) return outcome
    const config = await deps.config.fresh(call.caller.org)
    if (outcome instanceof OAuthError && config.version === client.config.version) throw outcome
    client = await authenticateAgain(deps, call, client, config)
  }
  throw new OAuthError('temporarily_unavailable', 'The configuration is changing; please try again.')
}

async function decide(request: TokenRequest): Promise<TokenAnswer | OAuthError | 'again'> {
  try {
    // 3. Where the client calls from, and the grant, if it has it.
    const grantType = admit(request.client, request.call, request.body)
    // 4. Read, decide, sign, claim: the grant's own work.
    return await GRANTS[grantType](request)
  } catch (error) {
    if (error instanceof OAuthError) return error
    throw error
  }
}
