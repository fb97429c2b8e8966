// Changes to authorization servers, also such as no API makes yet.
import assert from 'node:assert/strict'
import type { AccessRule } from '#authorization-servers/authorization-server.ts'
import { insertServer } from '#authorization-servers/store.ts'
import { all, run } from '#db/unit.ts'
import { newId } from '#kernel/id.ts'
import { changeConfig } from '#orgs/service.ts'
import { newRsaKey } from '#signing/signer.ts'
import { addFirstKey } from '#signing-keys/service.ts'
import type { Node, TestOrg } from './fixture.ts'

type Place = Pick<Node, 'deps'> & TestOrg

export interface ScopeWish {
  readonly name: string
  readonly displayName?: string
  readonly description?: string
  readonly consent?: 'IMPLICIT' | 'REQUIRED' | 'FLEXIBLE'
  readonly default?: boolean
  readonly optional?: boolean
}

/** A scope of the default server; without consent when nothing is said. */
export async function addScope(fixture: Pick<Node, 'request'>, wish: ScopeWish, org?: TestOrg): Promise<void> {
  const answer = await fixture.request('POST', '/api/v1/authorizationServers/default/scopes', {
    json: { consent: 'IMPLICIT', ...wish },
    ...(org ? { org } : {}),
  })
  assert.ok(answer.status < 300, answer.text)
}

/** Changes every rule of the org's servers. */
export async function editRules({ deps, org }: Place, change: Partial<AccessRule>): Promise<void> {
  await changeConfig(deps, { org: org.id }, function* (tx) {
    const rows = yield* all(tx.from('authorization_server_rule').select(['id', 'doc']))
    for (const { id, doc } of rows)
      yield* run(
        tx
          .update('authorization_server_rule')
          .set({ doc: JSON.stringify({ ...JSON.parse(doc), ...change }) })
          .where('id', '=', id),
      )
  })
}

export async function setServerStatus({ deps, org }: Place, id: string, status: 'ACTIVE' | 'INACTIVE'): Promise<void> {
  await changeConfig(deps, { org: org.id }, (tx) =>
    run(tx.update('authorization_server').set({ status }).where('id', '=', id)),
  )
}

/** A second custom server, with the scopes and the policy of the default one. @returns its id */
export async function addServer({ deps, org }: Place, name: string, audience = `api://${name}`): Promise<string> {
  const config = await deps.config.fresh(org.id)
  const model = config.servers.get('default')
  if (!model) throw new Error('there is no default server')
  const id = () => newId('policy', deps.now(), deps.random)
  const server = {
    ...model,
    id: newId('authorizationServer', deps.now(), deps.random),
    isDefault: false,
    name,
    audience,
    claims: model.claims.map((claim) => ({ ...claim, id: id() })),
    scopes: model.scopes.map((scope) => ({ ...scope, id: id() })),
    policies: model.policies.map((policy) => ({
      ...policy,
      id: id(),
      rules: policy.rules.map((rule) => ({ ...rule, id: id() })),
    })),
  }
  const key = await newRsaKey(deps.random)
  await changeConfig(deps, { org: org.id }, function* (tx) {
    yield* insertServer(tx, server)
    yield* addFirstKey(tx, { org: config.org, now: deps.now(), random: deps.random }, server.id, key)
  })
  return server.id
}
