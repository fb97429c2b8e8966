// The console says of an origin what the server will say of it, in the same words.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Refusal } from '#kernel/refusal.ts'
import { checkDraft } from '#trusted-origins/trusted-origin.ts'
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
