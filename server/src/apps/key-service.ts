// The use cases of an app's public keys. An app that signs its way in always keeps an active signing key.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { invalid, notFound } from '#kernel/refusal.ts'
import { changeConfig } from '#orgs/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { type App, type ClientKey, signingKeysOf } from './app.ts'
import { credentialChanged } from './app-events.ts'
import { checkClientKeys, clientKey, parseClientKey } from './client-key.ts'
import { getApp } from './manage-service.ts'
import { existingApp } from './service.ts'
import { updateApp } from './store.ts'

const TYPE = 'JsonWebKey'

export async function listKeys(deps: Deps, caller: Caller, appId: string): Promise<readonly ClientKey[]> {
  return (await getApp(deps, caller, appId)).clientKeys
}

export async function getKey(deps: Deps, caller: Caller, appId: string, id: string): Promise<ClientKey> {
  return keyOf(await getApp(deps, caller, appId), id)
}

/** @throws {Refusal} not_found, validation_failed */
export async function addKey(
  deps: Deps,
  caller: Caller,
  appId: string,
  sent: Readonly<Record<string, unknown>>,
): Promise<ClientKey> {
  const now = deps.now()
  const key = clientKey(parseClientKey(sent), newId('clientKey', now, deps.random), now)
  await changeConfig(deps, caller, function* (tx) {
    const app = yield* existingApp(tx, appId)
    if (app.jwksUri !== undefined) throw invalid(TYPE, "Only one of 'jwks' and 'jwks_uri' can be set.")
    yield* writeKeys(tx, app, [...app.clientKeys, key], now)
    yield* logChange(tx, deps, caller, credentialChanged('create', app, { id: key.id, type: 'jwk' }))
  })
  return key
}

export async function setKeyStatus(
  deps: Deps,
  caller: Caller,
  { appId, id }: { readonly appId: string; readonly id: string },
  status: ClientKey['status'],
): Promise<ClientKey> {
  const now = deps.now()
  return changeConfig(deps, caller, function* (tx) {
    const app = yield* existingApp(tx, appId)
    const key = keyOf(app, id)
    if (key.status === status) return key
    const changed: ClientKey = { ...key, status, lastUpdated: now }
    yield* writeKeys(
      tx,
      app,
      app.clientKeys.map((other) => (other.id === id ? changed : other)),
      now,
    )
    const change = status === 'ACTIVE' ? 'activate' : 'deactivate'
    yield* logChange(tx, deps, caller, credentialChanged(change, app, { id, type: 'jwk' }))
    return changed
  })
}

/** @throws {Refusal} not_found, validation_failed for an active one */
export async function removeKey(deps: Deps, caller: Caller, appId: string, id: string): Promise<void> {
  const now = deps.now()
  await changeConfig(deps, caller, function* (tx) {
    const app = yield* existingApp(tx, appId)
    if (keyOf(app, id).status === 'ACTIVE')
      throw invalid(TYPE, "You can't delete an active key. Deactivate the key before deleting it.")
    yield* writeKeys(
      tx,
      app,
      app.clientKeys.filter((other) => other.id !== id),
      now,
    )
    yield* logChange(tx, deps, caller, credentialChanged('delete', app, { id, type: 'jwk' }))
  })
}

function* writeKeys(tx: OrgDb, app: App, clientKeys: readonly ClientKey[], now: Instant): Unit<void> {
  checkClientKeys(clientKeys)
  const jwks = signingKeysOf(clientKeys)
  if (app.clientAuthentication === 'private_key_jwt' && jwks.length === 0 && app.jwksUri === undefined)
    throw invalid(TYPE, "You can't deactivate the only active signing key.")
  yield* updateApp(tx, { ...app, clientKeys, jwks, lastUpdated: now })
}

function keyOf(app: App, id: string): ClientKey {
  const key = app.clientKeys.find((candidate) => candidate.id === id)
  if (!key) throw notFound(id, TYPE)
  return key
}
