import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { isNestedDeeper } from './json-depth.ts'

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

describe('the depth of JSON', () => {
  test('is that of objects and lists, whatever texts are made of', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6, stringUnit: fc.constantFrom('[', '{', '"', '\\', ']', 'a') }),
        (value) => {
          const json = JSON.stringify(value)
          const depth = depthOf(value)
          assert.equal(isNestedDeeper(json, depth), false)
          if (depth > 0) assert.equal(isNestedDeeper(json, depth - 1), true)
        },
      ),
    )
  })

  test('does not grow with neighbours', () => {
    assert.equal(isNestedDeeper(JSON.stringify(Array(1_000).fill([{}])), 3), false)
  })
})
