// Features, at /api/v1/features. SDKs send the words of the lifecycle in capitals.
import { json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { FEATURE_SWITCHES, type FeatureSwitch } from './feature.ts'
import { FeatureAnswer, FeatureListAnswer, toWire } from './schema.ts'
import { getFeature, listFeatures, listRelated, setFeature } from './service.ts'

const LIST = '/api/v1/features'
const ONE = `${LIST}/:id`
const READ = { zone: 'none', bucket: 'api', permission: 'okta.features.read' } as const
const MANAGE = { zone: 'none', bucket: 'api', permission: 'okta.features.manage' } as const

export const featureRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...READ,
    method: 'GET',
    url: LIST,
    summary: 'List features',
    answer: FeatureListAnswer,
    handler: async ({ caller }) =>
      json(
        200,
        (await listFeatures(deps, caller)).map((feature) => toWire(caller.orgUrl, feature)),
      ),
  }),
  route({
    ...READ,
    method: 'GET',
    url: ONE,
    summary: 'Read a feature',
    answer: FeatureAnswer,
    handler: async ({ caller, params }) =>
      json(200, toWire(caller.orgUrl, await getFeature(deps, caller, params.id ?? ''))),
  }),
  ...(['dependencies', 'dependents'] as const).map((relation) =>
    route({
      ...READ,
      method: 'GET',
      url: `${ONE}/${relation}`,
      summary: relation === 'dependencies' ? 'List what a feature needs' : 'List what needs a feature',
      answer: FeatureListAnswer,
      async handler({ caller, params }) {
        const related = await listRelated(deps, caller, params.id ?? '', relation)
        return json(
          200,
          related.map((feature) => toWire(caller.orgUrl, feature)),
        )
      },
    }),
  ),
  route({
    ...MANAGE,
    method: 'POST',
    url: `${ONE}/:lifecycle`,
    summary: 'Enable or disable a feature',
    answer: FeatureAnswer,
    async handler({ caller, params, query }) {
      const to = switchOf(params.lifecycle)
      const forced = query.get('mode') === 'force'
      return json(200, toWire(caller.orgUrl, await setFeature(deps, caller, params.id ?? '', to, forced)))
    },
  }),
]

/** @throws {Refusal} method_not_supported, as Okta says of a word that it does not know */
function switchOf(word = ''): FeatureSwitch {
  const known = FEATURE_SWITCHES.find((name) => name === word.toLowerCase())
  if (known === undefined) throw new Refusal('method_not_supported')
  return known
}
