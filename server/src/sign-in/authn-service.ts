// Signing in by the classic authentication API: a name and a password for a session token. A password that has expired opens a
// transaction instead, which its state token stands for until the password is changed.
import { admitsEveryone } from '#apps/feature-rules.ts'
import { findAssignment } from '#apps/service.ts'
import type { Caller } from '#kernel/caller.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { resetAttempts } from '#users/service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { closeTransaction, getTransaction, openTransaction, type Transaction } from './authn-transaction-service.ts'
import { changeExpiredPassword } from './expired-password.ts'
import { verifyCredentials } from './password.ts'
import { type IssuedSessionToken, issueSessionToken } from './session-token.ts'

export interface AuthnRequest {
  readonly username?: string
  readonly password?: string
  readonly token?: string
  readonly stateToken?: string
  readonly audience?: string
  /** Handed back as it came. */
  readonly relayState?: string
}

export type SignIn =
  | { readonly kind: 'success'; readonly user: User; readonly issued: IssuedSessionToken }
  | { readonly kind: 'password-expired'; readonly transaction: Transaction }

export interface PasswordChange {
  readonly stateToken: string
  readonly oldPassword?: string
  readonly newPassword?: string
}

/** @throws {Refusal} authentication_failed for whatever is wrong with name or password, invalid_token, validation_failed, rate_limited */
export async function signInWithPassword(deps: Deps, caller: Caller, request: AuthnRequest): Promise<SignIn> {
  const { username, password, token, stateToken, audience } = request
  if (stateToken !== undefined)
    return { kind: 'password-expired', transaction: await getTransaction(deps, caller, stateToken) }
  // The token of an activation opens its page and nothing else.
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
  if (outcome.kind === 'expired')
    return { kind: 'password-expired', transaction: await openTransaction(deps, caller, user, request.relayState) }
  return { kind: 'success', user, issued: await issueSessionToken(deps, caller, user) }
}

/**
 * The new password in the place of the expired one, and what it is worth: a session token.
 * @throws {Refusal} invalid_token, credentials_update_failed, rate_limited
 */
export async function changePassword(
  deps: Deps,
  caller: Caller,
  { stateToken, oldPassword = '', newPassword = '' }: PasswordChange,
): Promise<{ readonly user: User; readonly issued: IssuedSessionToken; readonly relayState: string | undefined }> {
  const { user, relayState } = await getTransaction(deps, caller, stateToken)
  const outcome = await verifyCredentials(deps, caller, { identifier: user.login, password: oldPassword })
  if (outcome.kind !== 'expired' || outcome.user.id !== user.id)
    throw refused('oldPassword: The credentials provided were incorrect.')
  const proof = { userId: user.id, passwordChanged: outcome.user.passwordChanged }
  const change = await changeExpiredPassword(deps, caller, proof, { password: newPassword, repeated: newPassword })
  if (change.kind === 'refused') throw refused(`newPassword: ${change.fault}`)
  if (change.kind === 'gone') throw new Refusal('invalid_token')
  await closeTransaction(deps, caller, stateToken)
  return { user: change.user, issued: await issueSessionToken(deps, caller, change.user), relayState }
}

const refused = (sentence: string) => new Refusal('credentials_update_failed', { causes: [sentence] })

async function mayUse(deps: Deps, caller: Caller, appId: string, user: User): Promise<boolean> {
  const { appsById, features } = await deps.config.fresh(caller.org)
  const app = appsById.get(appId)
  if (app?.status !== 'ACTIVE') return false
  return (
    admitsEveryone(app, features) ||
    (await deps.db.read(findAssignment(deps.db.for(caller.org), app.id, user.id))) !== undefined
  )
}
