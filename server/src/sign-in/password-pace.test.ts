import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrgId } from '#kernel/id.ts'
import { instant } from '#kernel/instant.ts'
import { passwordPace } from './password-pace.ts'

const ONE = '00o1' as OrgId
const OTHER = '00o2' as OrgId

test('a name has four attempts in each second', () => {
  const pace = passwordPace()
  const at = (milliseconds: number) => pace.take(ONE, 'ann', instant(milliseconds))
  assert.deepEqual([at(5_000), at(5_001), at(5_002), at(5_999), at(5_999)], [true, true, true, true, false])
  assert.equal(at(6_000), true)
})

test("neither another name's nor another org's attempts count", () => {
  const pace = passwordPace()
  for (let n = 0; n < 5; n++) pace.take(ONE, 'ann', instant(0))
  assert.equal(pace.take(ONE, 'ann', instant(0)), false)
  assert.equal(pace.take(ONE, 'bob', instant(0)), true)
  assert.equal(pace.take(OTHER, 'ann', instant(0)), true)
})
