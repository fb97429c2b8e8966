// The authorization endpoint (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2) from the checked request to its answer: who is there, may
// they, by which rule, with whose consent. It runs again, whole, when a suspended request is resumed.

import type { Scope } from '#authorization-servers/authorization-server.ts'
import { groupIdsOf } from '#groups/service.ts'
import { type Answer, html } from '#http/answer.ts'
import { pageCsp } from '#http/html.ts'
import type { Call } from '#http/route.ts'
import { originOf } from '#kernel/origin.ts'
import { randomToken } from '#kernel/secret.ts'
import { touchSession } from '#sessions/service.ts'
import type { Session } from '#sessions/session.ts'
import type { PageFacts } from '#sign-in/continuation.ts'
import { browserOf, pageHeaders, showSignIn } from '#sign-in/hosted-page.ts'
import { csrfToken, type Interaction, sealInteraction } from '#sign-in/interaction.ts'
import { nextStep } from '#sign-in/next-step.ts'
import { consentPage } from '#sign-in/pages/consent-page.ts'
import { publicKeysOf } from '#signing-keys/service.ts'
import type { Deps } from '../../deps.ts'
import { OAuthError, refusals } from '../error.ts'
import { logRefused } from '../log.ts'
import { findRule, type Lifetimes, ORG_LIFETIMES } from '../policy.ts'
import { findSubject } from '../token/subject.ts'
import { findConsents } from '../tokens/consent-store.ts'
import type { Subject } from '../tokens/issue.ts'
import { openJwt } from '../tokens/jwt.ts'
import { scopesToAsk } from './consent.ts'
import { issueCode } from './issue-code.ts'
import type { AuthorizeContext, AuthorizeRequest } from './request.ts'
import { readRequest, responseModeOf } from './request.ts'
import { type Reply, respondWithCode, respondWithError } from './respond.ts'
import { firstRefusal } from './steps.ts'

export const CONSENT_PATH = '/signin/consent'

/** Where the request stands. */
export interface Progress {
  /** When the request arrived: `prompt=login` wants a newer proof. */
  readonly started: Interaction['created']
  readonly session: Session | undefined
  /** What the person said on the consent page, in this interaction. */
  readonly consent?: { readonly allowed: boolean; readonly scopes: readonly string[] } | undefined
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
    const { app, issuer } = context
    logRefused('authorize', { deps, call, issuer, app, reason: error.code, cause: error.message })
    return respondWithError(replyOf(call, context), error, deps.random)
  }
}

async function decide(deps: Deps, call: Call, request: AuthorizeRequest, progress: Progress): Promise<Answer> {
  const silent = request.prompt.includes('none')
  const step = nextStep(progress.session, demandsOf(deps, request, progress), deps.now())
  if (step.kind === 'identify') {
    if (silent) throw loginRequired(progress.session)
    return showSignIn(deps, call, suspend(request, progress), pageFacts(request))
  }
  const { session } = step
  const tx = deps.db.for(call.caller.org)
  const outcome = await deps.db.read(findSubject(tx, request.app, session.userId))
  if (outcome.kind === 'gone') throw loginRequired(undefined)
  if (outcome.kind === 'not-assigned') throw refusals.notAssigned()
  const groups = await deps.db.read(groupIdsOf(tx, session.userId))
  const lifetimes = lifetimesFor(
    request,
    session.userId,
    groups.map((group) => group.id),
  )

  const key = { userId: session.userId, appId: request.app.id, serverId: request.issuer.id }
  const { app, prompt, scopes } = request
  const given = request.issuer.server ? await deps.db.read(findConsents(tx, key)) : []
  const answered = progress.consent !== undefined
  if (progress.consent?.allowed === false)
    throw new OAuthError('access_denied', 'The resource owner or authorization server denied the request.', {
      status: 403,
    })
  const toAsk = scopesToAsk({ server: request.issuer.server, app, scopes, prompt, given, answered })
  if (toAsk.length > 0) {
    if (silent)
      throw new OAuthError(
        'consent_required',
        `The following scopes require user consent: [${toAsk.map((scope) => scope.name).join(', ')}].`,
      )
    return showConsent(deps, call, request, progress, session, outcome.subject, toAsk)
  }
  const consented = progress.consent?.scopes ?? []
  const declined = answered ? optionalNames(request).filter((scope) => !consented.includes(scope)) : []
  const granted = scopes.filter((scope) => !declined.includes(scope))
  await touchSession(deps, call.caller.org, session)
  const code = await issueCode(deps, call, {
    request,
    session,
    subject: outcome.subject,
    scopes: granted,
    lifetimes,
    consented,
  })
  return respondWithCode(replyOf(call, request), code, deps.random)
}

function demandsOf(deps: Deps, request: AuthorizeRequest, progress: Progress) {
  const hint = request.parameters.get('id_token_hint')
  const claims =
    hint === undefined ? undefined : openJwt(hint, publicKeysOf(request.config, request.issuer.id, deps.now()))
  if (hint !== undefined && (claims?.['iss'] !== request.issuer.url || typeof claims['sub'] !== 'string'))
    throw new OAuthError('invalid_request', "The 'id_token_hint' parameter is not a valid ID token of this server.")
  return {
    provedSince: request.prompt.includes('login') ? progress.started : undefined,
    maxAge: request.maxAge,
    userId: typeof claims?.['sub'] === 'string' ? claims['sub'] : undefined,
  }
}

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

const optionalNames = ({ issuer, scopes }: AuthorizeRequest): readonly string[] =>
  (issuer.server?.scopes ?? [])
    .filter((scope) => scope.optional && scopes.includes(scope.name))
    .map((scope) => scope.name)

/** The request as it travels with a page: parameters as they came, without what is good for one use. */
export function suspend(context: AuthorizeContext, progress: Progress): Interaction {
  const { sessionToken: _, ...parameters } = Object.fromEntries(context.parameters)
  const server = context.issuer.server ? { '@server': context.issuer.id } : {}
  return { kind: 'oauth', request: { ...parameters, ...server }, created: progress.started }
}

export function pageFacts(context: AuthorizeContext): PageFacts {
  return {
    appLabel: context.app.label,
    loginHint: context.parameters.get('login_hint'),
    formActionOrigins: [formTarget(context.redirectUri)],
    frameAncestors: [],
  }
}

/** The redirect URI's origin, or an app's own scheme: the form's answer redirects there, and browsers hold that against the policy. */
const formTarget = (redirectUri: string): string => originOf(redirectUri) ?? new URL(redirectUri).protocol

export const replyOf = (call: Call, context: AuthorizeContext): Reply => ({
  redirectUri: context.redirectUri,
  responseMode: responseModeOf(context.parameters),
  state: context.parameters.get('state'),
  issuer: context.issuer.url,
  orgName: context.config.org.name,
  posted: call.method === 'POST',
})

function showConsent(
  deps: Deps,
  call: Call,
  request: AuthorizeRequest,
  progress: Progress,
  session: Session,
  { user }: Subject,
  scopes: readonly Scope[],
): Answer {
  const { org } = request.config
  const nonce = randomToken(deps.random, 18)
  const { token, cookies } = browserOf(deps, call)
  const interaction: Interaction = { ...suspend(request, progress), sessionId: session.id }
  const text = consentPage({
    nonce,
    orgName: org.name,
    action: CONSENT_PATH,
    stateToken: sealInteraction(org, token, interaction, deps.random),
    csrf: csrfToken(org, token),
    appLabel: request.app.label,
    login: user.login,
    scopes: scopes.map(({ name, displayName, description, optional }) => ({
      name,
      optional,
      ...(displayName === undefined ? {} : { displayName }),
      ...(description === undefined ? {} : { description }),
    })),
    ...(request.app.tosUri === undefined ? {} : { termsOfServiceUri: request.app.tosUri }),
    ...(request.app.policyUri === undefined ? {} : { policyUri: request.app.policyUri }),
  })
  const csp = pageCsp({
    nonce,
    formActionOrigins: [formTarget(request.redirectUri)],
    frameAncestors: [],
    script: false,
  })
  return html(200, text, { headers: pageHeaders(csp), cookies })
}
