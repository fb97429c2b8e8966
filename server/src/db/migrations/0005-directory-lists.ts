// An index for lists of people by their state: few are locked out among a hundred thousand.
import { type Migration, spell } from './migration.ts'

export const directoryLists: Migration = {
  name: '0005-directory-lists',
  phase: 'expand',
  up: (dialect) => [spell(dialect, 'CREATE INDEX user_status ON "user" (org_id, status, id)')],
}
