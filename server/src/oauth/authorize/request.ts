// An authorization request, read once: who asks, where the answer goes, and what is asked for.
import type { App } from '#apps/app.ts'
import { givesRefreshTokens } from '#apps/feature-rules.ts'
import type { Call } from '#http/route.ts'
import { originOf } from '#kernel/origin.ts'
import { matchesRedirectUri } from '#kernel/redirect-uri.ts'
import { decideOnConfig, type OrgConfig } from '#orgs/org-config.ts'
import type { Deps } from '../../deps.ts'
import { ISSUER_HOST, RESPONSE_MODES } from '../discovery.ts'
import { PageError } from '../error.ts'
import { findIssuer, type IssuerContext, issuerFor } from '../issuer.ts'
import { type Parameters, readParameters } from '../parameters.ts'
import { parseScope } from '../scopes.ts'

export type ResponseMode = (typeof RESPONSE_MODES)[number]

/** A known client and one of its own redirect URIs: from here on an error may be answered there. */
export interface AuthorizeContext extends IssuerContext {
  readonly app: App
  readonly redirectUri: string
  readonly parameters: Parameters
}

export interface AuthorizeRequest extends AuthorizeContext {
  readonly responseMode: ResponseMode
  readonly state: string
  readonly nonce: string | undefined
  readonly challenge: string | undefined
  readonly scopes: readonly string[]
  readonly prompt: readonly string[]
  readonly maxAge: number | undefined
  readonly acr: string | undefined
}

/** The parameters of a request; a form is sent to the endpoint's address, and what discovery wrote there stands in the query. */
export function readAuthorizationParameters(call: Call): Parameters {
  if (call.method !== 'POST') return readParameters(call.query)
  const host = call.query.get(ISSUER_HOST)
  return new Map([...readParameters(call.body as URLSearchParams), ...(host ? [[ISSUER_HOST, host] as const] : [])])
}

/** Steps 1 to 3 of the processing order: what fails here is shown on a page and never redirected. @throws {PageError} */
export function resolveClient(deps: Deps, call: Call, parameters: Parameters): Promise<AuthorizeContext> {
  return decideOnConfig(deps.config, call.caller.org, (config) => {
    const outcome = findContext(config, call.params.server, parameters)
    return outcome instanceof PageError ? { ok: false, error: outcome } : { ok: true, value: outcome }
  })
}

function findContext(
  config: OrgConfig,
  serverName: string | undefined,
  parameters: Parameters,
): AuthorizeContext | PageError {
  const host = parameters.get(ISSUER_HOST)
  // A host that the org doesn't have is as good as none: whatever a link says, only names of this very server are given.
  const issuer = findIssuer(
    config,
    serverName,
    config.org.aliases.find((origin) => new URL(origin).host === host),
  )
  if (!issuer) return new PageError('invalid_request', 'The authorization server id is invalid.')
  const clientId = parameters.get('client_id')
  const app = clientId === undefined ? undefined : config.appsByClientId.get(clientId)
  if (app?.status !== 'ACTIVE')
    return new PageError('invalid_client', "Invalid value for 'client_id' parameter.", undefined, {
      reason: 'unknown-client-id',
      ...(app ? { clientId: app.clientId } : {}),
      sent: { name: 'client_id', value: clientId ?? '' },
    })
  if (app.applicationType === 'service')
    return new PageError(
      'invalid_request',
      "Clients with 'application_type' of 'service' are not allowed to access the 'authorize' endpoint.",
      undefined,
      {
        reason: 'wrong-client-type',
        clientId: app.clientId,
        sent: { name: 'response_type', value: parameters.get('response_type') ?? '' },
      },
    )
  const redirectUri = parameters.get('redirect_uri')
  if (redirectUri === undefined || !matchesRedirectUri(app.redirectUris, app.wildcardRedirect, redirectUri))
    return new PageError(
      'invalid_request',
      "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings:",
      app.id,
      {
        reason: 'unknown-redirect-uri',
        clientId: app.clientId,
        sent: { name: 'redirect_uri', value: redirectUri ?? '' },
      },
    )
  return { config, issuer: issuerFor(config, issuer, app), app, redirectUri, parameters }
}

/** Whether the mode can bring an answer to this redirect URI: a message needs a page with an origin. */
export const isUsable = (mode: string, redirectUri: string): mode is ResponseMode =>
  RESPONSE_MODES.some((known) => known === mode) &&
  (mode !== 'okta_post_message' || originOf(redirectUri) !== undefined)

/** How the answer travels; an error about an unusable mode, or about none, takes the default way of the response type. */
export function responseModeOf({
  parameters,
  redirectUri,
}: Pick<AuthorizeContext, 'parameters' | 'redirectUri'>): ResponseMode {
  const asked = parameters.get('response_mode')
  if (asked !== undefined && isUsable(asked, redirectUri)) return asked
  return /\b(id_)?token\b/.test(parameters.get('response_type') ?? '') ? 'fragment' : 'query'
}

const wordsOf = (text: string | undefined): readonly string[] => (text ?? '').split(' ').filter(Boolean)

/** The scope of a grant that the app has and the org gives no more is passed over: nobody is asked for it and no token names it. */
function servedScopes({ app, config }: AuthorizeContext, scopes: readonly string[]): readonly string[] {
  const isIdle = app.grantTypes.includes('refresh_token') && !givesRefreshTokens(app, config.features)
  return isIdle ? scopes.filter((scope) => scope !== 'offline_access') : scopes
}

/** The request as a value; `steps.ts` says whether it is a good one. */
export function readRequest(context: AuthorizeContext): AuthorizeRequest {
  const { parameters, issuer } = context
  const asked = parseScope(parameters.get('scope') ?? '') ?? []
  const defaults = issuer.server?.scopes.filter((scope) => scope.isDefault).map((scope) => scope.name) ?? []
  const maxAge = parameters.get('max_age')
  return {
    ...context,
    responseMode: responseModeOf(context),
    state: parameters.get('state') ?? '',
    nonce: parameters.get('nonce'),
    challenge: parameters.get('code_challenge'),
    scopes: servedScopes(context, asked.length > 0 ? asked : defaults),
    prompt: wordsOf(parameters.get('prompt')),
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
    acr: wordsOf(parameters.get('acr_values')).find((value) => SATISFIED_BY_PASSWORD.includes(value)),
  }
}

/** What a password alone is worth, in Okta's words; the one that was asked for stands in the ID token. */
export const SATISFIED_BY_PASSWORD: readonly string[] = ['urn:okta:loa:1fa:any', 'urn:okta:loa:1fa:pwd']
/** What needs a second factor or a phishing-resistant one. */
export const BEYOND_PASSWORD: readonly string[] = ['phr', 'phrh', 'urn:okta:loa:2fa:any']
