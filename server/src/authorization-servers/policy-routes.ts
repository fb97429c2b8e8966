// Changes of access policies and their rules, at /api/v1/authorizationServers/{serverId}/policies.
import { empty, json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { createRule, removeRule, replaceRule, setRuleStatus } from './access-rule-service.ts'
import { PolicyAnswer, RuleAnswer } from './described-schema.ts'
import { PolicyBody, policyFromWire, RuleBody, ruleFromWire } from './policy-schema.ts'
import { createPolicy, removePolicy, replacePolicy, setPolicyStatus } from './policy-service.ts'
import { policyToWire, ruleToWire, serverUrl } from './schema.ts'

const POLICIES = '/api/v1/authorizationServers/:serverId/policies'
const POLICY = `${POLICIES}/:policyId`
const RULES = `${POLICY}/rules`
const RULE = `${RULES}/:ruleId`
const MANAGE = { zone: 'none', bucket: 'api', permission: 'okta.authorizationServers.manage' } as const
const STATES = [
  { action: 'activate', verb: 'Activate', status: 'ACTIVE' },
  { action: 'deactivate', verb: 'Deactivate', status: 'INACTIVE' },
] as const

type Params = Readonly<Record<string, string>>
const pathOf = ({ serverId = '', policyId = '', ruleId = '' }: Params) => ({ serverId, policyId, ruleId })

export const accessPolicyRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...MANAGE,
    method: 'POST',
    url: POLICIES,
    summary: 'Create an access policy',
    answer: PolicyAnswer,
    body: PolicyBody,
    async handler({ caller, params, body }) {
      const { server, policy } = await createPolicy(deps, caller, pathOf(params).serverId, policyFromWire(body))
      return json(201, policyToWire(serverUrl(caller.orgUrl, server), policy))
    },
  }),
  route({
    ...MANAGE,
    method: 'PUT',
    url: POLICY,
    summary: 'Replace an access policy',
    answer: PolicyAnswer,
    body: PolicyBody,
    async handler({ caller, params, body }) {
      const { serverId, policyId } = pathOf(params)
      const { server, policy } = await replacePolicy(deps, caller, serverId, policyId, policyFromWire(body))
      return json(200, policyToWire(serverUrl(caller.orgUrl, server), policy))
    },
  }),
  route({
    ...MANAGE,
    method: 'DELETE',
    url: POLICY,
    summary: 'Delete an access policy',
    async handler({ caller, params }) {
      const { serverId, policyId } = pathOf(params)
      await removePolicy(deps, caller, serverId, policyId)
      return empty(204)
    },
  }),
  ...STATES.map(({ action, verb, status }) =>
    route({
      ...MANAGE,
      method: 'POST',
      url: `${POLICY}/lifecycle/${action}`,
      summary: `${verb} an access policy`,
      async handler({ caller, params }) {
        const { serverId, policyId } = pathOf(params)
        await setPolicyStatus(deps, caller, serverId, policyId, status)
        return empty(204)
      },
    }),
  ),
  route({
    ...MANAGE,
    method: 'POST',
    url: RULES,
    summary: 'Create a rule of an access policy',
    answer: RuleAnswer,
    body: RuleBody,
    async handler({ caller, params, body }) {
      const { server, policy, rule } = await createRule(deps, caller, pathOf(params), ruleFromWire(body))
      return json(201, ruleToWire(serverUrl(caller.orgUrl, server), policy, rule))
    },
  }),
  route({
    ...MANAGE,
    method: 'PUT',
    url: RULE,
    summary: 'Replace a rule of an access policy',
    answer: RuleAnswer,
    body: RuleBody,
    async handler({ caller, params, body }) {
      const { server, policy, rule } = await replaceRule(deps, caller, pathOf(params), ruleFromWire(body))
      return json(200, ruleToWire(serverUrl(caller.orgUrl, server), policy, rule))
    },
  }),
  route({
    ...MANAGE,
    method: 'DELETE',
    url: RULE,
    summary: 'Delete a rule of an access policy',
    async handler({ caller, params }) {
      await removeRule(deps, caller, pathOf(params))
      return empty(204)
    },
  }),
  ...STATES.map(({ action, verb, status }) =>
    route({
      ...MANAGE,
      method: 'POST',
      url: `${RULE}/lifecycle/${action}`,
      summary: `${verb} a rule of an access policy`,
      async handler({ caller, params }) {
        await setRuleStatus(deps, caller, pathOf(params), status)
        return empty(204)
      },
    }),
  ),
]
