// When the password and a factor of a session were proved, each by itself: of former sessions only the later of both is known.
import { type Migration, spell } from './migration.ts'

const STATEMENTS = [
  'ALTER TABLE session ADD COLUMN password_proved INTEGER',
  'ALTER TABLE session ADD COLUMN factor_proved INTEGER',
]

export const sessionProofs: Migration = {
  name: '0014-session-proofs',
  phase: 'expand',
  up: (dialect) => STATEMENTS.map((statement) => spell(dialect, statement)),
}
