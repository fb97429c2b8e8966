// Signing in by the classic authentication API: a name and a password for a session token. Nothing is kept between its calls yet: a
// password alone completes every sign-in, so there is no transaction that a state token could stand for.
import { admitsEveryone } from '#apps/feature-rules.ts'
import { findAssignment } from '#apps/service.ts'
import type { Caller } from '#kernel/caller.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { resetAttempts } from '#users/service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { verifyCredentials } from './password.ts'
import { type IssuedSessionToken, issueSessionToken } from './session-token.ts'

export interface AuthnRequest {
  readonly username?: string
  readonly password?: string
  readonly token?: string
  readonly stateToken?: string
  readonly audience?: string
}

export interface SignedIn {
  readonly user: User
  readonly issued: IssuedSessionToken
}

/** @throws {Refusal} authentication_failed for whatever is wrong with name or password, invalid_token, validation_failed, rate_limited */
export async function signInWithPassword(deps: Deps, caller: Caller, request: AuthnRequest): Promise<SignedIn> {
  const { username, password, token, stateToken, audience } = request
  if (stateToken !== undefined) throw new Refusal('invalid_token')
  // No activation token has been given out: whatever comes is a wrong one.
  if (token !== undefined) throw new Refusal('authentication_failed')
  if (username === undefined) throw invalid('authRequest', 'username: The field cannot be left blank')
  if (password === undefined) throw new Refusal('authentication_failed')
  const outcome = await verifyCredentials(deps, caller, { identifier: username, password })
  if (outcome.kind === 'refused') throw new Refusal('authentication_failed')
  const { user } = outcome
  if (audience !== undefined && !(await mayUse(deps, caller, audience, user))) {
    // The password was right: this is no attempt to count.
    await deps.db.write(() => resetAttempts(deps.db.for(caller.org), user.id))
    throw invalid('authRequest')
  }
  return { user, issued: await issueSessionToken(deps, caller, user) }
}

async function mayUse(deps: Deps, caller: Caller, appId: string, user: User): Promise<boolean> {
  const { appsById, features } = await deps.config.fresh(caller.org)
  const app = appsById.get(appId)
  if (app?.status !== 'ACTIVE') return false
  return (
    admitsEveryone(app, features) ||
    (await deps.db.read(findAssignment(deps.db.for(caller.org), app.id, user.id))) !== undefined
  )
}
