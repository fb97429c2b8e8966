// RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0; spec: 4.5): ends the person's session, not the tokens, and leads back to
// where the client has registered.

import { type Answer, redirect } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import type { Call } from '#http/route.ts'
import { clearedSessionCookies } from '#http/session-cookies.ts'
import type { Instant } from '#kernel/instant.ts'
import { decideOnConfig, type OrgConfig } from '#orgs/org-config.ts'
import type { RefusedFact } from '#refused-requests/refused-request.ts'
import type { Session } from '#sessions/session.ts'
import { currentSession } from '#sign-in/browser-session.ts'
import { browserOf } from '#sign-in/hosted-page.ts'
import { csrfToken } from '#sign-in/interaction.ts'
import { signOutConfirmationPage } from '#sign-in/pages/sign-out-page.ts'
import { signOut } from '#sign-in/service.ts'
import type { Deps } from '../deps.ts'
import { PageError } from './error.ts'
import { findIssuer, issuerOf } from './issuer.ts'
import { recordRefused } from './log.ts'
import { type Parameters, readParameters } from './parameters.ts'
import { readIdToken } from './tokens/id-token.ts'

/** What is asked for, as far as this server's own word (`id_token_hint`) stands behind it. */
interface LogoutRequest {
  readonly config: OrgConfig
  /** Whose session is meant; undefined without a hint. */
  readonly userId: string | undefined
  readonly target: string | undefined
}

export async function logoutEndpoint(deps: Deps, call: Call): Promise<Answer> {
  const parameters = readParameters(call.method === 'POST' ? (call.body as URLSearchParams) : call.query)
  const { issuer } = await issuerOf(deps, call)
  const { config, userId, target } = await decideOnConfig(deps.config, call.caller.org, (current) =>
    readRequest(current, call.params.server, parameters, deps.now()),
  ).catch((error: unknown) => {
    if (error instanceof PageError) recordRefused(deps, call, `${issuer.endpoints}/logout`, error)
    throw error
  })
  const session = await currentSession(deps, call)
  // Without a hint nobody vouches for the request: whoever is signed in is asked, lest any link could sign them out.
  if (userId === undefined)
    return session && !isOwnNavigation(call) ? confirm(deps, call, config) : finish(deps, call, session, undefined)
  if (session && session.userId !== userId)
    throw new PageError(
      'id_token_does_not_match_session',
      'The id_token_hint belongs to somebody else than the one who is signed in.',
    )
  return finish(deps, call, session, target)
}

type Reading = { readonly ok: true; readonly value: LogoutRequest } | { readonly ok: false; readonly error: PageError }

const refuse = (description: string, appId?: string, refused?: RefusedFact): Reading => ({
  ok: false,
  error: new PageError('invalid_request', description, appId, refused),
})

/** An expired hint is a good one; signature, issuer and audience must be right, and the target the audience's own. */
function readRequest(config: OrgConfig, serverName: string | undefined, parameters: Parameters, now: Instant): Reading {
  const hint = parameters.get('id_token_hint')
  const uri = parameters.get('post_logout_redirect_uri')
  if (hint === undefined)
    return uri === undefined
      ? { ok: true, value: { config, userId: undefined, target: undefined } }
      : refuse("The required parameter 'id_token_hint' is missing.")
  const issuer = findIssuer(config, serverName)
  const token = issuer && readIdToken({ config, issuer }, hint, now)
  const app = token && config.appsByClientId.get(token.clientId)
  if (!app) return refuse('The id_token_hint is not a valid ID token of this server.')
  if (uri !== undefined && !app.postLogoutRedirectUris.includes(uri))
    return refuse(
      "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings:",
      app.id,
      {
        reason: 'unknown-post-logout-redirect-uri',
        clientId: app.clientId,
        sent: { name: 'post_logout_redirect_uri', value: uri },
      },
    )
  const target = uri === undefined ? undefined : withState(uri, parameters.get('state'))
  return { ok: true, value: { config, userId: token.userId, target } }
}

function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`
}

const isOwnNavigation = (call: Call): boolean => call.headers['sec-fetch-site'] === 'same-origin'

async function finish(
  deps: Deps,
  call: Call,
  session: Session | undefined,
  target: string | undefined,
): Promise<Answer> {
  await signOut(deps, call.caller, session)
  const cookies = clearedSessionCookies(call.caller.orgUrl)
  return redirect(target ?? '/', call.method === 'POST' ? 303 : 302, { cookies })
}

function confirm(deps: Deps, call: Call, config: OrgConfig): Answer {
  const { token, cookies } = browserOf(deps, call)
  const page = (nonce: string) =>
    signOutConfirmationPage({
      nonce,
      orgName: config.org.name,
      action: '/login/signout',
      csrf: csrfToken(config.org, token),
      stayHref: '/',
    })
  return pageAnswer(deps.random, page, { cookies })
}
