import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { all, first } from '#db/unit.ts'
import { HOUR, later, MINUTE, SECOND } from '#kernel/instant.ts'
import { orgsWithDueMail } from '#orgs/service.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, type Node, startFixture } from '#test/fixture.ts'
import type { MailDoor } from '../deps.ts'
import { deliverDue, LEASE, sweepMails } from './delivery.ts'
import type { MailDraft } from './mail.ts'
import { MailRefused, type OutgoingMail } from './outgoing-mail.ts'
import { mailSender } from './sender.ts'
import { queueMail, sealMail } from './service.ts'
import { claimMail } from './store.ts'

const LINK = 'https://id.example.com/signin/reset-password/secret-token'

onEachDatabase('the outbox', (dialect) => {
  let fixture: Fixture
  let other: Node
  before(async () => {
    fixture = await startFixture({ dialect })
    other = await fixture.newNode()
  })
  after(() => fixture.close())
  beforeEach(async () => {
    const { db } = fixture.deps
    await db.write(function* () {
      yield* all(db.for(fixture.org.id).deleteFrom('mail').returning('id'))
    })
  })

  const draft = (of: Partial<MailDraft> = {}): MailDraft => ({
    kind: 'forgot-password',
    to: 'ada@example.com',
    userId: '00u1',
    locale: undefined,
    facts: { firstName: 'Ada', link: LINK, code: '123456', minutes: '60' },
    expires: later(fixture.deps.now(), HOUR),
    ...of,
  })

  async function queue(of: Partial<MailDraft> = {}): Promise<string> {
    const { db } = fixture.deps
    const mail = sealMail(fixture.deps, fixture.org, draft(of))
    await db.write(() => queueMail(db.for(fixture.org.id), mail))
    return mail.id
  }

  const rowOf = (id: string) => {
    const { db } = fixture.deps
    return db.read(first(db.for(fixture.org.id).from('mail').selectAll().where('id', '=', id)))
  }

  /** A door that does what it is told, and remembers. */
  function doorThat(send: (mail: OutgoingMail, nth: number) => Promise<void>) {
    const sent: OutgoingMail[] = []
    const door: MailDoor = {
      send(mail) {
        sent.push(mail)
        return send(mail, sent.length)
      },
      close: () => undefined,
    }
    return { sent, door }
  }

  const deliver = (mail: MailDoor | undefined, node: Node = fixture) =>
    deliverDue({ ...node.deps, mail }, fixture.org.id)

  const eventsOf = async (id: string) => {
    const { json } = await fixture.request('GET', '/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z')
    return json
      .filter(
        (event: { debugContext: { debugData: { mailId?: string } } }) => event.debugContext.debugData.mailId === id,
      )
      .map((event: { eventType: string; outcome: { result: string; reason?: string } }) => [
        event.eventType,
        event.outcome.result,
        event.outcome.reason ?? null,
      ])
  }

  test('a mail is sent once, its facts are erased, and the System Log says so', async () => {
    const id = await queue()
    assert.ok(!JSON.stringify(await rowOf(id)).includes('123456'))
    const { sent, door } = doorThat(async () => undefined)
    await deliver(door)
    await deliver(door)
    assert.equal(sent.length, 1)
    assert.equal(sent[0]?.to, 'ada@example.com')
    assert.equal(sent[0]?.messageId, `<${id}@first.test>`)
    assert.match(sent[0]?.html ?? '', new RegExp(`id="reset-password-link" href="${LINK}"`))
    const row = await rowOf(id)
    assert.deepEqual([row?.status, row?.facts, row?.rendered, row?.attempts], ['SENT', null, null, 1])
    assert.deepEqual(await eventsOf(id), [['system.email.password_reset.sent_message', 'SUCCESS', null]])
  })

  test('of two nodes that look at the same time each mail is sent by one', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => queue()))
    const { sent, door } = doorThat(async () => undefined)
    await Promise.all([deliver(door), deliver(door, other), deliver(door), deliver(door, other)])
    assert.deepEqual(
      sent.map(({ messageId }) => messageId).toSorted(),
      ids.map((id) => `<${id}@first.test>`).toSorted(),
    )
  })

  test('what a node had claimed when it died is sent again once its lease has ended, and not before', async () => {
    const id = await queue()
    const { db } = fixture.deps
    const tx = db.for(fixture.org.id)
    const claimed = await db.write(() => claimMail(tx, fixture.deps.now(), LEASE))
    assert.equal(claimed?.id, id)
    const { sent, door } = doorThat(async () => undefined)
    fixture.clock.advance(LEASE - 1)
    await deliver(door, other)
    assert.equal(sent.length, 0)
    fixture.clock.advance(1)
    await deliver(door, other)
    assert.equal(sent.length, 1)
    assert.equal((await rowOf(id))?.attempts, 2)
  })

  test('a node that comes back after its lease marks nothing', async () => {
    const id = await queue()
    const slow = doorThat(async () => {
      fixture.clock.advance(LEASE)
      await deliver(doorThat(async () => undefined).door, other)
      throw Object.assign(new Error('late'), { code: 'ETIMEDOUT' })
    })
    await deliver(slow.door)
    const row = await rowOf(id)
    assert.deepEqual([row?.status, row?.attempts], ['SENT', 2])
    assert.equal((await eventsOf(id)).length, 1)
  })

  test('what fails is tried again after 5 s, 30 s, 2 min, 10 min, and fails where the next attempt would be too late', async () => {
    const id = await queue({ expires: later(fixture.deps.now(), 13 * MINUTE) })
    const { sent, door } = doorThat(() => Promise.reject(Object.assign(new Error(LINK), { code: '451' })))
    const waits = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE]
    await deliver(door)
    for (const [n, wait] of waits.entries()) {
      fixture.clock.advance(wait - 1)
      await deliver(door)
      assert.equal(sent.length, n + 1)
      fixture.clock.advance(1)
      await deliver(door)
      assert.equal(sent.length, n + 2)
    }
    const row = await rowOf(id)
    assert.deepEqual([row?.status, row?.facts, row?.fault], ['FAILED', null, '451'])
    assert.equal(new Set(sent.map(({ messageId }) => messageId)).size, 1)
    assert.deepEqual(await eventsOf(id), [['system.email.delivery', 'FAILURE', '451']])
    assert.ok(!JSON.stringify(fixture.logged).includes('secret-token'))
  })

  test('what the server refuses for good fails at once', async () => {
    const id = await queue()
    const { sent, door } = doorThat(() => Promise.reject(new MailRefused('550')))
    await deliver(door)
    fixture.clock.advance(HOUR - 1)
    await deliver(door)
    assert.equal(sent.length, 1)
    assert.equal((await rowOf(id))?.status, 'FAILED')
    assert.deepEqual(await eventsOf(id), [['system.email.delivery', 'FAILURE', '550']])
  })

  test('an expired mail is never sent, and the sweep ends it and later forgets it', async () => {
    const id = await queue({ expires: later(fixture.deps.now(), MINUTE) })
    const { sent, door } = doorThat(async () => undefined)
    fixture.clock.advance(MINUTE)
    await deliver(door)
    assert.equal(sent.length, 0)
    await sweepMails(fixture.deps, fixture.org.id, 500)
    const row = await rowOf(id)
    assert.deepEqual([row?.status, row?.facts], ['EXPIRED', null])
    assert.deepEqual(await eventsOf(id), [['system.email.delivery', 'FAILURE', 'EXPIRED']])
    fixture.clock.advance(8 * 24 * HOUR)
    await sweepMails(fixture.deps, fixture.org.id, 500)
    assert.equal(await rowOf(id), undefined)
  })

  test('what is being sent when it expires is not said to have failed', async () => {
    const id = await queue({ expires: later(fixture.deps.now(), MINUTE) })
    const { door } = doorThat(async () => {
      fixture.clock.advance(MINUTE)
      await sweepMails(fixture.deps, fixture.org.id, 500)
    })
    await deliver(door)
    assert.equal((await rowOf(id))?.status, 'SENT')
    assert.deepEqual(await eventsOf(id), [['system.email.password_reset.sent_message', 'SUCCESS', null]])
  })

  test('a decoy is a row like another, never sent, and nothing tells of it', async () => {
    const [real, decoy] = [await queue(), await queue({ to: undefined })]
    const [a, b] = [await rowOf(real), await rowOf(decoy)]
    assert.deepEqual(Object.keys(a ?? {}), Object.keys(b ?? {}))
    assert.equal(a?.facts?.length, b?.facts?.length)
    const { sent, door } = doorThat(async () => undefined)
    await deliver(door)
    assert.deepEqual(
      sent.map(({ messageId }) => messageId),
      [`<${real}@first.test>`],
    )
    fixture.clock.advance(HOUR)
    await deliver(door)
    await sweepMails(fixture.deps, fixture.org.id, 500)
    assert.equal(sent.length, 1)
    assert.equal(await rowOf(decoy), undefined, 'nobody asks after it')
    assert.deepEqual(await eventsOf(decoy), [])
  })

  test('with neither a server nor the mailbox a mail waits, and is sent once there is one', async () => {
    const id = await queue()
    await deliver(undefined)
    assert.equal((await rowOf(id))?.attempts, 0)
    const { sent, door } = doorThat(async () => undefined)
    await deliver(door)
    assert.equal(sent.length, 1)
  })

  test('what is queued when a node stops is sent by its last look', async () => {
    await Promise.all(Array.from({ length: 7 }, () => queue()))
    const { sent, door } = doorThat(async () => undefined)
    const sender = mailSender({ ...fixture.deps, mail: door })
    sender.start()
    await sender.stop()
    assert.equal(sent.length, 7)
  })

  test('no more is claimed at once than is sent at once, and a node that stops gives that up and puts it back', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => queue()))
    const { promise: closed, reject: close } = Promise.withResolvers<void>()
    closed.catch(() => undefined)
    const { sent, door } = doorThat(() => closed)
    const stuck = { ...door, close: () => close(Object.assign(new Error('closed'), { code: 'ECLOSED' })) }
    const sender = mailSender({ ...fixture.deps, mail: stuck })
    sender.start()
    await sender.stop(2_000)
    assert.equal(sent.length, 3)
    const rows = await Promise.all(ids.map(rowOf))
    assert.deepEqual(rows.map((row) => `${row?.status} ${row?.attempts} ${row?.fault}`).toSorted(), [
      'QUEUED 0 null',
      'QUEUED 0 null',
      ...Array.from({ length: 3 }, () => 'QUEUED 1 ECLOSED'),
    ])
  })

  test('one question finds the orgs with mail that is due, and no others', async () => {
    const { db, now } = fixture.deps
    const dueOrgs = () => orgsWithDueMail(db, now(), 100)
    assert.deepEqual(await dueOrgs(), [])
    await queue({ to: undefined })
    assert.deepEqual(await dueOrgs(), [])
    await queue()
    await queue()
    assert.deepEqual(await dueOrgs(), [fixture.org.id])
    await deliver(doorThat(() => Promise.reject(new Error('away'))).door)
    assert.deepEqual(await dueOrgs(), [])
    fixture.clock.advance(5 * SECOND)
    assert.deepEqual(await dueOrgs(), [fixture.org.id])
    fixture.clock.advance(HOUR)
    assert.deepEqual(await dueOrgs(), [])
  })

  test('a unit that fails leaves no mail, and a fact that is missing is said before it', async () => {
    const { db } = fixture.deps
    const mail = sealMail(fixture.deps, fixture.org, draft())
    const failing = db.write(function* () {
      yield* queueMail(db.for(fixture.org.id), mail)
      throw new Error('no token')
    })
    await assert.rejects(failing, /no token/)
    assert.equal(await rowOf(mail.id), undefined)
    assert.throws(() => sealMail(fixture.deps, fixture.org, draft({ facts: {} })), /needs the fact link/)
  })
})
