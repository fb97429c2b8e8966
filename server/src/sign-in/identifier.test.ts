import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBlank, readIdentifier } from './identifier.ts'

test('a name is kept as it was typed, but for what no database keeps', () => {
  const cases: readonly [typed: string, kept: string][] = [
    ['ada@example.com', 'ada@example.com'],
    [' Ada ', ' Ada '],
    ['a\0b', 'a\uFFFDb'],
    ['a\uD83D', 'a\uFFFD'],
    ['a'.repeat(300), 'a'.repeat(255)],
    // A cut through the midst of a character.
    [`${'a'.repeat(254)}😀`, `${'a'.repeat(254)}\uFFFD`],
    ['', ''],
  ]
  for (const [typed, kept] of cases) {
    assert.equal(readIdentifier(typed), kept)
    assert.equal(readIdentifier(kept), kept, 'twice')
  }
})

test('what can be nobody’s name is blank', () => {
  for (const blank of ['', ' ', '\t\n', '\u200b', '\u00ad ']) assert.equal(isBlank(blank), true, JSON.stringify(blank))
  for (const name of ['a', ' a', '0', '\0']) assert.equal(isBlank(name), false, JSON.stringify(name))
})
