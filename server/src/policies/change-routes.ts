// Changes of the org's policies and their rules, at /api/v1/policies.
import { empty, json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { PolicyAnswer, RuleAnswer } from './described-schema.ts'
import { PolicyBody, policyFromWire } from './policy-schema.ts'
import { createPolicy, removePolicy, replacePolicy, setPolicyStatus } from './policy-service.ts'
import { RuleBody, ruleFromWire } from './rule-schema.ts'
import { createRule, removeRule, replaceRule, setRuleStatus } from './rule-service.ts'
import { policyToWire, ruleToWire } from './schema.ts'

const POLICIES = '/api/v1/policies'
const POLICY = `${POLICIES}/:policyId`
const RULES = `${POLICY}/rules`
const RULE = `${RULES}/:ruleId`
const MANAGE = { zone: 'none', bucket: 'api', permission: 'okta.policies.manage' } as const
const STATES = [
  { action: 'activate', verb: 'Activate', status: 'ACTIVE' },
  { action: 'deactivate', verb: 'Deactivate', status: 'INACTIVE' },
] as const

type Params = Readonly<Record<string, string>>
const pathOf = ({ policyId = '', ruleId = '' }: Params) => ({ policyId, ruleId })

/** `activate=false` makes it switched off, whatever the body says. */
const asAsked = <T extends { readonly status: unknown }>(draft: T, query: URLSearchParams) =>
  query.get('activate') === 'false' ? { ...draft, status: 'INACTIVE' as const } : draft

export const policyChangeRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...MANAGE,
    method: 'POST',
    url: POLICIES,
    summary: 'Create a policy',
    answer: PolicyAnswer,
    body: PolicyBody,
    async handler({ caller, body, query }) {
      const policy = await createPolicy(deps, caller, asAsked(policyFromWire(body), query))
      return json(200, policyToWire(caller.orgUrl, policy))
    },
  }),
  route({
    ...MANAGE,
    method: 'PUT',
    url: POLICY,
    summary: 'Replace a policy',
    answer: PolicyAnswer,
    body: PolicyBody,
    async handler({ caller, params, body }) {
      const policy = await replacePolicy(deps, caller, pathOf(params).policyId, policyFromWire(body))
      return json(200, policyToWire(caller.orgUrl, policy))
    },
  }),
  route({
    ...MANAGE,
    method: 'DELETE',
    url: POLICY,
    summary: 'Delete a policy',
    async handler({ caller, params }) {
      await removePolicy(deps, caller, pathOf(params).policyId)
      return empty(204)
    },
  }),
  ...STATES.map(({ action, verb, status }) =>
    route({
      ...MANAGE,
      method: 'POST',
      url: `${POLICY}/lifecycle/${action}`,
      summary: `${verb} a policy`,
      async handler({ caller, params }) {
        await setPolicyStatus(deps, caller, pathOf(params).policyId, status)
        return empty(204)
      },
    }),
  ),
  route({
    ...MANAGE,
    method: 'POST',
    url: RULES,
    summary: 'Create a rule of a policy',
    answer: RuleAnswer,
    body: RuleBody,
    async handler({ caller, params, body, query }) {
      const { policyId } = pathOf(params)
      const rule = await createRule(deps, caller, policyId, ({ type }) => asAsked(ruleFromWire(body, type), query))
      return json(200, ruleToWire(caller.orgUrl, rule))
    },
  }),
  route({
    ...MANAGE,
    method: 'PUT',
    url: RULE,
    summary: 'Replace a rule of a policy',
    answer: RuleAnswer,
    body: RuleBody,
    async handler({ caller, params, body }) {
      const rule = await replaceRule(deps, caller, pathOf(params), ({ type }) => ruleFromWire(body, type))
      return json(200, ruleToWire(caller.orgUrl, rule))
    },
  }),
  route({
    ...MANAGE,
    method: 'DELETE',
    url: RULE,
    summary: 'Delete a rule of a policy',
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
      summary: `${verb} a rule of a policy`,
      async handler({ caller, params }) {
        await setRuleStatus(deps, caller, pathOf(params), status)
        return empty(204)
      },
    }),
  ),
]
