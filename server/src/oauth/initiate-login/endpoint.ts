// `/home/oidc_client/{app}/{link}`: the app's embed link, which its tile leads to. Whoever is not signed in signs in first; the app is
// found and checked again after that, since it may have changed meanwhile.
import type { App } from '#apps/app.ts'
import { type Answer, redirect } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import { decideOnConfig } from '#orgs/org-config.ts'
import { touchSession } from '#sessions/service.ts'
import type { Session } from '#sessions/session.ts'
import { currentSession } from '#sign-in/browser-session.ts'
import type { Continuation, PageFacts } from '#sign-in/continuation.ts'
import { showSignIn } from '#sign-in/hosted-page.ts'
import type { Interaction } from '#sign-in/interaction.ts'
import { signerOf } from '#signing-keys/service.ts'
import { framersOf } from '#trusted-origins/trusted-origin.ts'
import type { Deps } from '../../deps.ts'
import { respondWithIdToken } from '../authorize/respond.ts'
import { PageError, refusals } from '../error.ts'
import { renderErrorPage } from '../error-page.ts'
import { findIssuer, type IssuerContext } from '../issuer.ts'
import { logInitiated, recordRefused } from '../log.ts'
import { findSubject } from '../token/subject.ts'
import { customClaims } from '../tokens/custom-claims.ts'
import { idTokenClaims } from '../tokens/id-token.ts'
import type { Subject } from '../tokens/issue.ts'
import { signJwt } from '../tokens/jwt.ts'
import { decideInitiation } from './initiate.ts'

const PRIVATE = { headers: { 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache, no-store' } }
const TARGET_MAX = 1_024

export async function initiateLoginEndpoint(deps: Deps, call: Call): Promise<Answer> {
  const target = call.query.get('target_link_uri')?.slice(0, TARGET_MAX + 1)
  const request = { app: call.params.app ?? '', ...(target === undefined ? {} : { target }) }
  const interaction = { kind: 'initiate', request, created: deps.now() } as const
  const session = await currentSession(deps, call)
  if (!session) return showSignIn(deps, call, interaction, await factsOf(deps, call, interaction))
  await touchSession(deps, call.caller.org, session)
  return initiate(deps, call, interaction, session)
}

export const initiateContinuation = (deps: Deps): Continuation => ({
  resume: (call, interaction, session) => initiate(deps, call, interaction, session),
  describe: (call, interaction) => factsOf(deps, call, interaction),
  refuse: (error, call) => renderErrorPage(deps, error, call),
})

async function initiate(deps: Deps, call: Call, { request }: Interaction, session: Session): Promise<Answer> {
  const { context, app } = await find(deps, call, request.app ?? '')
  const tx = deps.db.for(call.caller.org)
  const outcome = await deps.db.read(findSubject(tx, app, session.userId, context.config.features))
  if (outcome.kind === 'gone') throw new PageError('login_required', 'The person is not signed in any more.')
  if (outcome.kind === 'not-assigned') {
    const { refused, message } = refusals.notAssigned(app, outcome.user)
    const error = new PageError('access_denied', message, undefined, refused)
    recordRefused(deps, call, `${call.caller.orgUrl}/home/oidc_client`, error)
    throw error
  }
  const { subject } = outcome
  const { url: issuer } = context.issuer
  const decided = decideInitiation(app, { issuer, loginHint: subject.user.login, target: request.target })
  logInitiated(deps, call, app, subject)
  const status = call.method === 'POST' ? 303 : 302
  if (decided.kind === 'redirect') return redirect(decided.location, status, PRIVATE)
  const idToken = await mint(deps, context, app, subject, session, decided.scopes)
  const reply = {
    redirectUri: decided.redirectUri,
    responseMode: 'form_post',
    state: undefined,
    issuer,
    orgName: context.config.org.name,
    posted: call.method === 'POST',
  } as const
  return respondWithIdToken(reply, idToken, deps.random)
}

async function mint(
  deps: Deps,
  context: IssuerContext,
  app: App,
  subject: Subject,
  { id, amr, authenticated }: Session,
  scopes: readonly string[],
): Promise<string> {
  const custom = await customClaims(deps, { context, app, scopes, subject, session: { id, amr } })
  const { profile, lastUpdated } = subject.user
  const facts = {
    issuer: context.issuer,
    org: context.config.org.id,
    clientId: app.clientId,
    userId: subject.user.id,
    person: { profile, lastUpdated, emailVerified: true },
    scopes,
    authenticated,
    amr,
    nonce: undefined,
    acr: undefined,
    accessToken: undefined,
  }
  const claims = idTokenClaims(facts, deps.now(), deps.random)
  return signJwt(signerOf(deps, context.config, context.issuer.id), { ...claims, ...custom.identity })
}

/** An active app that people have; another node may have made it a moment ago. @throws {PageError} */
async function find(
  deps: Deps,
  call: Call,
  id: string,
): Promise<{ readonly context: IssuerContext; readonly app: App }> {
  return decideOnConfig(deps.config, call.caller.org, (config) => {
    const app = config.appsById.get(id)
    const issuer = findIssuer(config, undefined)
    return app?.status === 'ACTIVE' && issuer
      ? { ok: true, value: { context: { config, issuer }, app } }
      : { ok: false, error: new PageError('invalid_request', 'This app does not exist, or is not active.') }
  })
}

async function factsOf(deps: Deps, call: Call, { request }: Interaction): Promise<PageFacts> {
  const { context, app } = await find(deps, call, request.app ?? '')
  const uris = [app.initiateLoginUri, app.redirectUris[0]].filter((uri) => uri !== undefined)
  return {
    appLabel: app.label,
    appId: app.id,
    formActionOrigins: uris,
    frameAncestors: framersOf(context.config.trustedOrigins, context.config.features, 'sign-in'),
  }
}
