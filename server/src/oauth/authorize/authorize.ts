// The authorization endpoint (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2) from the checked request to its answer: who is there, may
// they, by which rule, with whose consent. It runs again, whole, when a suspended request is resumed.

import { groupIdsOf } from '#groups/service.ts'
import type { Answer } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import { instant, later, SECOND } from '#kernel/instant.ts'
import type { Session } from '#sessions/session.ts'
import type { PageFacts } from '#sign-in/continuation.ts'
import { showSignIn } from '#sign-in/hosted-page.ts'
import type { Interaction } from '#sign-in/interaction.ts'
import { type Demands, satisfies } from '#sign-in/session-demands.ts'
import { framersOf } from '#trusted-origins/trusted-origin.ts'
import type { Deps } from '../../deps.ts'
import { OAuthError, refusals } from '../error.ts'
import { logRefused } from '../log.ts'
import { findRule, type Lifetimes, ORG_LIFETIMES } from '../policy.ts'
import { findSubject } from '../token/subject.ts'
import { findConsents } from '../tokens/consent-store.ts'
import { readIdToken } from '../tokens/id-token.ts'
import { type ConsentAnswer, decideConsent } from './consent.ts'
import { issueCode } from './issue-code.ts'
import type { AuthorizeContext, AuthorizeRequest } from './request.ts'
import { readRequest, resolveClient, responseModeOf } from './request.ts'
import { type Reply, respondWithCode, respondWithError } from './respond.ts'
import { showConsent } from './show-consent.ts'
import { firstRefusal } from './steps.ts'

/** Names the custom server in a suspended request; empty is the org's own. */
export const SERVER = '@server'

/** Where the request stands. */
export interface Progress {
  /** When the request arrived: `prompt=login` and `max_age` count from here, however long somebody sits before a page. */
  readonly started: Interaction['created']
  readonly session: Session | undefined
  /** The session was begun for this very request. */
  readonly proved?: true
  readonly consent?: ConsentAnswer
}

export async function authorize(
  deps: Deps,
  call: Call,
  context: AuthorizeContext,
  progress: Progress,
): Promise<Answer> {
  const request = readRequest(context)
  try {
    const refusal = firstRefusal(request)
    if (refusal) throw refusal
    return await decide(deps, call, request, progress)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    // What was made or mended on another node must not be refused here.
    const { version } = await deps.config.fresh(call.caller.org)
    if (version !== context.config.version)
      return authorize(deps, call, await resolveClient(deps, call, context.parameters), progress)
    const { app, issuer } = context
    logRefused('authorize', { deps, call, issuer, app, error })
    return respondWithError(replyOf(call, context), error, deps.random)
  }
}

async function decide(deps: Deps, call: Call, request: AuthorizeRequest, progress: Progress): Promise<Answer> {
  const { session } = progress
  if (!satisfies(session, demandsOf(deps, request, progress))) {
    // Who has just signed in and is still not who was meant (`id_token_hint`) would be asked for ever.
    if (request.prompt.includes('none') || progress.proved) throw loginRequired(session)
    return showSignIn(deps, call, suspend(request, progress), pageFacts(request))
  }
  const tx = deps.db.for(call.caller.org)
  const outcome = await deps.db.read(findSubject(tx, request.app, session.userId, request.config.features))
  if (outcome.kind === 'gone') throw loginRequired(undefined)
  if (outcome.kind === 'not-assigned') throw refusals.notAssigned(request.app, outcome.user)
  const groups = await deps.db.read(groupIdsOf(tx, session.userId))
  const lifetimes = lifetimesFor(
    request,
    session.userId,
    groups.map((group) => group.id),
  )

  const key = { userId: session.userId, appId: request.app.id, serverId: request.issuer.id }
  const { app, prompt, scopes } = request
  const answer = progress.consent
  if (answer?.allowed === false) throw denied()
  const given = request.issuer.server ? await deps.db.read(findConsents(tx, key)) : []
  const consent = decideConsent({ server: request.issuer.server, app, scopes, prompt, given, answer })
  if (consent.kind === 'required')
    throw new OAuthError(
      'consent_required',
      `The following scopes require user consent: [${consent.scopes.map((scope) => scope.name).join(', ')}].`,
    )
  if (consent.kind === 'ask')
    return showConsent(deps, call, {
      request,
      interaction: { ...suspend(request, progress), sessionId: session.id },
      subject: outcome.subject,
      scopes: consent.scopes,
    })
  const granted = scopes.filter((scope) => !consent.declined.includes(scope))
  if (granted.length === 0) throw denied()
  const code = await issueCode(deps, call, {
    request,
    session,
    subject: outcome.subject,
    scopes: granted,
    lifetimes,
    consented: answer?.scopes ?? [],
  })
  // Ended while this was decided: the request stands where it would without a session.
  if (code === undefined) return decide(deps, call, request, { ...progress, session: undefined })
  return respondWithCode(replyOf(call, request), code, deps.random)
}

function demandsOf(deps: Deps, request: AuthorizeRequest, { started }: Progress): Demands {
  const { prompt, maxAge, parameters, app } = request
  const since = [
    ...(prompt.includes('login') ? [started] : []),
    ...(maxAge === undefined ? [] : [later(started, -maxAge * SECOND)]),
  ]
  const hint = parameters.get('id_token_hint')
  const meant = hint === undefined ? undefined : readIdToken(request, hint, deps.now())
  if (hint !== undefined && meant?.clientId !== app.clientId)
    throw new OAuthError('invalid_request', "The 'id_token_hint' parameter is not a valid ID token of this client.")
  return {
    provedSince: since.length === 0 ? undefined : instant(Math.max(...since)),
    userId: meant?.userId,
  }
}

const denied = (): OAuthError =>
  new OAuthError('access_denied', 'The resource owner or authorization server denied the request.', { status: 403 })

const loginRequired = (session: Session | undefined): OAuthError =>
  new OAuthError(
    'login_required',
    session
      ? 'The client specified not to prompt, but the client app requires re-authentication or MFA.'
      : 'The client specified not to prompt, but the user is not logged in.',
  )

function lifetimesFor(request: AuthorizeRequest, userId: string, groups: readonly string[]): Lifetimes {
  const { issuer, app, scopes } = request
  if (!issuer.server) return ORG_LIFETIMES
  const question = { clientId: app.clientId, grantType: 'authorization_code', scopes, person: { userId, groups } }
  const rule = findRule(issuer.server, question)
  if (!rule) throw refusals.noPolicy()
  return rule
}

/** The request as it travels with a page: parameters as they came, without what is good for one use. */
function suspend(context: AuthorizeContext, progress: Progress): Interaction {
  const { sessionToken: _, ...parameters } = Object.fromEntries(context.parameters)
  // Written last: no parameter of that name may choose the server.
  const request = { ...parameters, [SERVER]: context.issuer.server?.id ?? '' }
  return { kind: 'oauth', request, created: progress.started }
}

export function pageFacts(context: AuthorizeContext): PageFacts {
  return {
    appLabel: context.app.label,
    appId: context.app.id,
    serverId: context.issuer.server?.id,
    loginHint: context.parameters.get('login_hint'),
    formActionOrigins: [context.redirectUri],
    frameAncestors: framersOf(context.config.trustedOrigins, context.config.features, 'sign-in'),
  }
}

const replyOf = (call: Call, context: AuthorizeContext): Reply => ({
  redirectUri: context.redirectUri,
  responseMode: responseModeOf(context),
  state: context.parameters.get('state'),
  issuer: context.issuer.url,
  orgName: context.config.org.name,
  posted: call.method === 'POST',
})
