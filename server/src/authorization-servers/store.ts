// Rows ↔ servers, with their scopes, claims, policies and rules: five tables, read together since a snapshot needs them whole.
import type { OrgDb } from '#db/org-db.ts'
import { all, run, type Unit } from '#db/unit.ts'
import { instant } from '#kernel/instant.ts'
import type { AccessPolicy, AccessRule, AuthorizationServer, Claim, Scope } from './authorization-server.ts'

const VERSION = 1

type ServerDoc = Pick<AuthorizationServer, 'description' | 'audience' | 'rotationMode'>
type PolicyDoc = Pick<AccessPolicy, 'name' | 'description' | 'system' | 'clients'>
type RuleDoc = Omit<AccessRule, 'id' | 'status' | 'priority' | 'created' | 'lastUpdated'>

const write = (doc: object): string => JSON.stringify({ v: VERSION, ...doc })
const parse = <T>(text: string): T => JSON.parse(text) as T

export function* insertServer(tx: OrgDb, server: AuthorizationServer): Unit<void> {
  const { description, audience, rotationMode } = server
  yield* run(
    tx.insert('authorization_server', {
      id: server.id,
      is_default: server.isDefault ? 1 : 0,
      name: server.name,
      name_key: server.name.toLowerCase(),
      status: server.status,
      created: server.created,
      last_updated: server.lastUpdated,
      doc: write({ description, audience, rotationMode } satisfies ServerDoc),
    }),
  )
  for (const scope of server.scopes) yield* insertScope(tx, server.id, scope)
  for (const claim of server.claims) yield* insertClaim(tx, server.id, claim)
  for (const policy of server.policies) yield* insertPolicy(tx, server.id, policy)
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

function* insertClaim(tx: OrgDb, serverId: string, { id, name, claimType, ...doc }: Claim): Unit<void> {
  yield* run(
    tx.insert('authorization_server_claim', { server_id: serverId, id, name, claim_type: claimType, doc: write(doc) }),
  )
}

function* insertPolicy(tx: OrgDb, serverId: string, policy: AccessPolicy): Unit<void> {
  const { name, description, system, clients } = policy
  yield* run(
    tx.insert('authorization_server_policy', {
      server_id: serverId,
      id: policy.id,
      priority: policy.priority,
      status: policy.status,
      created: policy.created,
      last_updated: policy.lastUpdated,
      doc: write({ name, description, system, clients } satisfies PolicyDoc),
    }),
  )
  for (const rule of policy.rules) yield* insertRule(tx, policy.id, rule)
}

function* insertRule(tx: OrgDb, policyId: string, rule: AccessRule): Unit<void> {
  const { id, status, priority, created, lastUpdated, ...doc } = rule
  yield* run(
    tx.insert('authorization_server_rule', {
      policy_id: policyId,
      id,
      priority,
      status,
      created,
      last_updated: lastUpdated,
      doc: write(doc),
    }),
  )
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

function* findPolicies(tx: OrgDb): Unit<readonly (AccessPolicy & { readonly serverId: string })[]> {
  const policies = yield* all(tx.from('authorization_server_policy').selectAll().orderBy('priority').orderBy('id'))
  const rules = yield* all(tx.from('authorization_server_rule').selectAll().orderBy('priority').orderBy('id'))
  return policies.map((row) => ({
    serverId: row.server_id,
    id: row.id,
    status: row.status,
    priority: row.priority,
    created: instant(row.created),
    lastUpdated: instant(row.last_updated),
    ...parse<PolicyDoc>(row.doc),
    rules: rules
      .filter((rule) => rule.policy_id === row.id)
      .map((rule) => ({
        ...parse<RuleDoc>(rule.doc),
        id: rule.id,
        status: rule.status,
        priority: rule.priority,
        created: instant(rule.created),
        lastUpdated: instant(rule.last_updated),
      })),
  }))
}
