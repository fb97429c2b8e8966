// What apps hold of a person, as the person sees it: living refresh tokens and consents of all servers together, one entry for each app.
// Taking it back ends whatever the app holds by now, access tokens and codes on their way included, and it asks for consent anew.
import { isBuiltIn } from '#apps/built-in-app.ts'
import type { ConnectedApp, ConnectedApps } from '#dashboard/connected-app.ts'
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { type Caller, personOf } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import { searchKey } from '#kernel/login-key.ts'
import { notFound, Refusal } from '#kernel/refusal.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { logChange } from '#system-log/service.ts'
import { getUser } from '#users/service.ts'
import { targetOf } from '#users/user.ts'
import type { Deps } from '../../deps.ts'
import { consentRevoked, tokensRevoked } from '../log.ts'
import { deleteConsents } from '../tokens/consent-store.ts'
import type { Grant } from '../tokens/grant.ts'
import { type Consent, selectAllFamilies, selectConsents } from './family-view.ts'

interface Held {
  readonly families: readonly Grant[]
  readonly consents: readonly Consent[]
}

export const connectedApps = (deps: Deps): ConnectedApps => ({
  async list(caller) {
    const held = await deps.db.read(selectHeld(deps.db.for(caller.org), personIn(caller), deps.now()))
    const config = await deps.config.fresh(caller.org)
    const ids = new Set([...held.families, ...held.consents].map(({ appId }) => appId))
    const apps = [...ids].flatMap((id) => {
      const app = config.appsById.get(id)
      return app && !isBuiltIn(app) ? [connectedApp(app, held, config)] : []
    })
    const labelled = apps.map((app) => ({ app, key: searchKey(app.app.label) }))
    return labelled
      .toSorted((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)))
      .map(({ app }) => app)
  },
  async disconnect(caller, appId) {
    const userId = personIn(caller)
    const { appsById } = await deps.config.fresh(caller.org)
    const app = appsById.get(appId)
    if (!app || isBuiltIn(app)) throw notFound(appId, 'AppInstance')
    const now = deps.now()
    const tx = deps.db.for(caller.org)
    await deps.db.write(function* () {
      const user = yield* getUser(tx, userId)
      const held = yield* selectHeld(tx, userId, now)
      const families = held.families.filter((grant) => grant.appId === appId)
      const consents = held.consents.filter((consent) => consent.appId === appId)
      if (families.length + consents.length === 0) throw notFound(appId, 'AppInstance')
      yield* deps.revocation.ofUserAndApp(tx, userId, appId, now)
      yield* deleteConsents(tx, { userId, appId })
      for (const serverId of serversOf(families))
        yield* logChange(tx, deps, caller, tokensRevoked(app, serverId, [targetOf(user)]))
      for (const serverId of serversOf(consents))
        yield* logChange(tx, deps, caller, consentRevoked(app, serverId, [targetOf(user)]))
    })
  },
})

function personIn(caller: Caller): string {
  const person = personOf(caller)
  if (!person) throw new Refusal('forbidden')
  return person.userId
}

function* selectHeld(tx: OrgDb, userId: string, now: Instant): Unit<Held> {
  return { families: yield* selectAllFamilies(tx, { userId }, now), consents: yield* selectConsents(tx, userId, {}) }
}

const serversOf = (held: readonly { readonly serverId: string }[]): readonly string[] => [
  ...new Set(held.map(({ serverId }) => serverId)),
]

function connectedApp(app: ConnectedApp['app'], held: Held, { servers }: OrgConfig): ConnectedApp {
  const families = held.families.filter(({ appId }) => appId === app.id)
  const consents = held.consents.filter(({ appId }) => appId === app.id)
  const named = [
    ...families.flatMap(({ serverId, scopes }) => scopes.map((scope) => ({ serverId, scope }))),
    ...consents,
  ].map(({ serverId, scope }) => servers.get(serverId)?.scopes.find(({ name }) => name === scope)?.displayName || scope)
  const lastUsed = families.map(({ created, refreshed }) => refreshed ?? created)
  return {
    app,
    scopes: [...new Set(named)],
    since: earliest([...families, ...consents].map(({ created }) => created)),
    lastUsed: lastUsed.length === 0 ? undefined : latest(lastUsed),
  }
}

const earliest = (instants: readonly Instant[]): Instant => instants.reduce((one, other) => (other < one ? other : one))
const latest = (instants: readonly Instant[]): Instant => instants.reduce((one, other) => (other > one ? other : one))
