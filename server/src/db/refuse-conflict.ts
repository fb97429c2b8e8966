// A violated unique key as a refusal. Never inside a unit: on PostgreSQL nothing more can be asked there.
import type { Refusal } from '#kernel/refusal.ts'
import { Conflict } from './unit.ts'

/** The outcome of a change. A unique key in its way becomes what `refusalOf` makes of the key's columns; undefined leaves the conflict. */
export async function refuseConflict<T>(
  change: Promise<T>,
  refusalOf: (columns: readonly string[]) => Refusal | undefined,
): Promise<T> {
  try {
    return await change
  } catch (error) {
    throw (error instanceof Conflict ? refusalOf(error.columns) : undefined) ?? error
  }
}
