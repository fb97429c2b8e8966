// Runs compiled queries on PostgreSQL's connections, and names what the server complains of.
import type { CompiledQuery } from 'kysely'
import pg from 'pg'
import { Conflict, checkParameters, StoreUnavailable } from './unit.ts'

const STATEMENTS_NAMED = 1_000
const BOOL = 16
const INT8 = 20
const NUMERIC = 1700

type Connection = pg.Pool | pg.PoolClient
export type Execute = (connection: Connection, query: CompiledQuery) => Promise<readonly unknown[]>

/** Values as SQLite gives them: every integer of ours is below 2^53, and a truth is 0 or 1. */
export function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 || oid === NUMERIC) return Number
  if (oid === BOOL) return (text: string) => (text === 't' ? 1 : 0)
  return pg.types.getTypeParser(oid, format as 'text')
}

/** Asks the server. @throws {Conflict} {StoreUnavailable}, or the server's own complaint */
export async function ask(connection: Connection, query: string | pg.QueryConfig): Promise<readonly unknown[]> {
  try {
    const { rows } = await connection.query(query)
    return rows
  } catch (error) {
    throw translate(error)
  }
}

/** Each statement once, for what is asked rarely. */
export const executeUnnamed: Execute = (connection, query) => {
  checkParameters(query)
  return ask(connection, { text: query.sql, values: [...query.parameters] })
}

/** Statements get a name, under which a connection plans them once. */
export function namedStatements(): Execute {
  const names = new Map<string, string>()
  let given = 0
  return async (connection, query) => {
    // Shapes that vary without end (long IN lists) must not pile up on the server.
    if (!names.has(query.sql) && names.size < STATEMENTS_NAMED) names.set(query.sql, `k${given++}`)
    const name = names.get(query.sql)
    if (name === undefined) return executeUnnamed(connection, query)
    checkParameters(query)
    try {
      return await ask(connection, { name, text: query.sql, values: [...query.parameters] })
    } catch (error) {
      // Under its next name every connection plans it afresh.
      if (isStalePlan(error)) names.delete(query.sql)
      throw error
    }
  }
}

/** Another transaction was in the way, or a newer node has given a table a column: the same again will do. */
export function isPassing(error: unknown): boolean {
  const code = error instanceof pg.DatabaseError ? error.code : undefined
  return code === SERIALIZATION_FAILURE || code === DEADLOCK || isStalePlan(error)
}

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'
const UNIQUE_VIOLATION = '23505'
const FEATURE_NOT_SUPPORTED = '0A000'
const READ_ONLY = '25006'
/** Connections, resources, cancelled by an operator or a deadline, trouble of the system: the work is sound, the store can't take it. */
const UNAVAILABLE = /^(08|53|57|58)/

const isStalePlan = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === FEATURE_NOT_SUPPORTED && error.routine === 'RevalidateCachedQuery'

function translate(error: unknown): unknown {
  // What the server did not say was said about the way to it.
  if (!(error instanceof pg.DatabaseError)) return unavailable(error)
  const code = error.code ?? ''
  if (code === UNIQUE_VIOLATION) return new Conflict(columnsOf(error), { cause: error })
  return code === READ_ONLY || UNAVAILABLE.test(code) ? unavailable(error) : error
}

const unavailable = (cause: unknown) => new StoreUnavailable('the database can not take the work', { cause })

/** From `Key (org_id, login_key)=(…) already exists.`, in whatever language the server speaks. */
function columnsOf({ detail }: pg.DatabaseError): readonly string[] {
  const columns = /\(([^()]*)\)=\(/.exec(detail ?? '')?.[1] ?? ''
  return columns.split(', ').map((column) => column.replaceAll('"', ''))
}
