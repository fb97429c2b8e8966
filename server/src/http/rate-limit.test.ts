import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant, later } from '#kernel/instant.ts'
import { addressLimit, type Drawer, RATE_BUCKETS, type RateState, rateLimiter } from './rate-limit.ts'

const NOON = instant(Date.UTC(2026, 0, 15, 12))
const LIMIT = RATE_BUCKETS.token
const SHARE = addressLimit('token')

function newCounter(enforced = true) {
  const limiter = rateLimiter(enforced)
  const take = (drawer: Drawer, org = 'one', now = NOON): RateState => limiter.take(org, 'token', drawer, now)
  const takeAll = (drawer: Drawer, times: number) => {
    for (let n = 0; n < times; n++) take(drawer)
  }
  const hasSpent = (address: string) => limiter.hasSpent('one', 'token', address, NOON)
  return { take, takeAll, hasSpent }
}
const at = (address: string): Drawer => ({ address })

test('one address of strangers uses up its own part and nobody else’s', () => {
  const { take, takeAll, hasSpent } = newCounter()
  assert.partialDeepStrictEqual(take(at('a')), { limit: SHARE, remaining: SHARE - 1, exceeded: false })
  takeAll(at('a'), SHARE - 2)
  assert.equal(hasSpent('a'), false)
  assert.partialDeepStrictEqual(take(at('a')), { limit: SHARE, remaining: 0, exceeded: false })
  assert.equal(hasSpent('a'), true)
  takeAll(at('a'), LIMIT)
  assert.partialDeepStrictEqual(take(at('a')), { limit: SHARE, remaining: 0, exceeded: true })
  assert.partialDeepStrictEqual(take(at('b')), { limit: SHARE, remaining: SHARE - 1, exceeded: false })
  assert.partialDeepStrictEqual(take('known'), { limit: LIMIT, remaining: LIMIT - 1, exceeded: false })
})

test('all strangers together use up their bucket, which is not that of those who are known', () => {
  const { take, takeAll } = newCounter()
  for (const address of ['a', 'b', 'c']) takeAll(at(address), SHARE)
  takeAll(at('d'), SHARE - 1)
  // The limit that is nearest is told.
  assert.partialDeepStrictEqual(take(at('e')), { limit: LIMIT, remaining: 0, exceeded: false })
  assert.partialDeepStrictEqual(take(at('f')), { limit: LIMIT, remaining: 0, exceeded: true })
  assert.equal(take(at('f'), 'another').exceeded, false)
  assert.partialDeepStrictEqual(take('known'), { remaining: LIMIT - 1, exceeded: false })
})

test('an address that is refused by the strangers’ bucket uses up its part all the same', () => {
  const { takeAll, hasSpent } = newCounter()
  for (const address of ['a', 'b', 'c', 'd', 'e']) takeAll(at(address), SHARE)
  assert.equal(hasSpent('e'), true)
})

test('the first refusal of a window is told apart', () => {
  const { take, takeAll } = newCounter()
  takeAll(at('a'), SHARE)
  assert.deepEqual(
    [take(at('a')), take(at('a'))].map(({ isFirstRefusal }) => isFirstRefusal),
    [true, false],
  )
  takeAll('known', LIMIT)
  assert.deepEqual(
    [take('known'), take('known')].map(({ isFirstRefusal }) => isFirstRefusal),
    [true, false],
  )
  assert.equal(take('known', 'one', later(NOON, 60_000)).exceeded, false)
})

test('of very many addresses the oldest are forgotten', () => {
  const { take, takeAll, hasSpent } = newCounter()
  takeAll(at('a'), SHARE)
  for (let n = 0; n < 20_000; n++) take(at(`address ${n}`))
  assert.equal(hasSpent('a'), false)
})

test('limits that are not enforced are told and refuse nobody', () => {
  const { take, takeAll } = newCounter(false)
  takeAll(at('a'), SHARE)
  assert.deepEqual(take(at('a')), {
    limit: SHARE,
    remaining: 0,
    reset: NOON / 1_000 + 60,
    exceeded: false,
    isFirstRefusal: false,
  })
})
