// Refused requests are kept by app and reason: so they are looked for.
import { type Migration, spell } from './migration.ts'

const STATEMENTS = [
  'DROP INDEX refused_request_client',
  'CREATE INDEX refused_request_client ON refused_request (org_id, client_id, reason, last_seen, id)',
]

export const refusedRequestsByReason: Migration = {
  name: '0005-refused-requests-by-reason',
  phase: 'expand',
  up: (dialect) => STATEMENTS.map((statement) => spell(dialect, statement)),
}
