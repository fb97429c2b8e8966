// Databases for tests: a SQLite file in a temporary folder, and a PostgreSQL database of the run's cluster for each test file.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'node:test'
import pg from 'pg'
import { type Db, DIALECTS, type Dialect } from '#db/db.ts'
import { openDb } from '#db/open.ts'

export interface TestDatabase {
  readonly address: string
  remove(): Promise<void>
}

let made = 0

export interface DatabaseOptions {
  /** PostgreSQL only: sorts as people do, where the run's cluster sorts by code point. */
  readonly language?: string
  readonly encoding?: string
}

export async function newDatabase(
  dialect: Dialect,
  { language, encoding }: DatabaseOptions = {},
): Promise<TestDatabase> {
  if (dialect === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'keystead-test-'))
    return {
      address: `sqlite:${join(folder, 'keystead.db')}`,
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    }
  }
  const cluster = process.env.KEYSTEAD_TEST_POSTGRES
  if (!cluster) throw new Error('KEYSTEAD_TEST_POSTGRES is not set: run the tests with `npm test`')
  const name = `t_${process.pid}_${Date.now().toString(36)}_${made++}`
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: cluster })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  const order = language ? ` TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE '${language}'` : ''
  const bytes = encoding ? ` TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C' ENCODING '${encoding}'` : ''
  await admin(`CREATE DATABASE ${name}${order}${bytes}`)
  const url = new URL(cluster)
  url.pathname = `/${name}`
  return { address: url.href, remove: () => admin(`DROP DATABASE ${name} WITH (FORCE)`) }
}

export interface OpenedDb {
  readonly db: Db
  close(): Promise<void>
}

export async function openTestDb(dialect: Dialect): Promise<OpenedDb> {
  const { address, remove } = await newDatabase(dialect)
  const db = await openDb({
    database: address,
    now: Date.now,
    onFatal: (error) => console.error(error),
    connections: 4,
  })
  return {
    db,
    async close() {
      await db.close()
      await remove()
    },
  }
}

/** Runs a suite of a store or a service once for each database. */
export function onEachDatabase(title: string, suite: (dialect: Dialect) => void): void {
  for (const dialect of DIALECTS) describe(`${title} (${dialect})`, () => suite(dialect))
}
