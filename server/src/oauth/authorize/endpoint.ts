// The authorization endpoint's doors: a new request, one that is resumed after sign-in, and the answer to the consent page.
import { type Answer, html } from '#http/answer.ts'
import { pageCsp } from '#http/html.ts'
import { clearDoubled } from '#http/mount.ts'
import { errorPage } from '#http/pages/error-page.ts'
import type { Call } from '#http/route.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import { cookiesOf, currentSession } from '#sign-in/browser-session.ts'
import type { Continuation } from '#sign-in/continuation.ts'
import { isOwnForm } from '#sign-in/hosted-page.ts'
import { BROWSER_COOKIE, type Interaction, isCsrfToken, openInteraction } from '#sign-in/interaction.ts'
import { startSessionByToken } from '#sign-in/service.ts'
import type { Deps } from '../../deps.ts'
import { OAuthError, PageError } from '../error.ts'
import { findIssuer } from '../issuer.ts'
import { logRefused } from '../log.ts'
import { type Parameters, readParameters } from '../parameters.ts'
import { authorize, pageFacts } from './authorize.ts'
import { resolveClient } from './request.ts'

export async function authorizeEndpoint(deps: Deps, call: Call): Promise<Answer> {
  const parameters = readParameters(call.method === 'POST' ? (call.body as URLSearchParams) : call.query)
  const context = await resolveClient(deps, call, parameters)
  const known = await currentSession(deps, call)
  const sessionToken = parameters.get('sessionToken')
  // Beside a living session a token is ignored: it could be somebody else's, sent to fix the session.
  const started =
    known || sessionToken === undefined
      ? undefined
      : await startSessionByToken(deps, call.caller, tokenHash(sessionToken))
  const session = known ?? started?.session
  // A session that was started for this very request counts as a new proof.
  const began = started?.session.authenticated ?? deps.now()
  const answer = await authorize(deps, call, context, { started: began, session })
  return {
    ...answer,
    cookies: [...clearDoubled(call), ...(started ? cookiesOf(call, started) : []), ...(answer.cookies ?? [])],
  }
}

/** The engine's continuation: the request is read and checked anew, since the app may have changed meanwhile. */
export const oauthContinuation = (deps: Deps): Continuation => ({
  async resume(call, interaction, session) {
    const { call: original, parameters } = restore(call, interaction)
    const context = await resolveClient(deps, original, parameters)
    return authorize(deps, original, context, { started: interaction.created, session })
  },
  async describe(call, interaction) {
    const { call: original, parameters } = restore(call, interaction)
    return pageFacts(await resolveClient(deps, original, parameters))
  },
})

export async function consentEndpoint(deps: Deps, call: Call<URLSearchParams>): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const browser = call.cookies.get(BROWSER_COOKIE)
  const interaction = openInteraction(org, browser, call.body.get('stateToken') ?? undefined, deps.now())
  const session = await currentSession(deps, call)
  if (!isOwnForm(call) || !interaction || !isCsrfToken(org, browser, call.body.get('csrf') ?? undefined))
    throw expired()
  // The consent is the one's who was asked: a session that changed meanwhile belongs to somebody else.
  if (!session || session.id !== interaction.sessionId) throw expired()
  const { call: original, parameters } = restore(call, interaction)
  const context = await resolveClient(deps, original, parameters)
  const allowed = call.body.get('consent') === 'allow'
  const asked = (context.parameters.get('scope') ?? '').split(' ')
  const ticked = call.body.getAll('scope')
  const scopes = (context.issuer.server?.scopes ?? [])
    .filter((scope) => scope.consent !== 'IMPLICIT' && asked.includes(scope.name))
    .filter((scope) => !scope.optional || ticked.includes(scope.name))
    .map((scope) => scope.name)
  return authorize(deps, original, context, { started: interaction.created, session, consent: { allowed, scopes } })
}

const expired = () => new PageError('invalid_request', 'Request expired, please start over and try again.')

function restore(call: Call, { request }: Interaction): { call: Call; parameters: Parameters } {
  const { '@server': server, ...parameters } = request
  return {
    call: { ...call, params: server === undefined ? {} : { server } },
    parameters: new Map(Object.entries(parameters)),
  }
}

/** What must not be redirected is shown: three lines, as on the service (spec: 4.3). */
export function renderAuthorizeError(deps: Deps, error: unknown, call: Call): Answer | undefined {
  const page = error instanceof PageError || error instanceof OAuthError ? error : undefined
  if (!page) return undefined
  const appId = page instanceof PageError ? page.appId : undefined
  const { orgUrl, client, org } = call.caller
  deps.config.get(org).then(
    (config) => {
      const issuer = findIssuer(config, call.params['server'])
      const app = config.appsByClientId.get(call.query.get('client_id') ?? '')
      if (issuer) logRefused('authorize', { deps, call, issuer, app, reason: page.code, cause: page.message })
    },
    () => undefined,
  )
  const nonce = randomToken(deps.random, 18)
  const link = appId === undefined ? undefined : `${orgUrl}/admin/app/oidc_client/instance/${appId}#tab-general`
  const text = errorPage({
    nonce,
    errorCode: page.code,
    description: page.message,
    ...(link === undefined ? {} : { link: { href: link, text: link } }),
    requestId: client.requestId,
  })
  const csp = pageCsp({ nonce, formActionOrigins: [], frameAncestors: [], script: false })
  return html(400, text, {
    headers: { 'content-security-policy': csp, 'referrer-policy': 'no-referrer' },
    cookies: clearDoubled(call),
  })
}
