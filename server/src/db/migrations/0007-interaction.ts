// Sign-ins that are under way: a row from the first proof on. And the browsers in which a second factor need not be proved again.
import { type Migration, spell } from './migration.ts'

const STATEMENTS = [
  `CREATE TABLE interaction (
    org_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    user_id TEXT NOT NULL,
    face TEXT NOT NULL,
    browser_hash TEXT,
    continuation TEXT NOT NULL,
    standing TEXT NOT NULL,
    generation INTEGER NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (org_id, token_hash)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX interaction_user ON interaction (org_id, user_id)',
  'CREATE INDEX interaction_expires ON interaction (org_id, expires)',
  `CREATE TABLE remembered_device (
    org_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    device_hash TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (org_id, user_id, device_hash)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX remembered_device_expires ON remembered_device (org_id, expires)',
]

export const interactions: Migration = {
  name: '0007-interaction',
  phase: 'expand',
  up: (dialect) => STATEMENTS.map((statement) => spell(dialect, statement)),
}
