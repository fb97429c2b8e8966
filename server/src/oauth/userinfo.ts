// The userinfo endpoint (OpenID Connect Core §5.3; spec: 4.5): the fat claims, by the scopes of the token. Errors have no body.
import { type Answer, empty, json } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { type IssuerContext, issuerOf, lookTwice } from './issuer.ts'
import { NO_STORE } from './render-error.ts'
import { claimsForScopes } from './scopes.ts'
import { findSubject } from './token/subject.ts'
import { isTokenAlive, readAccessToken } from './tokens/access-token.ts'
import { type CustomClaims, customClaims } from './tokens/custom-claims.ts'
import type { Subject } from './tokens/issue.ts'
import type { JwtClaims } from './tokens/jwt.ts'

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i

type Presented = { readonly token: string } | 'missing' | 'invalid'

/** RFC 6750 §2: the header, or for a POST the form's `access_token`; one of them, once, and never the query. */
function presentedToken(call: Call): Presented {
  const header = call.headers.authorization
  const inBody = call.body instanceof URLSearchParams ? call.body.getAll('access_token') : []
  if (header === undefined && inBody.length === 0) return 'missing'
  if (header !== undefined && inBody.length > 0) return 'invalid'
  const token = typeof header === 'string' ? BEARER.exec(header)?.[1] : inBody[0]
  return token === undefined || inBody.length > 1 ? 'invalid' : { token }
}

const challenge = (status: number, error: string, description: string): Answer =>
  empty(status, {
    headers: { ...NO_STORE, 'www-authenticate': `Bearer error="${error}", error_description="${description}"` },
  })

const invalid = (): Answer => challenge(401, 'invalid_token', 'The access token is invalid')

export async function userinfoEndpoint(deps: Deps, call: Call): Promise<Answer> {
  const context = await issuerOf(deps, call)
  const presented = presentedToken(call)
  if (presented === 'missing') return challenge(401, 'invalid_request', 'The access token is missing.')
  if (presented === 'invalid') return invalid()
  const look = (current: IssuerContext) => about(deps, call, current, presented.token)
  return lookTwice(deps, call, context, look, (answer) => answer.status !== 200)
}

async function about(deps: Deps, call: Call, { config, issuer }: IssuerContext, text: string): Promise<Answer> {
  const token = readAccessToken(config, issuer, text, deps.now())
  const app = token && config.appsByClientId.get(token.clientId)
  if (!token || token.userId === undefined || app?.status !== 'ACTIVE') return invalid()
  const tx = deps.db.for(call.caller.org)
  const { alive, grant } = await deps.db.read(isTokenAlive(tx, token))
  const outcome = alive ? await deps.db.read(findSubject(tx, app, token.userId, config.features)) : undefined
  if (outcome?.kind !== 'allowed') return invalid()
  if (!token.scopes.includes('openid'))
    return challenge(
      403,
      'insufficient_scope',
      'The access token must provide access to at least one of these scopes - profile, email, address or phone',
    )
  const custom = await customClaims(deps, {
    context: { config, issuer },
    app,
    scopes: token.scopes,
    subject: outcome.subject,
    ...(grant ? { session: { id: grant.sessionId, amr: grant.amr } } : {}),
  })
  return { ...json(200, userinfoClaims(outcome.subject, token.scopes, custom)), headers: NO_STORE }
}

export const userinfoClaims = ({ user }: Subject, scopes: readonly string[], custom: CustomClaims): JwtClaims => ({
  sub: user.id,
  ...claimsForScopes(scopes, { profile: user.profile, lastUpdated: user.lastUpdated, emailVerified: true }, 'fat'),
  ...custom.userinfo,
})
