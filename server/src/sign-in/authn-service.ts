// The classic authentication API as a face of the sign-in engine: a name and a password begin, and what is done is worth a session token.
import { admitsEveryone } from '#apps/feature-rules.ts'
import { findAssignment } from '#apps/service.ts'
import type { Activation, Challenge } from '#authenticators/proof.ts'
import type { Caller } from '#kernel/caller.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { resetAttempts } from '#users/service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { abandon, begin, expectStep, look, type Open, type Place, type Situation } from './engine-service.ts'
import { shownActivation, shownChallenge } from './factor-steps.ts'
import type { SkippableStep } from './next-step.ts'
import { verifyCredentials } from './password.ts'
import { changePassword as change } from './password-steps.ts'
import { type IssuedSessionToken, issueSessionToken } from './session-token.ts'
import { hashOfNamedDevice, newStanding } from './standing.ts'
import { skip } from './steps.ts'

export interface AuthnRequest {
  readonly username?: string
  readonly password?: string
  readonly stateToken?: string
  readonly audience?: string
  /** Handed back as it came. */
  readonly relayState?: string
  readonly warnBeforePasswordExpired?: boolean
  readonly multiOptionalFactorEnroll?: boolean
  /** What an app with an API token calls the device on which the person is. */
  readonly deviceToken?: string | undefined
}

/** What a face shows: a step that waits for somebody, or the session token that all of it was for. */
export type Shown =
  | {
      readonly kind: 'step'
      readonly situation: Open
      /** What the person is asked to prove, and what makes a pending factor theirs. */
      readonly challenge?: Challenge
      readonly activation?: Activation
    }
  | { readonly kind: 'success'; readonly situation: Situation; readonly issued: IssuedSessionToken }
  /** A lockout that its person has ended: nobody is signed in by it. */
  | { readonly kind: 'unlocked'; readonly situation: Situation }
  /** Only where the policy says that a lockout is told of. */
  | { readonly kind: 'locked-out'; readonly relayState: string | undefined }

/** @throws {Refusal} authentication_failed for whatever is wrong with name or password, invalid_token, validation_failed, rate_limited */
export async function signIn(deps: Deps, caller: Caller, place: Place, request: AuthnRequest): Promise<Shown> {
  const { username, password, stateToken, audience, relayState, deviceToken } = request
  if (stateToken !== undefined) return show(deps, caller, await look(deps, caller, place, stateToken))
  if (username === undefined) throw invalid('authRequest', 'username: The field cannot be left blank')
  if (password === undefined) throw new Refusal('authentication_failed')
  const outcome = await verifyCredentials(deps, caller, { identifier: username, password })
  if (outcome.kind === 'too-long') throw invalid('authRequest', `password: ${outcome.fault}`)
  if (outcome.kind === 'refused' && outcome.isLockedOut) return { kind: 'locked-out', relayState }
  if (outcome.kind === 'refused') throw new Refusal('authentication_failed')
  const { user } = outcome
  if (audience !== undefined && !(await mayUse(deps, caller, audience, user))) {
    // The password was right: this is no attempt to count.
    await deps.db.write(() => resetAttempts(deps.db.for(caller.org), user.id))
    throw invalid('authRequest')
  }
  const now = deps.now()
  const standing = {
    ...newStanding('sign-in', { kind: 'password', at: now, passwordChanged: user.passwordChanged ?? null }),
    wantsWarning: request.warnBeforePasswordExpired === true,
    wantsOptionalFactors: request.multiOptionalFactorEnroll === true,
    ...(deviceToken !== undefined && isTrusted(caller) ? { deviceHash: hashOfNamedDevice(deviceToken) } : {}),
  }
  const continuation = { kind: 'home', request: relayState === undefined ? {} : { relayState }, created: now } as const
  return show(deps, caller, await begin(deps, caller, place, { user, standing, continuation }))
}

/** An app that calls with an API token speaks for the people whom it serves. */
const isTrusted = ({ actor }: Caller): boolean => actor.kind === 'api-token'

/** Makes a session token of what is done; nobody reads from a refusal that the password was right. */
export async function show(deps: Deps, caller: Caller, situation: Situation): Promise<Shown> {
  const { step } = situation
  if (step.kind === 'done')
    return { kind: 'success', situation, issued: await issueSessionToken(deps, caller, situation) }
  if (step.kind === 'denied' || step.kind === 'over' || !isOpen(situation)) throw new Refusal('authentication_failed')
  if (step.kind === 'answer-challenge')
    return { kind: 'step', situation, challenge: await shownChallenge(deps, caller, { ...situation, step }) }
  if (step.kind === 'activate-factor')
    return { kind: 'step', situation, activation: await shownActivation(deps, caller, { ...situation, step }) }
  return { kind: 'step', situation }
}

const isOpen = (situation: Situation): situation is Open => situation.token !== undefined

/** @throws {Refusal} invalid_token */
export async function cancel(deps: Deps, caller: Caller, place: Place, token: string): Promise<string | undefined> {
  const situation = await look(deps, caller, place, token)
  await abandon(deps, caller, situation)
  return situation.kept.continuation.request.relayState
}

/** A step that belongs to no state of a sign-in here. @throws {Refusal} invalid_token, wrong_state */
export async function refuseStep(deps: Deps, caller: Caller, place: Place, token: string): Promise<never> {
  await look(deps, caller, place, token)
  throw new Refusal('wrong_state')
}

/** Passes over what may be passed over. @throws {Refusal} invalid_token, wrong_state */
export async function skipStep(deps: Deps, caller: Caller, place: Place, token: string): Promise<Shown> {
  const kinds = ['change-password', 'enroll-factor'] as const satisfies readonly SkippableStep[]
  const at = await expectStep(deps, caller, place, token, ...kinds)
  return show(deps, caller, await skip(deps, caller, at))
}

export interface PasswordChange {
  readonly stateToken: string
  readonly oldPassword?: string
  readonly newPassword?: string
  readonly revokeSessions?: boolean
}

/**
 * The new password in the place of the old one, which is proved once more.
 * @throws {Refusal} invalid_token, wrong_state, credentials_update_failed, password_refused, rate_limited
 */
export async function changePassword(
  deps: Deps,
  caller: Caller,
  place: Place,
  { stateToken, oldPassword = '', newPassword = '', revokeSessions = false }: PasswordChange,
): Promise<Shown> {
  const at = await expectStep(deps, caller, place, stateToken, 'change-password')
  const outcome = await verifyCredentials(deps, caller, { identifier: at.user.login, password: oldPassword })
  if (outcome.kind === 'too-long') throw refused(`oldPassword: ${outcome.fault}`)
  if (outcome.kind === 'refused' || outcome.user.id !== at.user.id)
    throw refused('oldPassword: The credentials provided were incorrect.')
  // The old password was right: whatever is wrong with the new one is no attempt to count.
  await deps.db.write(() => resetAttempts(deps.db.for(caller.org), at.user.id))
  const changed = await change(deps, caller, at, { password: newPassword, repeated: newPassword }, { revokeSessions })
  if (changed.kind === 'refused') throw new Refusal('password_refused', { causes: [changed.fault] })
  return show(deps, caller, changed.situation)
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
