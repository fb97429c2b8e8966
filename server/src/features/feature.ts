// A feature is a part of the product that an org may do without. A feature may need others: it is never on while one of them is off,
// and what would break that is refused with the names of those in the way, or (forced) changes them as well, all or none.
export const FEATURE_SWITCHES = ['enable', 'disable'] as const
export type FeatureSwitch = (typeof FEATURE_SWITCHES)[number]

/** `EA` is complete and supported; `BETA` may still change. Okta's words. */
export type FeatureStage = 'EA' | 'BETA'

export interface Feature<Key extends string = string> {
  /** Names it in rows and code; never changes. */
  readonly key: Key
  readonly name: string
  readonly description: string
  readonly stage: FeatureStage
  /** How an org has it that never switched it. */
  readonly byDefault: boolean
  /** Keys of the features that it needs. */
  readonly dependsOn: readonly Key[]
}

export type Registry<Key extends string = string> = readonly Feature<Key>[]

/** Of each feature that was switched, whether it is on. */
export type Switched = ReadonlyMap<string, boolean>

export const enabledOf = <Key extends string>(registry: Registry<Key>, switched: Switched): ReadonlySet<Key> =>
  new Set(registry.filter(({ key, byDefault }) => switched.get(key) ?? byDefault).map(({ key }) => key))

/** The features that this one needs itself. */
export const dependenciesOf = <Key extends string>(registry: Registry<Key>, feature: Feature<Key>): Registry<Key> =>
  registry.filter(({ key }) => feature.dependsOn.includes(key))

/** The features that need this one themselves. */
export const dependentsOf = <Key extends string>(registry: Registry<Key>, feature: Feature<Key>): Registry<Key> =>
  registry.filter(({ dependsOn }) => dependsOn.includes(feature.key))

export type SwitchOutcome<Key extends string> =
  /** All that change, the feature itself last; none where it is so already. */
  | { readonly kind: 'switched'; readonly changed: Registry<Key> }
  | { readonly kind: 'conflict'; readonly inTheWay: Registry<Key> }

export function switchFeature<Key extends string>(
  registry: Registry<Key>,
  enabled: ReadonlySet<Key>,
  feature: Feature<Key>,
  to: FeatureSwitch,
  forced: boolean,
): SwitchOutcome<Key> {
  const on = to === 'enable'
  const isOtherwise = ({ key }: Feature<Key>) => enabled.has(key) !== on
  const inTheWay = reachable(registry, feature, on ? dependenciesOf : dependentsOf).filter(isOtherwise)
  if (inTheWay.length > 0 && !forced) return { kind: 'conflict', inTheWay }
  return { kind: 'switched', changed: [...inTheWay, ...[feature].filter(isOtherwise)] }
}

/** Over as many steps as it takes, the feature itself left out. */
function reachable<Key extends string>(
  registry: Registry<Key>,
  feature: Feature<Key>,
  next: (registry: Registry<Key>, feature: Feature<Key>) => Registry<Key>,
): Registry<Key> {
  const found = new Set<Feature<Key>>([feature])
  for (const one of found) for (const further of next(registry, one)) found.add(further)
  found.delete(feature)
  return [...found]
}
