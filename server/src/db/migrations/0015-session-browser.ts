// In which browser a session was begun: people tell their sessions apart by it.
import { type Migration, spell } from './migration.ts'

export const sessionBrowser: Migration = {
  name: '0015-session-browser',
  phase: 'expand',
  up: (dialect) => [spell(dialect, 'ALTER TABLE session ADD COLUMN user_agent TEXT')],
}
