// How often an answer was tried with a link.
import { type Migration, spell } from './migration.ts'

export const recovery: Migration = {
  name: '0011-recovery',
  phase: 'expand',
  up: (dialect) => [spell(dialect, 'ALTER TABLE one_time_token ADD COLUMN tries INTEGER NOT NULL DEFAULT 0')],
}
