// What stands in the log at the moment of a question: a reader of the order of persistence waits until it is settled.
import type { Dialect } from '../db.ts'
import type { Migration } from './migration.ts'

const TIP: Record<Dialect, string> = {
  sqlite: 'SELECT coalesce(max(seq), 0) + 1 AS tip FROM log_event',
  postgres: 'SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS tip',
}

export const logTip: Migration = {
  name: '0017-log-tip',
  phase: 'expand',
  up: (dialect) => [`CREATE VIEW log_tip AS ${TIP[dialect]}`],
}
