// Introspection (RFC 7662; spec: 4.5): for the clients of this server about the tokens of this server; anything else is not active.
import { type Answer, json } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import { epochSeconds } from '#kernel/instant.ts'
import { tokenHash } from '#kernel/secret.ts'
import { publicKeysOf } from '#signing-keys/service.ts'
import { findUser } from '#users/service.ts'
import type { Deps } from '../deps.ts'
import { OAuthError } from './error.ts'
import { issuerOf } from './issuer.ts'
import { readParameters } from './parameters.ts'
import { NO_STORE } from './render-error.ts'
import { type AuthenticatedClient, authenticateClient } from './token/authenticate-client.ts'
import { findSubject } from './token/subject.ts'
import { isTokenAlive, readAccessToken } from './tokens/access-token.ts'
import { openJwt } from './tokens/jwt.ts'
import { decideRotation } from './tokens/refresh-rotation.ts'
import { findRefreshToken } from './tokens/refresh-store.ts'

type Facts = Readonly<Record<string, unknown>>
const INACTIVE: Facts = { active: false }

export async function introspectEndpoint(deps: Deps, call: Call<URLSearchParams>): Promise<Answer> {
  const context = await issuerOf(deps, call)
  const body = readParameters(call.body)
  const client = await authenticateClient(deps, call, body, context)
  const token = body.get('token')
  if (token === undefined) throw new OAuthError('invalid_request', "The 'token' parameter is required.")
  const facts =
    (await aboutAccessToken(deps, call, client, token)) ??
    (await aboutRefreshToken(deps, call, client, token)) ??
    aboutIdToken(deps, client, token) ??
    INACTIVE
  return { ...json(200, facts), headers: NO_STORE }
}

async function aboutAccessToken(
  deps: Deps,
  call: Call,
  client: AuthenticatedClient,
  text: string,
): Promise<Facts | undefined> {
  const { config, issuer } = client
  const token = readAccessToken(config, issuer, text, deps.now())
  if (!token) return undefined
  const tx = deps.db.for(call.caller.org)
  const { alive } = await deps.db.read(isTokenAlive(tx, token))
  const app = config.appsByClientId.get(token.clientId)
  if (!alive || app?.status !== 'ACTIVE') return INACTIVE
  const { userId } = token
  if (userId !== undefined && (await deps.db.read(findSubject(tx, app, userId))).kind !== 'allowed') return INACTIVE
  return {
    active: true,
    scope: token.scopes.join(' '),
    username: token.subject,
    exp: epochSeconds(token.expires),
    iat: epochSeconds(token.issued),
    sub: token.subject,
    aud: token.audience,
    iss: issuer.url,
    jti: token.jti,
    token_type: 'Bearer',
    client_id: token.clientId,
    ...(userId === undefined ? {} : { uid: userId }),
  }
}

/** A refresh token is its client's business alone. */
async function aboutRefreshToken(
  deps: Deps,
  call: Call,
  client: AuthenticatedClient,
  text: string,
): Promise<Facts | undefined> {
  const tx = deps.db.for(call.caller.org)
  const found = await deps.db.read(findRefreshToken(tx, tokenHash(text)))
  if (!found) return undefined
  const { token, grant } = found
  if (grant.appId !== client.app.id || grant.serverId !== client.issuer.id) return INACTIVE
  const family = {
    absoluteEnd: grant.ends,
    idleMinutes: grant.idleMinutes,
    lastUsedAt: grant.refreshed ?? grant.created,
    revokedAt: grant.revoked,
  }
  const { kind } = decideRotation({ rotatedAt: token.rotatedAt }, family, client.app.refreshToken, deps.now())
  if (kind === 'expired' || kind === 'replayed') return INACTIVE
  const user = await deps.db.read(findUser(tx, grant.userId))
  if (!user) return INACTIVE
  return {
    active: true,
    scope: grant.scopes.join(' '),
    username: user.login,
    sub: user.login,
    token_type: 'Bearer',
    client_id: client.app.clientId,
    ...(grant.ends === undefined ? {} : { exp: epochSeconds(grant.ends) }),
  }
}

function aboutIdToken(deps: Deps, { config, issuer, app }: AuthenticatedClient, text: string): Facts | undefined {
  const claims = openJwt(text, publicKeysOf(config, issuer.id, deps.now()))
  if (!claims || claims['iss'] !== issuer.url || claims['aud'] !== app.clientId) return undefined
  const { exp } = claims
  return typeof exp === 'number' && exp > epochSeconds(deps.now()) ? { active: true, ...claims } : undefined
}
