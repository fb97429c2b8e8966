import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '#kernel/instant.ts'
import { expandEvent } from './expand.ts'
import { recordedEvent } from './recorded-event.ts'
import { callerIn, event, NOON } from './test-events.ts'

test('an event carries who, what, from where and how it ended', () => {
  const admin = {
    kind: 'api-token',
    tokenId: '00T1',
    userId: '00u1',
    login: 'ann@example.com',
    displayName: 'Ann',
    roles: [],
  } as const
  const [shown, ...others] = expandEvent(
    recordedEvent('evt1', instant(NOON), callerIn('o1', admin), {
      eventType: 'application.lifecycle.create',
      targets: [{ id: '0oa1', type: 'AppInstance', alternateId: 'My SPA', displayName: 'OpenID Connect Client' }],
      detail: { requestUri: '/api/v1/apps' },
    }),
  )
  assert.deepEqual(others, [])
  assert.ok(shown)
  assert.match(shown.uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(shown.published, '2026-01-15T12:00:00.000Z')
  assert.equal(shown.displayMessage, 'Create app')
  assert.equal(shown.severity, 'INFO')
  assert.deepEqual(shown.actor, {
    id: '00u1',
    type: 'User',
    alternateId: 'ann@example.com',
    displayName: 'Ann',
    detailEntry: null,
  })
  assert.deepEqual(shown.outcome, { result: 'SUCCESS', reason: null })
  assert.deepEqual(shown.target, [
    { id: '0oa1', type: 'AppInstance', alternateId: 'My SPA', displayName: 'OpenID Connect Client', detailEntry: null },
  ])
  assert.deepEqual(shown.transaction, { type: 'WEB', id: 'req1', detail: { requestApiTokenId: '00T1' } })
  assert.deepEqual(shown.debugContext.debugData, {
    requestId: 'req1',
    requestUri: '/api/v1/apps',
    url: '/oauth2/default/v1/token',
    threatSuspected: 'false',
  })
  assert.deepEqual(shown.request, {
    ipChain: [{ ip: '203.0.113.9', geographicalContext: null, version: 'V4', source: null }],
  })
})

test('the session of an event is its own, else that of the cookie that asked, else unknown', () => {
  const person = { userId: '00u1', login: 'ann', displayName: 'Ann', roles: [] } as const
  const caller = callerIn('o1', { kind: 'session', sessionId: '102a', ...person })
  const contextOf = (sessionId?: string) => {
    const entry = { eventType: 'user.session.start', ...(sessionId === undefined ? {} : { sessionId }) }
    return expandEvent(recordedEvent('evt1', instant(NOON), caller, entry))[0]?.authenticationContext
  }
  assert.partialDeepStrictEqual(contextOf(), { externalSessionId: '102a', rootSessionId: '102a' })
  assert.partialDeepStrictEqual(contextOf('102b'), { externalSessionId: '102b' })
  assert.partialDeepStrictEqual(expandEvent(event())[0]?.authenticationContext, { externalSessionId: 'unknown' })
})

test('an event of the system itself has no address and is a job', () => {
  const [shown] = expandEvent(
    recordedEvent(
      'evt1',
      instant(NOON),
      { ...callerIn('o1', { kind: 'system' }), client: { ip: '', userAgent: '', requestId: '', path: '' } },
      { eventType: 'user.account.unlock' },
    ),
  )
  assert.partialDeepStrictEqual(shown, {
    actor: { id: 'o1', type: 'SystemPrincipal' },
    transaction: { type: 'JOB' },
    client: { ipAddress: null },
    request: { ipChain: [] },
  })
})

const GRANTS: readonly [eventType: string, tokens: string, expected: readonly string[]][] = [
  ['app.oauth2.as.token.grant', 'access_token,id_token,refresh_token', ['access_token', 'id_token', 'refresh_token']],
  ['app.oauth2.token.grant', 'access_token', ['access_token']],
  ['app.oauth2.token.grant', 'refresh_token,access_token', ['access_token', 'refresh_token']],
  ['app.oauth2.token.grant', 'constructor,', []],
]
for (const [eventType, tokens, expected] of GRANTS) {
  test(`a ${eventType} of "${tokens}" is ${1 + expected.length} events`, () => {
    const shown = expandEvent(event({ eventType, detail: { tokens, grantType: 'authorization_code' } }))
    assert.deepEqual(
      shown.map((one) => one.eventType),
      [eventType, ...expected.map((token) => `${eventType}.${token}`)],
    )
    assert.equal(new Set(shown.map(({ uuid }) => uuid)).size, shown.length)
    assert.ok(shown.every(({ debugContext }) => debugContext.debugData.tokens === undefined))
    assert.ok(shown.every(({ debugContext }) => debugContext.debugData.grantType === 'authorization_code'))
  })
}

test('a refused grant is one event and names no token', () => {
  const refused = event({
    eventType: 'app.oauth2.as.token.grant',
    outcome: 'FAILURE',
    reason: 'invalid_grant',
    detail: { tokens: 'access_token' },
  })
  assert.deepEqual(
    expandEvent(refused).map(({ eventType, severity, outcome }) => ({ eventType, severity, outcome })),
    [
      {
        eventType: 'app.oauth2.as.token.grant',
        severity: 'WARN',
        outcome: { result: 'FAILURE', reason: 'invalid_grant' },
      },
    ],
  )
})

test('the uuid of an event is the same each time it is read', () => {
  const uuids = () =>
    expandEvent(event({ eventType: 'app.oauth2.token.grant', detail: { tokens: 'access_token' } })).map(
      ({ uuid }) => uuid,
    )
  assert.deepEqual(uuids(), uuids())
})

test('what people typed is kept up to a length, without characters that a database refuses', () => {
  const typed = event({
    actor: { id: 'unknown', type: 'User', alternateId: `a\0b${'x'.repeat(5_000)}`, displayName: '<b>"</b>' },
    detail: { note: 'y'.repeat(5_000) },
  })
  assert.equal(typed.actor.alternateId.length, 500)
  assert.ok(typed.actor.alternateId.startsWith('a\uFFFDbx'))
  assert.equal(typed.actor.displayName, '<b>"</b>')
  const cut = event({ reason: `${'x'.repeat(254)}\u{1F600}` }).reason ?? ''
  assert.ok(cut.isWellFormed())
  assert.equal(typed.detail.note?.length, 2_000)
})
