// Refresh tokens as administrators see and end them. One family is one token here, whatever its generation: its id stays through every
// rotation. Who may do less than an administrator can't end what is theirs, neither one by one nor among others'.
import type { App } from '#apps/app.ts'
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { cutPage, type Page } from '#http/paging.ts'
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import { notFound } from '#kernel/refusal.ts'
import { assertMayChange } from '#roles/service.ts'
import { logChange } from '#system-log/service.ts'
import { findUser } from '#users/service.ts'
import { targetOf, type User } from '#users/user.ts'
import type { Deps } from '../../deps.ts'
import { tokensRevoked } from '../log.ts'
import { endGrants } from '../tokens/end-grants.ts'
import type { Grant } from '../tokens/grant.ts'
import {
  selectAdministratorsOf,
  selectAppsWithFamilies,
  selectFamilies,
  selectFamily,
  selectServersOf,
} from './family-view.ts'
import type { Place } from './place.ts'

export interface OwnedFamily {
  readonly grant: Grant
  readonly user: User | undefined
}

export async function listFamilies(
  deps: Deps,
  caller: Caller,
  place: Place,
  page: Page,
): Promise<{ readonly rows: readonly OwnedFamily[]; readonly next?: string }> {
  const tx = deps.db.for(caller.org)
  const now = deps.now()
  const found = await deps.db.scan(
    (function* () {
      const people = new Map<string, User | undefined>()
      const grants = yield* selectFamilies(tx, place.filter, page, now)
      for (const { userId } of grants) if (!people.has(userId)) people.set(userId, yield* findUser(tx, userId))
      return grants.map((grant) => ({ grant, user: people.get(grant.userId) }))
    })(),
  )
  return cutPage(found, page, ({ grant }) => grant.id)
}

/** @throws {Refusal} not_found, also for one that has ended */
export async function getFamily(deps: Deps, caller: Caller, place: Place, id: string): Promise<OwnedFamily> {
  const tx = deps.db.for(caller.org)
  return deps.db.read(livingFamily(tx, place, id, deps.now()))
}

function* livingFamily(tx: OrgDb, place: Place, id: string, now: Instant): Unit<OwnedFamily> {
  // No key holds the character NUL, and PostgreSQL refuses to be asked for it.
  const grant = id.includes('\0') ? undefined : yield* selectFamily(tx, place.filter, id, now)
  if (!grant) throw notFound(`${place.app.id}.${id}`, 'OAuth2RefreshTokenTx')
  return { grant, user: yield* findUser(tx, grant.userId) }
}

/** Ends a family and every access token of its grant. @throws {Refusal} not_found, forbidden */
export async function revokeFamily(deps: Deps, caller: Caller, place: Place, id: string): Promise<void> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  await deps.db.write(function* () {
    const { grant, user } = yield* livingFamily(tx, place, id, now)
    yield* assertMayChange(tx, caller, grant.userId)
    yield* endGrants(tx, { id }, now)
    const whose = user ? [targetOf(user)] : []
    const targets = [...whose, { id: grant.id, type: 'refresh_token' }]
    yield* logChange(tx, deps, caller, tokensRevoked(place.app, grant.serverId, targets))
  })
}

/** Ends all families of the place. @throws {Refusal} forbidden where one of them is out of the caller's reach: then none ends */
export async function revokeFamilies(deps: Deps, caller: Caller, { filter, app }: Place): Promise<void> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  await deps.db.write(function* () {
    if (filter.userId !== undefined) yield* assertMayChange(tx, caller, filter.userId)
    for (const userId of yield* selectAdministratorsOf(tx, filter, now)) yield* assertMayChange(tx, caller, userId)
    const servers = yield* selectServersOf(tx, filter, now)
    const user = filter.userId === undefined ? undefined : yield* findUser(tx, filter.userId)
    yield* endGrants(tx, { ...filter, refreshable: true }, now)
    const whose = user ? [targetOf(user)] : []
    for (const serverId of servers) yield* logChange(tx, deps, caller, tokensRevoked(app, serverId, whose))
  })
}

/** The apps that hold living refresh tokens of a person, or of a server. */
export async function listClients(deps: Deps, caller: Caller, { filter }: Omit<Place, 'app'>): Promise<readonly App[]> {
  const ids = await deps.db.scan(selectAppsWithFamilies(deps.db.for(caller.org), filter, deps.now()))
  const { appsById } = await deps.config.fresh(caller.org)
  return ids.flatMap((id) => appsById.get(id) ?? [])
}
