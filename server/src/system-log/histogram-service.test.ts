import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Caller } from '#kernel/caller.ts'
import { HOUR, instant, isoText, later, MINUTE } from '#kernel/instant.ts'
import { type OpenedDb, onEachDatabase, openTestDb } from '#test/databases.ts'
import { exportEvents } from './export-service.ts'
import { parseBoundedQuery, parseHistogramQuery } from './histogram-query.ts'
import { countEvents } from './histogram-service.ts'
import { eventSink } from './service.ts'
import { callerIn, NOON as START } from './test-events.ts'

const NOON = instant(START)
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

onEachDatabase('the log over time', (dialect) => {
  let opened: OpenedDb
  let caller: Caller
  let deps: { db: OpenedDb['db']; now: () => ReturnType<typeof instant>; events: ReturnType<typeof eventSink> }
  let time = NOON

  before(async () => {
    opened = await openTestDb(dialect)
    caller = callerIn('histogram')
    const doors = { db: opened.db, now: () => instant(time), random: randomBytes, log: silent }
    deps = { ...doors, events: eventSink(doors) }
    for (const minute of [0, 1, 1, 30, 59]) {
      time = later(NOON, minute * MINUTE)
      deps.events.record(caller, { eventType: 'user.session.start', outcome: minute === 30 ? 'FAILURE' : 'SUCCESS' })
      await deps.events.flush()
    }
    deps.events.record(callerIn('another'), { eventType: 'user.session.end' })
    time = later(NOON, HOUR)
    deps.events.record(caller, { eventType: 'app.oauth2.as.token.grant', detail: { tokens: 'access_token,id_token' } })
    await deps.events.flush()
  })
  after(() => opened.close())

  const histogram = (query: string) =>
    countEvents(deps, caller, parseHistogramQuery(new URLSearchParams(query), deps.now()))
  const hour = `since=${isoText(NOON)}&until=${isoText(later(NOON, HOUR))}`

  test('is counted by bucket, severity and outcome', async () => {
    const { buckets, countedUntil } = await histogram(`${hour}&buckets=4`)
    assert.equal(countedUntil, undefined)
    assert.deepEqual(
      buckets.map(({ from, total, severity, outcome }) => [
        Math.floor((from - NOON) / MINUTE),
        total,
        severity,
        outcome,
      ]),
      [
        [0, 3, { INFO: 3 }, { SUCCESS: 3 }],
        [15, 1, { WARN: 1 }, { FAILURE: 1 }],
        [30, 0, {}, {}],
        [45, 2, { INFO: 2 }, { SUCCESS: 2 }],
      ],
    )
  })

  const totals = async (query: string) =>
    (await histogram(`${hour}&buckets=1&${query}`)).buckets.map(({ total }) => total)

  test('is counted through a filter and keywords too', async () => {
    assert.deepEqual(await totals('filter=eventType eq "user.session.start"'), [5])
    assert.deepEqual(await totals('filter=outcome.result eq "FAILURE"'), [1])
    assert.deepEqual(await totals('filter=eventType eq "app.oauth2.as.token.grant.id_token"'), [1])
    assert.deepEqual(await totals('q=session.start'), [5])
    assert.deepEqual(await totals('q=nothing'), [0])
  })

  test('what takes too long is left uncounted, and the answer says from when on', async () => {
    const asked = parseHistogramQuery(new URLSearchParams(`${hour}&q=session`), deps.now())
    let looks = 0
    const slow = { ...deps, now: () => later(NOON, 10_000 * looks++) }
    const { countedUntil, buckets } = await countEvents(slow, caller, asked)
    assert.equal(countedUntil, NOON)
    assert.ok(buckets.every(({ total }) => total === 0))
  })

  test('an export has every event, a grant’s tokens too', async () => {
    const { events, whole } = await exportEvents(deps, caller, parseBoundedQuery(new URLSearchParams(hour), deps.now()))
    assert.equal(whole, true)
    assert.equal(events.length, 8)
  })
})

const REFUSED = ['buckets=0', 'buckets=201', 'buckets=x', 'since=2026-01-15T12:00:00Z&until=2026-01-14T12:00:00Z']
for (const query of REFUSED)
  test(`a histogram of "${query}" is refused`, () => {
    assert.throws(() => parseHistogramQuery(new URLSearchParams(query), NOON))
  })

test('a histogram never has more buckets than were asked for', () => {
  for (const buckets of [1, 7, 60, 200]) {
    const asked = parseHistogramQuery(new URLSearchParams(`buckets=${buckets}`), NOON)
    assert.ok(asked.buckets <= buckets && asked.buckets * asked.width >= asked.query.until - asked.query.since)
  }
})
