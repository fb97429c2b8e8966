// A unit of work: a generator that yields compiled queries and is handed their rows. It can do nothing else, so it may be run
// again, in a batch with others (SQLite) or in a transaction of its own (PostgreSQL). Nothing async can stand inside.
import type { CompiledQuery } from 'kysely'

export type Row = Readonly<Record<string, unknown>>
export type Unit<T> = Generator<CompiledQuery, T, readonly unknown[]>

interface Query<O> {
  compile(): CompiledQuery<O>
}

export function* all<O>(query: Query<O>): Unit<O[]> {
  return (yield query.compile()) as O[]
}

export function* first<O>(query: Query<O>): Unit<O | undefined> {
  return (yield query.compile())[0] as O | undefined
}

/** For statements whose outcome nobody needs; one that decides something uses RETURNING and `first`. */
export function* run(query: Query<unknown>): Unit<void> {
  yield query.compile()
}

/** Runs a unit against something that answers at once (SQLite). */
export function drive<T>(unit: Unit<T>, execute: (query: CompiledQuery) => readonly unknown[]): T {
  let step = unit.next()
  while (!step.done) step = unit.next(execute(step.value))
  return step.value
}

/** Runs a unit against something that answers later (PostgreSQL, the reader thread). */
export async function driveAsync<T>(
  unit: Unit<T>,
  execute: (query: CompiledQuery) => Promise<readonly unknown[]>,
): Promise<T> {
  let step = unit.next()
  while (!step.done) step = unit.next(await execute(step.value))
  return step.value
}

/** A unique key was violated. Thrown by both drivers in the same form. */
export class Conflict extends Error {
  readonly columns: readonly string[]

  constructor(columns: readonly string[], options?: ErrorOptions) {
    super(`unique key violated: ${columns.join(', ')}`, options)
    this.name = 'Conflict'
    this.columns = columns
  }
}

/** The store can't take the work now (full disk, lost connection, too many re-runs): nothing was changed. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreUnavailable'
  }
}
