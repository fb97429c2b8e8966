// The door to the database. `write` takes a unit and settles only when the change is durable; `read` looks rows up by key; `scan`
// is for lists, search and export and runs beside the server's own thread.
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
} from 'kysely'
import type { OrgId } from '#kernel/id.ts'
import { type OrgDb, orgDb } from './org-db.ts'
import { SqliteCompiler } from './sqlite-compiler.ts'
import type { Tables } from './tables.ts'
import { reading, type Unit } from './unit.ts'

export const DIALECTS = ['sqlite', 'postgres'] as const
export type Dialect = (typeof DIALECTS)[number]

export interface WriteOptions {
  /** `readCommitted` for hot paths that decide by one statement; PostgreSQL only, SQLite is serial anyway. */
  readonly isolation?: 'serializable' | 'readCommitted'
  /** What the caller waits for as well: a commit is of no use before it, and meanwhile others join it. SQLite only. */
  readonly neededAfter?: Promise<unknown>
}

export interface Db {
  readonly dialect: Dialect
  /** Compiles queries on tables that belong to no org (`org`, `org_host`, …). Only `db/` and `orgs/` use it. */
  readonly system: Kysely<Tables>
  for(org: OrgId): OrgDb
  /** Runs a unit of SELECTs; each statement sees committed rows only. */
  read<T>(unit: Unit<T>): Promise<T>
  /** As `read`, off the main thread (SQLite) and with a deadline. */
  scan<T>(unit: Unit<T>): Promise<T>
  /** Runs the unit in one transaction and answers after its commit. It may be run more than once. @throws {Conflict} {StoreUnavailable} */
  write<T>(make: () => Unit<T>, options?: WriteOptions): Promise<T>
  close(): Promise<void>
}

/** What a driver file provides; `openDb` adds the compiler and the org scope. */
export type DriverPart = Omit<Db, 'for' | 'system'>

export function assembleDb(part: DriverPart): Db {
  const system = queryCompiler(part.dialect)
  return {
    ...part,
    system,
    for: (org) => orgDb(system, org),
    read: (unit) => part.read(reading(unit)),
    scan: (unit) => part.scan(reading(unit)),
  }
}

/** Kysely as a compiler only: it never holds a connection. */
export function queryCompiler(dialect: Dialect): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect:
      dialect === 'sqlite'
        ? {
            createAdapter: () => new SqliteAdapter(),
            createDriver: () => new DummyDriver(),
            createIntrospector: (db) => new SqliteIntrospector(db),
            createQueryCompiler: () => new SqliteCompiler(),
          }
        : {
            createAdapter: () => new PostgresAdapter(),
            createDriver: () => new DummyDriver(),
            createIntrospector: (db) => new PostgresIntrospector(db),
            createQueryCompiler: () => new PostgresQueryCompiler(),
          },
  })
}
