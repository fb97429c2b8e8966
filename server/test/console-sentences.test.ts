// The console says what the server will say, in the same words.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { scopeFault } from '#authorization-servers/scope-rules.ts'
import { Refusal } from '#kernel/refusal.ts'
import { checkDraft } from '#trusted-origins/trusted-origin.ts'
import { scopeNameProblem } from '../../console/src/pages/security/scope-name.ts'
import { originProblem } from '../../console/src/ui/origin.ts'
import { URL_CORPUS } from './url-corpus.ts'

const FURTHER = [
  '',
  ' ',
  '\0',
  'https://a.example\0',
  '\ud800',
  `https://${'a'.repeat(300)}.example`,
  'https://*.example.com',
]

function saidByServer(origin: string): string | undefined {
  try {
    checkDraft({ name: 'Any', origin, scopes: [{ type: 'CORS' }] })
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.facts.causes?.[0]?.replace(/^origin: /, '')
  }
}

describe('what the console says of an origin', () => {
  for (const text of [...URL_CORPUS.map((one) => one.text), ...FURTHER])
    test(`${JSON.stringify(text)} gets the server's answer`, () => {
      assert.equal(originProblem(text), saidByServer(text))
    })
})

describe('what the console says of the name of a scope', () => {
  const NAMES = ['', 'orders.read', 'a b', 'a"b', 'a\\b', 'é', '*', 'okta', 'okta.apps', 'okta:x', 'oktaish', '!~[]']
  for (const name of NAMES)
    test(`${JSON.stringify(name)} gets the server's answer`, () => {
      const draft = { ...SCOPE, name }
      assert.equal(scopeNameProblem(name), scopeFault(draft)?.facts.causes?.[0]?.replace(/^name: /, ''))
    })
})

const SCOPE = {
  displayName: undefined,
  description: undefined,
  consent: 'IMPLICIT',
  metadataPublish: 'NO_CLIENTS',
  isDefault: false,
  optional: false,
} as const
