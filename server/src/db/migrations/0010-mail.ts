// Mail: what waits to be sent or was, and the templates that an org wrote itself.
import { type Migration, spell } from './migration.ts'

const STATEMENTS = [
  `CREATE TABLE mail (
    org_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    recipient TEXT,
    user_id TEXT,
    locale TEXT,
    facts TEXT,
    rendered TEXT,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    ended INTEGER,
    fault TEXT,
    PRIMARY KEY (org_id, id)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX mail_due ON mail (org_id, status, run_at)',
  'CREATE INDEX mail_expires ON mail (org_id, status, expires)',
  'CREATE INDEX mail_recipient ON mail (org_id, recipient, id)',
  `CREATE TABLE mail_template (
    org_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    html TEXT NOT NULL,
    text TEXT NOT NULL,
    last_updated INTEGER NOT NULL,
    PRIMARY KEY (org_id, kind, language)
  ) STRICT, WITHOUT ROWID`,
]

export const mail: Migration = {
  name: '0010-mail',
  phase: 'expand',
  up: (dialect) => STATEMENTS.map((statement) => spell(dialect, statement)),
}
