// authorization_code (RFC 6749 §4.1.3, RFC 7636 §4.5): one statement claims the code; a code used twice ends what it gave.
import { givesRefreshTokens } from '#apps/feature-rules.ts'
import { newId } from '#kernel/id.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import { OAuthError, refusals } from '../../error.ts'
import { logTokenGrant } from '../../log.ts'
import { decidePkce, pkceRefusal } from '../../pkce.ts'
import { type AuthorizationCode, exchangeCode, findCode } from '../../tokens/code-store.ts'
import { customClaims } from '../../tokens/custom-claims.ts'
import type { Grant } from '../../tokens/grant.ts'
import { issueTokens } from '../../tokens/issue.ts'
import { newFamilyEnd } from '../../tokens/refresh-rotation.ts'
import type { GrantHandler, TokenRequest } from '../grant-type.ts'
import { findSubject } from '../subject.ts'

export const authorizationCode: GrantHandler = async (request) => {
  const { deps, call, client, body } = request
  const presented = body.get('code')
  if (presented === undefined) throw refusals.missing('code')
  const codeHash = tokenHash(presented)
  const tx = deps.db.for(call.caller.org)
  const now = call.arrived

  const found = await deps.db.read(findCode(tx, codeHash))
  if (!found) throw refusals.badGrant()
  if (found.configVersion !== client.config.version) return 'again'
  const { code } = found
  check(request, code)
  // A used code goes on to the claim, which fails and revokes: whoever holds the code, the verifier and the client's credentials
  // is one of the two parties that had it.
  if (code.grantId === undefined && code.expires <= now) throw refusals.badGrant()

  const outcome = await deps.db.read(findSubject(tx, client.app, code.userId, client.config.features))
  if (outcome.kind === 'gone') throw refusals.badGrant()
  if (outcome.kind === 'not-assigned') throw refusals.notAssigned(client.app, outcome.user)

  const custom = await customClaims(deps, {
    context: client,
    app: client.app,
    scopes: code.scopes,
    subject: outcome.subject,
    session: { id: code.sessionId, amr: code.amr },
  })
  const grant = newGrant(request, code, now)
  const refresh = grant.generation > 0 ? randomToken(deps.random) : undefined
  const refreshHash = refresh === undefined ? undefined : tokenHash(refresh)
  const { nonce, acr } = code
  const exchange = { codeHash, grant, refreshHash, now, configVersion: client.config.version }
  const issuing = issueTokens(deps, {
    context: client,
    app: client.app,
    subject: outcome.subject,
    grant,
    scopes: code.scopes,
    nonce,
    acr,
    custom,
  })
  const [answer, claim] = await Promise.all([
    issuing,
    deps.db.write(() => exchangeCode(tx, exchange), { isolation: 'readCommitted', neededAfter: issuing }),
  ])
  if (claim === 'stale') return 'again'
  if (claim === 'replayed') throw refusals.badGrant('The code was used before; what it gave has been revoked.')
  if (claim === 'gone') throw refusals.badGrant()
  logTokenGrant(request, 'authorization_code', outcome.subject, answer, refresh !== undefined)
  return refresh === undefined ? answer : { ...answer, refresh_token: refresh }
}

/** RFC 6749 §4.1.3 and RFC 7636 §4.6, in Okta's words. Nothing is consumed by a refusal. */
function check({ client, body }: TokenRequest, code: AuthorizationCode): void {
  if (code.appId !== client.app.id) throw refusals.otherClient()
  if (code.serverId !== client.issuer.id)
    throw new OAuthError('invalid_request', 'The grant was issued for another authorization server.')
  if (body.get('redirect_uri') !== code.redirectUri)
    throw new OAuthError(
      'invalid_grant',
      "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
    )
  const pkce = decidePkce({
    challenge: code.challenge,
    verifier: body.get('code_verifier'),
    required: client.app.pkceRequired,
  })
  if (!pkce.ok) throw pkceRefusal(pkce, client.app, 'code_verifier')
}

function newGrant({ deps, client }: TokenRequest, code: AuthorizationCode, now: AuthorizationCode['created']): Grant {
  const { accessTokenMinutes, refreshTokenMinutes, refreshTokenWindowMinutes } = code.lifetimes
  // The app may have lost the grant, or the org the feature, since the code was given.
  const refreshable = code.scopes.includes('offline_access') && givesRefreshTokens(client.app, client.config.features)
  return {
    id: newId('grant', now, deps.random),
    appId: client.app.id,
    userId: code.userId,
    serverId: client.issuer.id,
    sessionId: code.sessionId,
    scopes: code.scopes,
    amr: code.amr,
    authenticated: code.authenticated,
    created: now,
    lastUpdated: now,
    ends: refreshable ? newFamilyEnd(code.created, refreshTokenMinutes) : undefined,
    idleMinutes: refreshable ? refreshTokenWindowMinutes : undefined,
    accessTokenMinutes,
    generation: refreshable ? 1 : 0,
    refreshed: undefined,
    revoked: undefined,
  }
}
