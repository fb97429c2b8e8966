// client_credentials (RFC 6749 §4.4): no person, no refresh token, and no commit.

import type { App } from '#apps/app.ts'
import type { AuthorizationServer } from '#authorization-servers/authorization-server.ts'
import { signerOf } from '#signing-keys/service.ts'
import { OAuthError, refusals } from '../../error.ts'
import type { Issuer } from '../../issuer.ts'
import { logTokenGrant } from '../../log.ts'
import { findMatch, OPENID_SCOPES } from '../../policy.ts'
import { parseScope } from '../../scopes.ts'
import { accessTokenClaims } from '../../tokens/access-token.ts'
import { customClaims } from '../../tokens/custom-claims.ts'
import type { TokenAnswer } from '../../tokens/issue.ts'
import { signJwt } from '../../tokens/jwt.ts'
import type { GrantHandler } from '../grant-type.ts'

export const clientCredentials: GrantHandler = async (request) => {
  const { deps, client, body } = request
  const { app, issuer, config } = client
  const { scopes, rule } = decideClientCredentials(issuer, app, body.get('scope'))
  const facts = { issuer, clientId: app.clientId, scopes, minutes: rule.accessTokenMinutes }
  const { access } = await customClaims(deps, { context: client, app, scopes })
  const claims = { ...accessTokenClaims(facts, deps.now(), deps.random), ...access }
  const token = await signJwt(signerOf(deps, config, issuer.id), claims)
  const answer: TokenAnswer = {
    token_type: 'Bearer',
    expires_in: rule.accessTokenMinutes * 60,
    access_token: token,
    scope: scopes.join(' '),
  }
  logTokenGrant(request, 'client_credentials', undefined, answer, false)
  return answer
}

/** What the client gets by which rule. @throws {OAuthError} */
export function decideClientCredentials(issuer: Issuer, app: App, scope: string | undefined) {
  if (app.clientAuthentication === 'none') throw new OAuthError('invalid_client', 'No client credentials found.')
  if (!issuer.server) throw orgServerRefusal(app.applicationType, app.clientAuthentication)
  const scopes = requestedScopes(issuer.server, scope)
  const match = findMatch(issuer.server, { clientId: app.clientId, grantType: 'client_credentials', scopes })
  if (!match) throw refusals.noPolicy()
  return { scopes, ...match }
}

/** The org's own server gives services `okta.*` scopes that an administrator granted; none can be granted yet (spec: 4.4). */
function orgServerRefusal(type: string, method: string): OAuthError {
  if (type !== 'service')
    return new OAuthError(
      'invalid_client',
      "Only clients with 'application_type' of 'service' may use the client_credentials 'grant_type' with the Org Authorization Server.",
    )
  if (method !== 'private_key_jwt')
    return new OAuthError(
      'invalid_client',
      'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
    )
  return new OAuthError('consent_required', 'You are not allowed any of the requested scopes.')
}

function requestedScopes(server: AuthorizationServer, text: string | undefined): readonly string[] {
  const asked = parseScope(text ?? '')
  if (asked?.some((scope) => OPENID_SCOPES.includes(scope)))
    throw new OAuthError('invalid_scope', "Cannot request 'openid' scopes using client credentials.")
  const names = asked?.length === 0 ? defaultsOf(server) : asked
  const scopes = names?.map((name) => server.scopes.find((scope) => scope.name === name))
  if (!scopes?.every((scope) => scope !== undefined))
    throw new OAuthError(
      'invalid_scope',
      'One or more scopes are not configured for the authorization server resource.',
    )
  // There is nobody to ask; what leaves the question to the app is given.
  const required = scopes.filter((scope) => scope.consent === 'REQUIRED').map((scope) => scope.name)
  if (required.length > 0)
    throw new OAuthError('consent_required', `The following scopes require user consent: [${required.join(', ')}].`)
  return scopes.map((scope) => scope.name)
}

/** Scopes about a person are no default where there is none. */
function defaultsOf(server: AuthorizationServer): readonly string[] {
  const defaults = server.scopes.filter((scope) => scope.isDefault && !OPENID_SCOPES.includes(scope.name))
  if (defaults.length > 0) return defaults.map((scope) => scope.name)
  throw new OAuthError(
    'invalid_scope',
    "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
  )
}
