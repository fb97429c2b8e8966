// Introspection (RFC 7662; spec: 4.5): for the clients of this server about the tokens of this server; anything else is not active.
import { type Answer, json } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import { epochSeconds } from '#kernel/instant.ts'
import { tokenHash } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import { OAuthError } from './error.ts'
import { issuerOf, lookTwice } from './issuer.ts'
import { rememberRefused } from './log.ts'
import { readParameters } from './parameters.ts'
import { NO_STORE } from './render-error.ts'
import { type AuthenticatedClient, authenticateClient } from './token/authenticate-client.ts'
import { findSubject } from './token/subject.ts'
import { isTokenAlive, readAccessToken } from './tokens/access-token.ts'
import { familyOf } from './tokens/grant.ts'
import { readIdToken } from './tokens/id-token.ts'
import { decideRotation, endOf } from './tokens/refresh-rotation.ts'
import { findNewestSeal, findRefreshToken } from './tokens/refresh-store.ts'

type Facts = Readonly<Record<string, unknown>>
const INACTIVE: Facts = { active: false }

export async function introspectEndpoint(deps: Deps, call: Call<URLSearchParams>): Promise<Answer> {
  const context = await issuerOf(deps, call)
  const body = readParameters(call.body)
  const client = await rememberRefused(deps, call, authenticateClient(deps, call, body, context))
  const token = body.get('token')
  if (token === undefined) throw new OAuthError('invalid_request', "The 'token' parameter is required.")
  const look = async (current: AuthenticatedClient): Promise<Facts> =>
    (await aboutAccessToken(deps, call, current, token)) ??
    (await aboutRefreshToken(deps, call, current, token)) ??
    aboutIdToken(deps, current, token) ??
    INACTIVE
  const facts = await lookTwice(deps, call, client, look, (outcome) => outcome === INACTIVE)
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
  if (userId !== undefined && (await deps.db.read(findSubject(tx, app, userId, config.features))).kind !== 'allowed')
    return INACTIVE
  return {
    active: true,
    scope: token.scopes.join(' '),
    username: token.subject,
    exp: epochSeconds(token.expires),
    iat: epochSeconds(token.issued),
    sub: token.subject,
    aud: token.audience,
    iss: token.issuer,
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
  const family = familyOf(grant)
  const { kind } = decideRotation({ rotatedAt: token.rotatedAt }, family, client.app.refreshToken, deps.now())
  if (kind === 'expired' || kind === 'replayed' || !client.app.grantTypes.includes('refresh_token')) return INACTIVE
  // It was rotated while the app had no grace period: presented again, it would yield nothing.
  if (kind === 'reissue' && (await deps.db.read(findNewestSeal(tx, grant.id, grant.generation))) === undefined)
    return INACTIVE
  const outcome = await deps.db.read(findSubject(tx, client.app, grant.userId, client.config.features))
  if (outcome.kind !== 'allowed') return INACTIVE
  const { userName } = outcome.subject
  const end = endOf(family)
  return {
    active: true,
    scope: grant.scopes.join(' '),
    username: userName,
    sub: userName,
    token_type: 'Bearer',
    client_id: client.app.clientId,
    ...(end === undefined ? {} : { exp: epochSeconds(end) }),
  }
}

/** An ID token is for its client. */
function aboutIdToken(deps: Deps, client: AuthenticatedClient, text: string): Facts | undefined {
  const token = readIdToken(client, text, deps.now())
  if (token?.clientId !== client.app.clientId) return undefined
  const { exp } = token.claims
  return typeof exp === 'number' && exp > epochSeconds(deps.now()) ? { ...token.claims, active: true } : undefined
}
