// Reads servers and what belongs to them, for those who manage them. Always on a snapshot of the current version: who manages wants to
// see what was just changed, on whichever node.
import type { Caller } from '#kernel/caller.ts'
import { searchKey } from '#kernel/login-key.ts'
import { notFound } from '#kernel/refusal.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import type { SigningKey } from '#signing-keys/signing-key.ts'
import type { Deps } from '../deps.ts'
import type { AccessPolicy, AccessRule, AuthorizationServer, Claim, Scope } from './authorization-server.ts'

export interface ManagedServer {
  readonly server: AuthorizationServer
  /** Those that are published: the active one first, then newest first. */
  readonly keys: readonly SigningKey[]
}

type Doors = Pick<Deps, 'config' | 'now'>

/** Those whose name or audience holds `q`, in the order of creation. */
export async function listServers(deps: Doors, caller: Caller, q: string): Promise<readonly ManagedServer[]> {
  const config = await deps.config.fresh(caller.org)
  const key = searchKey(q)
  return [...config.servers]
    .filter(([name, server]) => name === server.id)
    .map(([, server]) => server)
    .filter(({ name, audience }) => searchKey(name).includes(key) || searchKey(audience).includes(key))
    .map((server) => managed(deps, config, server))
}

/** By id, or `default`. @throws {Refusal} not_found */
export async function getServer(deps: Doors, caller: Caller, id: string): Promise<ManagedServer> {
  const config = await deps.config.fresh(caller.org)
  const server = config.servers.get(id)
  if (!server) throw notFound(id, 'AuthorizationServer')
  return managed(deps, config, server)
}

function managed(deps: Doors, config: OrgConfig, server: AuthorizationServer): ManagedServer {
  const now = deps.now()
  const published = (config.signingKeys.get(server.id) ?? []).filter(
    ({ expires }) => expires === undefined || expires > now,
  )
  return { server, keys: published.toSorted((a, b) => Number(b.state === 'ACTIVE') - Number(a.state === 'ACTIVE')) }
}

/** @throws {Refusal} not_found */
export const scopeOf = ({ server }: Pick<ManagedServer, 'server'>, id: string): Scope =>
  member(server.scopes, id, 'OAuth2Scope')

/** @throws {Refusal} not_found */
export const claimOf = ({ server }: Pick<ManagedServer, 'server'>, id: string): Claim =>
  member(server.claims, id, 'OAuth2Claim')

/** @throws {Refusal} not_found */
export const policyOf = ({ server }: ManagedServer, id: string): AccessPolicy => policyIn(server.policies, id)

/** @throws {Refusal} not_found */
export const policyIn = (policies: readonly AccessPolicy[], id: string): AccessPolicy => member(policies, id, 'Policy')

/** @throws {Refusal} not_found */
export const ruleOf = (policy: Pick<AccessPolicy, 'rules'>, id: string): AccessRule =>
  member(policy.rules, id, 'PolicyRule')

/** @throws {Refusal} not_found */
export function keyOf({ keys }: ManagedServer, kid: string): SigningKey {
  const key = keys.find((candidate) => candidate.kid === kid)
  if (!key) throw notFound(kid, 'JsonWebKey')
  return key
}

function member<T extends { readonly id: string }>(list: readonly T[], id: string, type: string): T {
  const found = list.find((candidate) => candidate.id === id)
  if (!found) throw notFound(id, type)
  return found
}
