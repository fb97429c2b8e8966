// Claims of custom servers: made, replaced and deleted. Those that a server is born with stay.
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import type { AuthorizationServer, Claim } from './authorization-server.ts'
import { changeServer } from './change-server.ts'
import { type ClaimDraft, claimFault } from './claim-draft.ts'
import { claimOf } from './manage-service.ts'
import { deleteClaim, insertClaim, updateClaim } from './store.ts'

export interface ChangedClaim {
  readonly server: AuthorizationServer
  readonly claim: Claim
}

/** @throws {Refusal} not_found, validation_failed */
export async function createClaim(
  deps: Deps,
  caller: Caller,
  serverId: string,
  draft: ClaimDraft,
): Promise<ChangedClaim> {
  const claim: Claim = { ...draft, id: newId('claim', deps.now(), deps.random), system: false }
  return changeServer(deps, caller, serverId, function* (tx, server) {
    const fault = claimFault(draft, server)
    if (fault) throw fault
    yield* insertClaim(tx, server.id, claim)
    yield* logChange(tx, deps, caller, event('created', claim))
    return { server, claim }
  })
}

/** @throws {Refusal} not_found, validation_failed; forbidden for a system claim */
export async function replaceClaim(
  deps: Deps,
  caller: Caller,
  serverId: string,
  id: string,
  draft: ClaimDraft,
): Promise<ChangedClaim> {
  const claim: Claim = { ...draft, id, system: false }
  return changeServer(deps, caller, serverId, function* (tx, server) {
    if (claimOf({ server }, id).system) throw new Refusal('forbidden')
    const fault = claimFault(draft, server)
    if (fault) throw fault
    yield* updateClaim(tx, server.id, claim)
    yield* logChange(tx, deps, caller, event('updated', claim))
    return { server, claim }
  })
}

/** @throws {Refusal} not_found; forbidden for a system claim */
export async function removeClaim(deps: Deps, caller: Caller, serverId: string, id: string): Promise<void> {
  await changeServer(deps, caller, serverId, function* (tx, server) {
    const claim = claimOf({ server }, id)
    if (claim.system) throw new Refusal('forbidden')
    yield* deleteClaim(tx, server.id, id)
    yield* logChange(tx, deps, caller, event('deleted', claim))
  })
}

const event = (what: string, { id, name }: Claim) => ({
  eventType: `oauth2.claim.${what}`,
  targets: [{ id, type: 'Claim', alternateId: name, displayName: name }],
})
