// SQLite: one connection that writes, in WAL mode with synchronous=FULL. Units queue up; in the turn of the event loop in which one of
// them is needed all run in one transaction, so that many share one flush, and their promises settle after COMMIT only. No transaction
// is ever open across a turn: every read sees committed rows. Scans and checkpoints happen on the reader thread.
import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { DriverPart, WriteOptions } from './db.ts'
import { MIGRATION_TABLE, pendingMigrations } from './migrate.ts'
import type { Migration } from './migrations/migration.ts'
import { type Reader, startReader } from './reader-thread.ts'
import { isInputOutputError, statementRunner, translate } from './sqlite-statements.ts'
import { drive, driveAsync, StoreUnavailable, type Unit } from './unit.ts'

const BATCH_UNITS = 256
const BATCH_MILLISECONDS = 5
const LOCK_MILLISECONDS = 5_000
const WAL_BYTES_MAX = 128 * 1024 * 1024
const COMMITS_BETWEEN_WAL_CHECKS = 500
const CHECKPOINT_MILLISECONDS = 1_000

export interface SqliteOptions {
  readonly file: string
  /** The clock of the batch limit and of `migration.applied_at`, in milliseconds. */
  readonly now: () => number
  /** Called once when a flush failed: what is on disk is unknown, so the process must stop and recover at its next start. */
  readonly onFatal: (error: Error) => void
  readonly scanMilliseconds: number
  /** How long a batch waits for another process to finish its own. */
  readonly lockMilliseconds?: number
  /** Those of this release, where a test asks for no others. */
  readonly migrations?: readonly Migration[]
}

interface Job {
  /** Runs the unit in the open transaction; what it answers is to be done once that has been committed. */
  run(): () => void
  reject(error: unknown): void
}

export function openSqlite(options: SqliteOptions): DriverPart {
  const { lockMilliseconds = LOCK_MILLISECONDS } = options
  const connection = connect(options, lockMilliseconds)
  const execute = statementRunner(connection)
  const begin = connection.prepare('BEGIN IMMEDIATE')
  const commit = connection.prepare('COMMIT')
  const savepoint = connection.prepare('SAVEPOINT unit')
  const release = connection.prepare('RELEASE unit')
  const queue: Job[] = []
  let scheduled = false
  let commits = 0
  let reader: Reader | undefined
  let checkpoints: NodeJS.Timeout | undefined
  /** Set once no more work is taken, with the reason. */
  let ended: StoreUnavailable | undefined
  let closing: Promise<void> | undefined

  const openReader = () => (reader ??= startReader(options.file, options.scanMilliseconds))

  function flush(): void {
    scheduled = false
    const taken: Job[] = []
    const settled: (() => void)[] = []
    try {
      begin.run()
    } catch (error) {
      // What waits would meet the same.
      fail(queue.splice(0), error)
      return
    }
    try {
      runBatch(taken, settled)
      commit.run()
    } catch (error) {
      fail(taken, error)
      return
    }
    for (const settle of settled) settle()
    afterCommit()
    if (queue.length > 0) schedule()
  }

  /** Moves units from the queue into the open transaction: at least one, whatever the clock says. */
  function runBatch(taken: Job[], settled: (() => void)[]): void {
    const started = options.now()
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      taken.push(job)
      settled.push(runUnit(job))
      if (taken.length >= BATCH_UNITS || options.now() - started >= BATCH_MILLISECONDS) return
    }
  }

  /** A unit that throws takes back its own changes alone. @throws where the whole transaction is lost, as on a full disk */
  function runUnit(job: Job): () => void {
    try {
      savepoint.run()
      const settle = job.run()
      release.run()
      return settle
    } catch (error) {
      if (!connection.isTransaction || isInputOutputError(error)) throw error
      connection.exec('ROLLBACK TO unit; RELEASE unit')
      return () => job.reject(translate(error))
    }
  }

  function fail(jobs: readonly Job[], error: unknown): void {
    const failure = new StoreUnavailable('the database can not take the work', { cause: error })
    for (const job of jobs) job.reject(failure)
    if (connection.isTransaction) connection.exec('ROLLBACK')
    if (isInputOutputError(error)) stop(failure)
    if (queue.length > 0) schedule()
  }

  /** After a failed flush nothing is read or acknowledged any more: the file tells at the next start what is true. */
  function stop(failure: StoreUnavailable): void {
    ended = failure
    for (const job of queue.splice(0)) job.reject(failure)
    options.onFatal(failure)
  }

  function afterCommit(): void {
    commits++
    // The reader thread checkpoints once a second; until something was written there is nothing to do for it.
    checkpoints ??= setInterval(() => openReader().checkpoint(), CHECKPOINT_MILLISECONDS).unref()
    if (commits % COMMITS_BETWEEN_WAL_CHECKS === 0 && walBytes(options.file) > WAL_BYTES_MAX) truncateWal()
  }

  /** Where the reader thread is in the way this does what it can, without waiting for it, and is called again later. */
  function truncateWal(): void {
    try {
      connection.exec('PRAGMA busy_timeout=0; PRAGMA wal_checkpoint(TRUNCATE)')
    } catch (error) {
      if (isInputOutputError(error)) stop(new StoreUnavailable('the checkpoint failed', { cause: error }))
    } finally {
      connection.exec(`PRAGMA busy_timeout=${lockMilliseconds}`)
    }
  }

  function schedule(): void {
    if (scheduled || queue.length === 0) return
    scheduled = true
    setImmediate(flush)
  }

  async function close(): Promise<void> {
    ended ??= new StoreUnavailable('the database is closed')
    schedule()
    while (queue.length > 0) await new Promise((resolve) => setImmediate(resolve))
    clearInterval(checkpoints)
    await reader?.close()
    truncateWal()
    connection.close()
  }

  return {
    dialect: 'sqlite',
    async read(unit) {
      if (ended) throw ended
      try {
        return drive(unit, execute)
      } catch (error) {
        throw translate(error)
      }
    },
    async scan(unit) {
      if (ended) throw ended
      return driveAsync(unit, (query) => openReader().query(query))
    },
    write: <T>(make: () => Unit<T>, { neededAfter }: WriteOptions = {}) =>
      new Promise<T>((resolve, reject) => {
        if (ended) return reject(ended)
        const run = () => {
          const value = drive(make(), execute)
          return () => resolve(value)
        }
        queue.push({ run, reject })
        if (neededAfter) neededAfter.then(schedule, schedule)
        else schedule()
      }),
    close: () => (closing ??= close()),
  }
}

/** Opens the file and brings its schema up to date. @throws Error saying what is wrong with it */
function connect({ file, now, migrations }: SqliteOptions, timeout: number): DatabaseSync {
  const connection = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout })
  try {
    const mode = connection.prepare('PRAGMA journal_mode=WAL').get()?.journal_mode
    if (mode !== 'wal')
      throw new Error(`the database ${file} must lie on a local disk: it keeps no write-ahead log there`)
    // A checkpoint is the reader thread's: on this connection it would stand in the way of a commit.
    connection.exec('PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=16777216')
    connection.exec('PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000')
    migrate(connection, now(), migrations)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

function migrate(connection: DatabaseSync, now: number, migrations: readonly Migration[] | undefined): void {
  // A table that is built anew drops the old one, whose rows others refer to; the check before COMMIT looks at them all.
  connection.exec('PRAGMA foreign_keys=OFF')
  // Locked from the first look, so that of two processes that start together one migrates and the other finds it done.
  connection.exec(`BEGIN IMMEDIATE; ${MIGRATION_TABLE}`)
  try {
    const applied = connection.prepare('SELECT name, phase FROM migration').all()
    const rows = applied.map((row) => ({ name: String(row.name), phase: String(row.phase) }))
    for (const migration of pendingMigrations(rows, migrations)) {
      for (const statement of migration.up('sqlite')) connection.exec(statement)
      const broken = connection.prepare('PRAGMA foreign_key_check').all()
      if (broken.length > 0) throw new Error(`migration ${migration.name} breaks ${broken.length} references`)
      connection.prepare('INSERT INTO migration VALUES (?, ?, ?)').run(migration.name, migration.phase, now)
    }
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw error
  } finally {
    connection.exec('PRAGMA foreign_keys=ON')
  }
}

function walBytes(file: string): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
}
