// Shows where a sign-in stands as a page, and ends it with a session: the hosted face of the engine. A page for each step; what is done
// goes on to what was suspended.
import type { Answer } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import type { Call } from '#http/route.ts'
import type { Session } from '#sessions/session.ts'
import type { Deps } from '../deps.ts'
import { cookiesOf, currentSession } from './browser-session.ts'
import type { Continuations, PageFacts } from './continuation.ts'
import { deviceCookies } from './device-cookie.ts'
import type { At, Open, Situation } from './engine-service.ts'
import { shownActivation, shownChallenge } from './factor-steps.ts'
import { browserOf, showSignIn } from './hosted-page.ts'
import { csrfToken, type Interaction } from './interaction.ts'
import { unlock } from './recovery-steps-service.ts'
import { startSession } from './service.ts'
import { type StepTold, stepView } from './step-views.ts'

export interface StepProblem {
  /** Said above the form. */
  readonly error?: string
  /** The factor whose form is wanted before it is begun. */
  readonly wanted?: string
  /** The question that was chosen in it. */
  readonly chosen?: string
}

/** The page of the step, or what was suspended, in a new session. Undefined for one who may not sign in, and reads nothing else. */
export async function showStep(
  deps: Deps,
  continuations: Continuations,
  call: Call,
  situation: Situation,
  problem: StepProblem = {},
): Promise<Answer | undefined> {
  const { step, kept } = situation
  if (step.kind === 'denied' || step.kind === 'over') return undefined
  if (step.kind === 'done') return goOn(deps, continuations, call, situation)
  if (situation.token === undefined) return undefined
  if (step.kind === 'unlocked')
    return endLockout(deps, continuations, call, { ...situation, token: situation.token, step })
  const facts = await continuations[kept.continuation.kind].describe(call, kept.continuation)
  return showPage(deps, call, { ...situation, token: situation.token }, facts, problem)
}

async function showPage(
  deps: Deps,
  call: Call,
  situation: Open,
  { formActionOrigins, frameAncestors }: PageFacts,
  { error, wanted, chosen }: StepProblem,
): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const { token: browser, cookies } = browserOf(deps, call)
  const told = {
    orgName: org.name,
    stateToken: situation.token,
    csrf: csrfToken(org, browser),
    error,
    wanted,
    chosen,
    ...(await askedOf(deps, call, situation)),
  }
  const status = error === undefined ? 200 : 400
  const terms = { status, formActionOrigins, frameAncestors, cookies, script: needsScript(situation) }
  return pageAnswer(deps.random, (nonce) => stepView(situation, { ...told, nonce }), terms)
}

/** The end of a lockout is no sign-in: it is done at once, and the person begins anew. */
async function endLockout(deps: Deps, continuations: Continuations, call: Call, at: At<'unlocked'>): Promise<Answer> {
  await unlock(deps, call.caller, at)
  const { continuation } = at.kept
  const facts = await continuations[continuation.kind].describe(call, continuation)
  const note = 'Your account is unlocked. Sign in now.'
  return showSignIn(deps, call, continuation, { ...facts, loginHint: at.user.login, note })
}

async function askedOf(
  deps: Deps,
  { caller }: Call,
  situation: Open,
): Promise<Pick<StepTold, 'challenge' | 'activation'>> {
  const { step } = situation
  if (step.kind === 'answer-challenge') return { challenge: await shownChallenge(deps, caller, { ...situation, step }) }
  if (step.kind === 'activate-factor')
    return { activation: await shownActivation(deps, caller, { ...situation, step }) }
  return {}
}

/** Only a script can ask for a passkey. */
const needsScript = ({ step }: Open): boolean =>
  (step.kind === 'answer-challenge' || step.kind === 'activate-factor') && step.current.factor === 'webauthn'

async function goOn(
  deps: Deps,
  continuations: Continuations,
  call: Call,
  situation: Situation,
): Promise<Answer | undefined> {
  const former = await currentSession(deps, call)
  const started = await startSession(deps, call.caller, situation, { former })
  if (!started) return undefined
  const { continuation } = situation.kept
  const answer = await resume(continuations, call, continuation, started.session)
  const cookies = [...cookiesOf(call, started), ...deviceCookies(call, situation), ...(answer.cookies ?? [])]
  return { ...answer, cookies }
}

/** What was suspended, or why it is refused by now: whoever has signed in is signed in either way. */
async function resume(
  continuations: Continuations,
  call: Call,
  interaction: Interaction,
  session: Session,
): Promise<Answer> {
  try {
    return await continuations[interaction.kind].resume(call, interaction, session)
  } catch (error) {
    const answer = refusedBy(continuations, error, call)
    if (answer) return answer
    throw error
  }
}

/** What was suspended may be refused by now: its own protocol says how that is shown. */
export function refusedBy(continuations: Continuations, error: unknown, call: Call): Answer | undefined {
  for (const continuation of Object.values(continuations)) {
    const answer = continuation.refuse?.(error, call)
    if (answer) return answer
  }
  return undefined
}
