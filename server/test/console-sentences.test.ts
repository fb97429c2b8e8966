// The console says what the server will say, in the same words.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ruleFault } from '#authorization-servers/access-rule-draft.ts'
import { scopeFault } from '#authorization-servers/scope-rules.ts'
import { parseRedirectUri } from '#kernel/redirect-uri.ts'
import { Refusal } from '#kernel/refusal.ts'
import { checkDraft } from '#trusted-origins/trusted-origin.ts'
import { redirectUriProblem } from '../../console/src/pages/apps/redirect-uri-rule.ts'
import { accessProblem, refreshProblem, windowProblem } from '../../console/src/pages/security/lifetime-problems.ts'
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

describe('what the console says of a redirect URI', () => {
  const TYPED = [
    ...URL_CORPUS.map((one) => one.text),
    ...FURTHER,
    'https://example:0000.com/login',
    'localhost:8080/cb',
    'https://a.example/#x',
  ]
  for (const applicationType of ['browser', 'native', 'web'] as const)
    for (const text of TYPED)
      test(`${applicationType}: ${JSON.stringify(text)} is not refused in other words, nor where the server takes it`, () => {
        const said = redirectUriProblem(text, applicationType)
        const parsed = parseRedirectUri(text, { applicationType })
        if (said !== undefined) assert.equal(said, parsed.ok ? 'it is taken' : parsed.sentence)
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

describe('what the console says of lifetimes', () => {
  const LIFETIMES: readonly (readonly [access: number, refresh: number, window: number])[] = [
    ...[0, 4, 5, 60, 1_440, 1_441].map((access) => [access, 0, 10_080] as const),
    ...[0, 1, 59, 60, 61, 2_628_000, 2_628_001].map((refresh) => [60, refresh, 10_080] as const),
    ...[0, 9, 10, 2_628_000, 2_628_001].map((window) => [60, 0, window] as const),
  ]
  for (const [access, refresh, window] of LIFETIMES)
    test(`${access}, ${refresh}, ${window} get the server's answer`, () => {
      const rule = {
        ...RULE,
        accessTokenMinutes: access,
        refreshTokenMinutes: refresh,
        refreshTokenWindowMinutes: window,
      }
      const said = accessProblem(access) ?? refreshProblem(refresh, access) ?? windowProblem(window)
      assert.equal(said, ruleFault(rule, { scopes: [] })?.facts.causes?.[0]?.replace(/^\w+: /, ''))
    })
})

const RULE = {
  name: 'Any',
  priority: undefined,
  status: undefined,
  grantTypes: ['client_credentials'],
  scopes: ['*'],
  users: { include: [], exclude: [] },
  groups: { include: [], exclude: [] },
} as const
