import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decideEntrance, type Entrance, type EntranceFacts } from './entrance.ts'

const NAMED = { identifier: 'ada', keepMeSignedIn: true }
const together: EntranceFacts = { identifierFirst: false, named: undefined, hint: undefined, isAnew: false }
const apart: EntranceFacts = { ...together, identifierFirst: true }

const cases: readonly [what: string, facts: EntranceFacts, expected: Entrance][] = [
  ['together', together, { kind: 'both', username: undefined }],
  ['together, with a hint', { ...together, hint: 'ada' }, { kind: 'both', username: 'ada' }],
  ['together, as somebody else', { ...together, hint: 'ada', isAnew: true }, { kind: 'both', username: 'ada' }],
  ['apart', apart, { kind: 'identifier', username: undefined }],
  ['apart, as somebody else', { ...apart, isAnew: true }, { kind: 'identifier', username: undefined }],
  ['apart, with a hint', { ...apart, hint: 'ada' }, { kind: 'password', named: { identifier: 'ada' } }],
  ['apart, with a hint of nothing', { ...apart, hint: ' ' }, { kind: 'identifier', username: ' ' }],
  [
    'apart, with a hint longer than any name',
    { ...apart, hint: 'a'.repeat(300) },
    { kind: 'password', named: { identifier: 'a'.repeat(255) } },
  ],
  [
    'apart, as somebody else than the hint',
    { ...apart, hint: 'ada', isAnew: true },
    { kind: 'identifier', username: 'ada' },
  ],
  ['apart, once named', { ...apart, named: NAMED }, { kind: 'password', named: NAMED }],
  ['apart, once named as another', { ...apart, named: NAMED, hint: 'bob' }, { kind: 'password', named: NAMED }],
  ['together again, once named', { ...together, named: NAMED }, { kind: 'password', named: NAMED }],
]

describe('a sign-in begins', () => {
  for (const [what, facts, expected] of cases)
    test(`${what}: with ${expected.kind}`, () => assert.deepEqual(decideEntrance(facts), expected))
})
