import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { checkDraft, isTrusted, type OriginScope, type TrustedOrigin } from './trusted-origin.ts'

const CORS: OriginScope = { type: 'CORS' }
const FRAME: OriginScope = { type: 'IFRAME_EMBED', allowedOktaApps: ['OKTA_ENDUSER'] }
const draft = { name: 'My SPA', origin: 'https://app.example.com', scopes: [CORS] }

const origin = (more: Partial<TrustedOrigin> = {}): TrustedOrigin => ({
  ...draft,
  id: 'tos1',
  status: 'ACTIVE',
  created: instant(0),
  createdBy: '00u1',
  lastUpdated: instant(0),
  lastUpdatedBy: '00u1',
  ...more,
})

const KEYS: readonly [origin: string, key: string][] = [
  ['https://app.example.com', 'https://app.example.com'],
  ['https://APP.example.com/', 'https://app.example.com'],
  ['https://app.example.com:443', 'https://app.example.com'],
  ['http://localhost:8080/', 'http://localhost:8080'],
  ['capacitor://localhost', 'capacitor://localhost'],
]
for (const [written, key] of KEYS) {
  test(`${written} is unique as ${key}`, () => assert.equal(checkDraft({ ...draft, origin: written }).origin, key))
}

test('names that read the same are the same', () => {
  assert.equal(checkDraft({ ...draft, name: ' MY  spa'.replace('  ', ' ') }).name, checkDraft(draft).name)
})

const REFUSED: readonly [
  why: string,
  change: Partial<typeof draft> | { scopes: readonly OriginScope[] },
  cause: string,
][] = [
  ['an empty name', { name: ' ' }, 'name: The field cannot be left blank'],
  ['a character that no database keeps', { name: 'a\0b' }, 'name: The field is not valid'],
  ['a long name', { name: 'x'.repeat(256) }, 'name: The field is too long'],
  ['an empty origin', { origin: '' }, 'origin: The field cannot be left blank'],
  ['a path', { origin: 'https://app.example.com/path' }, 'origin: Origin value is not valid'],
  ['a query', { origin: 'https://app.example.com?x=1' }, 'origin: Origin value is not valid'],
  ['a wildcard', { origin: 'https://*.example.com' }, 'origin: Origin value is not valid'],
  ['credentials', { origin: 'https://user:secret@app.example.com' }, 'origin: Origin value is not valid'],
  ['the origin null', { origin: 'null' }, 'origin: Origin value is not valid'],
  ['another scheme', { origin: 'javascript:alert(1)' }, 'origin: Origin value is not valid'],
  ['a line break', { origin: 'https://app.example.com\n' }, 'origin: Origin value is not valid'],
  ['no scope', { scopes: [] }, 'scopes: The field cannot be left blank'],
  ['a scope twice', { scopes: [CORS, CORS] }, 'scopes: A scope type may be given only once'],
  [
    'apps for a scope that has none',
    { scopes: [{ type: 'CORS', allowedOktaApps: ['OKTA_ENDUSER'] }] },
    'allowedOktaApps: Only the scope IFRAME_EMBED can name apps',
  ],
]
for (const [why, change, cause] of REFUSED) {
  test(`${why} is refused`, () => {
    assert.throws(
      () => checkDraft({ ...draft, ...change }),
      (error) => error instanceof Refusal && error.code === 'validation_failed' && error.facts.causes?.[0] === cause,
    )
  })
}

test('all three scopes at once, and a frame for the dashboard, are allowed', () => {
  checkDraft({ ...draft, scopes: [CORS, { type: 'REDIRECT' }, FRAME] })
  checkDraft({ ...draft, scopes: [{ type: 'IFRAME_EMBED', allowedOktaApps: [] }] })
})

const TRUST: readonly [presented: string, expected: boolean][] = [
  ['https://app.example.com', true],
  ['https://APP.example.com:443', true],
  ['http://app.example.com', false],
  ['https://app.example.com:8443', false],
  ['https://app.example.com.evil.test', false],
  ['https://evil-app.example.com', false],
  ['null', false],
  ['', false],
]
for (const [presented, expected] of TRUST) {
  test(`a page of "${presented}" is ${expected ? 'trusted' : 'not trusted'}`, () => {
    assert.equal(isTrusted([origin()], 'CORS', presented), expected)
  })
}

test('an inactive origin, another scope and an empty list trust nobody', () => {
  assert.equal(isTrusted([origin({ status: 'INACTIVE' })], 'CORS', draft.origin), false)
  assert.equal(isTrusted([origin()], 'REDIRECT', draft.origin), false)
  assert.equal(isTrusted([], 'CORS', draft.origin), false)
})
