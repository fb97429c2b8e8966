import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Db } from '#db/db.ts'
import { openDb } from '#db/open.ts'
import { StoreUnavailable } from '#db/unit.ts'
import { instant } from '#kernel/instant.ts'
import { newDatabase, onEachDatabase, type TestDatabase } from '#test/databases.ts'
import type { LogEntry } from './event.ts'
import type { LogEvent } from './expand.ts'
import { cursorOf, type LogQuery, type Position, parseLogQuery } from './log-query.ts'
import { eventSink, listEvents, logChange } from './service.ts'
import { callerIn, NOON } from './test-events.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const GRANT: LogEntry = { eventType: 'app.oauth2.as.token.grant', detail: { tokens: 'access_token,id_token' } }
const named = (eventType: string): LogEntry => ({ eventType })

onEachDatabase('the System Log', (dialect) => {
  let database: TestDatabase
  let db: Db
  let time = NOON
  let orgs = 0
  const now = () => instant(time)

  before(async () => {
    database = await newDatabase(dialect)
    db = await openDb({
      database: database.address,
      now: Date.now,
      onFatal: (error) => console.error(error),
      connections: 4,
    })
  })
  after(async () => {
    await db.close()
    await database.remove()
  })

  const newLog = (door: Pick<Db, 'write' | 'for'> = db) => {
    const deps = { db: { ...db, ...door }, now, random: randomBytes, log: silent }
    const caller = callerIn(`o${++orgs}`)
    const log = { ...deps, events: eventSink(deps) }
    const query = (text: string, position?: Position): LogQuery => {
      const params = new URLSearchParams(text)
      const { kind } = parseLogQuery(params, now())
      if (position) params.set('after', Buffer.from(cursorOf(kind, position)).toString('base64url'))
      return parseLogQuery(params, now())
    }
    return {
      caller,
      events: log.events,
      record: (entry: LogEntry) => log.events.record(caller, entry),
      change: (entry: LogEntry) => db.write(() => logChange(db.for(caller.org), log, caller, entry)),
      list: (text = '', position?: Position) => listEvents(log, caller, query(text, position)),
    }
  }

  type Log = ReturnType<typeof newLog>
  const types = (events: readonly LogEvent[]) => events.map(({ eventType }) => eventType)

  /** Follows `next` until there is none, or, when polling, until so many events have come. */
  async function readAll(log: Log, query: string, count = Number.POSITIVE_INFINITY): Promise<readonly LogEvent[][]> {
    const pages: LogEvent[][] = []
    let found = 0
    let position: Position | undefined
    // Another test's transaction on the same cluster may hold the horizon back for a moment.
    for (let round = 0; round < 2_000; round++) {
      const page = await log.list(query, position)
      if (page.events.length > 0) pages.push([...page.events])
      found += page.events.length
      if (page.next === undefined || found >= count) return pages
      position = page.next
    }
    return pages
  }

  test('a change is logged with its unit', async () => {
    const log = newLog()
    await log.change({ eventType: 'security.trusted_origin.create', targets: [{ id: 'tos1', type: 'TrustedOrigin' }] })
    const [page] = await readAll(log, '', 1)
    assert.partialDeepStrictEqual(page, [
      { eventType: 'security.trusted_origin.create', target: [{ id: 'tos1' }], outcome: { result: 'SUCCESS' } },
    ])
  })

  test('a change that is rolled back leaves no event', async () => {
    const log = newLog()
    const unit = function* () {
      yield* logChange(db.for(log.caller.org), { now, random: randomBytes }, log.caller, named('user.lifecycle.create'))
      throw new Error('no')
    }
    await assert.rejects(db.write(unit), { message: 'no' })
    assert.deepEqual(await readAll(log, 'until=2026-01-16T00:00:00Z'), [])
  })

  test('grants and refusals wait for one write and are there for who reads', async () => {
    let writes = 0
    const counting: Pick<Db, 'write' | 'for'> = {
      for: db.for,
      write(make, options) {
        writes++
        return db.write(make, options)
      },
    }
    const log = newLog(counting)
    for (let i = 0; i < 150; i++)
      log.record({
        ...named(`type.${i}`),
        actor: { id: `u${i}`, type: 'User', alternateId: 'ä"<b>\0', displayName: '' },
      })
    assert.equal(writes, 0)
    const found = (await readAll(log, 'until=2026-01-16T00:00:00Z&limit=1000')).flat()
    assert.equal(writes, 1)
    assert.deepEqual(
      types(found),
      Array.from({ length: 150 }, (_, i) => `type.${i}`),
    )
    assert.equal(found[0]?.actor.alternateId, 'ä"<b>\uFFFD')
  })

  test('what waits is written after 200 ms without anybody asking', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const writes: Promise<unknown>[] = []
    const noting: Pick<Db, 'write' | 'for'> = {
      for: db.for,
      write(make, options) {
        const written = db.write(make, options)
        writes.push(written)
        return written
      },
    }
    const log = newLog(noting)
    log.record(named('user.session.start'))
    log.record(named('user.session.end'))
    context.mock.timers.tick(199)
    assert.equal(writes.length, 0)
    context.mock.timers.tick(1)
    context.mock.timers.reset()
    while (writes.length === 0) await Promise.resolve()
    await Promise.all(writes)
    assert.equal(writes.length, 1)
  })

  test('events that could not be written are kept and written later', async () => {
    let down = true
    const failing: Pick<Db, 'write' | 'for'> = {
      for: db.for,
      write: (make, options) => (down ? Promise.reject(new StoreUnavailable('down')) : db.write(make, options)),
    }
    const log = newLog(failing)
    log.record(named('user.session.start'))
    await assert.rejects(log.events.flush(), StoreUnavailable)
    log.record(named('user.session.end'))
    down = false
    await log.events.flush()
    const found = (await readAll(log, 'until=2026-01-16T00:00:00Z')).flat()
    assert.deepEqual(types(found), ['user.session.start', 'user.session.end'])
  })

  test('an org sees its own events only', async () => {
    const [mine, other] = [newLog(), newLog()]
    await mine.change(named('user.session.start'))
    await other.change(named('user.session.end'))
    assert.deepEqual(types((await readAll(mine, '', 1)).flat()), ['user.session.start'])
    assert.deepEqual(types((await readAll(other, 'sortOrder=DESCENDING')).flat()), ['user.session.end'])
  })

  test('polling goes on where it ended and repeats nothing', async () => {
    const log = newLog()
    const empty = await log.list('')
    assert.deepEqual(empty.events, [])
    assert.ok(empty.next, 'an empty page has a next one')
    await log.change(named('user.session.start'))
    let page = await log.list('', empty.next)
    while (page.events.length === 0) page = await log.list('', page.next)
    assert.deepEqual(types(page.events), ['user.session.start'])
    const later = await log.list('', page.next)
    assert.deepEqual(later.events, [])
    await log.change(named('user.session.end'))
    page = await log.list('', later.next)
    while (page.events.length === 0) page = await log.list('', page.next)
    assert.deepEqual(types(page.events), ['user.session.end'])
  })

  test('polling pages over rows that hold several events', async () => {
    const log = newLog()
    for (const entry of [GRANT, named('user.session.end'), GRANT]) await log.change(entry)
    const pages = await readAll(log, 'limit=2', 7)
    assert.deepEqual(pages.map(types), [
      ['app.oauth2.as.token.grant', 'app.oauth2.as.token.grant.access_token'],
      ['app.oauth2.as.token.grant.id_token', 'user.session.end'],
      ['app.oauth2.as.token.grant', 'app.oauth2.as.token.grant.access_token'],
      ['app.oauth2.as.token.grant.id_token'],
    ])
  })

  test('a bounded query pages in order of time, upwards and downwards, and ends', async () => {
    const log = newLog()
    for (const [minute, entry] of [
      [3, GRANT],
      [1, named('first')],
      [2, named('second')],
      [99, named('too late')],
    ] as const) {
      time = NOON + minute * 60_000
      await log.change(entry)
    }
    time = NOON
    const range = 'since=2026-01-15T12:00:00Z&until=2026-01-15T12:10:00Z&limit=2'
    assert.deepEqual((await readAll(log, range)).map(types), [
      ['first', 'second'],
      ['app.oauth2.as.token.grant', 'app.oauth2.as.token.grant.access_token'],
      ['app.oauth2.as.token.grant.id_token'],
    ])
    assert.deepEqual((await readAll(log, `${range}&sortOrder=DESCENDING`)).map(types), [
      ['app.oauth2.as.token.grant.id_token', 'app.oauth2.as.token.grant.access_token'],
      ['app.oauth2.as.token.grant', 'second'],
      ['first'],
    ])
    const all = await log.list(range.replace('limit=2', 'limit=5'))
    assert.equal(all.events.length, 5)
    assert.equal(all.next, undefined)
  })

  test('a filter finds events of tokens and leaves out the grant', async () => {
    const log = newLog()
    for (const entry of [named('user.session.start'), GRANT, named('user.session.end')]) await log.change(entry)
    const filter = encodeURIComponent('eventType eq "app.oauth2.as.token.grant.id_token"')
    const found = await log.list(`until=2026-01-16T00:00:00Z&filter=${filter}`)
    assert.deepEqual(types(found.events), ['app.oauth2.as.token.grant.id_token'])
    const found2 = await log.list('until=2026-01-16T00:00:00Z&q=SESSION')
    assert.deepEqual(types(found2.events), ['user.session.start', 'user.session.end'])
  })

  test('a limit of 0 shows nothing and, when polling, begins nowhere else', async () => {
    const log = newLog()
    await log.change(named('user.session.start'))
    assert.deepEqual(await log.list('limit=0&until=2026-01-16T00:00:00Z'), { events: [], next: undefined })
    const { events, next } = await log.list('limit=0')
    assert.deepEqual(events, [])
    assert.deepEqual(types((await readAll(log, '', 1)).flat()), ['user.session.start'])
    assert.ok(next)
  })

  test('a long search goes through the whole log in short pages', async () => {
    const log = newLog()
    for (let i = 0; i < 1_200; i++)
      log.record({
        ...named('user.session.start'),
        actor: { id: `u${i}`, type: 'User', alternateId: `n${i}`, displayName: '' },
      })
    const found = (await readAll(log, 'until=2026-01-16T00:00:00Z&q=n1199')).flat()
    assert.deepEqual(
      found.map(({ actor }) => actor.id),
      ['u1199'],
    )
  })

  if (dialect === 'postgres') {
    test('a poll misses no event of a transaction that began earlier and committed later', async () => {
      const log = newLog()
      const slow = new pg.Client({ connectionString: database.address })
      await slow.connect()
      await slow.query('BEGIN')
      await slow.query(
        `INSERT INTO log_event (org_id, id, published, event_type, severity, outcome, actor_id, actor_type, actor_alternate_id,
           actor_name, ip, user_agent, request_id, path, targets, detail)
         VALUES ($1, 'evtslow', $2, 'slow', 'INFO', 'SUCCESS', 'u', 'User', 'u', 'u', '', '', '', '', '{"v":1,"list":[]}', '{"v":1,"data":{}}')`,
        [log.caller.org, NOON],
      )
      await log.change(named('quick'))
      const early = await log.list('')
      assert.deepEqual(early.events, [], 'the quick event waits for the slow one')
      await slow.query('COMMIT')
      await slow.end()
      let page = await log.list('', early.next)
      const seen = [...page.events]
      while (seen.length < 2) {
        page = await log.list('', page.next)
        seen.push(...page.events)
      }
      assert.deepEqual(types(seen).toSorted(), ['quick', 'slow'])
    })

    test('a poll waits a moment for transactions that hold back what its reader has just caused', async () => {
      const log = newLog()
      const other = new pg.Client({ connectionString: database.address })
      await other.connect()
      await other.query('BEGIN')
      await other.query('SELECT pg_current_xact_id()')
      await log.change(named('caused'))
      const asked = log.list('')
      await other.query('COMMIT')
      await other.end()
      assert.deepEqual(types((await asked).events), ['caused'])
    })
  }
})
