// The rotation of a server's signing keys.
import type { Caller } from '#kernel/caller.ts'
import { rotateKeys } from '#signing-keys/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { changeServer } from './change-server.ts'
import { getServer, type ManagedServer } from './manage-service.ts'
import { updateServer } from './store.ts'

/** @throws {Refusal} not_found */
export async function rotateServerKeys(deps: Deps, caller: Caller, id: string): Promise<ManagedServer> {
  const { keys } = await getServer(deps, caller, id)
  const hasNext = keys.some(({ state }) => state === 'NEXT')
  const [first, second] = await Promise.all([deps.keys.next(), hasNext ? undefined : deps.keys.next()])
  const { org } = await deps.config.get(caller.org)
  const now = deps.now()
  await changeServer(deps, caller, id, function* (tx, server) {
    yield* rotateKeys(tx, { org, now, random: deps.random }, server.id, [first, second])
    yield* updateServer(tx, { ...server, lastRotated: now })
    yield* logChange(tx, deps, caller, {
      eventType: 'app.oauth2.as.key.rollover',
      targets: [{ id: server.id, type: 'AuthorizationServer', alternateId: server.name, displayName: server.name }],
    })
  })
  return getServer(deps, caller, id)
}
