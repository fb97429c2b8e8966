// OAuth's refusals: a code of the specifications, a sentence of Okta's catalogue for the integrator, and whether it may travel to the
// redirect URI. Statuses are uneven because Okta's are (spec: 4.9).
import type { App } from '#apps/app.ts'
import type { RefusedFact } from '#refused-requests/refused-request.ts'
import type { User } from '#users/user.ts'

export const OAUTH_CODES = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'invalid_token',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
  'unsupported_response_mode',
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'insufficient_scope',
  'request_not_supported',
  'request_uri_not_supported',
  'id_token_does_not_match_session',
  'server_error',
  'temporarily_unavailable',
  // Of sign-ins that the app did not begin; the first is spelled as the service spells it.
  'idp_initated_flow_disabled',
  'missing_initiate_login_uri',
  'missing_redirect_uri',
] as const
export type OAuthCode = (typeof OAUTH_CODES)[number]

interface OAuthErrorOptions extends ErrorOptions {
  readonly status?: number
  /** In the zone `token`: the page at this origin may not read the answer. */
  readonly withholdCors?: true
  /** For the System Log alone: more than the client is told. */
  readonly why?: string
  /** For the list of refused requests: what a developer can mend. */
  readonly refused?: RefusedFact | undefined
}

export class OAuthError extends Error {
  readonly code: OAuthCode
  readonly status: number
  readonly withholdCors: boolean
  readonly why: string | undefined
  readonly refused: RefusedFact | undefined

  constructor(code: OAuthCode, description: string, options: OAuthErrorOptions = {}) {
    super(description, options)
    this.name = 'OAuthError'
    this.code = code
    this.status = options.status ?? STATUSES[code] ?? 400
    this.withholdCors = options.withholdCors ?? false
    this.why = options.why
    this.refused = options.refused
  }
}

const STATUSES: Partial<Record<OAuthCode, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  server_error: 500,
  temporarily_unavailable: 503,
}

/** Thrown by what may be answered on a page only: the client or its redirect URI is not to be trusted with an answer. */
export class PageError extends Error {
  readonly code: OAuthCode
  /** The app whose General tab mends it. */
  readonly appId: string | undefined
  /** As that of an `OAuthError`. */
  readonly refused: RefusedFact | undefined

  constructor(code: OAuthCode, description: string, appId?: string, refused?: RefusedFact) {
    super(description)
    this.name = 'PageError'
    this.code = code
    this.appId = appId
    this.refused = refused
  }
}

export const refusals = {
  badClientId: (refused?: RefusedFact) =>
    new OAuthError('invalid_client', "Invalid value for 'client_id' parameter.", { refused }),
  badGrant: (why?: string) =>
    new OAuthError('invalid_grant', 'The authorization code is invalid or has expired.', why ? { why } : {}),
  badRefreshToken: () => new OAuthError('invalid_grant', 'The refresh token is invalid or expired.'),
  otherClient: () =>
    new OAuthError(
      'invalid_grant',
      "The grant was issued to another client. Please make sure the 'client_id' matches the one used at the authorize request.",
    ),
  badScope: () =>
    new OAuthError(
      'invalid_scope',
      'The requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner.',
    ),
  repeated: () => new OAuthError('invalid_request', 'The request contained multiple parameters with the same name.'),
  missing: (name: string) => new OAuthError('invalid_request', `The required parameter '${name}' is missing.`),
  notAssigned: (app: Pick<App, 'clientId'>, { id, login }: Pick<User, 'id' | 'login'>) =>
    new OAuthError('access_denied', 'User is not assigned to the client application.', {
      refused: {
        reason: 'user-not-assigned',
        clientId: app.clientId,
        sent: { name: 'user', value: login },
        person: { id, login },
      },
    }),
  noPolicy: () =>
    new OAuthError(
      'access_denied',
      'Policy evaluation failed for this request, please check the policy configurations.',
      { status: 401 },
    ),
}
