import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, instant } from '#kernel/instant.ts'
import { type ApiToken, endOfWindow, isAlive, renewalIsWorthWriting } from './api-token.ts'

const TOKEN: ApiToken = {
  id: '00T1',
  name: 'CI',
  userId: '00u1',
  created: instant(0),
  lastUpdated: instant(0),
  expires: endOfWindow(instant(0)),
}

test('a token lives for thirty days from its last renewal', () => {
  assert.equal(isAlive(TOKEN, instant(30 * DAY - 1)), true)
  assert.equal(isAlive(TOKEN, instant(30 * DAY)), false)
})

test('a use is written down only once more than a twentieth of the window has passed', () => {
  assert.equal(renewalIsWorthWriting(TOKEN, instant(0)), false)
  assert.equal(renewalIsWorthWriting(TOKEN, instant(1.5 * DAY)), false)
  assert.equal(renewalIsWorthWriting(TOKEN, instant(1.5 * DAY + 1)), true)
})
