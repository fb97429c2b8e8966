// The reader thread: a connection of its own that may only read, and moves the write-ahead log into the database.
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { CompiledQuery } from 'kysely'
import type { ReaderAnswer, ReaderRequest } from './reader-thread.ts'
import { statementRunner } from './sqlite.ts'

const connection = new DatabaseSync((workerData as { file: string }).file, { timeout: 5_000 })
// A connection opened read-only could not checkpoint; this one can do that and change no row.
connection.exec('PRAGMA query_only=ON; PRAGMA cache_size=-8000')
const execute = statementRunner(connection)

function answer(request: ReaderRequest): ReaderAnswer {
  try {
    if (request.sql === undefined) {
      connection.exec('PRAGMA wal_checkpoint(PASSIVE)')
      return { id: request.id, rows: [] }
    }
    return {
      id: request.id,
      rows: execute({ sql: request.sql, parameters: request.parameters ?? [] } as CompiledQuery),
    }
  } catch (error) {
    return { id: request.id, error: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (request: ReaderRequest) => parentPort?.postMessage(answer(request)))
