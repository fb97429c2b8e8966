// Runs compiled queries on a connection, and names what SQLite complains of. Both threads use it.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { CompiledQuery } from 'kysely'
import { Conflict, checkParameters, StoreUnavailable } from './unit.ts'

const STATEMENTS_KEPT = 1_000

interface Prepared {
  readonly statement: StatementSync
  columns: readonly string[]
}

/** Prepared statements are kept until there are too many: then all go, and those that are still asked for come back. */
export function statementRunner(connection: DatabaseSync): (query: CompiledQuery) => readonly unknown[] {
  const kept = new Map<string, Prepared>()

  function prepare(sql: string): Prepared {
    const statement = connection.prepare(sql)
    // Objects would come without a prototype, which those of PostgreSQL have: nothing above may tell the two apart.
    statement.setReturnArrays(true)
    const prepared = { statement, columns: columnsOf(statement) }
    if (kept.size >= STATEMENTS_KEPT) kept.clear()
    kept.set(sql, prepared)
    return prepared
  }

  return (query) => {
    checkParameters(query)
    const prepared = kept.get(query.sql) ?? prepare(query.sql)
    const rows: readonly unknown[] = prepared.statement.all(...(query.parameters as SQLInputValue[]))
    return rows.map((values) => toRow(prepared, values as readonly unknown[]))
  }
}

const columnsOf = (statement: StatementSync): readonly string[] => statement.columns().map(({ name }) => name)

function toRow(prepared: Prepared, values: readonly unknown[]): Record<string, unknown> {
  // Another process has altered a table, and SQLite prepared the statement anew.
  if (values.length !== prepared.columns.length) prepared.columns = columnsOf(prepared.statement)
  const row: Record<string, unknown> = {}
  prepared.columns.forEach((name, index) => {
    row[name] = values[index]
  })
  return row
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
