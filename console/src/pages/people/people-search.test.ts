import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { peopleSearch } from './people-search.ts'

const beginning = (text: string) =>
  ['firstName', 'lastName', 'login', 'email'].map((name) => `profile.${name} sw ${text}`).join(' or ')

const QUESTIONS: readonly [what: string, text: string, status: string, search: string][] = [
  ['nothing is everybody', '', '', 'id pr'],
  ['blanks are nothing', '  ', '', 'id pr'],
  ['a status alone', '', 'LOCKED_OUT', 'status eq "LOCKED_OUT"'],
  ['a beginning', ' gra ', '', `(${beginning('"gra"')})`],
  ['both', 'gra', 'ACTIVE', `(${beginning('"gra"')}) and status eq "ACTIVE"`],
  [
    'two words are a name, too',
    'Grace van Hop',
    '',
    `(${beginning('"Grace van Hop"')} or (profile.firstName sw "Grace" and profile.lastName sw "van Hop"))`,
  ],
  [
    'quotes and backslashes stay text',
    '" or id pr or "\\',
    '',
    `(${beginning('"\\" or id pr or \\"\\\\"')} or (profile.firstName sw "\\"" and profile.lastName sw "or id pr or \\"\\\\"))`,
  ],
  ['what is longer than any name is cut', 'x'.repeat(5_000), '', `(${beginning(`"${'x'.repeat(100)}"`)})`],
]

describe('the search for people', () => {
  for (const [what, text, status, search] of QUESTIONS)
    test(what, () => assert.equal(peopleSearch(text, status), search))
})
