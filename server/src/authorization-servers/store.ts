// Rows ↔ servers, with their scopes, claims, policies and rules: five tables, read together since a snapshot needs them whole.
import type { OrgDb } from '#db/org-db.ts'
import { all, run, type Unit } from '#db/unit.ts'
import { instant } from '#kernel/instant.ts'
import { searchKey } from '#kernel/login-key.ts'
import type { AuthorizationServer, Claim, Scope } from './authorization-server.ts'
import { deletePolicy, findPolicies, insertPolicy } from './policy-store.ts'

const VERSION = 1

type ServerDoc = Pick<AuthorizationServer, 'description' | 'audience' | 'issuerMode' | 'rotationMode' | 'lastRotated'>

const write = (doc: object): string => JSON.stringify({ v: VERSION, ...doc })
const parse = <T>(text: string): T => JSON.parse(text) as T

const serverColumns = (server: AuthorizationServer) => {
  const { description, audience, issuerMode, rotationMode, lastRotated } = server
  return {
    name: server.name,
    name_key: searchKey(server.name),
    status: server.status,
    last_updated: server.lastUpdated,
    doc: write({ description, audience, issuerMode, rotationMode, lastRotated } satisfies ServerDoc),
  }
}

/** With all that belongs to it. */
export function* insertServer(tx: OrgDb, server: AuthorizationServer): Unit<void> {
  yield* run(
    tx.insert('authorization_server', {
      ...serverColumns(server),
      id: server.id,
      is_default: server.isDefault ? 1 : 0,
      created: server.created,
    }),
  )
  for (const scope of server.scopes) yield* insertScope(tx, server.id, scope)
  for (const claim of server.claims) yield* insertClaim(tx, server.id, claim)
  for (const policy of server.policies) yield* insertPolicy(tx, server.id, policy)
}

/** The server alone; what belongs to it has statements of its own. */
export function* updateServer(tx: OrgDb, server: AuthorizationServer): Unit<void> {
  yield* run(tx.update('authorization_server').set(serverColumns(server)).where('id', '=', server.id))
}

/** With all that belongs to it. */
export function* deleteServer(tx: OrgDb, server: AuthorizationServer): Unit<void> {
  for (const policy of server.policies) yield* deletePolicy(tx, policy.id)
  yield* run(tx.deleteFrom('authorization_server_claim').where('server_id', '=', server.id))
  yield* run(tx.deleteFrom('authorization_server_scope').where('server_id', '=', server.id))
  yield* run(tx.deleteFrom('authorization_server').where('id', '=', server.id))
}

export function* insertScope(tx: OrgDb, serverId: string, { id, name, ...doc }: Scope): Unit<void> {
  yield* run(tx.insert('authorization_server_scope', { server_id: serverId, id, name, doc: write(doc) }))
}

export function* updateScope(tx: OrgDb, serverId: string, { id, name, ...doc }: Scope): Unit<void> {
  yield* run(
    tx
      .update('authorization_server_scope')
      .set({ name, doc: write(doc) })
      .where('server_id', '=', serverId)
      .where('id', '=', id),
  )
}

export function* deleteScope(tx: OrgDb, serverId: string, id: string): Unit<void> {
  yield* run(tx.deleteFrom('authorization_server_scope').where('server_id', '=', serverId).where('id', '=', id))
}

export function* insertClaim(tx: OrgDb, serverId: string, { id, name, claimType, ...doc }: Claim): Unit<void> {
  yield* run(
    tx.insert('authorization_server_claim', { server_id: serverId, id, name, claim_type: claimType, doc: write(doc) }),
  )
}

export function* updateClaim(tx: OrgDb, serverId: string, { id, name, claimType, ...doc }: Claim): Unit<void> {
  yield* run(
    tx
      .update('authorization_server_claim')
      .set({ name, claim_type: claimType, doc: write(doc) })
      .where('server_id', '=', serverId)
      .where('id', '=', id),
  )
}

export function* deleteClaim(tx: OrgDb, serverId: string, id: string): Unit<void> {
  yield* run(tx.deleteFrom('authorization_server_claim').where('server_id', '=', serverId).where('id', '=', id))
}

/** Every server of the org, whole. */
export function* findServers(tx: OrgDb): Unit<readonly AuthorizationServer[]> {
  const servers = yield* all(tx.from('authorization_server').selectAll().orderBy('id'))
  const scopes = yield* all(tx.from('authorization_server_scope').selectAll().orderBy('id'))
  const claims = yield* all(tx.from('authorization_server_claim').selectAll().orderBy('id'))
  const policies = yield* findPolicies(tx)
  return servers.map((row) => ({
    id: row.id,
    isDefault: row.is_default === 1,
    name: row.name,
    status: row.status,
    created: instant(row.created),
    lastUpdated: instant(row.last_updated),
    ...parse<ServerDoc>(row.doc),
    scopes: scopes
      .filter((scope) => scope.server_id === row.id)
      .map((scope) => ({ ...parse<Omit<Scope, 'id' | 'name'>>(scope.doc), id: scope.id, name: scope.name })),
    claims: claims
      .filter((claim) => claim.server_id === row.id)
      .map((claim) => ({
        ...parse<Omit<Claim, 'id' | 'name' | 'claimType'>>(claim.doc),
        id: claim.id,
        name: claim.name,
        claimType: claim.claim_type === 'IDENTITY' ? 'IDENTITY' : 'RESOURCE',
      })),
    policies: policies.filter((policy) => policy.serverId === row.id).map(({ serverId: _, ...policy }) => policy),
  }))
}
