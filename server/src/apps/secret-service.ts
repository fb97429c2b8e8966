// The use cases of client secrets. An app holds at most two, so that one can take over from the other, and an app that proves itself
// with a secret always keeps one that works.
import { type Caller, personOf } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { permits } from '#kernel/permission.ts'
import { invalid, notFound } from '#kernel/refusal.ts'
import { changeConfig } from '#orgs/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { type App, type ClientSecret, usesSecret } from './app.ts'
import { credentialChanged, secretRead } from './app-events.ts'
import {
  CLIENT_SECRETS_MAX,
  checkClientSecret,
  generatedSecret,
  newClientSecret,
  openClientSecret,
  type SecretDraft,
  type ShownSecret,
} from './client-secret.ts'
import { getApp } from './manage-service.ts'
import { existingApp } from './service.ts'
import { deleteSecret, insertSecret, setSecretStatus } from './store.ts'

const TYPE = 'OAuth2ClientSecretMediated'

export async function listSecrets(deps: Deps, caller: Caller, appId: string): Promise<readonly ShownSecret[]> {
  const app = await getApp(deps, caller, appId)
  return show(deps, caller, app, app.secrets)
}

export async function getSecret(deps: Deps, caller: Caller, appId: string, id: string): Promise<ShownSecret> {
  const app = await getApp(deps, caller, appId)
  const [shown] = await show(deps, caller, app, [secretOf(app, id)])
  return shown ?? missing(id)
}

/** @throws {Refusal} not_found, validation_failed (also for a third one) */
export async function addSecret(deps: Deps, caller: Caller, appId: string, draft: SecretDraft): Promise<ShownSecret> {
  const { org } = await deps.config.get(caller.org)
  const now = deps.now()
  const text = draft.text ?? generatedSecret(deps.random)
  const fresh = { id: newId('clientSecret', now, deps.random), text, now, status: draft.status ?? 'ACTIVE' }
  const secret = newClientSecret(org, fresh, deps.random)
  await changeConfig(deps, caller, function* (tx) {
    const app = yield* existingApp(tx, appId)
    checkClientSecret(text, app.clientAuthentication)
    if (app.secrets.length >= CLIENT_SECRETS_MAX)
      throw invalid(TYPE, "You've reached the maximum number of client secrets per client.")
    yield* insertSecret(tx, appId, secret)
    yield* logChange(tx, deps, caller, credentialChanged('create', app, { id: secret.id, type: 'client_secret' }))
  })
  return { secret, text }
}

export const activateSecret = (deps: Deps, caller: Caller, appId: string, id: string): Promise<ShownSecret> =>
  setStatus(deps, caller, appId, id, 'ACTIVE')

/** @throws {Refusal} not_found, validation_failed for the only active one */
export const deactivateSecret = (deps: Deps, caller: Caller, appId: string, id: string): Promise<ShownSecret> =>
  setStatus(deps, caller, appId, id, 'INACTIVE')

/** @throws {Refusal} not_found, validation_failed for an active one */
export async function removeSecret(deps: Deps, caller: Caller, appId: string, id: string): Promise<void> {
  await changeConfig(deps, caller, function* (tx) {
    const app = yield* existingApp(tx, appId)
    if (secretOf(app, id).status === 'ACTIVE')
      throw invalid(TYPE, "You can't delete an active client secret. Deactivate the secret before deleting it.")
    yield* deleteSecret(tx, id)
    yield* logChange(tx, deps, caller, credentialChanged('delete', app, { id, type: 'client_secret' }))
  })
}

async function setStatus(
  deps: Deps,
  caller: Caller,
  appId: string,
  id: string,
  status: ClientSecret['status'],
): Promise<ShownSecret> {
  const now = deps.now()
  const { org } = await deps.config.get(caller.org)
  return changeConfig(deps, caller, function* (tx) {
    const app = yield* existingApp(tx, appId)
    const secret = secretOf(app, id)
    const text = openClientSecret(org, secret)
    if (secret.status === status) return { secret, text }
    const others = app.secrets.filter((other) => other.id !== id && other.status === 'ACTIVE')
    if (status === 'INACTIVE' && others.length === 0 && usesSecret(app.clientAuthentication))
      throw invalid(TYPE, "You can't deactivate the only active client secret.")
    // What was long enough once may not be for the client authentication of today.
    if (status === 'ACTIVE' && usesSecret(app.clientAuthentication)) checkClientSecret(text, app.clientAuthentication)
    yield* setSecretStatus(tx, id, status, now)
    const change = status === 'ACTIVE' ? 'activate' : 'deactivate'
    yield* logChange(tx, deps, caller, credentialChanged(change, app, { id, type: 'client_secret' }))
    return { secret: { ...secret, status, lastUpdated: now }, text }
  })
}

// Reading an app is not yet knowing its secrets: those are for callers who could replace them anyway.
async function show(
  deps: Deps,
  caller: Caller,
  app: App,
  secrets: readonly ClientSecret[],
): Promise<readonly ShownSecret[]> {
  const person = personOf(caller)
  if (person && !permits(person.roles, 'okta.apps.manage'))
    return secrets.map((secret) => ({ secret, text: undefined }))
  const { org } = await deps.config.get(caller.org)
  if (secrets.length > 0) deps.events.record(caller, secretRead(app, secrets))
  return secrets.map((secret) => ({ secret, text: openClientSecret(org, secret) }))
}

const secretOf = (app: App, id: string): ClientSecret => app.secrets.find((secret) => secret.id === id) ?? missing(id)

function missing(id: string): never {
  throw notFound(id, TYPE)
}
