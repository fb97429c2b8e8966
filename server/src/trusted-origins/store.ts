// The only SQL on `trusted_origin`.
import type { OrgDb } from '#db/org-db.ts'
import type { TrustedOriginRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import type { OriginKeys, OriginScope, TrustedOrigin, TrustedOriginDraft } from './trusted-origin.ts'

const VERSION = 1

const writeScopes = (scopes: readonly OriginScope[]): string => JSON.stringify({ v: VERSION, list: scopes })

/** Who changed it, and when. */
export interface Stamp {
  readonly by: string
  readonly at: Instant
}

export function* insertTrustedOrigin(tx: OrgDb, origin: TrustedOrigin, keys: OriginKeys): Unit<void> {
  yield* run(
    tx.insert('trusted_origin', {
      id: origin.id,
      name: origin.name,
      name_key: keys.name,
      origin: origin.origin,
      origin_key: keys.origin,
      status: origin.status,
      scopes: writeScopes(origin.scopes),
      created: origin.created,
      created_by: origin.createdBy,
      last_updated: origin.lastUpdated,
      last_updated_by: origin.lastUpdatedBy,
    }),
  )
}

export function* replaceTrustedOriginRow(
  tx: OrgDb,
  id: string,
  draft: TrustedOriginDraft,
  keys: OriginKeys,
  { by, at }: Stamp,
): Unit<TrustedOrigin | undefined> {
  const { name, origin, scopes } = draft
  const row = yield* first(
    tx
      .update('trusted_origin')
      .set({
        name,
        name_key: keys.name,
        origin,
        origin_key: keys.origin,
        scopes: writeScopes(scopes),
        last_updated: at,
        last_updated_by: by,
      })
      .where('id', '=', id)
      .returningAll(),
  )
  return row && toOrigin(row)
}

export function* setStatus(
  tx: OrgDb,
  id: string,
  status: TrustedOrigin['status'],
  { by, at }: Stamp,
): Unit<TrustedOrigin | undefined> {
  const row = yield* first(
    tx
      .update('trusted_origin')
      .set({ status, last_updated: at, last_updated_by: by })
      .where('id', '=', id)
      .returningAll(),
  )
  return row && toOrigin(row)
}

export function* deleteTrustedOriginRow(tx: OrgDb, id: string): Unit<TrustedOrigin | undefined> {
  const row = yield* first(tx.deleteFrom('trusted_origin').where('id', '=', id).returningAll())
  return row && toOrigin(row)
}

export function* findTrustedOrigin(tx: OrgDb, id: string): Unit<TrustedOrigin | undefined> {
  const row = yield* first(tx.from('trusted_origin').selectAll().where('id', '=', id))
  return row && toOrigin(row)
}

/** All of them in the order of creation. */
export function* findTrustedOrigins(tx: OrgDb): Unit<readonly TrustedOrigin[]> {
  const rows = yield* all(tx.from('trusted_origin').selectAll().orderBy('id'))
  return rows.map(toOrigin)
}

function toOrigin(row: TrustedOriginRow): TrustedOrigin {
  const scopes = JSON.parse(row.scopes) as { readonly list: readonly OriginScope[] }
  return {
    id: row.id,
    name: row.name,
    origin: row.origin,
    status: row.status,
    scopes: scopes.list,
    created: instant(row.created),
    createdBy: row.created_by,
    lastUpdated: instant(row.last_updated),
    lastUpdatedBy: row.last_updated_by,
  }
}
