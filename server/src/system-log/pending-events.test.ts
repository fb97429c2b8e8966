import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrgId } from '#kernel/id.ts'
import { KEPT_APART, pendingEvents } from './pending-events.ts'
import { event } from './test-events.ts'

const ORG = 'o1' as OrgId
const OTHER = 'o2' as OrgId
const FAILED = { eventType: 'user.session.start', outcome: 'FAILURE' } as const

test('events come back by org in the order in which they happened, once', () => {
  const pending = pendingEvents()
  pending.add(ORG, event({}, { id: 'evt1' }))
  pending.add(OTHER, event({}, { id: 'evt2' }))
  pending.add(ORG, event(FAILED, { id: 'evt3' }))
  const { events, lost } = pending.drain()
  assert.deepEqual(
    [...events].map(([org, list]) => [org, list.map(({ id }) => id)]),
    [
      [ORG, ['evt1', 'evt3']],
      [OTHER, ['evt2']],
    ],
  )
  assert.equal(lost, 0)
  assert.equal(pending.isEmpty, true)
  assert.equal(pending.drain().events.size, 0)
})

test('a flood is kept apart up to a number, then counted', () => {
  const pending = pendingEvents()
  for (let i = 0; i < 1_000; i++) pending.add(ORG, event(FAILED, { id: `evt${i}` }))
  const list = pending.drain().events.get(ORG) ?? []
  assert.equal(list.length, KEPT_APART)
  assert.deepEqual(
    list.map(({ detail }) => detail.count),
    [...Array(KEPT_APART - 1).fill(undefined), String(1_000 - KEPT_APART + 1)],
  )
})

const DIFFERENCES = {
  'another type': event({ ...FAILED, eventType: 'user.authentication.verify' }),
  'another outcome': event(),
  'another actor': event({ ...FAILED, actor: { id: '00u2', type: 'User', alternateId: 'bob', displayName: 'Bob' } }),
  'another address': event(FAILED, { ip: '198.51.100.1' }),
}
for (const [difference, other] of Object.entries(DIFFERENCES)) {
  test(`a flood does not swallow an event with ${difference}`, () => {
    const pending = pendingEvents()
    for (let i = 0; i < 100; i++) pending.add(ORG, event(FAILED))
    pending.add(ORG, { ...other, id: 'evt-other' })
    const last = pending.drain().events.get(ORG)?.at(-1)
    assert.equal(last?.id, 'evt-other')
    assert.equal(last?.detail.count, undefined)
  })
}

test('an org in a flood does not swallow the same event of another org', () => {
  const pending = pendingEvents()
  for (let i = 0; i < 100; i++) pending.add(ORG, event(FAILED))
  pending.add(OTHER, event(FAILED))
  assert.equal(pending.drain().events.get(OTHER)?.length, 1)
})

test('beyond the bound events are lost and counted, and there is room again after a write', () => {
  const pending = pendingEvents(3)
  for (let i = 0; i < 5; i++) pending.add(ORG, event({ eventType: `type.${i}` }))
  const first = pending.drain()
  assert.equal(first.events.get(ORG)?.length, 3)
  assert.equal(first.lost, 2)
  pending.add(ORG, event())
  assert.deepEqual([pending.drain().events.get(ORG)?.length, pending.drain().lost], [1, 0])
})

test('what could not be written goes before what came since, and counts against the bound', () => {
  const pending = pendingEvents(2)
  pending.add(ORG, event({}, { id: 'evt1' }))
  const { events } = pending.drain()
  pending.add(ORG, event(FAILED, { id: 'evt2' }))
  pending.putBack(events)
  pending.add(ORG, event({ eventType: 'user.session.end' }, { id: 'evt3' }))
  const drained = pending.drain()
  assert.deepEqual(
    drained.events.get(ORG)?.map(({ id }) => id),
    ['evt1', 'evt2'],
  )
  assert.equal(drained.lost, 1)
})
