// The org's configuration version inside the engine's statements: what reads a code or a token brings the version along, and what claims
// one compares it, so that whatever was disabled on any node is dead for the very next request.
import { type SqlBool, sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'

const current = (tx: OrgDb) => sql<number>`(select version from org where org.id = ${tx.org})`

/** The version as a column of what is read. */
export const configVersion = (tx: OrgDb) => current(tx).as('config_version')

/** Whether the version is still the one that a request was decided on. */
export const configIs = (tx: OrgDb, version: number) => sql<SqlBool>`${current(tx)} = ${version}`
