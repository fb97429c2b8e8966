import { assembleDb, type Db } from './db.ts'

export interface DbOptions {
  /** `sqlite:PATH` or `postgres://…`. */
  readonly database: string
  readonly now: () => number
  readonly onFatal: (error: Error) => void
  readonly connections?: number
}

/** A scan that takes longer is ended (spec of the System Log: 30 s). */
const SCAN_MILLISECONDS = 30_000

/** Opens the database that the address names and brings its schema up to date. The driver that isn't used isn't loaded. */
export async function openDb({ database, now, onFatal, connections = 10 }: DbOptions): Promise<Db> {
  if (database.startsWith('sqlite:')) {
    const { openSqlite } = await import('./sqlite.ts')
    const file = database.slice('sqlite:'.length)
    return assembleDb(openSqlite({ file, now, onFatal, scanMilliseconds: SCAN_MILLISECONDS }))
  }
  const { openPostgres } = await import('./postgres.ts')
  return assembleDb(await openPostgres({ url: database, connections, now, scanMilliseconds: SCAN_MILLISECONDS }))
}
