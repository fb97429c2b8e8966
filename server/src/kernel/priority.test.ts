import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { moved, placed, without } from './priority.ts'

const list = [
  { id: 'a', priority: 1 },
  { id: 'b', priority: 2 },
  { id: 'c', priority: 3 },
]
const order = (items: readonly { readonly id: string; readonly priority: number }[]) =>
  items.map(({ id, priority }) => `${id}${priority}`).join(' ')

describe('priorities', () => {
  for (const [why, id, wish, expected] of [
    ['a new one goes last', 'n', undefined, 'a1 b2 c3 n4'],
    ['a new one in the middle moves the rest', 'n', 2, 'a1 n2 b3 c4'],
    ['a new one goes first', 'n', 1, 'n1 a2 b3 c4'],
    ['a wish beyond the end is the end', 'n', 99, 'a1 b2 c3 n4'],
    ['one that is there keeps its place', 'b', undefined, 'a1 b2 c3'],
    ['one that is there moves up', 'c', 1, 'c1 a2 b3'],
    ['one that is there moves down', 'a', 3, 'b1 c2 a3'],
  ] as const) {
    it(why, () => assert.equal(order(placed(list, { id, priority: 0 }, wish)), expected))
  }

  it('close the gap of one that goes', () => assert.equal(order(without(list, 'a')), 'b1 c2'))

  it('are written for those that moved alone', () => {
    assert.equal(order(moved(list, placed(list, { id: 'c', priority: 3 }, 2))), 'c2 b3')
    assert.deepEqual(moved(list, list), [])
  })
})
