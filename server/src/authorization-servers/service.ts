// The custom authorization servers of an org. Read here; changed by the management of servers, scopes, claims and policies.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { SeedContext } from '#orgs/service.ts'
import type { NewKey } from '#signing/signer.ts'
import { addFirstKey } from '#signing-keys/service.ts'
import type { AuthorizationServer } from './authorization-server.ts'
import { defaultServer } from './seed.ts'
import { findServers, insertServer } from './store.ts'

/** The server `default` of a fresh org, with its key. */
export function* seedDefaultServer(tx: OrgDb, context: SeedContext, key: NewKey): Unit<void> {
  const server = defaultServer(context.now, context.random)
  yield* insertServer(tx, server)
  yield* addFirstKey(tx, context, server.id, key)
}

/** By id, and by `default`. */
export function* loadServers(tx: OrgDb): Unit<ReadonlyMap<string, AuthorizationServer>> {
  const servers = new Map<string, AuthorizationServer>()
  for (const server of yield* findServers(tx)) {
    servers.set(server.id, server)
    if (server.isDefault) servers.set('default', server)
  }
  return servers
}
