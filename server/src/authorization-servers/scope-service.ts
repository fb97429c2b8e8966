// Scopes of custom servers: made, replaced and deleted. Those that a server is born with stay.
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import type { AuthorizationServer, Scope } from './authorization-server.ts'
import { changeServer } from './change-server.ts'
import { scopeOf } from './manage-service.ts'
import { type ScopeDraft, scopeFault } from './scope-rules.ts'
import { deleteScope, insertScope, updateScope } from './store.ts'

export interface ChangedScope {
  readonly server: AuthorizationServer
  readonly scope: Scope
}

/** @throws {Refusal} not_found, validation_failed */
export async function createScope(
  deps: Deps,
  caller: Caller,
  serverId: string,
  draft: ScopeDraft,
): Promise<ChangedScope> {
  const scope: Scope = { ...draft, id: newId('scope', deps.now(), deps.random), system: false }
  return changeServer(deps, caller, serverId, function* (tx, server) {
    const fault = scopeFault(draft)
    if (fault) throw fault
    yield* insertScope(tx, server.id, scope)
    yield* logChange(tx, deps, caller, event('created', scope))
    return { server, scope }
  })
}

/** @throws {Refusal} not_found, validation_failed, forbidden for another name of a system scope */
export async function replaceScope(
  deps: Deps,
  caller: Caller,
  serverId: string,
  id: string,
  draft: ScopeDraft,
): Promise<ChangedScope> {
  return changeServer(deps, caller, serverId, function* (tx, server) {
    const current = scopeOf({ server }, id)
    if (current.system && current.name !== draft.name) throw new Refusal('forbidden')
    const fault = scopeFault(draft)
    if (fault) throw fault
    const scope: Scope = { ...draft, id, system: current.system }
    yield* updateScope(tx, server.id, scope)
    yield* logChange(tx, deps, caller, event('updated', scope))
    return { server, scope }
  })
}

/** @throws {Refusal} not_found, forbidden for a system scope */
export async function removeScope(deps: Deps, caller: Caller, serverId: string, id: string): Promise<void> {
  await changeServer(deps, caller, serverId, function* (tx, server) {
    const scope = scopeOf({ server }, id)
    if (scope.system) throw new Refusal('forbidden')
    yield* deleteScope(tx, server.id, id)
    yield* logChange(tx, deps, caller, event('deleted', scope))
  })
}

const event = (what: string, { id, name }: Scope) => ({
  eventType: `oauth2.scope.${what}`,
  targets: [{ id, type: 'Scope', alternateId: name, displayName: name }],
})
