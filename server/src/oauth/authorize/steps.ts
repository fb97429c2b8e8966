// The checks of an authorization request that are answered at the redirect URI, in the order of the processing rules (spec: 4.3). Each
// looks at one thing and returns what is wrong with it.
import { hasControlCharacters } from '#kernel/control-characters.ts'
import type { RefusedFact } from '#refused-requests/refused-request.ts'
import { RESPONSE_MODES, RESPONSE_TYPES } from '../discovery.ts'
import { type OAuthCode, OAuthError, refusals } from '../error.ts'
import { decideChallenge, pkceRefusal } from '../pkce.ts'
import { OPENID_SCOPES } from '../policy.ts'
import { parseScope } from '../scopes.ts'
import { type AuthorizeRequest, BEYOND_PASSWORD, isUsable, SATISFIED_BY_PASSWORD } from './request.ts'

type Step = (request: AuthorizeRequest) => OAuthError | undefined

const PROMPTS = ['none', 'login', 'consent', 'login consent']
const MAX_AGE_MAX = 2 ** 31 - 1
/** RFC 6749 appendix A.5: printable ASCII. */
const STATE = /^[\x20-\x7e]{1,2048}$/
const NONCE_MAX = 1024

const refuse = (code: OAuthCode, description: string, refused?: RefusedFact) =>
  new OAuthError(code, description, { refused })

const checkUnserved: Step = ({ parameters }) => {
  if (parameters.has('request')) return refuse('request_not_supported', "The 'request' parameter is not supported.")
  if (parameters.has('request_uri'))
    return refuse('request_uri_not_supported', "The 'request_uri' parameter is not supported.")
  if (parameters.has('claims')) return refuse('invalid_request', "The 'claims' parameter is not supported.")
  return undefined
}

const checkResponseType: Step = ({ parameters }) => {
  const asked = parameters.get('response_type')
  if (asked === undefined) return refuse('invalid_request', "The required parameter 'response_type' is missing.")
  if (RESPONSE_TYPES.some((type) => type === asked)) return undefined
  const list = RESPONSE_TYPES.join(', ')
  return refuse(
    'unsupported_response_type',
    `The response type is not supported by the authorization server. Configured response types: [${list}].`,
  )
}

const checkResponseMode: Step = ({ parameters, redirectUri }) => {
  const asked = parameters.get('response_mode')
  if (asked === undefined || isUsable(asked, redirectUri)) return undefined
  return refuse(
    'unsupported_response_mode',
    `The response mode is not supported by the authorization server. Valid response modes: [${RESPONSE_MODES.join(', ')}].`,
  )
}

const checkState: Step = ({ state }) =>
  STATE.test(state)
    ? undefined
    : refuse('invalid_request', "The authentication request has an invalid 'state' parameter.")

const checkNonce: Step = ({ nonce }) =>
  nonce === undefined || (nonce.length <= NONCE_MAX && !hasControlCharacters(nonce))
    ? undefined
    : refuse('invalid_request', "The authentication request has an invalid 'nonce' parameter.")

const checkPkce: Step = ({ parameters, app, challenge }) => {
  const required = app.pkceRequired || app.clientAuthentication === 'none'
  const method = parameters.get('code_challenge_method')
  const decision = decideChallenge({ challenge, method, required })
  if (decision.ok) return undefined
  return pkceRefusal(decision, app, challenge === undefined ? 'code_challenge' : 'code_challenge_method', method)
}

const checkPrompt: Step = ({ prompt }) => {
  const sorted = [...prompt].sort().reverse().join(' ')
  if (prompt.length === 0 || PROMPTS.includes(prompt.join(' ')) || PROMPTS.includes(sorted)) return undefined
  return refuse('invalid_request', `Invalid value for 'prompt' parameter. Supported values: [${PROMPTS.join(', ')}]`)
}

const checkMaxAge: Step = ({ parameters, maxAge }) => {
  const text = parameters.get('max_age')
  if (text === undefined || (/^\d{1,10}$/.test(text) && (maxAge ?? 0) <= MAX_AGE_MAX)) return undefined
  return refuse('invalid_request', "Invalid value for 'max_age' parameter. It should be within range 0 - 2^31-1.")
}

const checkScopes: Step = ({ parameters, issuer, scopes }) => {
  const text = parameters.get('scope')
  if (text !== undefined && parseScope(text) === undefined) return refusals.badScope()
  if (scopes.length === 0)
    return issuer.server
      ? refuse(
          'invalid_scope',
          "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
        )
      : refuse('invalid_scope', 'No scopes were requested.')
  const known = issuer.server ? issuer.server.scopes.map((scope) => scope.name) : OPENID_SCOPES
  if (scopes.some((scope) => !known.includes(scope)))
    return refuse('invalid_scope', 'One or more scopes are not configured for the authorization server resource.')
  const needsOpenid = scopes.some(
    (scope) => OPENID_SCOPES.includes(scope) && scope !== 'openid' && scope !== 'offline_access',
  )
  if (needsOpenid && !scopes.includes('openid'))
    return refuse(
      'invalid_scope',
      "Requests for ID tokens or access tokens with OpenID scopes require the 'openid' scope.",
    )
  return undefined
}

const checkGrantType: Step = ({ app, scopes }) => {
  const configured = `Configured grant types: [${app.grantTypes.join(', ')}].`
  const lacks = (grant: string): RefusedFact => ({
    reason: 'grant-not-allowed',
    clientId: app.clientId,
    sent: { name: 'grant_type', value: grant },
  })
  if (!app.grantTypes.includes('authorization_code'))
    return refuse(
      'unauthorized_client',
      `The client is not authorized to use the provided grant type. ${configured}`,
      lacks('authorization_code'),
    )
  if (scopes.includes('offline_access') && !app.grantTypes.includes('refresh_token'))
    return refuse(
      'invalid_scope',
      `The scope 'offline_access' needs the grant type 'refresh_token', which the client does not have. ${configured}`,
      lacks('refresh_token'),
    )
  return undefined
}

const checkAcr: Step = ({ parameters }) => {
  const asked = (parameters.get('acr_values') ?? '').split(' ').filter(Boolean)
  // Values that nobody here defines are wishes (OpenID Connect Core §3.1.2.1); Okta's own are demands, and clients compare them.
  const beyond =
    asked.some((value) => BEYOND_PASSWORD.includes(value)) &&
    !asked.some((value) => SATISFIED_BY_PASSWORD.includes(value))
  return beyond ? refuse('access_denied', 'The requested authentication context class cannot be met.') : undefined
}

const STEPS: readonly Step[] = [
  checkUnserved,
  checkResponseType,
  checkResponseMode,
  checkState,
  checkNonce,
  checkPkce,
  checkPrompt,
  checkMaxAge,
  checkScopes,
  checkGrantType,
  checkAcr,
]

/** The first thing that is wrong, if any. */
export function firstRefusal(request: AuthorizeRequest): OAuthError | undefined {
  for (const step of STEPS) {
    const refusal = step(request)
    if (refusal) return refusal
  }
  return undefined
}
