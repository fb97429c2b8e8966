// Rows ↔ apps. The rules of an app read it whole, so all but what is looked up by stands in one JSON column.
import type { OrgDb } from '#db/org-db.ts'
import type { AppRow, AppSecretRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import { searchKey } from '#kernel/login-key.ts'
import { type App, type ClientSecret, type IssuerMode, signingKeysOf } from './app.ts'
import { isBuiltIn } from './built-in-app.ts'

const VERSION = 1

type Column = 'id' | 'clientId' | 'name' | 'label' | 'status' | 'created' | 'lastUpdated'
type AppDoc = Omit<App, Column | 'secrets' | 'jwks'>

export function* insertApp(tx: OrgDb, app: App): Unit<void> {
  const { id, clientId, created } = app
  yield* run(tx.insert('app', { id, client_id: clientId, created, ...changeable(app) }))
  for (const secret of app.secrets) yield* insertSecret(tx, id, secret)
}

/** Writes all that can change of an app, but not its secrets. */
export function* updateApp(tx: OrgDb, app: App): Unit<void> {
  yield* run(tx.update('app').set(changeable(app)).where('id', '=', app.id))
}

/** Whether the status was another one. */
export function* setAppStatus(tx: OrgDb, id: string, status: App['status'], now: Instant): Unit<boolean> {
  const update = tx.update('app').set({ status, last_updated: now }).where('id', '=', id).where('status', '!=', status)
  return (yield* first(update.returning('id'))) !== undefined
}

/** Whether an inactive app of the id was there. Its assignments must be gone. */
export function* deleteInactiveApp(tx: OrgDb, id: string): Unit<boolean> {
  const inactive = yield* first(tx.from('app').select('id').where('id', '=', id).where('status', '=', 'INACTIVE'))
  if (!inactive) return false
  yield* run(tx.deleteFrom('app_secret').where('app_id', '=', id))
  yield* run(tx.deleteFrom('app').where('id', '=', id))
  return true
}

export function* selectApp(tx: OrgDb, id: string): Unit<App | undefined> {
  const row = yield* first(tx.from('app').selectAll().where('id', '=', id))
  if (!row) return undefined
  const secrets = yield* all(
    tx.from('app_secret').selectAll().where('app_id', '=', id).orderBy('created').orderBy('id'),
  )
  return toApp(row, secrets)
}

/** Every app of the org with its secrets. */
export function* selectApps(tx: OrgDb): Unit<readonly App[]> {
  const rows = yield* all(tx.from('app').selectAll().orderBy('id'))
  const secrets = Map.groupBy(
    yield* all(tx.from('app_secret').selectAll().orderBy('created').orderBy('id')),
    (secret) => secret.app_id,
  )
  return rows.map((row) => toApp(row, secrets.get(row.id) ?? []))
}

export function* insertSecret(tx: OrgDb, appId: string, secret: ClientSecret): Unit<void> {
  const { id, status, created, lastUpdated, mac, sealed } = secret
  yield* run(tx.insert('app_secret', { id, app_id: appId, status, created, last_updated: lastUpdated, mac, sealed }))
}

export function* setSecretStatus(tx: OrgDb, id: string, status: ClientSecret['status'], now: Instant): Unit<void> {
  yield* run(tx.update('app_secret').set({ status, last_updated: now }).where('id', '=', id))
}

export function* deleteSecret(tx: OrgDb, id: string): Unit<void> {
  yield* run(tx.deleteFrom('app_secret').where('id', '=', id))
}

/** A search key has no capital letters, so that an administrator may give an app the same label. */
const builtInLabelKey = (label: string): string => `BUILT-IN ${label}`

function changeable(app: App) {
  const { id: _, clientId, name, label, status, created, lastUpdated, secrets, jwks, ...doc } = app
  return {
    name,
    label,
    label_key: isBuiltIn(app) ? builtInLabelKey(label) : searchKey(label),
    status,
    last_updated: lastUpdated,
    doc: JSON.stringify({ v: VERSION, ...(doc satisfies AppDoc) }),
  }
}

export function toApp(row: AppRow, secrets: readonly AppSecretRow[]): App {
  const { v: _, ...doc } = JSON.parse(row.doc) as Omit<AppDoc, 'issuerMode'> & Partial<AppDoc> & { v: number }
  return {
    ...doc,
    id: row.id,
    clientId: row.client_id,
    name: row.name,
    label: row.label,
    status: row.status,
    created: instant(row.created),
    lastUpdated: instant(row.last_updated),
    issuerMode: doc.issuerMode ?? formerIssuerMode(doc),
    jwks: signingKeysOf(doc.clientKeys),
    secrets: secrets.map(toSecret),
  }
}

/** Once it stood among what no rule reads. */
const formerIssuerMode = ({ extra }: Pick<AppDoc, 'extra'>): IssuerMode | undefined =>
  (extra.oauthClient as { readonly issuer_mode?: IssuerMode } | undefined)?.issuer_mode

const toSecret = (row: AppSecretRow): ClientSecret => ({
  id: row.id,
  status: row.status,
  created: instant(row.created),
  lastUpdated: instant(row.last_updated),
  mac: row.mac,
  sealed: row.sealed,
})
