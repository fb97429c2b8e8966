// PostgreSQL 15 or newer: each unit in a transaction of its own on one pooled client, SERIALIZABLE unless it decides by a single
// statement, and run again where another transaction was in its way.
import type { CompiledQuery } from 'kysely'
import pg from 'pg'
import type { DriverPart, WriteOptions } from './db.ts'
import { MIGRATION_TABLE, pendingMigrations } from './migrate.ts'
import { Conflict, driveAsync, StoreUnavailable, type Unit } from './unit.ts'

export const ATTEMPTS = 6
const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'
const UNIQUE_VIOLATION = '23505'
const INT8 = 20
const NUMERIC = 1700
const STATEMENTS_NAMED = 1_000
const MIGRATION_LOCK = 7_301_991

export interface PostgresOptions {
  readonly url: string
  readonly connections: number
  readonly now: () => number
  readonly scanMilliseconds: number
}

export async function openPostgres(options: PostgresOptions): Promise<DriverPart> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections,
    types: { getTypeParser } as never,
  })
  // Without a listener an idle client's lost connection would end the process; the next query reports it.
  pool.on('error', () => undefined)
  try {
    await migratePostgres(pool, options.now())
    await assertCollation(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  const execute = statementRunner()

  async function attempt<T>(make: () => Unit<T>, isolation: string): Promise<T> {
    const client = await connect(pool)
    try {
      await client.query(`BEGIN ISOLATION LEVEL ${isolation}`)
      const value = await driveAsync(make(), (query) => execute(client, query))
      await client.query('COMMIT')
      client.release()
      return value
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => client.release(),
        (lost: Error) => client.release(lost),
      )
      throw error
    }
  }

  return {
    dialect: 'postgres',
    read: (unit) => driveAsync(unit, (query) => execute(pool, query)),
    async scan(unit) {
      const client = await connect(pool)
      try {
        await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${options.scanMilliseconds}`)
        return await driveAsync(unit, (query) => execute(client, query))
      } finally {
        await client.query('ROLLBACK').then(
          () => client.release(),
          (lost: Error) => client.release(lost),
        )
      }
    },
    async write<T>(make: () => Unit<T>, writeOptions: WriteOptions = {}): Promise<T> {
      const isolation = writeOptions.isolation === 'readCommitted' ? 'READ COMMITTED' : 'SERIALIZABLE'
      for (let run = 1; ; run++) {
        try {
          return await attempt(make, isolation)
        } catch (error) {
          if (!isCollision(error)) throw translate(error)
          if (run === ATTEMPTS) throw new StoreUnavailable('too many writers at once', { cause: error })
        }
      }
    },
    close: () => pool.end(),
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw new StoreUnavailable('the database does not answer', { cause: error })
  }
}

function statementRunner() {
  const names = new Map<string, string>()
  return async (client: pg.Pool | pg.PoolClient, query: CompiledQuery): Promise<readonly unknown[]> => {
    let name = names.get(query.sql)
    // A named statement is planned once per connection; shapes that vary without end (long IN lists) must not pile up there.
    if (name === undefined && names.size < STATEMENTS_NAMED) {
      name = `k${names.size}`
      names.set(query.sql, name)
    }
    const values = query.parameters as unknown[]
    const result = await client.query(
      name === undefined ? { text: query.sql, values } : { name, text: query.sql, values },
    )
    return result.rows
  }
}

/** Numbers as numbers: every integer of ours is below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 || oid === NUMERIC) return Number
  return pg.types.getTypeParser(oid, format as 'text')
}

async function migratePostgres(pool: pg.Pool, now: number): Promise<void> {
  const client = await connect(pool)
  try {
    await client.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`)
    await client.query(MIGRATION_TABLE)
    const applied = await client.query<{ name: string; phase: string }>('SELECT name, phase FROM migration')
    for (const migration of pendingMigrations(applied.rows)) {
      await client.query('BEGIN')
      try {
        for (const statement of migration.up('postgres')) await client.query(statement)
        await client.query('INSERT INTO migration VALUES ($1, $2, $3)', [migration.name, migration.phase, now])
        await client.query('COMMIT')
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      }
    }
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`).catch(() => undefined)
    client.release()
  }
}

/** Order of keys is order of code points everywhere; a column under a language's collation would sort and page differently. */
async function assertCollation(pool: pg.Pool): Promise<void> {
  const wrong = await pool.query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'migration'`,
  )
  const column = wrong.rows[0]
  if (column) throw new Error(`column ${column.table_name}.${column.column_name} must have COLLATE "C"`)
  const version = await pool.query<{ server_version_num: string }>('SHOW server_version_num')
  if (Number(version.rows[0]?.server_version_num) < 150_000) throw new Error('PostgreSQL 15 or newer is needed')
}

const isCollision = (error: unknown): boolean => {
  const code = error instanceof pg.DatabaseError ? error.code : undefined
  return code === SERIALIZATION_FAILURE || code === DEADLOCK
}

function translate(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== UNIQUE_VIOLATION) return error
  const columns = /^Key \((.*?)\)=/.exec(error.detail ?? '')?.[1] ?? ''
  return new Conflict(
    columns.split(', ').map((column) => column.replaceAll('"', '')),
    { cause: error },
  )
}
