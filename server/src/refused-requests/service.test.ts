import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Db } from '#db/db.ts'
import { all, StoreUnavailable } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import type { OrgId } from '#kernel/id.ts'
import { DAY, instant, later } from '#kernel/instant.ts'
import { type OpenedDb, onEachDatabase, openTestDb } from '#test/databases.ts'
import { KEPT_OF_ONE, KEPT_OF_ORG, type RefusedFact } from './refused-request.ts'
import { refusedRequestSink, sweepRefused } from './service.ts'
import { selectRefused } from './store.ts'

const NOON = instant(Date.UTC(2026, 0, 15, 12))
const redirectTo = (value: string, clientId = 'client'): RefusedFact => ({
  reason: 'unknown-redirect-uri',
  clientId,
  sent: { name: 'redirect_uri', value },
})

onEachDatabase('refused requests', (dialect) => {
  let opened: OpenedDb
  let orgs = 0
  before(async () => {
    opened = await openTestDb(dialect)
  })
  after(() => opened.close())

  function newSink(write?: Db['write']) {
    const { db } = opened
    let time = NOON
    let writes = 0
    const lost: number[] = []
    const counting: Db = {
      ...db,
      write: (make, options) => {
        writes++
        return (write ?? db.write)(make, options)
      },
    }
    const log = {
      info: () => undefined,
      error: () => undefined,
      warn: (facts: object) => void ('lost' in facts && lost.push(Number(facts.lost))),
    }
    const config = { get: () => assert.fail(), fresh: () => assert.fail(), drop: () => undefined }
    const settings = { development: false, url: 'http://org.test', adminUrl: 'http://org.test' }
    const sink = refusedRequestSink({ db: counting, now: () => time, log, config, settings })
    const org = `org${++orgs}` as OrgId
    const caller: Caller = {
      org,
      orgUrl: 'http://org.test',
      actor: { kind: 'anonymous' },
      client: { ip: '192.0.2.1', userAgent: 'Browser', requestId: 'req', path: '/' },
    }
    const list = (clientId?: string, limit = 2_000) =>
      db.read(selectRefused(db.for(org), { since: instant(0), appId: undefined, limit, after: undefined }, clientId))
    return {
      org,
      lost,
      refuse: (fact: RefusedFact) => sink.record(caller, '/oauth2/default/v1/authorize', fact),
      flush: sink.flush,
      list,
      writes: () => writes,
      pass: (milliseconds: number) => {
        time = later(time, milliseconds)
      },
    }
  }

  test('what is alike is one row with a count, from its first to its last time', async () => {
    const { refuse, flush, list, pass } = newSink()
    refuse(redirectTo('http://localhost:3000'))
    pass(1_000)
    refuse(redirectTo('http://localhost:3000'))
    refuse(redirectTo('http://localhost:3001'))
    await flush()
    pass(1_000)
    refuse(redirectTo('http://localhost:3000'))
    await flush()
    const rows = await list()
    assert.deepEqual(
      rows.map(({ sent, count, firstSeen, lastSeen }) => [sent.value, count, firstSeen - NOON, lastSeen - NOON]),
      [
        ['http://localhost:3000', 3, 0, 2_000],
        ['http://localhost:3001', 1, 1_000, 1_000],
      ],
    )
    assert.match(rows[0]?.id ?? '', /^rfr\w{17}$/)
  })

  test('a flood of one kind is one write and one row', async () => {
    const { refuse, flush, list, writes } = newSink()
    for (let n = 0; n < 10_000; n++) refuse(redirectTo('http://localhost:3000'))
    await flush()
    assert.equal(writes(), 1)
    assert.deepEqual(
      (await list()).map(({ count }) => count),
      [10_000],
    )
  })

  test('a flood of many kinds keeps to its app, and says how many were lost', async () => {
    const { refuse, flush, list, lost } = newSink()
    refuse(redirectTo('http://localhost:3000', 'other'))
    for (let n = 0; n < 5_000; n++) refuse(redirectTo(`http://localhost/${n}`))
    await flush()
    for (let n = 0; n < 5_000; n++) refuse(redirectTo(`http://localhost/again/${n}`))
    await flush()
    assert.equal((await list('client')).length, KEPT_OF_ONE)
    assert.equal((await list('other')).length, 1)
    assert.deepEqual(lost, [5_000 - KEPT_OF_ONE, 5_000 - KEPT_OF_ONE])
  })

  test('an org keeps so many, and lets go what was seen longest ago', async () => {
    const { refuse, flush, list, pass } = newSink()
    const apps = KEPT_OF_ORG / KEPT_OF_ONE + 1
    for (let app = 0; app < apps; app++) {
      for (let n = 0; n < KEPT_OF_ONE; n++) refuse(redirectTo(`http://localhost/${n}`, `app-${app}`))
      await flush()
      pass(1_000)
    }
    assert.equal((await list()).length, KEPT_OF_ORG)
    assert.equal((await list('app-0')).length, 0)
  })

  test('what could not be written is counted with what comes next', async () => {
    let isDown = true
    const { refuse, flush, list } = newSink((make, options) =>
      isDown ? Promise.reject(new StoreUnavailable('down')) : opened.db.write(make, options),
    )
    refuse(redirectTo('http://localhost:3000'))
    await assert.rejects(flush())
    isDown = false
    refuse(redirectTo('http://localhost:3000'))
    await flush()
    assert.deepEqual(
      (await list()).map(({ count, id }) => [count, id.length]),
      [[2, 20]],
    )
  })

  test('no secret, and nothing that acts, is written', async () => {
    const { refuse, flush } = newSink()
    refuse(redirectTo('https://a.example.com/cb?code=tulip-garden\0#id_token=tulip-garden', 'x'.repeat(5_000)))
    await flush()
    const rows = await opened.db.read(all(opened.db.system.selectFrom('refused_request').selectAll()))
    assert.ok(!JSON.stringify(rows).includes('tulip-garden'))
    assert.ok(rows.every((row) => JSON.stringify(row).length < 2_000))
  })

  test('what was not seen for long is swept', async () => {
    const { refuse, flush, list, pass, org } = newSink()
    refuse(redirectTo('http://localhost:3000'))
    pass(DAY)
    refuse(redirectTo('http://localhost:3001'))
    await flush()
    assert.equal(await opened.db.write(() => sweepRefused(opened.db.for(org), later(NOON, 1), 500)), 1)
    assert.deepEqual(
      (await list()).map(({ sent }) => sent.value),
      ['http://localhost:3001'],
    )
  })
})
