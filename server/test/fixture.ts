// A whole server for a test: its own database, a clock that the test moves, an org with its administrator, and requests through
// `inject`. Further orgs cost milliseconds.

import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import type { Dialect } from '#db/db.ts'
import { openDb } from '#db/open.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import { randomToken, secretKey } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'
import { type Composed, composeDeps, createWholeOrg } from '../src/compose.ts'
import { readSettings } from '../src/config.ts'
import { buildServer } from '../src/server.ts'
import { newDatabase } from './databases.ts'

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
  readonly raw?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: Readonly<Record<string, string>>
  /** The org spoken to; the first when left out. */
  readonly org?: TestOrg
}

export interface TestAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  /** The body as JSON; undefined where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
  readonly json: any
  /** Cookies that were set: name → value. */
  readonly cookies: Readonly<Record<string, string>>
}

export interface Fixture extends TestOrg {
  readonly deps: Composed
  readonly server: FastifyInstance
  readonly clock: { now(): Instant; advance(milliseconds: number): void }
  request(method: string, path: string, options?: RequestOptions): Promise<TestAnswer>
  newOrg(subdomain: string): Promise<TestOrg>
  close(): Promise<void>
}

export interface FixtureOptions {
  readonly dialect?: Dialect
  readonly env?: Readonly<Record<string, string>>
}

const START = Date.UTC(2026, 0, 15, 12, 0, 0)

export async function startFixture({ dialect = 'sqlite', env = {} }: FixtureOptions = {}): Promise<Fixture> {
  const database = await newDatabase(dialect)
  let time = START
  const now = () => instant(time)
  const secret = randomBytes(32).toString('base64url')
  const settings = readSettings({
    KEYSTEAD_URL: 'http://first.test',
    KEYSTEAD_DATABASE: database.address,
    KEYSTEAD_SECRET: secret,
    KEYSTEAD_RATE_LIMITS: 'off',
    ...env,
  })
  const db = await openDb({ database: database.address, now, onFatal: (error) => console.error(error), connections: 4 })
  const silent = {
    info: () => undefined,
    warn: () => undefined,
    error: (facts: object, message: string) => console.error(message, facts),
  }
  const rootKeys = settings.secrets ?? [secretKey(randomBytes(32))]
  const deps = composeDeps({ settings, db, now, random: randomBytes, rootKeys, log: silent, keysAhead: 0 })
  const recordFile = process.env['KEYSTEAD_RECORD_EXCHANGES']
  const server = await buildServer(
    deps,
    recordFile ? { recordExchange: (exchange) => appendFileSync(recordFile, `${JSON.stringify(exchange)}\n`) } : {},
  )

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

  async function request(method: string, path: string, options: RequestOptions = {}): Promise<TestAnswer> {
    const target = options.org ?? first
    const token = options.token === undefined ? target.admin.apiToken : options.token
    const cookies = Object.entries(options.cookies ?? {}).map(([name, value]) => `${name}=${value}`)
    const answer = await server.inject({
      method: method as 'GET',
      url: path,
      headers: {
        host: new URL(target.org.url).host,
        ...(token === null ? {} : { authorization: `SSWS ${token}` }),
        ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
        ...options.headers,
      },
      ...(bodyOf(options) === undefined ? {} : { payload: bodyOf(options) as string }),
    })
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.payload,
      json: parse(answer.payload),
      cookies: Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value])),
    }
  }

  return {
    ...first,
    deps,
    server,
    clock: {
      now,
      advance: (milliseconds) => {
        time += milliseconds
      },
    },
    request,
    newOrg,
    async close() {
      await deps.events.flush()
      await server.close()
      await deps.hasher.close()
      await db.close()
      await database.remove()
    },
  }
}

function bodyOf(options: RequestOptions): string | undefined {
  if (options.json !== undefined) return JSON.stringify(options.json)
  if (typeof options.form === 'string') return options.form
  if (options.form !== undefined) return new URLSearchParams(options.form).toString()
  return options.raw
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
