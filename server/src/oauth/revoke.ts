// Revocation (RFC 7009; spec: 4.5): 200 and nothing else, whatever was sent, once the client is known. An access token ends alone; a
// refresh token ends its family and every access token of the authorization.
import { type Answer, empty } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import { tokenHash } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import { OAuthError } from './error.ts'
import { issuerOf } from './issuer.ts'
import { logRevoked, rememberRefused } from './log.ts'
import { readParameters } from './parameters.ts'
import { NO_STORE } from './render-error.ts'
import { authenticateClient } from './token/authenticate-client.ts'
import { readAccessToken } from './tokens/access-token.ts'
import { endGrants } from './tokens/end-grants.ts'
import { findRefreshToken } from './tokens/refresh-store.ts'
import { revokeToken } from './tokens/revoked-store.ts'

export async function revokeEndpoint(deps: Deps, call: Call<URLSearchParams>): Promise<Answer> {
  const context = await issuerOf(deps, call)
  const body = readParameters(call.body)
  const client = await rememberRefused(deps, call, authenticateClient(deps, call, body, context))
  const presented = body.get('token')
  if (presented === undefined) throw new OAuthError('invalid_request', "The 'token' parameter is required.")
  const done = empty(200, { headers: NO_STORE })
  const tx = deps.db.for(call.caller.org)
  const now = deps.now()

  const access = readAccessToken(client.config, client.issuer, presented, now)
  if (access) {
    if (access.clientId !== client.app.clientId) return done
    await deps.db.write(() => revokeToken(tx, access.jti, access.expires), { isolation: 'readCommitted' })
    logRevoked(deps, call, client.issuer, client.app, 'access_token')
    return done
  }
  const refresh = await deps.db.read(findRefreshToken(tx, tokenHash(presented)))
  if (!refresh || refresh.grant.appId !== client.app.id || refresh.grant.serverId !== client.issuer.id) return done
  await deps.db.write(() => endGrants(tx, { id: refresh.grant.id }, now), { isolation: 'readCommitted' })
  logRevoked(deps, call, client.issuer, client.app, 'refresh_token')
  return done
}
