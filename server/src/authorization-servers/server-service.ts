// Authorization servers: made, replaced, switched on and off, deleted. The default one stays.
import { loadFeatures } from '#features/service.ts'
import type { Caller } from '#kernel/caller.ts'
import { Refusal } from '#kernel/refusal.ts'
import { changeConfig } from '#orgs/service.ts'
import { addFirstKey, addNextKey, removeKeys } from '#signing-keys/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import type { AuthorizationServer } from './authorization-server.ts'
import { changeServer, unlessTaken } from './change-server.ts'
import { getServer, type ManagedServer } from './manage-service.ts'
import { newServer } from './seed.ts'
import { issuerModeFault, type ServerDraft, serverFault } from './server-draft.ts'
import { deleteServer, insertServer, updateServer } from './store.ts'

/** With its signing key, the scopes and the claim that every server has, and no policy yet. @throws {Refusal} validation_failed */
export async function createServer(deps: Deps, caller: Caller, draft: ServerDraft): Promise<ManagedServer> {
  const fault = serverFault(draft)
  if (fault) throw fault
  const [active, next] = await Promise.all([deps.keys.next(), deps.keys.next()])
  const { org } = await deps.config.get(caller.org)
  const now = deps.now()
  const server = newServer(draft, now, deps.random)
  const context = { org, now, random: deps.random }
  await unlessTaken(
    changeConfig(deps, caller, function* (tx) {
      const tooEarly = issuerModeFault(draft, undefined, yield* loadFeatures(tx))
      if (tooEarly) throw tooEarly
      yield* insertServer(tx, server)
      yield* addFirstKey(tx, context, server.id, active)
      yield* addNextKey(tx, context, server.id, next)
      yield* logChange(tx, deps, caller, event('created', server))
    }),
  )
  return getServer(deps, caller, server.id)
}

/** @throws {Refusal} not_found, validation_failed */
export async function replaceServer(
  deps: Deps,
  caller: Caller,
  id: string,
  draft: ServerDraft,
): Promise<ManagedServer> {
  const now = deps.now()
  await changeServer(deps, caller, id, function* (tx, current) {
    const fault = serverFault(draft) ?? issuerModeFault(draft, current, yield* loadFeatures(tx))
    if (fault) throw fault
    const server = { ...current, ...draft, lastUpdated: now }
    yield* updateServer(tx, server)
    yield* logChange(tx, deps, caller, event('updated', server))
  })
  return getServer(deps, caller, id)
}

/** Setting it again changes nothing. @throws {Refusal} not_found */
export async function setServerStatus(
  deps: Deps,
  caller: Caller,
  id: string,
  status: AuthorizationServer['status'],
): Promise<void> {
  const now = deps.now()
  await changeServer(deps, caller, id, function* (tx, current) {
    if (current.status === status) return
    yield* updateServer(tx, { ...current, status, lastUpdated: now })
    yield* logChange(tx, deps, caller, event(status === 'ACTIVE' ? 'activated' : 'deactivated', current))
  })
}

/** What it has issued is worth nothing from then on. @throws {Refusal} not_found; forbidden for the default server */
export async function removeServer(deps: Deps, caller: Caller, id: string): Promise<void> {
  await changeServer(deps, caller, id, function* (tx, server) {
    if (server.isDefault) throw new Refusal('forbidden')
    yield* deleteServer(tx, server)
    yield* removeKeys(tx, server.id)
    yield* logChange(tx, deps, caller, event('deleted', server))
  })
}

const event = (what: string, { id, name }: AuthorizationServer) => ({
  eventType: `oauth2.as.${what}`,
  targets: [{ id, type: 'AuthorizationServer', alternateId: name, displayName: name }],
})
