import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Filter, parseFilter } from '#http/filter.ts'
import { expandEvent, type LogEvent } from './expand.ts'
import { conditionsOf, passes, refusedAttribute } from './log-filter.ts'
import { event } from './test-events.ts'

function parsed(text: string): Filter {
  const result = parseFilter(text)
  assert.ok(result.ok, text)
  return result.filter
}

function shown(...args: Parameters<typeof event>): LogEvent {
  const [first] = expandEvent(event(...args))
  assert.ok(first)
  return first
}

const FAILED = shown({
  outcome: 'FAILURE',
  reason: 'INVALID_CREDENTIALS',
  actor: { id: 'unknown', type: 'User', alternateId: 'Ann@example.com', displayName: 'unknown' },
  targets: [
    { id: '00u1', type: 'User', displayName: 'Ann' },
    { id: '0oa1', type: 'AppInstance', displayName: 'Shop' },
  ],
  detail: { factor: 'PASSWORD' },
})

const MATCHES: readonly [filter: string, expected: boolean][] = [
  ['eventType eq "user.session.start"', true],
  ['eventType sw "user.session"', true],
  ['eventType eq "user.session.end"', false],
  ['outcome.result eq "FAILURE" and outcome.reason eq "INVALID_CREDENTIALS"', true],
  ['outcome.result eq "SUCCESS" or target.id eq "0oa1"', true],
  ['target.type eq "AppInstance"', true],
  ['target.id eq "0oa2"', false],
  ['not (actor.id eq "unknown")', false],
  ['actor.alternateId ew "@example.com"', true],
  ['debugContext.debugData.factor eq "PASSWORD"', true],
  ['debugContext.debugData.constructor pr', false],
  ['client.userAgent.rawUserAgent co "curl"', true],
  ['authenticationContext.externalSessionId eq "unknown"', true],
  ['transaction.detail.requestApiTokenId pr', false],
  ['request.ipChain.ip eq "203.0.113.9"', true],
  ['legacyEventType eq null', true],
]
for (const [filter, expected] of MATCHES) {
  test(`${filter} ${expected ? 'finds' : 'leaves out'} a failed sign-in`, () => {
    assert.equal(refusedAttribute(parsed(filter)), undefined)
    assert.equal(passes(FAILED, parsed(filter), []), expected)
  })
}

for (const [filter, refused] of [
  ['published gt "2026-01-01T00:00:00.000Z"', 'published'],
  ['eventType eq "a" and not (actor eq "b")', 'actor'],
  ['nothing.like.this eq "x"', 'nothing.like.this'],
  ['debugContext.debugData.url co "/token"', 'debugContext.debugData.url'],
  ['debugContext.debugData.requestUri co "/token"', 'debugContext.debugData.requestUri'],
] as const) {
  test(`${filter} is refused for ${refused}`, () => assert.equal(refusedAttribute(parsed(filter)), refused))
}

test('a part of an address other than co may be asked for', () => {
  assert.equal(refusedAttribute(parsed('debugContext.debugData.url sw "/oauth2"')), undefined)
})

const CONDITIONS: readonly [filter: string, expected: ReturnType<typeof conditionsOf>][] = [
  ['eventType eq "user.session.start"', [{ column: 'event_type', values: ['user.session.start'] }]],
  [
    'eventType eq "app.oauth2.as.token.grant.id_token"',
    [{ column: 'event_type', values: ['app.oauth2.as.token.grant.id_token', 'app.oauth2.as.token.grant'] }],
  ],
  [
    'outcome.result eq "FAILURE" and (eventType eq "a" or eventType eq "b")',
    [
      { column: 'outcome', values: ['FAILURE'] },
      { column: 'event_type', values: ['a', 'b'] },
    ],
  ],
  ['eventType eq "a" or actor.id eq "b"', []],
  ['eventType eq "a" or (eventType eq "b" and actor.id eq "c")', []],
  ['not (eventType eq "a")', []],
  ['eventType ne "a"', []],
  ['eventType sw "a"', []],
  ['actor.id eq null', []],
  ['actor.id eq "a\\u0000"', []],
  ['target.id eq "x"', []],
]
for (const [filter, expected] of CONDITIONS) {
  test(`${filter} asks the database for ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(conditionsOf(parsed(filter)), expected)
  })
}

test('every keyword must stand somewhere in the values, whatever its case', () => {
  assert.equal(passes(FAILED, undefined, ['ann@', 'shop']), true)
  assert.equal(passes(FAILED, undefined, ['ann@', 'nowhere']), false)
  // A member's name is no value.
  assert.equal(passes(FAILED, undefined, ['geographicalcontext']), false)
})
