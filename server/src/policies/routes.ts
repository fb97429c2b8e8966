// Reading the org's policies, at /api/v1/policies.
import { json } from '#http/answer.ts'
import { pageLinks } from '#http/paging.ts'
import { type Route, route } from '#http/route.ts'
import { invalid } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { POLICY_TYPES } from './policy.ts'
import { PolicyAnswer, policyToWire, ruleToWire } from './schema.ts'
import { getPolicy, getRule, listPolicies, type PolicyListing } from './service.ts'

const LIST = '/api/v1/policies'
const ONE = `${LIST}/:policyId`
const READ = { method: 'GET', zone: 'none', bucket: 'api', permission: 'okta.policies.read' } as const

export const policyRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...READ,
    url: LIST,
    summary: 'List policies of a type',
    async handler({ caller, path, query }) {
      const found = await listPolicies(deps, caller, parseListing(query))
      const list = found.map(({ policy, rules }) => policyToWire(caller.orgUrl, policy, rules))
      return json(200, list, { headers: { link: pageLinks(caller.orgUrl, path, undefined) } })
    },
  }),
  route({
    ...READ,
    url: ONE,
    summary: 'Read a policy',
    answer: PolicyAnswer,
    async handler({ caller, params, query }) {
      const { policy, rules } = await getPolicy(deps, caller, params.policyId ?? '')
      return json(200, policyToWire(caller.orgUrl, policy, query.get('expand') === 'rules' ? rules : undefined))
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
    handler: async ({ caller, params }) =>
      json(200, ruleToWire(caller.orgUrl, await getRule(deps, caller, params.policyId ?? '', params.ruleId ?? ''))),
  }),
]

/** @throws {Refusal} validation_failed */
function parseListing(query: URLSearchParams): PolicyListing {
  const text = query.get('type') ?? ''
  if (text === '') throw invalid('type', 'type: The field cannot be left blank')
  const type = POLICY_TYPES.find((known) => known === text)
  if (type === undefined) throw invalid('type', `type: '${text}' is not a policy type`)
  return {
    type,
    status: query.get('status') ?? undefined,
    q: query.get('q') ?? '',
    withRules: query.get('expand') === 'rules',
  }
}
