// Everything that the database holds, so that a test can say that nothing has changed.
import assert from 'node:assert/strict'
import type { Db } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import { all } from '#db/unit.ts'

/** Every table; a new one is missed by the compiler, not by the reader. */
const EVERY = {
  org: true,
  org_host: true,
  migration: true,
  canary: true,
  node: true,
  app: true,
  app_secret: true,
  app_logo: true,
  app_user: true,
  app_group: true,
  user: true,
  user_attribute: true,
  user_group: true,
  group_member: true,
  role_assignment: true,
  session: true,
  console_session: true,
  session_participant: true,
  one_time_token: true,
  unknown_login: true,
  api_token: true,
  trusted_origin: true,
  feature: true,
  authorization_server: true,
  authorization_server_scope: true,
  authorization_server_claim: true,
  authorization_server_policy: true,
  authorization_server_rule: true,
  signing_key: true,
  policy: true,
  policy_rule: true,
  oauth_grant: true,
  refresh_token: true,
  authorization_code: true,
  revoked_token: true,
  used_assertion: true,
  consent: true,
  log_event: true,
  refused_request: true,
  interaction: true,
  remembered_device: true,
  mail: true,
  mail_template: true,
} satisfies Record<keyof Tables, true>

export const TABLES = Object.keys(EVERY) as (keyof Tables)[]

/** What remembers that something was refused. */
const MEMORIES: readonly string[] = ['log_event', 'refused_request']

/** The rows of every other table, each as text, in an order of their own. */
async function rowsOf(db: Db): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = TABLES.filter((name) => !MEMORIES.includes(name))
  const rows = await Promise.all(
    tables.map((name) => db.read(all(db.system.selectFrom(name as 'app').selectAll() as never))),
  )
  return Object.fromEntries(tables.map((name, at) => [name, (rows[at] ?? []).map((row) => JSON.stringify(row)).sort()]))
}

/** Runs something that must leave every row as it was; what was refused is the System Log's to remember. */
export async function changingNothing<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const before = await rowsOf(db)
  const result = await work()
  assert.deepEqual(await rowsOf(db), before)
  return result
}
