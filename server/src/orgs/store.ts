// The only SQL on `org`, `org_host`, `canary` and `node`: the tables that belong to no org.
import type { Db } from '#db/db.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import type { OrgId } from '#kernel/id.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import type { StoredHost } from './org.ts'

export interface OrgRecord {
  readonly id: OrgId
  readonly name: string
  readonly subdomain: string
  readonly created: Instant
  readonly sealedDataKey: string
}

export function* insertOrg(db: Db, org: OrgRecord): Unit<void> {
  yield* run(
    db.system.insertInto('org').values({
      id: org.id,
      name: org.name,
      subdomain: org.subdomain,
      created: org.created,
      version: 1,
      data_key: org.sealedDataKey,
      settings: '{"v":1}',
    }),
  )
}

/** @throws {Conflict} for a host that stands for an org already */
export function* insertHost(db: Db, org: OrgId, host: string, origin: string): Unit<void> {
  yield* run(db.system.insertInto('org_host').values({ host, org_id: org, role: 'canonical', origin }))
}

/** Makes a host the org's canonical one, as which it may have been an alias; false where it is another org's. */
export function* takeHost(db: Db, org: OrgId, host: string, origin: string): Unit<boolean> {
  const taken = yield* first(
    db.system
      .insertInto('org_host')
      .values({ host, org_id: org, role: 'canonical', origin })
      .onConflict((conflict) =>
        conflict.column('host').doUpdateSet({ role: 'canonical', origin }).where('org_host.org_id', '=', org),
      )
      .returning('host'),
  )
  return taken !== undefined
}

export function* findAliases(db: Db, org: OrgId): Unit<readonly { readonly host: string; readonly origin: string }[]> {
  return yield* all(
    db.system
      .selectFrom('org_host')
      .select(['host', 'origin'])
      .where('org_id', '=', org)
      .where('role', '=', 'alias')
      .orderBy('host'),
  )
}

/** Adds an alias; false for a host that is another org's. The canonical host stays what it is. */
export function* takeAlias(db: Db, org: OrgId, host: string, origin: string): Unit<boolean> {
  yield* run(
    db.system
      .insertInto('org_host')
      .values({ host, org_id: org, role: 'alias', origin })
      .onConflict((conflict) =>
        conflict
          .column('host')
          .doUpdateSet({ origin })
          .where('org_host.org_id', '=', org)
          .where('org_host.role', '=', 'alias'),
      ),
  )
  const owner = yield* first(db.system.selectFrom('org_host').select('org_id').where('host', '=', host))
  return owner?.org_id === org
}

export function* removeHost(db: Db, org: OrgId, host: string): Unit<void> {
  yield* run(db.system.deleteFrom('org_host').where('host', '=', host).where('org_id', '=', org))
}

export function* findOrg(
  db: Db,
  id: OrgId,
): Unit<(OrgRecord & { readonly version: number; readonly url: string }) | undefined> {
  const row = yield* first(
    db.system
      .selectFrom('org')
      .innerJoin('org_host', 'org_host.org_id', 'org.id')
      .select(['org.id', 'name', 'subdomain', 'created', 'version', 'data_key', 'origin'])
      .where('org.id', '=', id)
      .where('role', '=', 'canonical'),
  )
  return (
    row && {
      id: row.id as OrgId,
      name: row.name,
      subdomain: row.subdomain,
      created: instant(row.created),
      sealedDataKey: row.data_key,
      version: row.version,
      url: row.origin,
    }
  )
}

export function* firstOrg(db: Db): Unit<OrgId | undefined> {
  const row = yield* first(db.system.selectFrom('org').select('id').orderBy('id').limit(1))
  return row?.id as OrgId | undefined
}

export function* findHosts(db: Db): Unit<readonly StoredHost[]> {
  const rows = yield* all(
    db.system
      .selectFrom('org_host as h')
      .innerJoin('org_host as c', 'c.org_id', 'h.org_id')
      .select(['h.host', 'h.role', 'h.org_id', 'h.origin', 'c.origin as org_url'])
      .where('c.role', '=', 'canonical'),
  )
  return rows.map(({ host, role, origin, org_id, org_url }) => ({
    ...{ host, role, origin },
    org: org_id as OrgId,
    orgUrl: org_url,
  }))
}

export function* canonicalHost(db: Db, org: OrgId): Unit<string | undefined> {
  const row = yield* first(
    db.system.selectFrom('org_host').select('host').where('org_id', '=', org).where('role', '=', 'canonical'),
  )
  return row?.host
}

export function* readVersion(db: Db, org: OrgId): Unit<number> {
  const row = yield* first(db.system.selectFrom('org').select('version').where('id', '=', org))
  return row?.version ?? 0
}

const ORGS_ASKED = 100

/** In statements of one size, so that their text stays the same. */
export function* readVersions(db: Db, orgs: readonly OrgId[]): Unit<ReadonlyMap<OrgId, number>> {
  const versions = new Map<OrgId, number>()
  for (let from = 0; from < orgs.length; from += ORGS_ASKED) {
    const asked = Array.from({ length: ORGS_ASKED }, (_, n) => orgs[from + n] ?? '')
    for (const { id, version } of yield* all(
      db.system.selectFrom('org').select(['id', 'version']).where('id', 'in', asked),
    ))
      versions.set(id as OrgId, version)
  }
  return versions
}

/** Part of every unit that changes configuration: snapshots elsewhere see that they are old. */
export function* bumpVersion(db: Db, org: OrgId): Unit<void> {
  yield* run(
    db.system
      .updateTable('org')
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .where('id', '=', org),
  )
}

export function* findCanary(db: Db): Unit<string | undefined> {
  const row = yield* first(db.system.selectFrom('canary').select('sealed').where('id', '=', 'root'))
  return row?.sealed
}

/** The canary of the database: of nodes that start together on an empty one, the first one's stays. */
export function* makeCanary(db: Db, sealed: string): Unit<string> {
  yield* run(
    db.system
      .insertInto('canary')
      .values({ id: 'root', sealed })
      .onConflict((conflict) => conflict.column('id').doNothing()),
  )
  return (yield* findCanary(db)) ?? sealed
}

export function* reportNode(db: Db, id: string, version: string, now: Instant): Unit<void> {
  yield* run(
    db.system
      .insertInto('node')
      .values({ id, version, seen_at: now })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ version, seen_at: now })),
  )
}

export function* findOrgIds(db: Db): Unit<readonly OrgId[]> {
  const rows = yield* all(db.system.selectFrom('org').select('id').orderBy('id'))
  return rows.map((row) => row.id as OrgId)
}
