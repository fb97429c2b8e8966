import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Instant, instant, later, MINUTE } from '#kernel/instant.ts'
import { folded } from './folded.ts'

test('a message is said once a minute, with the number of those that were passed over before', () => {
  let now: Instant = instant(Date.UTC(2026, 0, 15, 12))
  const said: unknown[] = []
  const say = folded(
    () => now,
    (facts, message) => said.push([facts, message]),
  )
  for (let n = 1; n <= 3; n++) say({ n }, 'busy')
  say({}, 'another')
  now = later(now, MINUTE)
  for (let n = 4; n <= 5; n++) say({ n }, 'busy')
  now = later(now, 2 * MINUTE)
  say({}, 'another')
  assert.deepEqual(said, [
    [{ n: 1 }, 'busy'],
    [{}, 'another'],
    [{ n: 4, passedOver: 2 }, 'busy'],
    [{}, 'another'],
  ])
})
