// The org's features: which there are, and their switches. They are configuration, part of the snapshot; a rule that refuses for one
// that is off reads it in the unit of its own change.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { derivedId } from '#kernel/id.ts'
import { notFound, Refusal } from '#kernel/refusal.ts'
import { changeConfig } from '#orgs/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { dependenciesOf, dependentsOf, type Feature, type FeatureSwitch, switchFeature } from './feature.ts'
import { type EnabledFeatures, enabledFeatures, FEATURES, type FeatureKey } from './registry.ts'
import { findSwitched, setSwitched } from './store.ts'

/** A feature as an org has it. */
export interface OrgFeature {
  readonly id: string
  readonly feature: Feature<FeatureKey>
  readonly enabled: boolean
}

/** The features that are on, for the snapshot and for units that decide on them. */
export function* loadFeatures(tx: OrgDb): Unit<EnabledFeatures> {
  return enabledFeatures(yield* findSwitched(tx))
}

export async function listFeatures(deps: Deps, caller: Caller): Promise<readonly OrgFeature[]> {
  const enabled = await deps.db.read(loadFeatures(deps.db.for(caller.org)))
  return FEATURES.map((feature) => ofOrg(caller, feature, enabled))
}

/** @throws {Refusal} not_found */
export async function getFeature(deps: Deps, caller: Caller, id: string): Promise<OrgFeature> {
  const feature = featureOf(caller, id)
  return ofOrg(caller, feature, await deps.db.read(loadFeatures(deps.db.for(caller.org))))
}

/** What a feature needs (`dependencies`), or what needs it. @throws {Refusal} not_found */
export async function listRelated(
  deps: Deps,
  caller: Caller,
  id: string,
  relation: 'dependencies' | 'dependents',
): Promise<readonly OrgFeature[]> {
  const feature = featureOf(caller, id)
  const enabled = await deps.db.read(loadFeatures(deps.db.for(caller.org)))
  const related = relation === 'dependencies' ? dependenciesOf : dependentsOf
  return related(FEATURES, feature).map((one) => ofOrg(caller, one, enabled))
}

/**
 * Switches a feature; forced, also those that stand in the way, in one unit. Switching it to what it is changes nothing.
 * @throws {Refusal} not_found, feature_conflict
 */
export async function setFeature(
  deps: Deps,
  caller: Caller,
  id: string,
  to: FeatureSwitch,
  forced: boolean,
): Promise<OrgFeature> {
  const feature = featureOf(caller, id)
  const now = deps.now()
  await changeConfig(deps, caller, function* (tx) {
    const outcome = switchFeature(FEATURES, yield* loadFeatures(tx), feature, to, forced)
    if (outcome.kind === 'conflict') throw conflict(caller, to, outcome.inTheWay)
    for (const { key, name } of outcome.changed) {
      yield* setSwitched(tx, key, to === 'enable', now)
      const target = { id: idOf(caller, key), type: 'Feature', alternateId: key, displayName: name }
      yield* logChange(tx, deps, caller, { eventType: `system.feature.${to}`, targets: [target] })
    }
  })
  return { id, feature, enabled: to === 'enable' }
}

const conflict = (caller: Caller, to: FeatureSwitch, inTheWay: readonly Feature<FeatureKey>[]): Refusal =>
  new Refusal('feature_conflict', {
    located: inTheWay.map(({ key, name }) => ({
      sentence: `Self-Service feature ${name} is ${to === 'enable' ? 'not enabled' : 'enabled'}`,
      reason: to === 'enable' ? 'DEPENDENCY_NOT_ENABLED' : 'DEPENDENT_ENABLED',
      url: `${caller.orgUrl}/api/v1/features/${idOf(caller, key)}`,
    })),
  })

const idOf = ({ org }: Caller, key: FeatureKey): string => derivedId('feature', org, key)

function featureOf(caller: Caller, id: string): Feature<FeatureKey> {
  const feature = FEATURES.find(({ key }) => idOf(caller, key) === id)
  if (!feature) throw notFound(id, 'Feature')
  return feature
}

const ofOrg = (caller: Caller, feature: Feature<FeatureKey>, enabled: EnabledFeatures): OrgFeature => ({
  id: idOf(caller, feature.key),
  feature,
  enabled: enabled.has(feature.key),
})
