// Who used a refresh token when it was rotated: a replay is told with both of its uses.
import { type Migration, spell } from './migration.ts'

const STATEMENTS = [
  'ALTER TABLE refresh_token ADD COLUMN rotated_ip TEXT',
  'ALTER TABLE refresh_token ADD COLUMN rotated_agent TEXT',
]

export const rotationClient: Migration = {
  name: '0012-rotation-client',
  phase: 'expand',
  up: (dialect) => STATEMENTS.map((statement) => spell(dialect, statement)),
}
