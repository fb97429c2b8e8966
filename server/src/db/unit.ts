// A unit of work: a generator that yields compiled queries and is handed their rows. It can do nothing else, so it may be run
// again, in a batch with others (SQLite) or in a transaction of its own (PostgreSQL). Nothing async can stand inside.
import type { CompiledQuery } from 'kysely'

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

/**
 * Holds what a statement binds to what both databases keep alike: text, whole numbers and null.
 * @throws {UnstorableText} for text that one of them would refuse (U+0000) or change (half of a surrogate pair)
 */
export function checkParameters({ parameters }: CompiledQuery): void {
  for (const value of parameters) {
    if (typeof value === 'string') {
      if (value.includes('\0') || !value.isWellFormed()) throw new UnstorableText()
    } else if (value !== null && !Number.isSafeInteger(value)) {
      throw new TypeError(`a statement can't bind ${typeof value === 'number' ? value : typeof value}`)
    }
  }
}

/** A unit that only reads is made of queries alone: what else it yields would run outside of any transaction. */
export function* reading<T>(unit: Unit<T>): Unit<T> {
  let step = unit.next()
  while (!step.done) {
    const { kind } = step.value.query
    if (kind !== 'SelectQueryNode' && kind !== 'RawNode') throw new TypeError(`a unit that reads can't run a ${kind}`)
    step = unit.next(yield step.value)
  }
  return step.value
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

/**
 * The store can't take the work now (full disk, lost connection, too many re-runs). Nothing was changed; of a connection that was lost
 * in the moment of a commit nobody knows.
 */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreUnavailable'
  }
}

/** Text that no database of ours gives back as it came. Nothing was changed. */
export class UnstorableText extends Error {
  constructor() {
    super("text with U+0000 or half of a surrogate pair can't be stored")
    this.name = 'UnstorableText'
  }
}
