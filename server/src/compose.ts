// Puts the outside world together: the same for `main.ts`, for tests and for tools, which differ in clock, database and settings alone.

import { seedApiToken } from './api-tokens/service.ts'
import { loadApps, seedAdminConsole } from './apps/service.ts'
import { loadServers, seedDefaultServer } from './authorization-servers/service.ts'
import type { Settings } from './config.ts'
import { CALLBACK_PATH, consoleUrlOf } from './console/console-url.ts'
import type { Db } from './db/db.ts'
import type { OrgDb } from './db/org-db.ts'
import type { Unit } from './db/unit.ts'
import type { Deps, MailDoor, OperatorLog } from './deps.ts'
import { loadFeatures } from './features/service.ts'
import { addToEveryone, getEveryoneId, seedEveryone } from './groups/service.ts'
import { childHasher } from './hashing/hasher.ts'
import { newId, type RandomBytes } from './kernel/id.ts'
import type { Instant } from './kernel/instant.ts'
import type { SecretKey } from './kernel/secret.ts'
import { type MailSender, mailSender } from './mail/sender.ts'
import { tokenRevocation } from './oauth/tokens/revocation.ts'
import { type ConfigSource, configCache, type PolledCache } from './orgs/config-cache.ts'
import type { Org } from './orgs/org.ts'
import type { OrgConfig } from './orgs/org-config.ts'
import {
  createOrg,
  loadOrg,
  type NewOrg,
  orgVersion,
  orgVersions,
  type Seed,
  type SeedContext,
} from './orgs/service.ts'
import { loadPolicies, seedDefaultPolicies } from './policies/service.ts'
import { refusedRequestSink } from './refused-requests/service.ts'
import { seedRole } from './roles/service.ts'
import { passwordPace } from './sign-in/password-pace.ts'
import { deviceMemory } from './sign-in/remembered-device.ts'
import { keySource, signerSource } from './signing/signer.ts'
import { addFirstKey, loadSigningKeys } from './signing-keys/service.ts'
import { ORG_SERVER } from './signing-keys/signing-key.ts'
import { eventSink } from './system-log/service.ts'
import { loadTrustedOrigins } from './trusted-origins/service.ts'
import { seedAdministrator } from './users/service.ts'

export interface World {
  readonly settings: Settings
  readonly db: Db
  readonly now: () => Instant
  readonly random: RandomBytes
  readonly rootKeys: readonly SecretKey[]
  readonly log: OperatorLog
  readonly mail: MailDoor | undefined
  /** Signing keys kept ready for new orgs. */
  readonly keysAhead: number
}

export interface Composed extends Deps {
  readonly config: PolledCache
  /** Does nothing before it is started. */
  readonly outbox: MailSender
}

export function composeDeps(world: World): Composed {
  const { db, now, random } = world
  const doors = { ...world, keys: keySource(random, world.keysAhead), signers: signerSource(), hasher: childHasher() }
  const config = configCache(configSource(world))
  return {
    ...doors,
    config,
    outbox: mailSender({ ...world, config }),
    refusedRequests: refusedRequestSink({ db, now, log: world.log, config, settings: world.settings }),
    events: eventSink({ db, now, random, log: world.log }),
    revocation: tokenRevocation,
    devices: deviceMemory,
    passwordPace: passwordPace(),
  }
}

function configSource(world: World): ConfigSource {
  return {
    version: (org) => orgVersion(world.db, org),
    versions: (orgs) => orgVersions(world.db, orgs),
    async load(org): Promise<OrgConfig> {
      // The version is read first: what is loaded after it is that version or a later one, never an older.
      const { org: loaded, version } = await loadOrg(world, org)
      const tx = world.db.for(org)
      return world.db.read(
        (function* () {
          const apps = yield* loadApps(tx, `${consoleUrlOf(world.settings, loaded.url)}${CALLBACK_PATH}`)
          return {
            org: loaded,
            version,
            appsById: new Map(apps.map((app) => [app.id, app])),
            appsByClientId: new Map(apps.map((app) => [app.clientId, app])),
            servers: yield* loadServers(tx),
            signingKeys: yield* loadSigningKeys(tx),
            trustedOrigins: yield* loadTrustedOrigins(tx),
            features: yield* loadFeatures(tx),
            policies: yield* loadPolicies(tx),
          }
        })(),
      )
    },
  }
}

export interface FirstAdministrator {
  readonly login: string
  readonly password: string
  /** A ready-made API token of the administrator. */
  readonly apiToken?: string | undefined
}

function* seedPolicies(tx: OrgDb, context: SeedContext): Unit<void> {
  yield* seedDefaultPolicies(tx, context, yield* getEveryoneId(tx))
}

/** Makes an org with everything that a fresh one holds (spec of sign-in: 11.7; of OAuth: 6.1). */
export async function createWholeOrg(deps: Deps, draft: NewOrg, administrator: FirstAdministrator): Promise<Org> {
  const [orgKey, serverKey] = await Promise.all([deps.keys.next(), deps.keys.next()])
  const passwordHash = await deps.hasher.hash(administrator.password)
  const administratorId = newId('user', deps.now(), deps.random)
  const token = administrator.apiToken
  const seeds: readonly Seed[] = [
    (tx, context) => addFirstKey(tx, context, ORG_SERVER, orgKey),
    (tx, context) => seedDefaultServer(tx, context, serverKey),
    seedEveryone,
    seedPolicies,
    seedAdminConsole,
    (tx, context) =>
      seedAdministrator(tx, context, { userId: administratorId, login: administrator.login, passwordHash }),
    (tx, context) => addToEveryone(tx, administratorId, context.now),
    (tx, context) => seedRole(tx, context, administratorId, 'SUPER_ADMIN'),
    ...(token === undefined
      ? []
      : [(tx: OrgDb, context: SeedContext) => seedApiToken(tx, context, { userId: administratorId, token })]),
  ]
  return createOrg(deps, draft, seeds)
}
