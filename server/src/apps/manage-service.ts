// The use cases of app integrations. An app changes with the org's configuration; when it ends (inactive, deleted), what its users
// hold ends in the same unit. A label and a client id belong to one app of the org.
import type { OrgDb } from '#db/org-db.ts'
import { refuseConflict } from '#db/refuse-conflict.ts'
import type { Unit } from '#db/unit.ts'
import { loadFeatures } from '#features/service.ts'
import { findGroup } from '#groups/service.ts'
import { cutPage, type Page } from '#http/paging.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { invalid, notFound, Refusal } from '#kernel/refusal.ts'
import type { Org } from '#orgs/org.ts'
import { changeConfig } from '#orgs/service.ts'
import { ORG_SERVER } from '#signing-keys/signing-key.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { type App, usesSecret } from './app.ts'
import { type AppChange, appChanged } from './app-events.ts'
import type { AppQuery } from './app-query.ts'
import { checkApp } from './app-rules.ts'
import type { AppUser } from './assignment.ts'
import { deleteAssignmentsOfApp } from './assignment-store.ts'
import { selectAppUsers } from './assignment-view.ts'
import {
  checkClientSecret,
  currentSecret,
  decideSecretChange,
  generatedSecret,
  newClientSecret,
  openClientSecret,
} from './client-secret.ts'
import { checkFeatures } from './feature-rules.ts'
import { deleteLogo } from './logo-store.ts'
import { type AppDraft, type Made, newApp, replacedApp } from './new-app.ts'
import { existingApp } from './service.ts'
import { deleteInactiveApp, deleteSecret, insertApp, insertSecret, setAppStatus, updateApp } from './store.ts'
import { type AppPolicies, selectAppPage, selectAppPolicies } from './view.ts'

/** An app with the secret that is shown beside it, where its client authentication has one. */
export interface ShownApp {
  readonly app: App
  readonly clientSecret: string | undefined
}

/** Makes an app, and a secret where it needs one. @throws {Refusal} validation_failed, duplicate_label */
export async function createApp(deps: Deps, caller: Caller, draft: AppDraft, activate: boolean): Promise<ShownApp> {
  const org = await orgOf(deps, caller)
  const made = making(deps, draft)
  const drafted = newApp(draft, newId('app', made.now, deps.random), made)
  checkApp(drafted)
  checkSentSecret(draft, drafted)
  const secrets = usesSecret(drafted.clientAuthentication) ? [freshSecret(deps, org, draft, made)] : []
  const app: App = { ...drafted, status: activate ? 'ACTIVE' : 'INACTIVE', secrets }
  await change(deps, caller, function* (tx) {
    checkFeatures(app, yield* loadFeatures(tx))
    yield* insertApp(tx, app)
    yield* logApp(tx, deps, caller, 'create', app)
  })
  return shown(org, app)
}

/** @throws {Refusal} not_found */
export const getApp = (deps: Deps, caller: Caller, id: string): Promise<App> =>
  deps.db.read(existingApp(deps.db.for(caller.org), id))

export interface AppPage {
  readonly apps: readonly App[]
  readonly next?: string
  /** By app id, when a person's assignment was asked for with each. */
  readonly appUsers: ReadonlyMap<string, AppUser>
}

export async function listApps(deps: Deps, caller: Caller, query: AppQuery, page: Page): Promise<AppPage> {
  const { filter, expandUser } = query
  if (filter?.attribute === 'credentials.signing.kid' && filter.value !== (await commonFacts(deps, caller)).signingKid)
    return { apps: [], appUsers: new Map() }
  const tx = deps.db.for(caller.org)
  return deps.db.scan(
    (function* (): Unit<AppPage> {
      const { rows: apps, ...rest } = cutPage(yield* selectAppPage(tx, query, page), page, (app) => app.id)
      const appUsers = new Map<string, AppUser>()
      if (expandUser !== undefined)
        for (const app of apps) {
          const [appUser] = yield* selectAppUsers(tx, app.id, { userId: expandUser }, { limit: 1 })
          if (appUser) appUsers.set(app.id, appUser)
        }
      return { apps, ...rest, appUsers }
    })(),
  )
}

/** The apps that a group is assigned to. @throws {Refusal} not_found */
export async function listAppsOfGroup(deps: Deps, caller: Caller, groupId: string, page: Page): Promise<AppPage> {
  const id = groupId.replaceAll('\0', '')
  if (!(await deps.db.read(findGroup(deps.db.for(caller.org), id)))) throw notFound(groupId, 'UserGroup')
  const filter = { attribute: 'group.id', value: id } as const
  return listApps(deps, caller, { prefix: undefined, filter, expandUser: undefined }, page)
}

/** PUT: what is unsaid is reset. @throws {Refusal} not_found, validation_failed, duplicate_label */
export async function replaceApp(deps: Deps, caller: Caller, id: string, draft: AppDraft): Promise<ShownApp> {
  const org = await orgOf(deps, caller)
  const made = making(deps, draft)
  const fresh = freshSecret(deps, org, draft, made)
  const app = await change(deps, caller, function* (tx) {
    const current = yield* existingApp(tx, id)
    const next = replacedApp(current, draft, made)
    checkApp(next)
    checkFeatures(next, yield* loadFeatures(tx))
    checkSentSecret(draft, next)
    const { remove, add } = decideSecretChange(current.secrets, next, draft.clientSecret !== undefined, fresh)
    checkKeptSecrets(org, next, remove?.id)
    yield* updateApp(tx, next)
    if (remove) yield* deleteSecret(tx, remove.id)
    if (add) yield* insertSecret(tx, id, add)
    yield* logApp(tx, deps, caller, 'update', next)
    const kept = next.secrets.filter((secret) => secret.id !== remove?.id)
    return { ...next, secrets: add ? [...kept, add] : kept }
  })
  return shown(org, app)
}

export async function activateApp(deps: Deps, caller: Caller, id: string): Promise<void> {
  const now = deps.now()
  await change(deps, caller, function* (tx) {
    const app = yield* existingApp(tx, id)
    if (yield* setAppStatus(tx, id, 'ACTIVE', now)) yield* logApp(tx, deps, caller, 'activate', app)
  })
}

/** Every token of the app ends with it. */
export async function deactivateApp(deps: Deps, caller: Caller, id: string): Promise<void> {
  const now = deps.now()
  await change(deps, caller, function* (tx) {
    const app = yield* existingApp(tx, id)
    if (!(yield* setAppStatus(tx, id, 'INACTIVE', now))) return
    yield* deps.revocation.ofApp(tx, id, now)
    yield* logApp(tx, deps, caller, 'deactivate', app)
  })
}

/** @throws {Refusal} not_found, app_deletion_forbidden for an active app */
export async function deleteApp(deps: Deps, caller: Caller, id: string): Promise<void> {
  const now = deps.now()
  await change(deps, caller, function* (tx) {
    const app = yield* existingApp(tx, id)
    if (app.status === 'ACTIVE')
      throw new Refusal('app_deletion_forbidden', { causes: ['The application must be deactivated before deletion.'] })
    yield* deps.revocation.ofApp(tx, id, now)
    yield* deps.revocation.forgetApp(tx, id)
    yield* deleteAssignmentsOfApp(tx, id)
    yield* deleteLogo(tx, id)
    yield* deleteInactiveApp(tx, id)
    yield* logApp(tx, deps, caller, 'delete', app)
  })
}

/** What every app of the org has alike. */
export interface CommonFacts extends AppPolicies {
  /** The name of the key that signs what the org's own server gives to apps. */
  readonly signingKid: string | undefined
}

export async function commonFacts(deps: Pick<Deps, 'config' | 'db'>, caller: Caller): Promise<CommonFacts> {
  const { signingKeys } = await deps.config.get(caller.org)
  const signingKid = signingKeys.get(ORG_SERVER)?.find((key) => key.state === 'ACTIVE')?.kid
  return { signingKid, ...(await deps.db.read(selectAppPolicies(deps.db.for(caller.org)))) }
}

/**
 * Gives an app one of the org's policies. There are the default ones alone, which every app has, so that naming one of them changes
 * nothing. @throws {Refusal} not_found for another
 */
export async function assignPolicy(deps: Deps, caller: Caller, appId: string, policyId: string): Promise<void> {
  await getApp(deps, caller, appId)
  const { accessPolicyId, enrollmentPolicyId } = await commonFacts(deps, caller)
  if (policyId !== accessPolicyId && policyId !== enrollmentPolicyId) throw notFound(policyId, 'Policy')
}

/** A change of configuration whose conflicts are told in Okta's words. */
const change = <T>(deps: Deps, caller: Caller, make: (tx: OrgDb) => Unit<T>): Promise<T> =>
  refuseConflict(changeConfig(deps, caller, make), (columns) => {
    if (columns.includes('label_key')) return new Refusal('duplicate_label')
    return columns.includes('client_id')
      ? invalid('client_id', "client_id: 'client_id' is used by another app.")
      : undefined
  })

function* logApp(tx: OrgDb, deps: Deps, caller: Caller, what: AppChange, app: App): Unit<void> {
  for (const entry of appChanged(what, app)) yield* logChange(tx, deps, caller, entry)
}

const orgOf = async (deps: Deps, caller: Caller): Promise<Org> => (await deps.config.get(caller.org)).org

const making = (deps: Deps, draft: AppDraft): Made => {
  const now = deps.now()
  return { now, keyIds: draft.keys.map(() => newId('clientKey', now, deps.random)) }
}

const freshSecret = (deps: Deps, org: Org, draft: AppDraft, { now }: Made) =>
  newClientSecret(
    org,
    { id: newId('clientSecret', now, deps.random), text: draft.clientSecret ?? generatedSecret(deps.random), now },
    deps.random,
  )

/** A secret for an app without one is passed over, as other members that don't apply; one beside `private_key_jwt` is a mistake. */
function checkSentSecret({ clientSecret }: AppDraft, { clientAuthentication }: App): void {
  if (clientSecret !== undefined && clientAuthentication !== 'none')
    checkClientSecret(clientSecret, clientAuthentication)
}

/** Secrets that stay must suit the client authentication that comes. */
function checkKeptSecrets(org: Org, app: App, removed: string | undefined): void {
  if (app.clientAuthentication !== 'client_secret_jwt') return
  for (const secret of app.secrets)
    if (secret.status === 'ACTIVE' && secret.id !== removed)
      checkClientSecret(openClientSecret(org, secret), 'client_secret_jwt')
}

function shown(org: Org, app: App): ShownApp {
  const secret = usesSecret(app.clientAuthentication) ? currentSecret(app.secrets) : undefined
  return { app, clientSecret: secret && openClientSecret(org, secret) }
}
