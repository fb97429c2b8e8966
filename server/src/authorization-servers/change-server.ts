// One change of one server, decided on the rows as they are in its own transaction.
import type { OrgDb } from '#db/org-db.ts'
import { refuseConflict } from '#db/refuse-conflict.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { notFound, taken } from '#kernel/refusal.ts'
import { changeConfig } from '#orgs/service.ts'
import type { Deps } from '../deps.ts'
import type { AuthorizationServer } from './authorization-server.ts'
import { loadServers } from './service.ts'

/** @throws {Refusal} not_found; validation_failed for a name that is taken */
export async function changeServer<T>(
  deps: Deps,
  caller: Caller,
  id: string,
  make: (tx: OrgDb, server: AuthorizationServer) => Unit<T>,
): Promise<T> {
  return unlessTaken(
    changeConfig(deps, caller, function* (tx) {
      const server = (yield* loadServers(tx)).get(id)
      if (!server) throw notFound(id, 'AuthorizationServer')
      return yield* make(tx, server)
    }),
  )
}

/** @throws {Refusal} validation_failed for a name that is taken */
export const unlessTaken = <T>(change: Promise<T>): Promise<T> => refuseConflict(change, () => taken('name'))
