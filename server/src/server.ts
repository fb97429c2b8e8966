// Every room mounted, in one readable list. What the edge needs to know of rooms is handed to it here as functions.
import type { FastifyInstance } from 'fastify'
import { apiTokenRoutes } from './api-tokens/routes.ts'
import { resolveApiToken } from './api-tokens/service.ts'
import { appLinkRoutes } from './apps/app-link-routes.ts'
import { assignmentRoutes } from './apps/assignment-routes.ts'
import { credentialRoutes } from './apps/credential-routes.ts'
import { logoRoutes } from './apps/logo-routes.ts'
import { appReplacements, appRoutes } from './apps/routes.ts'
import { authenticatorRoutes } from './authenticators/authenticator-routes.ts'
import type { DemandsFor } from './authenticators/manage-service.ts'
import { factorRoutes } from './authenticators/routes.ts'
import { authorizationServerClaimRoutes } from './authorization-servers/claim-routes.ts'
import { authorizationServerKeyRoutes } from './authorization-servers/key-routes.ts'
import { accessPolicyRoutes } from './authorization-servers/policy-routes.ts'
import { authorizationServerRoutes } from './authorization-servers/routes.ts'
import { authorizationServerScopeRoutes } from './authorization-servers/scope-routes.ts'
import { authorizationServerWriteRoutes } from './authorization-servers/server-routes.ts'
import type { ConsoleFiles } from './console/console-files.ts'
import { consolePageRoutes } from './console/page-routes.ts'
import { selfRoutes } from './console/routes.ts'
import { consoleActor } from './console/service.ts'
import { consoleSignInRoutes } from './console/sign-in-routes.ts'
import { readConsole } from './console-files.ts'
import { dashboardRoutes } from './dashboard/routes.ts'
import type { Deps } from './deps.ts'
import { featureRoutes } from './features/routes.ts'
import { groupRoutes } from './groups/routes.ts'
import { leadToConsole } from './http/console-name.ts'
import { folded } from './http/folded.ts'
import { newListener } from './http/listener.ts'
import { type Edge, type Exchange, mount } from './http/mount.ts'
import { rateLimiter } from './http/rate-limit.ts'
import type { Route } from './http/route.ts'
import { mountUnknown } from './http/unknown-path.ts'
import { mailRoutes } from './mail/routes.ts'
import { oauthContinuation } from './oauth/authorize/endpoint.ts'
import { initiateContinuation } from './oauth/initiate-login/endpoint.ts'
import { issuerUrl } from './oauth/issuer.ts'
import { connectedApps } from './oauth/resources/connected-apps.ts'
import { tokenResourceRoutes } from './oauth/resources/routes.ts'
import { oauthRoutes } from './oauth/routes.ts'
import { redeemOwnCode } from './oauth/token/redeem-own-code.ts'
import { openApiRoute } from './openapi.ts'
import { hostResolver } from './orgs/hosts.ts'
import { overviewRoutes } from './overview/routes.ts'
import { policyChangeRoutes } from './policies/change-routes.ts'
import { policyRoutes } from './policies/routes.ts'
import { currentEnrollment } from './policies/service.ts'
import { handOverRecovery } from './recovery/hand-over-service.ts'
import { linkRoutes } from './recovery/link-routes.ts'
import { requestRoutes } from './recovery/request-routes.ts'
import { requestRecovery } from './recovery/request-service.ts'
import { returnContinuation } from './recovery/return-continuation.ts'
import type { RefusedFact } from './refused-requests/refused-request.ts'
import { refusedRequestRoutes } from './refused-requests/routes.ts'
import { hintFor } from './refused-requests/service.ts'
import { roleRoutes } from './roles/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { sessionActor } from './sessions/service.ts'
import { authnFactorRoutes } from './sign-in/authn-factor-routes.ts'
import { authnRecoveryRoutes } from './sign-in/authn-recovery-routes.ts'
import { authnRoutes } from './sign-in/authn-routes.ts'
import type { Continuations } from './sign-in/continuation.ts'
import { homeContinuation } from './sign-in/home.ts'
import { hostedRoutes } from './sign-in/hosted-routes.ts'
import { redirectRoutes } from './sign-in/redirect-routes.ts'
import { signOutRoutes } from './sign-in/sign-out-routes.ts'
import { systemLogRoutes } from './system-log/routes.ts'
import { trustedOriginRoutes } from './trusted-origins/routes.ts'
import { isTrusted } from './trusted-origins/trusted-origin.ts'
import { userRoutes } from './users/routes.ts'

export interface ServerOptions {
  readonly recordExchange?: (exchange: Exchange) => void
  readonly checkAnswer?: Edge['checkAnswer']
  /** The console's built files. */
  readonly consoleFolder?: string
}

const roomRoutes = (deps: Deps, files: ConsoleFiles, continuations: Continuations): readonly Route[] => [
  ...appRoutes(deps),
  ...logoRoutes(deps),
  ...appLinkRoutes(deps),
  ...assignmentRoutes(deps),
  ...credentialRoutes(deps),
  ...systemLogRoutes(deps),
  ...overviewRoutes(deps),
  ...refusedRequestRoutes(deps, appReplacements(deps)),
  ...userRoutes(deps),
  ...groupRoutes(deps),
  ...roleRoutes(deps),
  ...authenticatorRoutes(deps),
  ...factorRoutes(deps, factorDemands(deps)),
  ...trustedOriginRoutes(deps),
  ...mailRoutes(deps),
  ...featureRoutes(deps),
  ...authnRoutes(deps),
  ...authnFactorRoutes(deps),
  ...authnRecoveryRoutes(deps, {
    ask: (caller, wish) => requestRecovery(deps, caller, wish),
    handOver: (caller, wish) => handOverRecovery(deps, caller, wish),
  }),
  ...redirectRoutes(deps),
  ...sessionRoutes(deps),
  ...apiTokenRoutes(deps),
  ...authorizationServerRoutes(deps),
  ...authorizationServerScopeRoutes(deps),
  ...authorizationServerWriteRoutes(deps),
  ...accessPolicyRoutes(deps),
  ...authorizationServerKeyRoutes(deps),
  ...authorizationServerClaimRoutes(deps),
  ...policyRoutes(deps),
  ...policyChangeRoutes(deps),
  ...signOutRoutes(deps),
  ...hostedRoutes(deps, continuations),
  ...linkRoutes(deps, continuations),
  ...requestRoutes(deps, continuations),
  ...dashboardRoutes(deps, factorDemands(deps), connectedApps(deps)),
  ...oauthRoutes(deps),
  ...selfRoutes(deps),
  ...consoleSignInRoutes(deps, (call, code) => redeemOwnCode(deps, call, code)),
  ...consolePageRoutes(deps, files),
  ...tokenResourceRoutes(deps),
]

/** Which factors people may have, as the policy of their groups says. */
const factorDemands =
  (deps: Deps): DemandsFor =>
  async (caller, { id }) =>
    (await currentEnrollment(deps, caller, id)).factors

/** Everything that the server answers. */
export function allRoutes(deps: Deps, { consoleFolder }: ServerOptions = {}): readonly Route[] {
  const home = homeContinuation(deps)
  const continuations = {
    oauth: oauthContinuation(deps),
    home,
    initiate: initiateContinuation(deps),
    return: returnContinuation(deps, home, issuerUrl),
  }
  const routes = roomRoutes(deps, readConsole(consoleFolder), continuations)
  return [...routes, openApiRoute(routes)]
}

/** The server, not yet listening. */
export async function buildServer(deps: Deps, options: ServerOptions = {}): Promise<FastifyInstance> {
  const server = newListener({ trustedProxies: deps.settings.trustedProxies, random: deps.random })
  const edge = makeEdge(deps, options)
  const routes = allRoutes(deps, options)
  leadToConsole(server, edge)
  mount(server, edge, routes)
  mountUnknown(server, edge, routes)
  await server.ready()
  return server
}

function makeEdge(deps: Deps, options: ServerOptions): Edge {
  return {
    now: deps.now,
    random: deps.random,
    limiter: rateLimiter(deps.settings.rateLimits),
    credentials: {
      apiToken: (org, token) => resolveApiToken(deps, org, token),
      session: (org, cookie) => sessionActor(deps, org, cookie),
      console: (org, cookie) => consoleActor(deps, org, cookie),
    },
    resolveHost: hostResolver(deps),
    isTrusted: async (org) => {
      const config = await deps.config.get(org)
      return (origin) => isTrusted(config.trustedOrigins, 'CORS', origin)
    },
    refusedOrigin: (caller, url, origin) => deps.refusedRequests.record(caller, url, notTrusted(origin)),
    explainOrigin: (caller, url, origin) => hintFor(deps, caller, url, notTrusted(origin)),
    limitReached: (caller, url, limit) => {
      // The route and not the path, of which a part may be secret.
      const client = { ...caller.client, path: url }
      deps.events.record(
        { ...caller, client },
        {
          eventType: 'system.org.rate_limit.violation',
          outcome: 'RATE_LIMIT',
          detail: { url, limit: String(limit) },
        },
      )
      deps.log.warn(
        { org: caller.org, address: caller.client.ip, url, limit },
        'a rate limit was reached (if this is the address of a proxy, name it in KEYSTEAD_TRUSTED_PROXIES)',
      )
    },
    ...(options.recordExchange ? { recordExchange: options.recordExchange } : {}),
    ...(options.checkAnswer ? { checkAnswer: options.checkAnswer } : {}),
    logError: (facts, message) => deps.log.error(facts, message),
    logWarning: folded(deps.now, (facts, message) => deps.log.warn(facts, message)),
  }
}

const notTrusted = (origin: string): RefusedFact => ({
  reason: 'origin-not-trusted',
  sent: { name: 'Origin', value: origin },
})
