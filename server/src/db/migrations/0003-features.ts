// The switches of an org's features.
import { type Migration, spell } from './migration.ts'

const STATEMENTS = [
  `CREATE TABLE feature (
    org_id TEXT NOT NULL,
    feature TEXT NOT NULL,
    status TEXT NOT NULL,
    last_updated INTEGER NOT NULL,
    PRIMARY KEY (org_id, feature),
    FOREIGN KEY (org_id) REFERENCES org (id)
  ) STRICT, WITHOUT ROWID`,
]

export const features: Migration = {
  name: '0003-features',
  phase: 'expand',
  up: (dialect) => STATEMENTS.map((statement) => spell(dialect, statement)),
}
