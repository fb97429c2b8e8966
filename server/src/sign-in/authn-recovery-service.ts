// Recovery in the classic authentication API, in the words of the engine's steps.
import type { Caller } from '#kernel/caller.ts'
import { Refusal } from '#kernel/refusal.ts'
import { findUser } from '#users/service.ts'
import { mayResetPassword } from '#users/user-status.ts'
import type { Deps } from '../deps.ts'
import { type Shown, show } from './authn-service.ts'
import { expectStep, type Place, type Situation } from './engine-service.ts'
import type { LinkKind } from './link-path.ts'
import { findLink } from './password-link.ts'
import * as steps from './recovery-steps-service.ts'

export interface LinkRequest {
  readonly token: string
  readonly relayState?: string | undefined
  readonly multiOptionalFactorEnroll?: boolean
  readonly warnBeforePasswordExpired?: boolean
}

/** The token of a mail that was asked for, which stays good until it is used for what it is. @throws {Refusal} invalid_token */
export const openRecovery = (deps: Deps, caller: Caller, place: Place, request: LinkRequest): Promise<Shown> =>
  openLink(deps, caller, place, request, { kinds: ['recovery', 'unlock'], refusal: 'invalid_token' })

/** The token of the mail that welcomes somebody. @throws {Refusal} authentication_failed */
export const openActivation = (deps: Deps, caller: Caller, place: Place, request: LinkRequest): Promise<Shown> =>
  openLink(deps, caller, place, request, { kinds: ['activation'], refusal: 'authentication_failed' })

interface Door {
  readonly kinds: readonly LinkKind[]
  readonly refusal: 'invalid_token' | 'authentication_failed'
}

async function openLink(
  deps: Deps,
  caller: Caller,
  place: Place,
  request: LinkRequest,
  { kinds, refusal }: Door,
): Promise<Shown> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const link = await deps.db.read(
    (function* () {
      const found = yield* findLink(tx, request.token, now)
      if (!found || !kinds.includes(found.kind)) return undefined
      const user = yield* findUser(tx, found.userId)
      return user && mayResetPassword(user.status) ? found : undefined
    })(),
  )
  if (!link) throw new Refusal(refusal)
  const relayState = request.relayState ?? link.way?.relayState
  const continuation = { kind: 'home', request: relayState === undefined ? {} : { relayState }, created: now } as const
  const wishes = {
    wantsWarning: request.warnBeforePasswordExpired === true,
    wantsOptionalFactors: request.multiOptionalFactorEnroll === true,
  }
  return settled(deps, caller, place, await steps.beginByLink(deps, caller, place, link, continuation, wishes))
}

export interface AnswerRequest {
  readonly stateToken: string
  readonly answer?: string
}

/** @throws {Refusal} invalid_token, wrong_state, recovery_answer_wrong, rate_limited */
export async function answerRecovery(
  deps: Deps,
  caller: Caller,
  place: Place,
  { stateToken, answer = '' }: AnswerRequest,
): Promise<Shown> {
  const at = await expectStep(deps, caller, place, stateToken, 'answer-question')
  const outcome = await steps.answerQuestion(deps, caller, at, answer)
  if (outcome.kind !== 'right')
    throw new Refusal(outcome.kind === 'exhausted' ? 'rate_limited' : 'recovery_answer_wrong')
  return settled(deps, caller, place, outcome.situation)
}

export interface ResetRequest {
  readonly stateToken: string
  readonly newPassword?: string
}

/** @throws {Refusal} invalid_token, wrong_state, password_refused, rate_limited */
export async function resetPassword(
  deps: Deps,
  caller: Caller,
  place: Place,
  { stateToken, newPassword = '' }: ResetRequest,
): Promise<Shown> {
  const at = await expectStep(deps, caller, place, stateToken, 'choose-password')
  const change = await steps.choosePassword(deps, caller, at, { password: newPassword, repeated: newPassword })
  if (change.kind === 'refused') throw new Refusal('password_refused', { causes: [change.fault] })
  return show(deps, caller, change.situation)
}

/** The end of a lockout is no sign-in: it is done at once, and the person begins anew. */
async function settled(deps: Deps, caller: Caller, place: Place, situation: Situation): Promise<Shown> {
  const { step, token } = situation
  if (step.kind !== 'unlocked' || token === undefined) return show(deps, caller, situation)
  const at = await expectStep(deps, caller, place, token, 'unlocked')
  await steps.unlock(deps, caller, at)
  return { kind: 'unlocked', situation }
}
