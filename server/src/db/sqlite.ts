// SQLite: one connection that writes, in WAL mode with synchronous=FULL. Units queue up; once per turn of the event loop they run in
// one transaction, so that many share one flush, and their promises settle after COMMIT only. No transaction is ever open across
// a turn: every read sees committed rows. Scans and checkpoints happen on the reader thread.
import { statSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { CompiledQuery } from 'kysely'
import type { DriverPart } from './db.ts'
import { MIGRATION_TABLE, pendingMigrations } from './migrate.ts'
import { type Reader, startReader } from './reader-thread.ts'
import { Conflict, drive, driveAsync, StoreUnavailable, type Unit } from './unit.ts'

export const BATCH_UNITS = 256
export const BATCH_MILLISECONDS = 5
const STATEMENTS_KEPT = 1_000
const WAL_BYTES_MAX = 128 * 1024 * 1024
const COMMITS_BETWEEN_WAL_CHECKS = 500
const CHECKPOINT_MILLISECONDS = 1_000

export interface SqliteOptions {
  readonly file: string
  /** The clock of the batch limit and of `migration.applied_at`, in milliseconds. */
  readonly now: () => number
  /** Called when a flush failed: what is on disk is unknown, so the process must stop and recover at its next start. */
  readonly onFatal: (error: Error) => void
  readonly scanMilliseconds: number
}

interface Job {
  run(): () => void
  reject(error: unknown): void
}

export function openSqlite(options: SqliteOptions): DriverPart {
  const connection = new DatabaseSync(options.file, { enableForeignKeyConstraints: true, timeout: 5_000 })
  connection.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000',
  )
  connection.exec('PRAGMA journal_size_limit=16777216')
  migrateSqlite(connection, options.now())

  const execute = statementRunner(connection)
  const queue: Job[] = []
  let scheduled = false
  let closed = false
  let commits = 0
  let reader: Reader | undefined
  let checkpoints: NodeJS.Timeout | undefined

  const openReader = () => (reader ??= startReader(options.file, options.scanMilliseconds))

  function afterCommit(): void {
    commits++
    // The reader thread checkpoints once a second; until something was written there is nothing to do for it.
    checkpoints ??= setInterval(() => openReader().checkpoint(), CHECKPOINT_MILLISECONDS).unref()
    if (commits % COMMITS_BETWEEN_WAL_CHECKS === 0 && walBytes(options.file) > WAL_BYTES_MAX)
      connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  function flush(): void {
    scheduled = false
    const batch: { job: Job; settle: () => void }[] = []
    const started = options.now()
    try {
      connection.exec('BEGIN IMMEDIATE')
    } catch (error) {
      for (const job of queue.splice(0)) job.reject(new StoreUnavailable('the database is locked', { cause: error }))
      return
    }
    while (queue.length > 0 && batch.length < BATCH_UNITS && options.now() - started < BATCH_MILLISECONDS) {
      const job = queue.shift()
      if (!job) break
      connection.exec('SAVEPOINT unit')
      try {
        const settle = job.run()
        connection.exec('RELEASE unit')
        batch.push({ job, settle })
      } catch (error) {
        connection.exec('ROLLBACK TO unit; RELEASE unit')
        batch.push({ job, settle: () => job.reject(translate(error)) })
      }
    }
    try {
      connection.exec('COMMIT')
    } catch (error) {
      failBatch(batch, error)
      return
    }
    afterCommit()
    for (const { settle } of batch) settle()
    if (queue.length > 0) schedule()
  }

  function failBatch(batch: readonly { job: Job }[], error: unknown): void {
    const failure = new StoreUnavailable('the commit failed', { cause: error })
    for (const { job } of batch) job.reject(failure)
    if (isInputOutputError(error)) {
      options.onFatal(failure)
      return
    }
    if (connection.isTransaction) connection.exec('ROLLBACK')
    if (queue.length > 0) schedule()
  }

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    setImmediate(flush)
  }

  return {
    dialect: 'sqlite',
    async read(unit) {
      return drive(unit, execute)
    },
    scan: (unit) => driveAsync(unit, (query) => openReader().query(query)),
    write: <T>(make: () => Unit<T>) =>
      new Promise<T>((resolve, reject) => {
        if (closed) return reject(new StoreUnavailable('the database is closed'))
        const run = () => {
          const value = drive(make(), execute)
          return () => resolve(value)
        }
        queue.push({ run, reject })
        schedule()
      }),
    async close() {
      if (closed) return
      while (queue.length > 0) await new Promise((resolve) => setImmediate(resolve))
      closed = true
      clearInterval(checkpoints)
      await reader?.close()
      connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      connection.close()
    },
  }
}

/** Runs compiled queries on prepared statements that are kept, the least recently used leaving first. */
export function statementRunner(connection: DatabaseSync): (query: CompiledQuery) => readonly unknown[] {
  const kept = new Map<string, StatementSync>()
  return (query) => {
    let statement = kept.get(query.sql)
    if (statement) kept.delete(query.sql)
    else statement = connection.prepare(query.sql)
    kept.set(query.sql, statement)
    if (kept.size > STATEMENTS_KEPT)
      for (const oldest of kept.keys()) return run(statement, query, () => kept.delete(oldest))
    return run(statement, query)
  }
}

function run(statement: StatementSync, query: CompiledQuery, after?: () => void): readonly unknown[] {
  after?.()
  // Rows come with a null prototype; PostgreSQL's are plain objects, and nothing above may tell the two apart.
  return statement.all(...(query.parameters as SQLInputValue[])).map((row) => ({ ...row }))
}

function migrateSqlite(connection: DatabaseSync, now: number): void {
  connection.exec(MIGRATION_TABLE)
  const applied = connection.prepare('SELECT name, phase FROM migration').all()
  const rows = applied.map((row) => ({ name: String(row['name']), phase: String(row['phase']) }))
  for (const migration of pendingMigrations(rows)) {
    connection.exec('PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE')
    try {
      for (const statement of migration.up('sqlite')) connection.exec(statement)
      const broken = connection.prepare('PRAGMA foreign_key_check').all()
      if (broken.length > 0) throw new Error(`migration ${migration.name} breaks ${broken.length} references`)
      connection.prepare('INSERT INTO migration VALUES (?, ?, ?)').run(migration.name, migration.phase, now)
      connection.exec('COMMIT')
    } catch (error) {
      connection.exec('ROLLBACK')
      throw error
    } finally {
      connection.exec('PRAGMA foreign_keys=ON')
    }
  }
}

const SQLITE_CONSTRAINT_PRIMARYKEY = 1555
const SQLITE_CONSTRAINT_UNIQUE = 2067
const SQLITE_IOERR = 10

function translate(error: unknown): unknown {
  const code = errorCode(error)
  if (code !== SQLITE_CONSTRAINT_UNIQUE && code !== SQLITE_CONSTRAINT_PRIMARYKEY) return error
  const columns = /constraint failed: (.*)$/.exec(error instanceof Error ? error.message : '')?.[1] ?? ''
  return new Conflict(
    columns.split(', ').map((column) => column.replace(/^.*\./, '')),
    { cause: error },
  )
}

const isInputOutputError = (error: unknown): boolean => (errorCode(error) ?? 0) % 256 === SQLITE_IOERR

const errorCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined

function walBytes(file: string): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
}
