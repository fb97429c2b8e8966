// API tokens, for other rooms: whom a token speaks for, the first one of an org, and their end with the person's access.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Actor } from '#kernel/caller.ts'
import { newId, type OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { tokenHash } from '#kernel/secret.ts'
import type { SeedContext } from '#orgs/service.ts'
import { rolesOf } from '#roles/service.ts'
import { findUser } from '#users/service.ts'
import { displayNameOf } from '#users/user.ts'
import { keepsAccess } from '#users/user-status.ts'
import type { Deps } from '../deps.ts'
import { type ApiToken, endOfWindow, isAlive, renewalIsWorthWriting } from './api-token.ts'
import { insertApiToken, removeApiTokensOf, renewApiToken, selectApiTokenByHash } from './store.ts'

type Doors = Pick<Deps, 'db' | 'now'>

interface Found {
  readonly token: ApiToken
  readonly actor: Actor
}

/**
 * The person who made the token, with the roles that they hold now. Its use renews the token's life.
 * @throws {Refusal} invalid_token for one that is unknown, expired or revoked, or whose person may not act any more
 */
export async function resolveApiToken(deps: Doors, org: OrgId, value: string): Promise<Actor> {
  const now = deps.now()
  const tx = deps.db.for(org)
  const found = await deps.db.read(find(tx, tokenHash(value), now))
  if (!found) throw new Refusal('invalid_token')
  if (renewalIsWorthWriting(found.token, now))
    await deps.db.write(() => renewApiToken(tx, found.token.id, now, endOfWindow(now)), { isolation: 'readCommitted' })
  return found.actor
}

function* find(tx: OrgDb, hash: string, now: Instant): Unit<Found | undefined> {
  const token = yield* selectApiTokenByHash(tx, hash)
  if (!token || !isAlive(token, now)) return undefined
  const user = yield* findUser(tx, token.userId)
  if (!user || !keepsAccess(user.status)) return undefined
  const roles = yield* rolesOf(tx, user.id)
  const { id: userId, login } = user
  return {
    token,
    actor: { kind: 'api-token', tokenId: token.id, userId, login, displayName: displayNameOf(user), roles },
  }
}

export interface ApiTokenSeed {
  readonly userId: string
  /** The token's value, as it was chosen outside. */
  readonly token: string
}

/** The ready-made token of a fresh org. */
export function* seedApiToken(tx: OrgDb, { now, random }: SeedContext, { userId, token }: ApiTokenSeed): Unit<void> {
  const id = newId('apiToken', now, random)
  const first: ApiToken = { id, name: 'First start', userId, created: now, lastUpdated: now, expires: endOfWindow(now) }
  yield* insertApiToken(tx, first, tokenHash(token))
}

/** Part of ending a person's access for good. */
export const endApiTokensOfUser = (tx: OrgDb, userId: string): Unit<void> => removeApiTokensOf(tx, userId)
