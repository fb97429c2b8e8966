import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { enabledOf, type Feature, switchFeature } from './feature.ts'
import { enabledFeatures, FEATURES } from './registry.ts'

const feature = (key: string, ...dependsOn: string[]): Feature => ({
  key,
  name: key.toUpperCase(),
  description: key,
  stage: 'EA',
  byDefault: false,
  dependsOn,
})

// c needs b, b needs a; d needs a and b; e needs nothing.
const [A, B, C, D, E] = [
  feature('a'),
  feature('b', 'a'),
  feature('c', 'b'),
  feature('d', 'a', 'b'),
  feature('e'),
] as const
const REGISTRY = [A, B, C, D, E]

type Case = readonly [feature: Feature, to: 'enable' | 'disable', enabled: string, expected: string]

const describeOutcome = ([one, to, enabled]: Case, forced: boolean): string => {
  const outcome = switchFeature(REGISTRY, new Set(enabled), one, to, forced)
  const keys = outcome.kind === 'switched' ? outcome.changed : outcome.inTheWay
  return `${outcome.kind} ${keys.map(({ key }) => key).join('')}`
}

const GENTLE: readonly Case[] = [
  [A, 'enable', '', 'switched a'],
  [A, 'enable', 'a', 'switched '],
  [B, 'enable', '', 'conflict a'],
  [B, 'enable', 'a', 'switched b'],
  [C, 'enable', 'a', 'conflict b'],
  [C, 'enable', '', 'conflict ba'],
  [A, 'disable', 'a', 'switched a'],
  [A, 'disable', 'abcd', 'conflict bdc'],
  [B, 'disable', 'abe', 'switched b'],
  [C, 'disable', 'abcd', 'switched c'],
  [E, 'disable', '', 'switched '],
]

const FORCED: readonly Case[] = [
  [C, 'enable', '', 'switched bac'],
  [C, 'enable', 'a', 'switched bc'],
  [D, 'enable', 'e', 'switched abd'],
  [A, 'disable', 'abcde', 'switched bdca'],
  [B, 'disable', 'abd', 'switched db'],
  [E, 'enable', 'abcd', 'switched e'],
  [C, 'enable', 'abc', 'switched '],
]

describe('switching a feature', () => {
  for (const one of GENTLE)
    test(`${one[1]} ${one[0].key} of [${one[2]}]: ${one[3]}`, () => assert.equal(describeOutcome(one, false), one[3]))
  for (const one of FORCED)
    test(`${one[1]} ${one[0].key} of [${one[2]}] by force: ${one[3]}`, () =>
      assert.equal(describeOutcome(one, true), one[3]))

  test('never leaves a feature on while one that it needs is off', () => {
    for (let mask = 0; mask < 2 ** REGISTRY.length; mask++) {
      const enabled = new Set(REGISTRY.filter((_, at) => (mask >> at) & 1).map(({ key }) => key))
      const isSound = (keys: ReadonlySet<string>) =>
        REGISTRY.every(({ key, dependsOn }) => !keys.has(key) || dependsOn.every((needed) => keys.has(needed)))
      if (!isSound(enabled)) continue
      for (const one of REGISTRY)
        for (const to of ['enable', 'disable'] as const)
          for (const forced of [true, false]) {
            const outcome = switchFeature(REGISTRY, enabled, one, to, forced)
            if (outcome.kind === 'conflict') continue
            const after = new Set(enabled)
            for (const { key } of outcome.changed) to === 'enable' ? after.add(key) : after.delete(key)
            assert.ok(isSound(after) && after.has(one.key) === (to === 'enable'))
          }
    }
  })
})

describe('the registry', () => {
  test('an org that switched nothing has each feature as the registry says, and a switch goes before that', () => {
    assert.deepEqual(
      [...enabledFeatures(new Map())],
      ['refresh_token_rotation', 'federation_broker_mode', 'iframe_embedding'],
    )
    const switched = new Map([
      ['iframe_embedding', false],
      ['iframe_embedding_start_page', true],
      ['one of another release', true],
    ])
    assert.deepEqual(
      [...enabledFeatures(switched)],
      ['refresh_token_rotation', 'federation_broker_mode', 'iframe_embedding_start_page'],
    )
  })

  test('what is on by default needs nothing that is off by default', () => {
    const enabled = enabledOf(FEATURES, new Map())
    for (const { key, dependsOn } of FEATURES)
      if (enabled.has(key)) for (const needed of dependsOn) assert.ok(enabled.has(needed), key)
  })
})
