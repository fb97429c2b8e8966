// What administrators do with API tokens. A token is made by a person who is there, never by another token: whoever gets hold of one
// can't make it outlive its revocation.
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { invalid, notFound, Refusal } from '#kernel/refusal.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import { assertMayChange } from '#roles/service.ts'
import { useSession } from '#sessions/service.ts'
import type { Target } from '#system-log/event.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { type ApiToken, endOfWindow, isAlive, NAME_MAX } from './api-token.ts'
import {
  insertApiToken,
  removeApiToken,
  removeDeadApiTokensOf,
  selectApiToken,
  selectLivingApiTokens,
} from './store.ts'

/** As Okta's begin: secret scanners know the form. */
const PREFIX = '00'
const VALUE_BYTES = 30

export interface CreatedApiToken {
  readonly token: ApiToken
  /** Shown this once. */
  readonly value: string
}

/**
 * A token that acts for the caller.
 * @throws {Refusal} forbidden for a caller that is a token itself, invalid_session for one whose session was ended meanwhile, validation_failed
 */
export async function createApiToken(deps: Deps, caller: Caller, name: string): Promise<CreatedApiToken> {
  const { actor } = caller
  if (actor.kind !== 'session' && actor.kind !== 'console') throw new Refusal('forbidden')
  const fault = nameFault(name)
  if (fault !== undefined) throw invalid('name', `name: ${fault}`)
  const now = deps.now()
  const value = `${PREFIX}${randomToken(deps.random, VALUE_BYTES)}`
  const id = newId('apiToken', now, deps.random)
  const token = { id, name, userId: actor.userId, created: now, lastUpdated: now, expires: endOfWindow(now) }
  await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    // What ends a person's sessions for good ends their tokens, and would not see this one.
    if (!(yield* useSession(tx, actor.sessionId, now))) throw new Refusal('invalid_session')
    yield* removeDeadApiTokensOf(tx, actor.userId, now)
    yield* insertApiToken(tx, token, tokenHash(value))
    yield* logChange(tx, deps, caller, { eventType: 'system.api_token.create', targets: [targetOf(token)] })
  })
  return { token, value }
}

function nameFault(name: string): string | undefined {
  if (name.trim() === '') return 'The field cannot be left blank'
  if (name.length > NAME_MAX) return `The field is too long, at most ${NAME_MAX} characters`
  return name.includes('\0') ? 'The field is not valid' : undefined
}

/** Those that can be used; one more than `limit` where there is one more. */
export const listApiTokens = (
  deps: Deps,
  caller: Caller,
  page: { readonly after?: string; readonly limit: number },
): Promise<readonly ApiToken[]> => deps.db.scan(selectLivingApiTokens(deps.db.for(caller.org), deps.now(), page))

/** @throws {Refusal} not_found */
export async function getApiToken(deps: Deps, caller: Caller, id: string): Promise<ApiToken> {
  const token = id.includes('\0') ? undefined : await deps.db.read(selectApiToken(deps.db.for(caller.org), id))
  if (!token || !isAlive(token, deps.now())) throw notFound(id, 'Token')
  return token
}

/** Dead from this commit on. @throws {Refusal} not_found, forbidden for that of somebody who may do more than the caller */
export async function revokeApiToken(deps: Deps, caller: Caller, id: string): Promise<void> {
  const token = await getApiToken(deps, caller, id)
  const removed = await deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    yield* assertMayChange(tx, caller, token.userId)
    if (!(yield* removeApiToken(tx, token.id))) return false
    yield* logChange(tx, deps, caller, { eventType: 'system.api_token.revoke', targets: [targetOf(token)] })
    return true
  })
  if (!removed) throw notFound(id, 'Token')
}

/** The token that the caller came with. @throws {Refusal} forbidden for a caller that came with none */
export async function revokeCurrentApiToken(deps: Deps, caller: Caller): Promise<void> {
  if (caller.actor.kind !== 'api-token') throw new Refusal('forbidden')
  await revokeApiToken(deps, caller, caller.actor.tokenId)
}

const targetOf = ({ id, name }: ApiToken): Target => ({ id, type: 'Token', alternateId: name, displayName: name })
