import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, describe, test } from 'node:test'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { HOUR, later } from '#kernel/instant.ts'
import { startFixture } from '#test/fixture.ts'
import type { MailDoor } from '../deps.ts'
import { deliverDue } from './delivery.ts'
import { MailRefused, type OutgoingMail } from './outgoing-mail.ts'
import { queueMail, sealMail } from './service.ts'
import { smtpDoor } from './smtp.ts'
import type { SmtpServer } from './smtp-server.ts'

const PASSWORD = 'Relay-Password-9'
const MAIL: OutgoingMail = {
  from: 'Keystead <no-reply@id.example.com>',
  to: 'ada@example.com',
  subject: 'Grüße',
  html: '<p>Hällo</p>',
  text: 'Hällo',
  messageId: '<eml1@id.example.com>',
}

interface Received {
  readonly to: readonly string[]
  readonly source: string
  readonly user: unknown
  readonly secure: boolean
}

const closers: (() => Promise<unknown>)[] = []
after(async () => {
  for (const close of closers.toReversed()) await close()
})

/** A real server that takes mail, but for what the options refuse. */
async function startServer(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        received.push({ to, source: Buffer.concat(chunks).toString(), user: session.user, secure: session.secure })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const address = server.server.address()
  assert.ok(typeof address === 'object' && address)
  return { port: address.port, received }
}

function doorTo(port: number, of: Partial<SmtpServer> = {}): MailDoor {
  const door = smtpDoor({ host: '127.0.0.1', port, tls: 'offered', user: undefined, password: undefined, ...of })
  closers.push(async () => door.close())
  return door
}

/** What the door throws: its code, and whether it is for good. */
async function fault(sending: Promise<void>): Promise<readonly [code: string, final: boolean]> {
  const error: unknown = await sending.then(
    () => assert.fail('it was sent'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof Error && 'code' in error)
  return [String(error.code), error instanceof MailRefused]
}

const refusal = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })

describe('the door to a mail server', () => {
  test('sends both texts to one recipient, under the Message-ID that it was given', async () => {
    const { port, received } = await startServer()
    await doorTo(port).send(MAIL)
    const [mail] = received
    assert.deepEqual(mail?.to, ['ada@example.com'])
    assert.match(mail.source, /^Message-ID: <eml1@id\.example\.com>\r$/im)
    assert.match(mail.source, /^Auto-Submitted: auto-generated\r$/m)
    assert.match(mail.source, /^From: Keystead <no-reply@id\.example\.com>\r$/m)
    assert.match(mail.source, /^Content-Type: text\/plain; charset=utf-8\r$/m)
    assert.match(mail.source, /^Content-Type: text\/html; charset=utf-8\r$/m)
  })

  test('signs in where it has a name, and a wrong password is the operator’s to mend: the mail can wait', async () => {
    const { port, received } = await startServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        if (username === 'relay' && password === PASSWORD) done(null, { user: username })
        else done(refusal(535, `no ${String(password)}`))
      },
    })
    await doorTo(port, { user: 'relay', password: PASSWORD }).send(MAIL)
    assert.equal(received[0]?.user, 'relay')
    assert.deepEqual(await fault(doorTo(port, { user: 'relay', password: 'wrong' }).send(MAIL)), ['535', false])
  })

  test('takes no certificate that nobody vouches for, by smtps or STARTTLS, and sends nothing in the clear instead', async () => {
    const implicit = await startServer({ secure: true })
    const offered = await startServer({ disabledCommands: [] })
    const none = await startServer({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(null, { user: 'relay' }),
    })
    assert.equal((await fault(doorTo(implicit.port, { tls: 'implicit' }).send(MAIL)))[1], false)
    assert.equal((await fault(doorTo(offered.port).send(MAIL)))[1], false)
    const required = doorTo(none.port, { tls: 'required', user: 'relay', password: PASSWORD })
    assert.equal((await fault(required.send(MAIL)))[1], false)
    assert.deepEqual([implicit.received, offered.received, none.received], [[], [], []])
  })

  test('tears off what takes too long: a mail that is said to have failed never arrives', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const { promise: torn, resolve: tear } = Promise.withResolvers<void>()
    const { port, received } = await startServer({
      onMailFrom: () => begin(),
      onClose: () => tear(),
    })
    const door = smtpDoor({ host: '127.0.0.1', port, tls: 'offered', user: undefined, password: undefined }, 2_000)
    const failing = fault(door.send(MAIL))
    await begun
    assert.deepEqual(await failing, ['ETIMEDOUT', false])
    await torn
    assert.deepEqual(received, [])
  })

  test('holds no connection between mails, and gives up what is under way when it is closed', async () => {
    const ended: (() => void)[] = []
    const isEnded = () => new Promise<void>((resolve) => ended.push(resolve))
    const first = isEnded()
    const second = isEnded()
    let isSlow = false
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const { port, received } = await startServer({
      onMailFrom: (_address, _session, done) => (isSlow ? begin() : done()),
      onClose: () => ended.shift()?.(),
    })
    const door = doorTo(port)
    await door.send(MAIL)
    await first
    isSlow = true
    const failing = fault(door.send(MAIL))
    await begun
    door.close()
    assert.deepEqual(await failing, ['ECLOSED', false])
    await second
    assert.equal(received.length, 1)
    assert.deepEqual(await fault(door.send(MAIL)), ['ECLOSED', false])
  })

  test('knows what is for good from what may pass', async () => {
    const at = (responseCode: number): SMTPServerOptions => ({
      onRcptTo: (_address, _session, done) => done(refusal(responseCode, 'no such ada@example.com')),
    })
    assert.deepEqual(await fault(doorTo((await startServer(at(451))).port).send(MAIL)), ['451', false])
    assert.deepEqual(await fault(doorTo((await startServer(at(550))).port).send(MAIL)), ['550', true])
    const full: SMTPServerOptions = {
      onData(stream, _session, done) {
        stream.resume()
        stream.on('end', () => done(refusal(554, 'spam')))
      },
    }
    assert.deepEqual(await fault(doorTo((await startServer(full)).port).send(MAIL)), ['554', true])
    const free = createServer()
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve))
    const address = free.address()
    await new Promise<void>((resolve) => free.close(() => resolve()))
    assert.ok(typeof address === 'object' && address)
    assert.equal((await fault(doorTo(address.port).send(MAIL)))[1], false)
  })

  test('writes no header, and to nobody, that is hidden in a value', async () => {
    const { port, received } = await startServer()
    const door = doorTo(port)
    await door.send({ ...MAIL, subject: 'Hi\r\nBcc: eve@example.com\r\n\r\n<b>', messageId: '<a@b>\r\nX-Eve: 1' })
    const [head = ''] = received[0]?.source.split('\r\n\r\n') ?? []
    assert.doesNotMatch(head, /^(Bcc|X-Eve):/im)
    assert.deepEqual(received[0]?.to, ['ada@example.com'])
    for (const to of [
      'ada@example.com, eve@example.com',
      'ada@example.com\r\nRCPT TO:<eve@example.com>',
      '<eve@example.com>',
      'Ada <eve@example.com>',
      'ada',
      'ada@exa mple.com',
      '',
    ])
      assert.deepEqual(await fault(door.send({ ...MAIL, to })), ['address', true], to)
    assert.equal(received.length, 1)
  })
})

test('a mail waits for a server that is away, and neither password nor link stands in a log', async () => {
  const fixture = await startFixture()
  try {
    const { deps, org } = fixture
    const mail = sealMail(deps, org, {
      kind: 'forgot-password',
      to: 'ada@example.com',
      userId: undefined,
      locale: undefined,
      facts: { link: 'https://id.example.com/secret-token-1' },
      expires: later(deps.now(), HOUR),
    })
    await deps.db.write(() => queueMail(deps.db.for(org.id), mail))
    let isAway = true
    const { port, received } = await startServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username }, _session, done) =>
        isAway ? done(refusal(454, `${PASSWORD} secret-token-1`)) : done(null, { user: username }),
    })
    const door = doorTo(port, { user: 'relay', password: PASSWORD })
    await deliverDue({ ...deps, mail: door }, org.id)
    assert.equal(received.length, 0)
    isAway = false
    fixture.clock.advance(5_000)
    await deliverDue({ ...deps, mail: door }, org.id)
    assert.equal(received.length, 1)
    const { text } = await fixture.request('GET', '/api/v1/logs?since=2026-01-01T00:00:00Z&limit=1000')
    for (const told of [JSON.stringify(fixture.logged), text])
      assert.ok(
        !told.includes(PASSWORD) && !told.includes('secret-token-1') && told.includes('454') === (told !== text),
      )
  } finally {
    await fixture.close()
  }
})
