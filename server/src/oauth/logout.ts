// RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0; spec: 4.5): ends the person's session, not the tokens, and leads back to
// where the client has registered.

import type { App } from '#apps/app.ts'
import { type Answer, html, redirect } from '#http/answer.ts'
import { pageCsp } from '#http/html.ts'
import type { Call } from '#http/route.ts'
import { clearedSessionCookies } from '#http/session-cookies.ts'
import { randomToken } from '#kernel/secret.ts'
import type { Session } from '#sessions/session.ts'
import { currentSession } from '#sign-in/browser-session.ts'
import { browserOf, pageHeaders } from '#sign-in/hosted-page.ts'
import { csrfToken } from '#sign-in/interaction.ts'
import { signOutConfirmationPage } from '#sign-in/pages/sign-out-page.ts'
import { signOut } from '#sign-in/service.ts'
import type { Deps } from '../deps.ts'
import { PageError } from './error.ts'
import { type IssuerContext, issuerOf } from './issuer.ts'
import { type Parameters, readParameters } from './parameters.ts'
import { readIdToken } from './tokens/id-token.ts'

interface Hint {
  readonly app: App
  readonly userId: string
}

export async function logoutEndpoint(deps: Deps, call: Call): Promise<Answer> {
  const parameters = readParameters(call.method === 'POST' ? (call.body as URLSearchParams) : call.query)
  const context = await issuerOf(deps, call)
  const session = await currentSession(deps, call)
  const hint = readHint(deps, context, parameters)
  // Without a hint nobody vouches for the request: whoever is signed in is asked, lest any link could sign them out.
  if (!hint)
    return session && !isOwnNavigation(call) ? confirm(deps, call, context) : finish(deps, call, session, undefined)
  const target = targetOf(hint, parameters)
  if (session && session.userId !== hint.userId)
    throw new PageError(
      'id_token_does_not_match_session',
      'The id_token_hint belongs to somebody else than the one who is signed in.',
    )
  return finish(deps, call, session, target)
}

/** An expired hint is a good one; signature, issuer and audience must be right. @throws {PageError} */
function readHint(deps: Deps, context: IssuerContext, parameters: Parameters): Hint | undefined {
  const text = parameters.get('id_token_hint')
  if (text === undefined) {
    if (parameters.has('post_logout_redirect_uri'))
      throw new PageError('invalid_request', "The required parameter 'id_token_hint' is missing.")
    return undefined
  }
  const token = readIdToken(context, text, deps.now())
  const app = token && context.config.appsByClientId.get(token.clientId)
  if (!app) throw new PageError('invalid_request', 'The id_token_hint is not a valid ID token of this server.')
  return { app, userId: token.userId }
}

function targetOf({ app }: Hint, parameters: Parameters): string | undefined {
  const uri = parameters.get('post_logout_redirect_uri')
  if (uri === undefined) return undefined
  if (!app.postLogoutRedirectUris.includes(uri))
    throw new PageError(
      'invalid_request',
      "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings:",
      app.id,
    )
  const state = parameters.get('state')
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

function confirm(deps: Deps, call: Call, { config }: IssuerContext): Answer {
  const nonce = randomToken(deps.random, 18)
  const { token, cookies } = browserOf(deps, call)
  const text = signOutConfirmationPage({
    nonce,
    orgName: config.org.name,
    action: '/login/signout',
    csrf: csrfToken(config.org, token),
    stayHref: '/',
  })
  const csp = pageCsp({ nonce, formActionOrigins: [], frameAncestors: [], script: false })
  return html(200, text, { headers: pageHeaders(csp), cookies })
}
