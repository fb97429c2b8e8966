// Which migrations a database still needs. The drivers run them, each in one transaction together with its row in `migration`.
import { MIGRATIONS } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'

export const MIGRATION_TABLE =
  'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, phase TEXT NOT NULL, applied_at BIGINT NOT NULL)'

export interface AppliedMigration {
  readonly name: string
  readonly phase: string
}

/**
 * The migrations left to run, in order.
 * @throws Error where a later release has already contracted the schema, so that this one can't read it.
 */
export function pendingMigrations(
  applied: readonly AppliedMigration[],
  known: readonly Migration[] = MIGRATIONS,
): readonly Migration[] {
  const names = new Set(known.map((migration) => migration.name))
  const foreign = applied.find((row) => !names.has(row.name) && row.phase === 'contract')
  if (foreign)
    throw new Error(`the database was changed by a later release (${foreign.name}): start that release or a newer one`)
  const done = new Set(applied.map((row) => row.name))
  return known.filter((migration) => !done.has(migration.name))
}
