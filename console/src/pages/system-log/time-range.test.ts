import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fromField, rangeOf, toField } from './time-range.ts'

const NOW = Date.parse('2026-03-10T14:25:30.500Z')

const BOUNDS: readonly [range: string | undefined, since: string, until: string, buckets: number][] = [
  ['hour', '2026-03-10T13:26:00.000Z', '2026-03-10T14:25:59.999Z', 60],
  ['day', '2026-03-09T14:30:00.000Z', '2026-03-10T14:29:59.999Z', 48],
  [undefined, '2026-03-03T15:00:00.000Z', '2026-03-10T14:59:59.999Z', 56],
  ['month', '2026-02-09T00:00:00.000Z', '2026-03-10T23:59:59.999Z', 60],
  ['nonsense', '2026-03-03T15:00:00.000Z', '2026-03-10T14:59:59.999Z', 56],
]

describe('a stretch of time', () => {
  for (const [range, since, until, buckets] of BOUNDS)
    test(`"${range ?? ''}" goes from ${since} to ${until}`, () => {
      const asked = rangeOf({ range })
      assert.deepEqual(asked.boundsAt(NOW), { since, until })
      assert.equal(asked.buckets, buckets)
    })

  test('at the first moment of a step that step is the last one', () => {
    const { until } = rangeOf({ range: 'hour' }).boundsAt(Date.parse('2026-03-10T14:00:00.000Z'))
    assert.equal(until, '2026-03-10T14:00:59.999Z')
  })

  test('times in the address come before a name', () => {
    const asked = rangeOf({ range: 'hour', since: '2026-03-01T00:00:00.000Z' })
    assert.equal(asked.value, 'custom')
    assert.deepEqual(asked.boundsAt(NOW), { since: '2026-03-01T00:00:00.000Z', until: undefined })
    assert.equal(asked.endsNow, true)
    assert.equal(rangeOf({ until: '2026-03-01T00:00:00.000Z' }).endsNow, false)
  })

  test('a field shows the time of the reader’s zone and gives the same time back', () => {
    const iso = '2026-03-10T14:25:30.000Z'
    assert.match(toField(iso), /^2026-03-1\dT\d\d:\d\d:30$/)
    assert.equal(fromField(toField(iso)), iso)
    assert.equal(toField(undefined), '')
    assert.equal(toField('yesterday'), '')
    assert.equal(fromField(''), undefined)
  })
})
