// Shows where a sign-in stands as a page, and ends it with a session: the hosted face of the engine. A page for each step; what is done
// goes on to what was suspended.
import type { Answer } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import type { Call } from '#http/route.ts'
import { passwordRequirements } from '#policies/password-rules.ts'
import type { Deps } from '../deps.ts'
import { cookiesOf, currentSession } from './browser-session.ts'
import type { Continuations, PageFacts } from './continuation.ts'
import { deviceOf } from './device-cookie.ts'
import type { Open, Situation } from './engine-service.ts'
import { browserOf } from './hosted-page.ts'
import { csrfToken } from './interaction.ts'
import type { StepKind } from './next-step.ts'
import { newPasswordPage } from './pages/new-password-page.ts'
import { startSession } from './service.ts'

export const STEP_PATHS = {
  changePassword: '/signin/change-password',
  skip: '/signin/skip',
  cancel: '/signin/cancel',
} as const

/** What every page of a step is told. */
export interface StepView {
  readonly orgName: string
  readonly stateToken: string
  readonly csrf: string
  readonly error: string | undefined
}

type Page = (situation: Open, view: StepView, nonce: string) => string

/** Those that a page waits at. */
type Waiting = Exclude<StepKind, 'done' | 'denied' | 'over'>

const PAGES: Partial<Readonly<Record<Waiting, Page>>> = {
  'change-password': ({ user, step, demands }, view, nonce) =>
    newPasswordPage({
      ...view,
      nonce,
      heading: 'Change your password',
      lead:
        step.kind === 'change-password' && step.why === 'ends-soon'
          ? `Your password expires in ${step.days === 1 ? 'one day' : `${step.days} days`}. Choose a new one now, or later.`
          : 'Your password has expired. Choose a new one to go on.',
      action: STEP_PATHS.changePassword,
      skipAction: step.kind === 'change-password' && step.why === 'ends-soon' ? STEP_PATHS.skip : undefined,
      login: user.login,
      rules: passwordRequirements(demands.passwordPolicy),
    }),
}

/** The page of the step, or what was suspended, in a new session. Undefined for one who may not sign in, and reads nothing else. */
export async function showStep(
  deps: Deps,
  continuations: Continuations,
  call: Call,
  situation: Situation,
  error?: string,
): Promise<Answer | undefined> {
  const { step, kept } = situation
  if (step.kind === 'denied' || step.kind === 'over') return undefined
  if (step.kind === 'done') return goOn(deps, continuations, call, situation)
  if (situation.token === undefined) return undefined
  const facts = await continuations[kept.continuation.kind].describe(call, kept.continuation)
  return showPage(deps, call, { ...situation, token: situation.token }, facts, error)
}

async function showPage(
  deps: Deps,
  call: Call,
  situation: Open,
  { formActionOrigins, frameAncestors }: PageFacts,
  error: string | undefined,
): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const { token: browser, cookies } = browserOf(deps, call)
  const view = { orgName: org.name, stateToken: situation.token, csrf: csrfToken(org, browser), error }
  const page = PAGES[situation.step.kind as Waiting]
  if (!page) throw new Error(`no page shows the step ${situation.step.kind}`)
  const status = error === undefined ? 200 : 400
  const terms = { status, formActionOrigins, frameAncestors, cookies }
  return pageAnswer(deps.random, (nonce) => page(situation, view, nonce), terms)
}

async function goOn(
  deps: Deps,
  continuations: Continuations,
  call: Call,
  situation: Situation,
): Promise<Answer | undefined> {
  const former = await currentSession(deps, call)
  const { rememberDevice } = situation.kept.standing
  const device = rememberDevice ? deviceOf(deps, call) : undefined
  const started = await startSession(deps, call.caller, situation, { former, device: device?.device })
  if (!started) return undefined
  const { continuation } = situation.kept
  const answer = await continuations[continuation.kind].resume(call, continuation, started.session)
  const cookies = [...cookiesOf(call, started), ...(device ? [device.cookie] : []), ...(answer.cookies ?? [])]
  return { ...answer, cookies }
}

/** What was suspended may be refused by now: its own protocol says how that is shown. */
export function refusedBy(continuations: Continuations, error: unknown, call: Call): Answer | undefined {
  for (const continuation of Object.values(continuations)) {
    const answer = continuation.refuse?.(error, call)
    if (answer) return answer
  }
  return undefined
}
