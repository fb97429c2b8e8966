import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { takeTurns } from './turns.ts'
import { StoreUnavailable } from './unit.ts'

/** Work that ends when the test says so. */
function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  return { begin: () => promise, end: () => resolve('done'), fail: () => reject(new Error('failed')) }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

function newTurns(context: TestContext, { most = 1, waitingMost = 100 } = {}) {
  context.mock.timers.enable({ apis: ['setInterval'] })
  return takeTurns({ most, waitingMost, stalledSeconds: 10 })
}

const seconds = (context: TestContext, count: number) => {
  for (let second = 0; second < count; second++) context.mock.timers.tick(1_000)
}

test('as many work at once as may, and the others follow in the order in which they came', async (context) => {
  const inTurn = newTurns(context, { most: 2 })
  const begun: number[] = []
  const works = Array.from({ length: 5 }, work)
  const all = Promise.allSettled(
    works.map(({ begin }, n) =>
      inTurn(() => {
        begun.push(n)
        return begin()
      }),
    ),
  )
  await settled()
  assert.deepEqual(begun, [0, 1])
  works[1]?.end()
  await settled()
  assert.deepEqual(begun, [0, 1, 2])
  works[0]?.fail()
  works[2]?.end()
  await settled()
  assert.deepEqual(begun, [0, 1, 2, 3, 4])
  for (const { end } of works) end()
  assert.deepEqual(
    (await all).map(({ status }) => status),
    ['rejected', 'fulfilled', 'fulfilled', 'fulfilled', 'fulfilled'],
  )
})

test('a queue that moves is waited in, however long it takes', async (context) => {
  const inTurn = newTurns(context)
  const works = Array.from({ length: 20 }, work)
  const all = works.map(({ begin }) => inTurn(begin))
  for (const { end } of works) {
    seconds(context, 9)
    end()
    await settled()
  }
  assert.deepEqual(await Promise.all(all), Array(20).fill('done'))
})

test('where nothing moves for ten seconds whoever waits is refused, and who has begun goes on', async (context) => {
  const inTurn = newTurns(context)
  const stuck = work()
  const first = inTurn(stuck.begin)
  const waiting = Promise.allSettled([inTurn(async () => 'late'), inTurn(async () => 'later')])
  await settled()
  seconds(context, 10)
  for (const outcome of await waiting)
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof StoreUnavailable)
  // Who comes now waits anew, and the one that was stuck hands on its turn when it ends.
  const next = inTurn(async () => 'next')
  seconds(context, 9)
  stuck.end()
  assert.deepEqual(await Promise.all([first, next]), ['done', 'next'])
})

test('a queue that is full refuses at once, and has room again when somebody has gone', async (context) => {
  const inTurn = newTurns(context, { waitingMost: 2 })
  const works = Array.from({ length: 3 }, work)
  const all = works.map(({ begin }) => inTurn(begin))
  await assert.rejects(
    inTurn(async () => 'one too many'),
    StoreUnavailable,
  )
  works[0]?.end()
  await settled()
  const last = inTurn(async () => 'last')
  for (const { end } of works) end()
  assert.deepEqual(await Promise.all([...all, last]), ['done', 'done', 'done', 'last'])
})
