// Runs compiled queries on a connection, and names what SQLite complains of. Both threads use it.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { CompiledQuery } from 'kysely'
import { Conflict, checkParameters, StoreUnavailable } from './unit.ts'

const STATEMENTS_KEPT = 1_000

/** Prepared statements are kept, the least recently used leaving first. */
export function statementRunner(connection: DatabaseSync): (query: CompiledQuery) => readonly unknown[] {
  const kept = new Map<string, StatementSync>()

  function prepared(sql: string): StatementSync {
    const statement = kept.get(sql) ?? connection.prepare(sql)
    kept.delete(sql)
    kept.set(sql, statement)
    const [oldest] = kept.size > STATEMENTS_KEPT ? kept.keys() : []
    if (oldest !== undefined) kept.delete(oldest)
    return statement
  }

  return (query) => {
    checkParameters(query)
    const rows = prepared(query.sql).all(...(query.parameters as SQLInputValue[]))
    // Rows come with a null prototype; PostgreSQL's are plain objects, and nothing above may tell the two apart.
    return rows.map((row) => ({ ...row }))
  }
}

const SQLITE_CONSTRAINT_PRIMARYKEY = 1555
const SQLITE_CONSTRAINT_UNIQUE = 2067
const SQLITE_IOERR = 10
/** BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL: the work is sound and the store can't take it. */
const UNAVAILABLE: readonly (number | undefined)[] = [5, 6, 7, 8, SQLITE_IOERR, 13, 14, 15]

/** SQLite's complaint in the words of both databases. */
export function translate(error: unknown): unknown {
  const code = errorCode(error)
  if (code === SQLITE_CONSTRAINT_UNIQUE || code === SQLITE_CONSTRAINT_PRIMARYKEY) {
    const columns = /constraint failed: (.*)$/.exec(error instanceof Error ? error.message : '')?.[1] ?? ''
    return new Conflict(
      columns.split(', ').map((column) => column.replace(/^.*\./, '')),
      { cause: error },
    )
  }
  const isUnavailable = code !== undefined && UNAVAILABLE.includes(code % 256)
  return isUnavailable ? new StoreUnavailable('the database can not take the work', { cause: error }) : error
}

export const isInputOutputError = (error: unknown): boolean => (errorCode(error) ?? 0) % 256 === SQLITE_IOERR

const errorCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined
