// Scopes of custom servers: made, replaced and deleted. Those that a server is born with stay.
import { Conflict } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { changeConfig } from '#orgs/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import type { AuthorizationServer, Scope } from './authorization-server.ts'
import { getServer, type ManagedServer, scopeOf } from './manage-service.ts'
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
  const { server } = await getServer(deps, caller, serverId)
  const fault = scopeFault(draft)
  if (fault) throw fault
  const scope: Scope = { ...draft, id: newId('scope', deps.now(), deps.random), system: false }
  await unlessTaken(
    changeConfig(deps, caller, function* (tx) {
      yield* insertScope(tx, server.id, scope)
      yield* logChange(tx, deps, caller, event('oauth2.scope.created', scope))
    }),
  )
  return { server, scope }
}

/** @throws {Refusal} not_found, validation_failed, forbidden for another name of a system scope */
export async function replaceScope(
  deps: Deps,
  caller: Caller,
  serverId: string,
  id: string,
  draft: ScopeDraft,
): Promise<ChangedScope> {
  const managed: ManagedServer = await getServer(deps, caller, serverId)
  const current = scopeOf(managed, id)
  if (current.system && current.name !== draft.name) throw new Refusal('forbidden')
  const fault = scopeFault(draft)
  if (fault) throw fault
  const scope: Scope = { ...draft, id, system: current.system }
  await unlessTaken(
    changeConfig(deps, caller, function* (tx) {
      yield* updateScope(tx, managed.server.id, scope)
      yield* logChange(tx, deps, caller, event('oauth2.scope.updated', scope))
    }),
  )
  return { server: managed.server, scope }
}

/** @throws {Refusal} not_found, forbidden for a system scope */
export async function removeScope(deps: Deps, caller: Caller, serverId: string, id: string): Promise<void> {
  const managed = await getServer(deps, caller, serverId)
  const scope = scopeOf(managed, id)
  if (scope.system) throw new Refusal('forbidden')
  await changeConfig(deps, caller, function* (tx) {
    yield* deleteScope(tx, managed.server.id, id)
    yield* logChange(tx, deps, caller, event('oauth2.scope.deleted', scope))
  })
}

const event = (eventType: string, { id, name }: Scope) => ({
  eventType,
  targets: [{ id, type: 'Scope', alternateId: name, displayName: name }],
})

async function unlessTaken(change: Promise<void>): Promise<void> {
  try {
    await change
  } catch (error) {
    if (error instanceof Conflict)
      throw invalid('name', 'name: An object with this field already exists in the current organization')
    throw error
  }
}
