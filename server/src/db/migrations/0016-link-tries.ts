// Answers are counted by person, not by link.
import type { Migration } from './migration.ts'

export const linkTries: Migration = {
  name: '0016-link-tries',
  phase: 'contract',
  up: () => ['ALTER TABLE one_time_token DROP COLUMN tries'],
}
