// Makes orgs, opens their data keys, and keeps the rule that a change of configuration raises the org's version in its own unit.
import type { Db } from '#db/db.ts'
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { type Caller, personOf } from '#kernel/caller.ts'
import { newId, type OrgId, type RandomBytes } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { open, type SecretKey, seal, secretKey } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import { selectOrgsWithDueMail } from './due-view.ts'
import { type Org, type StoredHost, validSubdomain } from './org.ts'
import {
  bumpVersion,
  canonicalHost,
  findAliases,
  findCanary,
  findHosts,
  findOrg,
  findOrgIds,
  firstOrg,
  insertHost,
  insertOrg,
  makeCanary,
  readVersion,
  readVersions,
  removeHost,
  reportNode,
  takeAlias,
  takeHost,
} from './store.ts'

type Doors = Pick<Deps, 'db' | 'now' | 'random' | 'rootKeys'>

export interface NewOrg {
  readonly name: string
  readonly subdomain: string
  /** The canonical origin, e.g. `http://localhost:8765`. */
  readonly url: string
}

/** What a room puts into a fresh org; run in the org's own unit. */
export interface SeedContext {
  readonly org: Org
  readonly now: Instant
  readonly random: RandomBytes
}
export type Seed = (tx: OrgDb, context: SeedContext) => Unit<void>

/** Makes an org with all that a fresh org holds. @throws Error for a reserved subdomain; {Conflict} for one, or a host, that is taken */
export async function createOrg(deps: Doors, draft: NewOrg, seeds: readonly Seed[]): Promise<Org> {
  if (!validSubdomain(draft.subdomain)) throw new Error(`the subdomain ${draft.subdomain} is reserved or malformed`)
  const now = deps.now()
  const id = newId('org', now, deps.random) as OrgId
  const dataKey = secretKey(deps.random(32))
  const org: Org = {
    id,
    name: draft.name,
    subdomain: draft.subdomain,
    created: now,
    url: draft.url,
    aliases: [],
    dataKey,
  }
  const sealedDataKey = seal(
    firstKey(deps.rootKeys),
    dataKeyPlace(id),
    Buffer.from(dataKey.bytes).toString('base64url'),
    deps.random,
  )
  await deps.db.write(function* () {
    yield* insertOrg(deps.db, { ...draft, id, created: now, sealedDataKey })
    yield* insertHost(deps.db, id, new URL(draft.url).host, draft.url)
    for (const seed of seeds) yield* seed(deps.db.for(id), { org, now, random: deps.random })
  })
  return org
}

/** The org and its version; its data key is opened with the root keys. @throws Error for an unknown org or an unknown root key */
export async function loadOrg(deps: Doors, id: OrgId): Promise<{ org: Org; version: number }> {
  const record = await deps.db.read(findOrg(deps.db, id))
  if (!record) throw new Error(`there is no org ${id}`)
  const bytes = open(deps.rootKeys, dataKeyPlace(id), record.sealedDataKey)
  if (bytes === undefined) throw new Error(`KEYSTEAD_SECRET does not hold the key that org ${id} was sealed with`)
  const { name, subdomain, created, url, version } = record
  const aliases = (await deps.db.read(findAliases(deps.db, id))).map(({ origin }) => origin)
  const dataKey = secretKey(Buffer.from(bytes, 'base64url'))
  return { org: { id, name, subdomain, created, url, aliases, dataKey }, version }
}

export const firstOrgId = (db: Db): Promise<OrgId | undefined> => db.read(firstOrg(db))

export const allOrgIds = (db: Db): Promise<readonly OrgId[]> => db.read(findOrgIds(db))

/** The orgs that have mail to be sent now, those that have waited the longest first. */
export const orgsWithDueMail = (db: Db, now: Instant, most: number): Promise<readonly OrgId[]> =>
  db.scan(selectOrgsWithDueMail(db, now, most))

export const orgVersions = (db: Db, orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, number>> =>
  db.read(readVersions(db, orgs))

export const orgVersion = (db: Db, org: OrgId): Promise<number> => db.read(readVersion(db, org))

/** Every host and what it stands for. */
export const loadHosts = (db: Db): Promise<readonly StoredHost[]> => db.read(findHosts(db))

/**
 * Makes `url` the org's canonical origin, as when `KEYSTEAD_URL` was changed: the former host answers no longer.
 * @throws Error for a host of another org
 */
export async function moveOrg(db: Db, org: OrgId, url: string): Promise<void> {
  const { host } = new URL(url)
  const isOurs = await db.write(function* () {
    const former = yield* canonicalHost(db, org)
    if (!(yield* takeHost(db, org, host, url))) return false
    if (former !== undefined && former !== host) yield* removeHost(db, org, former)
    yield* bumpVersion(db, org)
    return true
  })
  if (!isOurs) throw new Error(`${host} stands for another org`)
}

/**
 * Makes these origins the org's aliases, and no others: a host that is not among them answers no longer. The canonical host stays what
 * it is. @throws Error for a host of another org; then nothing has changed
 */
export async function setAliases(db: Db, org: OrgId, origins: readonly string[]): Promise<void> {
  const wanted = new Map(origins.map((origin) => [new URL(origin).host, origin]))
  await db.write(function* () {
    const before = yield* findAliases(db, org)
    for (const { host } of before) if (!wanted.has(host)) yield* removeHost(db, org, host)
    for (const [host, origin] of wanted)
      if (!(yield* takeAlias(db, org, host, origin))) throw new Error(`${host} stands for another org`)
    const after = yield* findAliases(db, org)
    if (JSON.stringify(after) !== JSON.stringify(before)) yield* bumpVersion(db, org)
  })
}

/**
 * Runs a unit that changes configuration: the org's version grows in the same commit and the snapshot of this node is dropped after it.
 */
export async function changeConfig<T>(
  deps: Pick<Deps, 'db' | 'config'>,
  caller: Pick<Caller, 'org'>,
  make: (tx: OrgDb) => Unit<T>,
): Promise<T> {
  try {
    return await deps.db.write(function* () {
      const result = yield* make(deps.db.for(caller.org))
      yield* bumpVersion(deps.db, caller.org)
      return result
    })
  } finally {
    // Also after a commit of which nobody knows whether it succeeded.
    deps.config.drop(caller.org)
  }
}

/** Proves at the start that the root keys are those of this database, or writes the proof into a new one. @throws Error */
export async function checkRootKeys(deps: Doors): Promise<void> {
  const fresh = seal(firstKey(deps.rootKeys), ['canary'], 'keystead', deps.random)
  const known = await deps.db.read(findCanary(deps.db))
  const sealed = known ?? (await deps.db.write(() => makeCanary(deps.db, fresh)))
  if (open(deps.rootKeys, ['canary'], sealed) !== 'keystead')
    throw new Error(
      'KEYSTEAD_SECRET (or the key file beside the database) is not the one that this database was made with',
    )
}

export const reportThisNode = (deps: Doors, id: string, version: string): Promise<void> =>
  deps.db.write(() => reportNode(deps.db, id, version, deps.now()))

/** Who stands in `createdBy`: the person's id, or the org's own. */
export const authorOf = (caller: Caller): string => personOf(caller)?.userId ?? caller.org

const dataKeyPlace = (id: OrgId) => [id, 'org', 'data_key', id]

function firstKey(keys: readonly SecretKey[]): SecretKey {
  const [key] = keys
  if (!key) throw new Error('there is no root key')
  return key
}
