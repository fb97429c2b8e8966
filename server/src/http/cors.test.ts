import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CorsQuestion, type CorsZone, decideCors } from './cors.ts'

const ZONES: CorsZone[] = ['public', 'bearer', 'token', 'trusted', 'none']
const APP = 'https://app.example.com'
const ORIGINS = [undefined, APP, 'null', 'https://a.example, https://b.example', 'chrome-extension://abcdef']

const EXPOSED =
  'Date, DPoP-Nonce, Link, WWW-Authenticate, X-Okta-Edge-Log, X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset'
const REQUESTED =
  'Content-Type, Accept, Authorization, DPoP, X-Okta-User-Agent-Extended, X-Device-Fingerprint, X-Requested-With'
const ALL_METHODS = 'GET, POST, PUT, PATCH, DELETE'

const preflight = (methods: string) => ({
  'access-control-allow-methods': methods,
  'access-control-allow-headers': REQUESTED,
  'access-control-max-age': '3600',
})
const readable = { 'access-control-expose-headers': EXPOSED }
const anybody = { 'access-control-allow-origin': '*' }
const only = (origin: string) => ({ vary: 'Origin', 'access-control-allow-origin': origin })
const credentials = { 'access-control-allow-credentials': 'true' }
const nobody = { vary: 'Origin' }

type Row = [CorsZone, string | undefined, 'allowed' | 'not allowed', 'preflight' | 'call', Record<string, string>]

const TABLE: Row[] = ORIGINS.flatMap((origin): Row[] => [
  ...(['allowed', 'not allowed'] as const).flatMap((allowed): Row[] => [
    ['none', origin, allowed, 'preflight', {}],
    ['none', origin, allowed, 'call', {}],
    ['public', origin, allowed, 'preflight', { ...anybody, ...preflight('GET') }],
    ['public', origin, allowed, 'call', { ...anybody, ...readable }],
    ['bearer', origin, allowed, 'preflight', { ...anybody, ...preflight(ALL_METHODS) }],
    ['bearer', origin, allowed, 'call', { ...anybody, ...readable }],
  ]),
])

TABLE.push(
  // token: the preflight is for any origin, the answer for those the route allows.
  ['token', undefined, 'allowed', 'preflight', nobody],
  ['token', undefined, 'not allowed', 'preflight', nobody],
  ['token', undefined, 'allowed', 'call', nobody],
  ['token', undefined, 'not allowed', 'call', nobody],
  ['token', APP, 'allowed', 'preflight', { ...only(APP), ...preflight('POST') }],
  ['token', APP, 'not allowed', 'preflight', { ...only(APP), ...preflight('POST') }],
  ['token', APP, 'allowed', 'call', { ...only(APP), ...readable }],
  ['token', APP, 'not allowed', 'call', nobody],
  ['token', 'null', 'allowed', 'preflight', { ...only('null'), ...preflight('POST') }],
  ['token', 'null', 'not allowed', 'preflight', { ...only('null'), ...preflight('POST') }],
  ['token', 'null', 'allowed', 'call', nobody],
  ['token', 'null', 'not allowed', 'call', nobody],
  // trusted: only what the route allows, and only a real origin.
  ['trusted', undefined, 'allowed', 'preflight', nobody],
  ['trusted', undefined, 'not allowed', 'preflight', nobody],
  ['trusted', undefined, 'allowed', 'call', nobody],
  ['trusted', undefined, 'not allowed', 'call', nobody],
  ['trusted', APP, 'allowed', 'preflight', { ...only(APP), ...credentials, ...preflight(ALL_METHODS) }],
  ['trusted', APP, 'not allowed', 'preflight', nobody],
  ['trusted', APP, 'allowed', 'call', { ...only(APP), ...credentials, ...readable }],
  ['trusted', APP, 'not allowed', 'call', nobody],
  ['trusted', 'null', 'allowed', 'preflight', nobody],
  ['trusted', 'null', 'not allowed', 'preflight', nobody],
  ['trusted', 'null', 'allowed', 'call', nobody],
  ['trusted', 'null', 'not allowed', 'call', nobody],
)

for (const origin of ORIGINS.slice(3)) {
  const listed = origin?.includes(' ') ? nobody : undefined
  const asked = { ...only(String(origin)), ...preflight('POST') }
  TABLE.push(
    ['token', origin, 'allowed', 'preflight', listed ?? asked],
    ['token', origin, 'not allowed', 'preflight', listed ?? asked],
    ['token', origin, 'allowed', 'call', listed ?? { ...only(String(origin)), ...readable }],
    ['token', origin, 'not allowed', 'call', nobody],
    ['trusted', origin, 'allowed', 'preflight', nobody],
    ['trusted', origin, 'not allowed', 'preflight', nobody],
    ['trusted', origin, 'allowed', 'call', nobody],
    ['trusted', origin, 'not allowed', 'call', nobody],
  )
}

test('each zone answers each origin as the table says, and the table is complete', () => {
  assert.equal(new Set(TABLE.map((row) => JSON.stringify(row.slice(0, 4)))).size, ZONES.length * ORIGINS.length * 2 * 2)
  for (const [zone, origin, allowed, kind, headers] of TABLE) {
    const question = { zone, origin, allowed: allowed === 'allowed', preflight: kind === 'preflight' }
    assert.deepEqual(decideCors(question), headers, `${zone} ${origin} ${allowed} ${kind}`)
  }
})

const everyQuestion: CorsQuestion[] = ZONES.flatMap((zone) =>
  ORIGINS.flatMap((origin) =>
    [true, false].flatMap((allowed) =>
      [true, false].flatMap((isPreflight) =>
        [undefined, 'content-type', 'content-type,authorization'].flatMap((requestHeaders) =>
          [undefined, 'Bearer x', 'DPoP x', 'SSWS x', 'Basic x'].map((authorization) => ({
            zone,
            origin,
            allowed,
            preflight: isPreflight,
            requestHeaders,
            authorization,
          })),
        ),
      ),
    ),
  ),
)

test('credentials are for an allowed origin under `trusted`, and never beside an asterisk or null', () => {
  for (const question of everyQuestion) {
    const headers = decideCors(question)
    if (headers['access-control-allow-credentials'] === undefined) continue
    assert.equal(question.zone, 'trusted')
    assert.equal(question.allowed, true)
    assert.equal(headers['access-control-allow-origin'], APP)
  }
})

test('an answer varies by origin exactly where another origin could get another answer', () => {
  for (const question of everyQuestion) {
    const headers = decideCors(question)
    assert.equal(headers.vary, question.zone === 'token' || question.zone === 'trusted' ? 'Origin' : undefined)
    assert.ok(!(headers.vary && headers['access-control-allow-origin'] === '*'))
  }
})

test('an answer never allows another origin than the one that asked', () => {
  for (const question of everyQuestion) {
    const allowedOrigin = decideCors(question)['access-control-allow-origin']
    assert.ok(allowedOrigin === undefined || allowedOrigin === '*' || allowedOrigin === question.origin)
  }
})

test('a call with a token of its own needs no trusted origin, and gets no credentials', () => {
  const call = { zone: 'trusted', origin: APP, allowed: false, preflight: false } as const
  for (const authorization of ['Bearer abc', 'bearer abc', 'DPoP abc']) {
    assert.deepEqual(decideCors({ ...call, authorization }), { ...only(APP), ...readable })
  }
  for (const authorization of ['SSWS abc', 'Basic abc', 'Bearer', '', undefined]) {
    assert.deepEqual(decideCors({ ...call, authorization }), nobody)
  }
  for (const requestHeaders of ['authorization', 'content-type, Authorization', 'accept,authorization,dpop']) {
    assert.deepEqual(decideCors({ ...call, preflight: true, requestHeaders }), {
      ...only(APP),
      ...preflight(ALL_METHODS),
    })
  }
  for (const requestHeaders of ['', 'content-type', 'x-authorization', undefined]) {
    assert.deepEqual(decideCors({ ...call, preflight: true, requestHeaders }), nobody)
  }
})

test('a trusted origin keeps its credentials when the call carries a token too', () => {
  const call = { zone: 'trusted', origin: APP, allowed: true, preflight: false, authorization: 'Bearer abc' } as const
  assert.deepEqual(decideCors(call), { ...only(APP), ...credentials, ...readable })
})
