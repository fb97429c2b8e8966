import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, epochSeconds, HOUR, instant, isoText, later, MINUTE, parseIso, SECOND } from './instant.ts'

const NOON = instant(Date.UTC(2026, 0, 15, 12))

test('the spans of time are milliseconds', () => {
  assert.deepEqual([SECOND, MINUTE, HOUR, DAY], [1_000, 60_000, 3_600_000, 86_400_000])
  assert.equal(later(NOON, DAY), Date.UTC(2026, 0, 16, 12))
})

test('NumericDate is whole seconds, rounded down', () => {
  const seconds = Date.UTC(2026, 0, 15, 12) / 1_000
  assert.equal(epochSeconds(NOON), seconds)
  assert.equal(epochSeconds(later(NOON, 999)), seconds)
  assert.equal(epochSeconds(later(NOON, -1)), seconds - 1)
})

test('a time is written in UTC with milliseconds', () => {
  assert.equal(isoText(NOON), '2026-01-15T12:00:00.000Z')
  assert.equal(isoText(instant(0)), '1970-01-01T00:00:00.000Z')
})

const READ: readonly [text: string, expected: string][] = [
  ['2026-01-15T12:00:00.000Z', '2026-01-15T12:00:00.000Z'],
  ['2026-01-15T12:00:00Z', '2026-01-15T12:00:00.000Z'],
  ['2026-01-15T12:00Z', '2026-01-15T12:00:00.000Z'],
  ['2026-01-15', '2026-01-15T00:00:00.000Z'],
  ['2026-01-15T12:00:00.1Z', '2026-01-15T12:00:00.100Z'],
  ['2026-01-15T12:00:00.123456789Z', '2026-01-15T12:00:00.123Z'],
  ['2026-01-15T12:00:00+02:00', '2026-01-15T10:00:00.000Z'],
  ['2026-01-01T00:30:00.000+01:00', '2025-12-31T23:30:00.000Z'],
  ['2024-02-29T23:59:59-11:00', '2024-03-01T10:59:59.000Z'],
]
for (const [text, expected] of READ) {
  test(`${text} is ${expected}`, () => {
    const read = parseIso(text)
    assert.equal(read === undefined ? undefined : isoText(read), expected)
  })
}

const UNREADABLE = [
  ...['', 'now', '1768478400000', '15.01.2026', '2026', '2026-01', '2026-1-5', '26-01-15', '+002026-01-15'],
  ...['2026-01-15T12', '2026-01-15T12:00', '2026-01-15T12:00:00', '2026-01-15 12:00:00Z', '2026-01-15T12:00:00z'],
  ...[
    '2026-01-15T12:00:00.Z',
    '2026-01-15T12:00:00.1234567890Z',
    '2026-01-15T12:00:00+0200',
    '2026-01-15T12:00:00+2:00',
  ],
  ...[
    '2026-13-01',
    '2026-00-01',
    '2026-01-32',
    '2026-01-00',
    '2026-02-30',
    '2025-02-29T00:00:00Z',
    '2026-04-31T12:00Z',
  ],
  ...['2026-01-15T25:00:00Z', '2026-01-15T12:60:00Z', '2026-01-15T12:00:60Z', '2026-01-15T12:00:00+24:00'],
  ...[' 2026-01-15', '2026-01-15\n', '2026-01-15T12:00:00Z; DROP TABLE app', '٢٠٢٦-٠١-١٥'],
]
for (const text of UNREADABLE) {
  test(`${JSON.stringify(text)} is no time`, () => {
    assert.equal(parseIso(text), undefined)
  })
}
