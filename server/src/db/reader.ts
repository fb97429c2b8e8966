// The reader thread: a connection of its own that may only read, and moves the write-ahead log into the database.
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { CompiledQuery } from 'kysely'
import type { ReaderAnswer, ReaderRequest } from './reader-thread.ts'
import { statementRunner } from './sqlite-statements.ts'

const connection = new DatabaseSync((workerData as { file: string }).file, { timeout: 5_000 })
// A connection opened read-only could not checkpoint; this one can do that and change no row.
connection.exec('PRAGMA query_only=ON; PRAGMA cache_size=-8000')
const execute = statementRunner(connection)

function answer({ id, sql, parameters = [] }: ReaderRequest): ReaderAnswer {
  try {
    if (sql !== undefined) return { id, rows: execute({ sql, parameters } as CompiledQuery) }
    connection.exec('PRAGMA wal_checkpoint(PASSIVE)')
    return { id, rows: [] }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { id, error: { name, message } }
  }
}

parentPort?.on('message', (request: ReaderRequest) => parentPort?.postMessage(answer(request)))
