// PostgreSQL 15 or newer: each unit in a transaction of its own on one pooled client, SERIALIZABLE unless it decides by a single
// statement, and run again where another transaction was in its way.
import pg from 'pg'
import type { DriverPart, WriteOptions } from './db.ts'
import { MIGRATION_TABLE, pendingMigrations } from './migrate.ts'
import type { Migration } from './migrations/migration.ts'
import { ask, type Execute, executeUnnamed, getTypeParser, isPassing, namedStatements } from './postgres-statements.ts'
import { takeTurns } from './turns.ts'
import { driveAsync, StoreUnavailable, type Unit } from './unit.ts'

const ATTEMPTS = 6
const SCAN_CONNECTIONS = 2
/** To make a connection; waiting for one is a matter of turns. */
const CONNECT_MILLISECONDS = 5_000
const WAITING_MOST = 2_000
const STALLED_SECONDS = 10
const VERSION_MIN = 150_000
const MIGRATION_LOCK = 7_301_991

// A unit that met another runs again alone: without that, of many writers of one row some would lose every time, and who writes many
// rows would lose to those who write one each. So whoever writes takes the lock, the hot paths too. It comes before the first look, so
// it is a table's; `migration` is one that no unit touches.
const SHARED = 'LOCK TABLE migration IN ROW SHARE MODE'
const BEGIN = {
  readCommitted: `BEGIN ISOLATION LEVEL READ COMMITTED; ${SHARED}`,
  serializable: `BEGIN ISOLATION LEVEL SERIALIZABLE; ${SHARED}`,
  alone: 'BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE migration IN EXCLUSIVE MODE',
} as const

export interface PostgresOptions {
  readonly url: string
  /** For units; scans have a few of their own, so that lists never keep tokens waiting. */
  readonly connections: number
  /** The clock of `migration.applied_at`, in milliseconds. */
  readonly now: () => number
  readonly scanMilliseconds: number
  /** Those of this release, where a test asks for no others. */
  readonly migrations?: readonly Migration[]
}

export async function openPostgres(options: PostgresOptions): Promise<DriverPart> {
  const pool = openPool(options.url, options.connections)
  try {
    await assertServer(pool)
    await migrate(pool, options.now(), options.migrations)
    await assertCollation(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  const scanPool = openPool(options.url, SCAN_CONNECTIONS)
  const beginScan = `BEGIN READ ONLY; SET LOCAL statement_timeout = ${options.scanMilliseconds}`
  const execute = namedStatements()
  const inTurn = takeTurns({
    most: options.connections,
    waitingMost: WAITING_MOST,
    stalledSeconds: STALLED_SECONDS,
  })
  const running = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  async function write<T>(make: () => Unit<T>, { isolation = 'serializable' }: WriteOptions): Promise<T> {
    const attempt = (begin: keyof typeof BEGIN) =>
      inTurn(() => onClient(pool, (client) => inTransaction(client, BEGIN[begin], execute, make())))
    let begin: keyof typeof BEGIN = isolation
    for (let run = 1; ; run++) {
      try {
        return await attempt(begin)
      } catch (error) {
        if (!isPassing(error)) throw error
        if (run === ATTEMPTS) throw new StoreUnavailable('too many writers at once', { cause: error })
        if (begin === 'serializable') begin = 'alone'
      }
    }
  }

  async function read<T>(unit: Unit<T>): Promise<T> {
    return driveAsync(unit, (query) => {
      const once = () => inTurn(() => execute(pool, query))
      return once().catch((error: unknown) => {
        if (isPassing(error)) return once()
        throw error
      })
    })
  }

  /** The pool forgets whoever waits when it ends. */
  function track<T>(work: () => Promise<T>): Promise<T> {
    if (closing) return Promise.reject(new StoreUnavailable('the database is closed'))
    const tracked = work().finally(() => running.delete(tracked))
    running.add(tracked)
    return tracked
  }

  async function close(): Promise<void> {
    await Promise.allSettled(running)
    await Promise.all([pool.end(), scanPool.end()])
  }

  return {
    dialect: 'postgres',
    read: (unit) => track(() => read(unit)),
    scan: (unit) => track(() => onClient(scanPool, (client) => inTransaction(client, beginScan, executeUnnamed, unit))),
    write: (make, writeOptions = {}) => track(() => write(make, writeOptions)),
    close: () => (closing ??= close()),
  }
}

function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    keepAlive: true,
    types: { getTypeParser } as never,
  })
  // Without listeners a lost connection, idle or lent, would end the process; the next query on it reports it.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw new StoreUnavailable('the database does not answer', { cause: error })
  }
}

/** Lends a client; one that is lost, or perhaps still inside of a transaction, does not come back. */
async function onClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await connect(pool)
  try {
    const value = await work(client)
    client.release()
    return value
  } catch (error) {
    await ask(client, 'ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    )
    throw error
  }
}

async function inTransaction<T>(client: pg.PoolClient, begin: string, execute: Execute, unit: Unit<T>): Promise<T> {
  await ask(client, begin)
  const value = await driveAsync(unit, (query) => execute(client, query))
  await ask(client, 'COMMIT')
  return value
}

async function assertServer(pool: pg.Pool): Promise<void> {
  const [found] = (await ask(
    pool,
    `SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding`,
  )) as { version: string; encoding: string }[]
  if (Number(found?.version) < VERSION_MIN) throw new Error('PostgreSQL 15 or newer is needed')
  if (found?.encoding !== 'UTF8') throw new Error(`the database must be encoded in UTF8, not in ${found?.encoding}`)
}

/** Of several nodes that start together one migrates; the others wait for it and find it done. */
async function migrate(pool: pg.Pool, now: number, migrations: readonly Migration[] | undefined): Promise<void> {
  const client = await connect(pool)
  try {
    await client.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`)
    await client.query(MIGRATION_TABLE)
    const applied = await client.query<{ name: string; phase: string }>('SELECT name, phase FROM migration')
    for (const migration of pendingMigrations(applied.rows, migrations)) {
      await client.query('BEGIN')
      for (const statement of migration.up('postgres')) await client.query(statement)
      await client.query('INSERT INTO migration VALUES ($1, $2, $3)', [migration.name, migration.phase, now])
      await client.query('COMMIT')
    }
  } finally {
    // The connection goes, and with it the lock and what was not committed.
    client.release(true)
  }
}

/** Order of keys is order of code points everywhere; a column under a language's collation would sort and page differently. */
async function assertCollation(pool: pg.Pool): Promise<void> {
  const [column] = (await ask(
    pool,
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'migration'`,
  )) as { table_name: string; column_name: string }[]
  if (column) throw new Error(`column ${column.table_name}.${column.column_name} must have COLLATE "C"`)
}
