// Factors and what is asked of them.
import { type Migration, spell } from './migration.ts'

const STATEMENTS = [
  `CREATE TABLE user_factor (
    org_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    id TEXT NOT NULL,
    factor_key TEXT NOT NULL,
    slot TEXT NOT NULL,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    last_updated INTEGER NOT NULL,
    profile TEXT NOT NULL,
    rp_id TEXT,
    credential_id TEXT,
    sealed TEXT,
    counter INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    tried_since INTEGER NOT NULL,
    code_sent INTEGER NOT NULL,
    PRIMARY KEY (org_id, user_id, id),
    FOREIGN KEY (org_id, user_id) REFERENCES "user" (org_id, id)
  ) STRICT, WITHOUT ROWID`,
  'CREATE UNIQUE INDEX user_factor_slot ON user_factor (org_id, user_id, slot)',
  'CREATE UNIQUE INDEX user_factor_credential ON user_factor (org_id, credential_id)',
  `CREATE INDEX user_factor_pending ON user_factor (org_id, created) WHERE status = 'PENDING_ACTIVATION'`,
  `CREATE TABLE factor_challenge (
    org_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    target TEXT NOT NULL,
    binding TEXT NOT NULL,
    hash TEXT NOT NULL,
    expires INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (org_id, user_id, target, binding)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX factor_challenge_expires ON factor_challenge (org_id, expires)',
]

export const authenticators: Migration = {
  name: '0011-authenticators',
  phase: 'expand',
  up: (dialect) => STATEMENTS.map((statement) => spell(dialect, statement)),
}
