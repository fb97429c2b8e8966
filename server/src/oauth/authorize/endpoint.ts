// The authorization endpoint's doors: a new request, one that is resumed after sign-in, and the answer to the consent page.
import type { Answer } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import { clearDoubled } from '#http/session-cookies.ts'
import { tokenHash } from '#kernel/secret.ts'
import { cookiesOf, currentSession } from '#sign-in/browser-session.ts'
import type { Continuation } from '#sign-in/continuation.ts'
import { isOwnForm } from '#sign-in/hosted-page.ts'
import { BROWSER_COOKIE, type Interaction, isCsrfToken, openInteraction } from '#sign-in/interaction.ts'
import { type StartedSession, startSessionByToken } from '#sign-in/service.ts'
import type { Deps } from '../../deps.ts'
import { OAuthError, PageError } from '../error.ts'
import { renderErrorPage } from '../error-page.ts'
import { findIssuer } from '../issuer.ts'
import { logRefused } from '../log.ts'
import type { Parameters } from '../parameters.ts'
import { authorize, pageFacts, SERVER } from './authorize.ts'
import { type AuthorizeContext, readAuthorizationParameters, readRequest, resolveClient } from './request.ts'
import { readConsent } from './show-consent.ts'
import { firstRefusal } from './steps.ts'

export async function authorizeEndpoint(deps: Deps, call: Call): Promise<Answer> {
  const source = call.method === 'POST' ? (call.body as URLSearchParams) : call.query
  return remembered(deps, call, source.get('client_id'), async () => {
    const parameters = readAuthorizationParameters(call)
    const context = await resolveClient(deps, call, parameters)
    const known = await currentSession(deps, call)
    const started = known ? undefined : await startByToken(deps, call, context)
    const session = known ?? started?.session
    // What was proved for this very request counts as a new proof, though the proof came first.
    const proof = started ? { started: started.session.authenticated, proved: true as const } : { started: deps.now() }
    const answer = await authorize(deps, call, context, { ...proof, session })
    return {
      ...answer,
      cookies: [...clearDoubled(call), ...(started ? cookiesOf(call, started) : []), ...(answer.cookies ?? [])],
    }
  })
}

/**
 * A session token is used up for a good request only, and never beside a living session: it could be somebody else's, sent to move the
 * browser into another session.
 */
async function startByToken(deps: Deps, call: Call, context: AuthorizeContext): Promise<StartedSession | undefined> {
  const sessionToken = context.parameters.get('sessionToken')
  if (sessionToken === undefined || firstRefusal(readRequest(context))) return undefined
  return startSessionByToken(deps, call.caller, tokenHash(sessionToken))
}

/** The engine's continuation: the request is read and checked anew, since the app may have changed meanwhile. */
export const oauthContinuation = (deps: Deps): Continuation => ({
  resume(call, interaction, session) {
    const { call: original, parameters } = restore(call, interaction)
    return remembered(deps, original, parameters.get('client_id'), async () => {
      const context = await resolveClient(deps, original, parameters)
      return authorize(deps, original, context, { started: interaction.created, session, proved: true })
    })
  },
  describe(call, interaction) {
    const { call: original, parameters } = restore(call, interaction)
    return remembered(deps, original, parameters.get('client_id'), async () =>
      pageFacts(await resolveClient(deps, original, parameters)),
    )
  },
  refuse: (error, call) => renderErrorPage(deps, error, call),
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
  return remembered(deps, original, parameters.get('client_id'), async () => {
    const context = await resolveClient(deps, original, parameters)
    const consent = readConsent(interaction, call.body)
    return authorize(deps, original, context, { started: interaction.created, session, consent })
  })
}

const expired = () => new PageError('invalid_request', 'Request expired, please start over and try again.')

function restore(call: Call, { request }: Interaction): { call: Call; parameters: Parameters } {
  const server = request[SERVER]
  return {
    call: { ...call, params: server ? { server } : {} },
    // Our own words begin with a sign that no parameter of the protocol has.
    parameters: new Map(Object.entries(request).filter(([name]) => !name.startsWith('@'))),
  }
}

/** What is refused without a redirect stands in the System Log as what is refused with one does. */
async function remembered<T>(
  deps: Deps,
  call: Call,
  clientId: string | null | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PageError || error instanceof OAuthError) {
      const config = await deps.config.get(call.caller.org)
      const issuer = findIssuer(config, call.params.server)
      const app = config.appsByClientId.get(clientId ?? '')
      if (issuer) logRefused('authorize', { deps, call, issuer, app, error })
    }
    throw error
  }
}
