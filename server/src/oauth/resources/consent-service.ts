// What a person has allowed apps at custom servers, scope by scope. Taking a consent back ends whatever the app still holds by it.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import { notFound } from '#kernel/refusal.ts'
import { assertMayChange } from '#roles/service.ts'
import { logChange } from '#system-log/service.ts'
import { readUser } from '#users/service.ts'
import { targetOf, type User } from '#users/user.ts'
import type { Deps } from '../../deps.ts'
import { consentRevoked } from '../log.ts'
import { deleteUnusedCodes } from '../tokens/code-store.ts'
import { deleteConsent } from '../tokens/consent-store.ts'
import { endGrants } from '../tokens/end-grants.ts'
import { type Consent, selectConsents, selectGrantsWith } from './family-view.ts'
import { getClient } from './place.ts'

export interface OwnedConsents {
  readonly user: User
  readonly consents: readonly Consent[]
}

export interface ConsentQuestion {
  readonly user: string
  /** Only of this client. */
  readonly clientId?: string | undefined
  /** Only this one, which must be there. */
  readonly id?: string | undefined
}

/** @throws {Refusal} not_found */
export async function listConsents(deps: Deps, caller: Caller, question: ConsentQuestion): Promise<OwnedConsents> {
  const user = await readUser(deps, caller, question.user)
  const { id, clientId } = question
  const app = clientId === undefined ? undefined : await getClient(deps, caller, clientId)
  const tx = deps.db.for(caller.org)
  return { user, consents: await deps.db.read(askedConsents(tx, user, app?.id, id)) }
}

function* askedConsents(
  tx: OrgDb,
  user: User,
  appId: string | undefined,
  id: string | undefined,
): Unit<readonly Consent[]> {
  const filter = { ...(appId === undefined ? {} : { appId }), ...(id === undefined ? {} : { id }) }
  const consents = id?.includes('\0') ? [] : yield* selectConsents(tx, user.id, filter)
  if (id !== undefined && consents.length === 0) throw notFound(id, 'OAuth2ScopeConsentGrant')
  return consents
}

/** @throws {Refusal} not_found, forbidden */
export async function revokeConsents(deps: Deps, caller: Caller, question: ConsentQuestion): Promise<void> {
  const { user, consents: known } = await listConsents(deps, caller, question)
  if (known.length === 0) return
  const { appsById } = await deps.config.get(caller.org)
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  await deps.db.write(function* () {
    yield* assertMayChange(tx, caller, user.id)
    for (const consent of known) {
      const there = yield* selectConsents(tx, user.id, { id: consent.id })
      if (there.length === 0) continue
      yield* endConsent(tx, user, consent, now)
      const targets = [targetOf(user), { id: consent.id, type: 'consent', displayName: consent.scope }]
      yield* logChange(tx, deps, caller, consentRevoked(appsById.get(consent.appId), consent.serverId, targets))
    }
  })
}

/** Codes that nobody has used yet go too, as where a person's access to an app ends. */
function* endConsent(tx: OrgDb, user: User, consent: Consent, now: Instant): Unit<void> {
  yield* deleteUnusedCodes(tx, { userId: user.id, appId: consent.appId }, now)
  yield* deleteConsent(tx, user.id, consent.id)
  for (const id of yield* selectGrantsWith(tx, user.id, consent)) yield* endGrants(tx, { id }, now)
}
