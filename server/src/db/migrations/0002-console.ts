// Sessions of the Admin Console, and the console as an app of every org that there is; a fresh org gets it with its seeds.
import { type Migration, spell } from './migration.ts'

/** What `adminConsoleApp` is on the day of this migration. */
const APP = {
  v: 1,
  applicationType: 'web',
  clientAuthentication: 'private_key_jwt',
  pkceRequired: true,
  grantTypes: ['authorization_code'],
  responseTypes: ['code'],
  redirectUris: [],
  wildcardRedirect: 'DISABLED',
  postLogoutRedirectUris: [],
  idpInitiatedLogin: { mode: 'DISABLED', defaultScope: [] },
  consentMethod: 'TRUSTED',
  refreshToken: { rotationType: 'ROTATE', leewaySeconds: 30 },
  clientKeys: [],
  implicitAssignment: true,
  extra: {},
}

const STATEMENTS = [
  `CREATE TABLE console_session (
    org_id TEXT NOT NULL,
    id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    created INTEGER NOT NULL,
    last_active INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    PRIMARY KEY (org_id, id)
  ) STRICT, WITHOUT ROWID`,
  'CREATE UNIQUE INDEX console_session_token ON console_session (org_id, token_hash)',
  'CREATE INDEX console_session_idle ON console_session (org_id, last_active)',
  `INSERT INTO app (org_id, id, client_id, name, label, label_key, status, created, last_updated, doc)
    SELECT id, '0oa' || substr(id, 4), 'keystead:admin-console', 'saasure', 'Admin Console', 'BUILT-IN Admin Console',
      'ACTIVE', created, created, '${JSON.stringify(APP)}'
    FROM org`,
]

export const consoleSessions: Migration = {
  name: '0002-console',
  phase: 'expand',
  up: (dialect) => STATEMENTS.map((statement) => spell(dialect, statement)),
}
