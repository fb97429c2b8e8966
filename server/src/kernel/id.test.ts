import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { derivedId, ID_PREFIXES, type IdKind, newId, randomBase62 } from './id.ts'
import { instant } from './instant.ts'

const KINDS = Object.keys(ID_PREFIXES) as IdKind[]
const NOON = Date.UTC(2026, 0, 15, 12)

/** Random bytes that are not: the given ones, over and over. */
const always =
  (...bytes: readonly number[]) =>
  (size: number) =>
    Uint8Array.from({ length: size }, (_, n) => bytes[n % bytes.length] ?? 0)

test('an id has 20 characters: three of its kind and base62', () => {
  for (const kind of KINDS) {
    const id = newId(kind, instant(NOON), randomBytes)
    assert.match(id, /^[0-9A-Za-z]{20}$/)
    assert.ok(id.startsWith(ID_PREFIXES[kind]))
  }
})

test('each kind has a prefix of its own', () => {
  const prefixes = Object.values(ID_PREFIXES)
  assert.equal(new Set(prefixes).size, prefixes.length)
  for (const prefix of prefixes) assert.equal(prefix.length, 3)
})

test('ids follow the time of their creation, whatever is random in them', () => {
  const times = [0, 1, 61, 62, 3_843, 3_844, NOON - 1, NOON, NOON + 1, Date.UTC(2100, 0), Date.UTC(8000, 0)]
  const latest = times.map((time) => newId('user', instant(time), always(247)))
  const earliest = times.map((time) => newId('user', instant(time), always(0)))
  const mixed = times.flatMap((_, n) => [earliest[n], latest[n]])
  // As COLLATE "C" compares.
  assert.deepEqual(
    mixed.toSorted((a = '', b = '') => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    mixed,
  )
})

test('ids of one millisecond differ', () => {
  const ids = Array.from({ length: 10_000 }, () => newId('event', instant(NOON), randomBytes))
  assert.equal(new Set(ids).size, ids.length)
})

test('random text has the size that was asked for', () => {
  for (const size of [0, 1, 2, 22, 200]) assert.equal(randomBase62(randomBytes, size).length, size)
})

test('bytes that would favour some characters are drawn again', () => {
  assert.equal(randomBase62(always(248, 255, 0, 61, 62, 247), 4), '0z0z')
  // Each of the 62 characters stands for four bytes of 248.
  const counts = new Map<string, number>()
  for (let byte = 0; byte < 248; byte++) {
    const text = randomBase62(always(byte), 1)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  assert.equal(counts.size, 62)
  assert.deepEqual(new Set(counts.values()), new Set([4]))
})

test('a derived id is one of its kind, the same for the same parts and another for others', () => {
  const id = derivedId('feature', 'org', 'key')
  assert.match(id, /^ftr[0-9A-Za-z]{17}$/)
  assert.equal(derivedId('feature', 'org', 'key'), id)
  for (const parts of [['org', 'other'], ['other', 'key'], ['orgkey'], ['org', 'key', '']])
    assert.notEqual(derivedId('feature', ...parts), id)
})
