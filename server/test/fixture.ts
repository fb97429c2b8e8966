// A whole server for a test: its own database, a clock that the test moves, an org with its administrator, and requests through
// `inject`. Further orgs cost milliseconds.

import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import type { Db, Dialect } from '#db/db.ts'
import { openDb } from '#db/open.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import { randomToken, secretKey } from '#kernel/secret.ts'
import { deliverDue } from '#mail/delivery.ts'
import type { Org } from '#orgs/org.ts'
import { allOrgIds } from '#orgs/service.ts'
import { type Composed, composeDeps, createWholeOrg } from '../src/compose.ts'
import { readSettings } from '../src/config.ts'
import { buildServer } from '../src/server.ts'
import { checkAnswer } from './check-answer.ts'
import { newDatabase } from './databases.ts'
import { type CaughtMail, mailCatcher } from './mail-catcher.ts'
import { bodyOf, headersOf, parseJson } from './request.ts'

export interface TestOrg {
  readonly org: Org
  readonly admin: { readonly login: string; readonly password: string; readonly apiToken: string }
}

export interface RequestOptions {
  /** The API token to send; `null` sends none. The first org's administrator's when left out. */
  readonly token?: string | null
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>> | string | undefined
  /** A raw body with its own content type in `headers`. */
  readonly raw?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: Readonly<Record<string, string>>
  /** The org spoken to; the first when left out. */
  readonly org?: TestOrg
}

export interface TestAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  readonly bytes: Buffer
  /** The body as JSON; undefined where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
  readonly json: any
  /** Cookies that were set: name → value. */
  readonly cookies: Readonly<Record<string, string>>
}

/** One server process, as it were: its own connections, snapshots and listeners. */
export interface Node {
  readonly deps: Composed
  readonly server: FastifyInstance
  request(method: string, path: string, options?: RequestOptions): Promise<TestAnswer>
}

export interface NodeOptions {
  /** Called before each turn at the database that a request takes: meanwhile time may pass, and others may come first. */
  readonly beforeTurn?: () => unknown
}

export interface Fixture extends TestOrg, Node {
  readonly clock: { now(): Instant; advance(milliseconds: number): void }
  /** What was written to the operator's log. */
  readonly logged: readonly { readonly facts: object; readonly message: string }[]
  newOrg(subdomain: string): Promise<TestOrg>
  /** Sends all mail that is due and says what has come since the last call, for one address or for all; oldest first. */
  mails(address?: string): Promise<readonly CaughtMail[]>
  /** Another node on the same database, which sees what the first one changes when it looks. */
  newNode(options?: NodeOptions): Promise<Node>
  close(): Promise<void>
}

export interface FixtureOptions {
  readonly dialect?: Dialect
  readonly env?: Readonly<Record<string, string>>
  /** False: no mail goes out of this server. */
  readonly mails?: boolean
  /** Milliseconds that pass at each look at the clock, as they do in life; none when left out. */
  readonly ticking?: number
  /** The console's built files; none when left out. */
  readonly consoleFolder?: string
}

const START = Date.UTC(2026, 0, 15, 12, 0, 0)

export async function startFixture({
  dialect = 'sqlite',
  env = {},
  mails: hasMail = true,
  ticking = 0,
  consoleFolder,
}: FixtureOptions = {}): Promise<Fixture> {
  const database = await newDatabase(dialect)
  let time = START
  const now = () => {
    time += ticking
    return instant(time)
  }
  const secret = randomBytes(32).toString('base64url')
  const settings = readSettings({
    KEYSTEAD_URL: 'http://first.test',
    KEYSTEAD_DATABASE: database.address,
    KEYSTEAD_SECRET: secret,
    KEYSTEAD_RATE_LIMITS: 'off',
    ...env,
  })
  const logged: { facts: object; message: string }[] = []
  const log = {
    info: (facts: object, message: string) => void logged.push({ facts, message }),
    warn: (facts: object, message: string) => void logged.push({ facts, message }),
    error: (facts: object, message: string) => {
      logged.push({ facts, message })
      console.error(message, facts)
    },
  }
  const rootKeys = settings.secrets ?? [secretKey(randomBytes(32))]
  const recordFile = process.env.KEYSTEAD_RECORD_EXCHANGES
  const catcher = mailCatcher()
  const closers: (() => Promise<unknown>)[] = []

  async function startNode({ beforeTurn }: NodeOptions = {}): Promise<Node> {
    const onFatal = (error: Error) => console.error(error)
    const db = await openDb({ database: database.address, now, onFatal, connections: 4 })
    const mail = settings.mail.mailbox || !hasMail ? undefined : catcher.door
    const deps = composeDeps({ settings, db, now, random: randomBytes, rootKeys, log, keysAhead: 0, mail })
    const server = await buildServer(beforeTurn ? { ...deps, db: keptWaiting(db, beforeTurn) } : deps, {
      ...(consoleFolder === undefined ? {} : { consoleFolder }),
      checkAnswer,
      ...(recordFile
        ? { recordExchange: (exchange) => appendFileSync(recordFile, `${JSON.stringify(exchange)}\n`) }
        : {}),
    })
    closers.push(async () => {
      await deps.events.flush()
      await deps.refusedRequests.flush()
      await server.close()
      await deps.hasher.close()
      await db.close()
    })
    return { deps, server, request: (method, path, options) => ask(server, method, path, options) }
  }

  const node = await startNode()
  const { deps } = node

  async function newOrg(subdomain: string): Promise<TestOrg> {
    const admin = {
      login: `admin@${subdomain}.test`,
      password: `Pass-${subdomain}-1`,
      apiToken: randomToken(randomBytes, 30),
    }
    const org = await createWholeOrg(
      deps,
      { name: `The ${subdomain} org`, subdomain, url: `http://${subdomain}.test` },
      admin,
    )
    // The list of hosts is looked at again once a second at most.
    time += 1_000
    return { org, admin }
  }

  const first = await newOrg('first')

  async function ask(
    server: FastifyInstance,
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<TestAnswer> {
    const target = options.org ?? first
    const answer = await server.inject({
      method: method as 'GET',
      url: path,
      headers: headersOf(options, new URL(target.org.url).host, target.admin.apiToken),
      ...(bodyOf(options) === undefined ? {} : { payload: bodyOf(options) as string | Buffer }),
    })
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.payload,
      bytes: answer.rawPayload,
      json: parseJson(answer.payload),
      cookies: Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value])),
    }
  }

  return {
    ...first,
    ...node,
    logged,
    clock: {
      now: () => instant(time),
      advance: (milliseconds) => {
        time += milliseconds
      },
    },
    newOrg,
    async mails(address) {
      for (const org of await allOrgIds(deps.db)) await deliverDue(deps, org)
      return catcher.take(address)
    },
    newNode: startNode,
    async close() {
      for (const close of closers.toReversed()) await close()
      await database.remove()
    },
  }
}

const keptWaiting = (db: Db, beforeTurn: () => unknown): Db => ({
  ...db,
  async read(unit) {
    await beforeTurn()
    return db.read(unit)
  },
  async write(make, options) {
    await beforeTurn()
    return db.write(make, options)
  },
})
