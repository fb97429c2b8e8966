// Every room mounted, in one readable list. What the edge needs to know of rooms is handed to it here as functions.
import { type FastifyInstance, fastify } from 'fastify'
import { apiTokenRoutes } from './api-tokens/routes.ts'
import { resolveApiToken } from './api-tokens/service.ts'
import { assignmentRoutes } from './apps/assignment-routes.ts'
import { credentialRoutes } from './apps/credential-routes.ts'
import { appRoutes } from './apps/routes.ts'
import { authorizationServerClaimRoutes } from './authorization-servers/claim-routes.ts'
import { authorizationServerKeyRoutes } from './authorization-servers/key-routes.ts'
import { accessPolicyRoutes } from './authorization-servers/policy-routes.ts'
import { authorizationServerRoutes } from './authorization-servers/routes.ts'
import { authorizationServerScopeRoutes } from './authorization-servers/scope-routes.ts'
import { authorizationServerWriteRoutes } from './authorization-servers/server-routes.ts'
import { mountConsole } from './console-files.ts'
import type { Deps } from './deps.ts'
import { groupRoutes } from './groups/routes.ts'
import { type Edge, type Exchange, mount } from './http/mount.ts'
import { rateLimiter } from './http/rate-limit.ts'
import { renderRefusal, toRefusal } from './http/render-refusal.ts'
import type { Route } from './http/route.ts'
import { Refusal } from './kernel/refusal.ts'
import { oauthContinuation } from './oauth/authorize/endpoint.ts'
import { oauthRoutes } from './oauth/routes.ts'
import { openApiRoute } from './openapi.ts'
import { hostResolver } from './orgs/hosts.ts'
import { policyRoutes } from './policies/routes.ts'
import { roleRoutes } from './roles/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { sessionActor } from './sessions/service.ts'
import { authnRoutes } from './sign-in/authn-routes.ts'
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
  /** The console's built files. */
  readonly consoleFolder?: string
}

const BODY_BYTES_MAX = 1_000_000

const roomRoutes = (deps: Deps): readonly Route[] => [
  ...appRoutes(deps),
  ...assignmentRoutes(deps),
  ...credentialRoutes(deps),
  ...systemLogRoutes(deps),
  ...userRoutes(deps),
  ...groupRoutes(deps),
  ...roleRoutes(deps),
  ...trustedOriginRoutes(deps),
  ...authnRoutes(deps),
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
  ...signOutRoutes(deps),
  ...hostedRoutes(deps, { oauth: oauthContinuation(deps), home: homeContinuation(deps) }),
  ...oauthRoutes(deps),
]

/** Everything that the server answers. */
export function allRoutes(deps: Deps): readonly Route[] {
  const routes = roomRoutes(deps)
  return [...routes, openApiRoute(routes)]
}

/** The server, not yet listening. */
export async function buildServer(deps: Deps, options: ServerOptions = {}): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: BODY_BYTES_MAX,
    trustProxy: deps.settings.trustedProxies.length > 0 ? [...deps.settings.trustedProxies] : false,
    // A HEAD would run a GET's handler, and some of those pages change something.
    exposeHeadRoutes: false,
    routerOptions: { querystringParser: (text) => new URLSearchParams(text) as never, maxParamLength: 500 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: false } },
  })
  parseBodies(server)
  const edge = makeEdge(deps, options)
  mount(server, edge, allRoutes(deps))
  if (options.consoleFolder !== undefined) mountConsole(server, options.consoleFolder)
  server.setNotFoundHandler((_request, reply) => {
    const answer = renderRefusal(new Refusal('path_not_found'), deps.random)
    return reply.code(answer.status).send(answer.json)
  })
  server.setErrorHandler((error, _request, reply) => {
    const refusal = toRefusal(error)
    if (refusal.code === 'internal') deps.log.error({ err: error }, 'a request failed')
    const answer = renderRefusal(refusal, deps.random)
    return reply.code(answer.status).send(answer.json)
  })
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
    },
    resolveHost: hostResolver(deps),
    isTrusted: async (org) => {
      const config = await deps.config.get(org)
      return (origin) => isTrusted(config.trustedOrigins, 'CORS', origin)
    },
    ...(options.recordExchange ? { recordExchange: options.recordExchange } : {}),
    logError: (facts, message) => deps.log.error(facts, message),
  }
}

/** SDKs send `Content-Type: application/json` with no body at all; a form's names may repeat and the engine must see that. */
function parseBodies(server: FastifyInstance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    ['application/json', 'application/ion+json'],
    { parseAs: 'string' },
    (request, text, done) => {
      if (text === '') done(null, undefined)
      else parseJson(request, String(text), done)
    },
  )
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
    done(null, new URLSearchParams(String(text))),
  )
}
