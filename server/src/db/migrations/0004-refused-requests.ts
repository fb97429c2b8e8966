// Refused requests, and the index by which people are counted.
import { type Migration, spell } from './migration.ts'

const STATEMENTS = [
  `CREATE TABLE refused_request (
    org_id TEXT NOT NULL,
    id TEXT NOT NULL,
    reason TEXT NOT NULL,
    client_id TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    sent_name TEXT NOT NULL,
    sent_value TEXT NOT NULL,
    whole INTEGER NOT NULL,
    user_id TEXT,
    user_login TEXT,
    count INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    ip TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    PRIMARY KEY (org_id, id)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX refused_request_seen ON refused_request (org_id, last_seen, id)',
  'CREATE INDEX refused_request_client ON refused_request (org_id, client_id, reason, last_seen, id)',
]

export const refusedRequests: Migration = {
  name: '0004-refused-requests',
  phase: 'expand',
  up: (dialect) => STATEMENTS.map((statement) => spell(dialect, statement)),
}
