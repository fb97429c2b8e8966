// What the password policies of people need: the passwords that they had, as hashes, and when a password was last tried.
import { type Migration, spell } from './migration.ts'

export const policies: Migration = {
  name: '0012-policies',
  phase: 'expand',
  up: (dialect) => [
    spell(
      dialect,
      `CREATE TABLE password_history (
    org_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (org_id, user_id, hash),
    FOREIGN KEY (org_id, user_id) REFERENCES "user" (org_id, id)
  ) STRICT, WITHOUT ROWID`,
    ),
    spell(dialect, 'ALTER TABLE "user" ADD COLUMN last_attempt INTEGER NOT NULL DEFAULT 0'),
  ],
}
