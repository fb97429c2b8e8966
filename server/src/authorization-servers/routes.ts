// Reading authorization servers and what belongs to them, at /api/v1/authorizationServers; each kind of change has a file of its own.
import Type, { type TSchema } from 'typebox'
import { type Answer, json } from '#http/answer.ts'
import { cutPage, pageLinks, parsePage } from '#http/paging.ts'
import { type Call, type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { ClaimAnswer, KeyAnswer, PolicyAnswer, RuleAnswer, ScopeAnswer, ServerAnswer } from './described-schema.ts'
import {
  claimOf,
  getServer,
  keyOf,
  listServers,
  type ManagedServer,
  policyOf,
  ruleOf,
  scopeOf,
} from './manage-service.ts'
import { claimToWire, keyToWire, policyToWire, ruleToWire, scopeToWire, serverToWire, serverUrl } from './schema.ts'
import { parseScopeQuery } from './scope-query.ts'

const LIST = '/api/v1/authorizationServers'
const ONE = `${LIST}/:serverId`
const READ = { method: 'GET', zone: 'none', bucket: 'api', permission: 'okta.authorizationServers.read' } as const
const PAGE = { normal: 200, max: 200 }

export const authorizationServerRoutes = (deps: Deps): readonly Route[] => {
  /** Reads something of one server; `url` is its address on the wire. */
  const ofServer = (
    path: string,
    summary: string,
    answer: TSchema,
    toWire: (found: ManagedServer, url: string, call: Call) => unknown,
  ) =>
    route({
      ...READ,
      url: ONE + path,
      summary,
      answer,
      async handler(call) {
        const found = await getServer(deps, call.caller, call.params.serverId ?? '')
        return json(200, toWire(found, serverUrl(call.caller.orgUrl, found.server), call))
      },
    })

  return [
    route({
      ...READ,
      url: LIST,
      summary: 'List authorization servers',
      answer: Type.Array(ServerAnswer),
      async handler(call) {
        const servers = await listServers(deps, call.caller, call.query.get('q') ?? '')
        const { orgUrl } = call.caller
        return pageOf(
          call,
          servers,
          ({ server }) => server.id,
          ({ server, keys }) => serverToWire(orgUrl, server, keys),
        )
      },
    }),
    ofServer('', 'Read an authorization server', ServerAnswer, ({ server, keys }, _, { caller }) =>
      serverToWire(caller.orgUrl, server, keys),
    ),
    route({
      ...READ,
      url: `${ONE}/scopes`,
      summary: 'List scopes of an authorization server',
      answer: Type.Array(ScopeAnswer),
      async handler(call) {
        const { server } = await getServer(deps, call.caller, call.params.serverId ?? '')
        const url = serverUrl(call.caller.orgUrl, server)
        const scopes = server.scopes.filter(parseScopeQuery(call.query))
        return pageOf(
          call,
          scopes,
          ({ id }) => id,
          (scope) => scopeToWire(url, scope),
        )
      },
    }),
    ofServer('/scopes/:id', 'Read a scope', ScopeAnswer, (found, url, { params }) =>
      scopeToWire(url, scopeOf(found, params.id ?? '')),
    ),
    ofServer('/claims', 'List claims of an authorization server', Type.Array(ClaimAnswer), ({ server }, url) =>
      server.claims.map((claim) => claimToWire(url, claim)),
    ),
    ofServer('/claims/:id', 'Read a claim', ClaimAnswer, (found, url, { params }) =>
      claimToWire(url, claimOf(found, params.id ?? '')),
    ),
    ofServer(
      '/policies',
      'List access policies of an authorization server',
      Type.Array(PolicyAnswer),
      ({ server }, url) => server.policies.map((policy) => policyToWire(url, policy)),
    ),
    ofServer('/policies/:policyId', 'Read an access policy', PolicyAnswer, (found, url, { params }) =>
      policyToWire(url, policyOf(found, params.policyId ?? '')),
    ),
    ofServer(
      '/policies/:policyId/rules',
      'List rules of an access policy',
      Type.Array(RuleAnswer),
      (found, url, { params }) => {
        const policy = policyOf(found, params.policyId ?? '')
        return policy.rules.map((rule) => ruleToWire(url, policy, rule))
      },
    ),
    ofServer(
      '/policies/:policyId/rules/:ruleId',
      'Read a rule of an access policy',
      RuleAnswer,
      (found, url, { params }) => {
        const policy = policyOf(found, params.policyId ?? '')
        return ruleToWire(url, policy, ruleOf(policy, params.ruleId ?? ''))
      },
    ),
    ofServer(
      '/credentials/keys',
      'List signing keys of an authorization server',
      Type.Array(KeyAnswer),
      ({ keys }, url) => keys.map((key) => keyToWire(url, key)),
    ),
    ofServer('/credentials/keys/:kid', 'Read a signing key', KeyAnswer, (found, url, { params }) =>
      keyToWire(url, keyOf(found, params.kid ?? '')),
    ),
  ]
}

/** A page of a list that is in the order of its keys. */
function pageOf<T>(call: Call, list: readonly T[], keyOfOne: (one: T) => string, toWire: (one: T) => unknown): Answer {
  const page = parsePage(call.query, PAGE)
  const rest = list.filter((one) => page.after === undefined || keyOfOne(one) > page.after)
  const { rows, next } = cutPage(rest, page, keyOfOne)
  return json(200, rows.map(toWire), { headers: { link: pageLinks(call.caller.orgUrl, call.path, next) } })
}
