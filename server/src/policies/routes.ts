// Reading the org's policies, at /api/v1/policies.
import { json } from '#http/answer.ts'
import { pageLinks } from '#http/paging.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { PolicyAnswer, PolicyListAnswer, RuleAnswer } from './described-schema.ts'
import { getPolicy, getRule, listPolicies } from './manage-service.ts'
import { parsePolicyQuery } from './policy-query.ts'
import { policyToWire, ruleToWire } from './schema.ts'

const LIST = '/api/v1/policies'
const ONE = `${LIST}/:policyId`
const READ = { method: 'GET', zone: 'none', bucket: 'api', permission: 'okta.policies.read' } as const

export const policyRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...READ,
    url: LIST,
    summary: 'List policies of a type',
    answer: PolicyListAnswer,
    async handler({ caller, path, query }) {
      const asked = parsePolicyQuery(query)
      const { rows, next } = await listPolicies(deps, caller, asked)
      const list = rows.map((policy) => policyToWire(caller.orgUrl, policy, asked.withRules))
      return json(200, list, { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
  route({
    ...READ,
    url: ONE,
    summary: 'Read a policy',
    answer: PolicyAnswer,
    async handler({ caller, params, query }) {
      const policy = await getPolicy(deps, caller, params.policyId ?? '')
      return json(200, policyToWire(caller.orgUrl, policy, query.get('expand') === 'rules'))
    },
  }),
  route({
    ...READ,
    url: `${ONE}/rules`,
    summary: 'List rules of a policy',
    async handler({ caller, params }) {
      const { rules } = await getPolicy(deps, caller, params.policyId ?? '')
      return json(
        200,
        rules.map((rule) => ruleToWire(caller.orgUrl, rule)),
      )
    },
  }),
  route({
    ...READ,
    url: `${ONE}/rules/:ruleId`,
    summary: 'Read a rule of a policy',
    answer: RuleAnswer,
    handler: async ({ caller, params }) =>
      json(200, ruleToWire(caller.orgUrl, await getRule(deps, caller, params.policyId ?? '', params.ruleId ?? ''))),
  }),
]
