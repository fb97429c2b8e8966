// The logos of apps.
import { type Migration, spell } from './migration.ts'

const STATEMENTS = [
  `CREATE TABLE app_logo (
    org_id TEXT NOT NULL,
    app_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    type TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (org_id, app_id),
    FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id)
  ) STRICT`,
  'CREATE INDEX app_logo_hash ON app_logo (org_id, hash)',
]

export const appLogo: Migration = {
  name: '0006-app-logo',
  phase: 'expand',
  up: (dialect) => STATEMENTS.map((statement) => spell(dialect, statement)),
}
