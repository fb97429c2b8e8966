// The answers to the pages of a sign-in that is under way. Each names the step that it answers: the engine takes none out of its order.
import { failureSentence } from '#authenticators/failure-sentence.ts'
import type { Answer } from '#http/answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import type { Continuations } from './continuation.ts'
import { deviceOf } from './device-cookie.ts'
import { type At, abandon, expectStep, look, type Open, type Place } from './engine-service.ts'
import { activate, challenge, enroll, type FactorStep, prove, resend } from './factor-steps.ts'
import { browserOfOwnForm, showSignIn } from './hosted-page.ts'
import { refusedBy, type StepProblem, showStep } from './hosted-step.ts'
import { changePassword } from './password-steps.ts'
import { expiredPage, refusalPage } from './problem-page.ts'
import { answerQuestion, choosePassword } from './recovery-steps-service.ts'
import { readActivation, readDraft, readNewPassword, readProof, readTarget } from './step-forms.ts'
import { STEP_PATHS } from './step-paths.ts'
import { goBack, skip } from './steps.ts'

type Form = Call<URLSearchParams>

const WRONG_ANSWER = 'This answer is not right.'
const NO_ANSWERS_LEFT = 'Too many answers were tried. Try again in an hour.'

export function stepRoutes(deps: Deps, continuations: Continuations): readonly Route[] {
  const step = (
    url: string,
    summary: string,
    work: (call: Form, place: Place, token: string) => Promise<Answer | undefined>,
  ): Route =>
    route({
      method: 'POST',
      url,
      summary,
      form: true,
      zone: 'none',
      bucket: 'sign-in',
      hidden: true,
      refuse: (error, call) => {
        // Who goes back in the browser answers a step that is over: the page says so, and how to begin anew.
        if (error instanceof Refusal && (error.code === 'invalid_token' || error.code === 'wrong_state'))
          return expiredPage(deps, call)
        return refusalPage(deps, error, call) ?? refusedBy(continuations, error, call)
      },
      async handler(call) {
        const form = call as Form
        const browser = await browserOfOwnForm(deps, form)
        if (browser === undefined) return expiredPage(deps, call)
        const place = { face: 'hosted', browser, device: deviceOf(deps, call) } as const
        return (await work(form, place, form.body.get('stateToken') ?? '')) ?? expiredPage(deps, call)
      },
    })
  async function answered(call: Form, at: At<'answer-question'>): Promise<[Open, StepProblem?]> {
    const outcome = await answerQuestion(deps, call.caller, at, call.body.get('credentials.answer') ?? '')
    if (outcome.kind === 'right') return [outcome.situation]
    return [at, { error: outcome.kind === 'wrong' ? WRONG_ANSWER : NO_ANSWERS_LEFT }]
  }
  /** The next page, or the same one with what was wrong. */
  const after = (call: Form, at: Open, outcome: FactorStep) =>
    outcome.kind === 'moved'
      ? showStep(deps, continuations, call, outcome.situation)
      : showStep(deps, continuations, call, at, { error: failureSentence(outcome.failure) })
  return [
    step(STEP_PATHS.challenge, 'Choose a factor to prove', async (call, place, token) => {
      const at = await expectStep(deps, call.caller, place, token, 'verify-factor', 'answer-challenge')
      return after(call, at, await challenge(deps, call.caller, at, readTarget(call.body, at)))
    }),
    step(STEP_PATHS.verify, 'Prove a factor', async (call, place, token) => {
      const at = await expectStep(deps, call.caller, place, token, 'verify-factor', 'answer-challenge')
      const wish = { rememberDevice: call.body.get('rememberDevice') === 'true' }
      const target = readTarget(call.body, at)
      return after(call, at, await prove(deps, call.caller, at, target, readProof(call.body), wish))
    }),
    step(STEP_PATHS.enroll, 'Begin to enrol a factor', async (call, place, token) => {
      const at = await expectStep(deps, call.caller, place, token, 'enroll-factor')
      const draft = readDraft(call.body)
      if (draft === undefined) return showStep(deps, continuations, call, at, { wanted: call.body.get('factor') ?? '' })
      try {
        return await after(call, at, await enroll(deps, call.caller, at, draft))
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'validation_failed') throw error
        return showStep(deps, continuations, call, at, {
          error: error.message.replace(/^\w+: /, ''),
          wanted: draft.key,
          ...(draft.key === 'question' ? { chosen: draft.question } : {}),
        })
      }
    }),
    step(STEP_PATHS.activate, 'Make a factor the person’s', async (call, place, token) => {
      const at = await expectStep(deps, call.caller, place, token, 'activate-factor')
      return after(call, at, await activate(deps, call.caller, at, readActivation(call.body)))
    }),
    step(STEP_PATHS.resend, 'Mail a code again', async (call, place, token) => {
      const at = await expectStep(deps, call.caller, place, token, 'activate-factor', 'answer-challenge')
      return after(call, at, await resend(deps, call.caller, at))
    }),
    step(STEP_PATHS.back, 'Go back to the choice of a factor', async (call, place, token) => {
      const at = await look(deps, call.caller, place, token)
      const { step } = at
      if (step.kind !== 'answer-challenge' && step.kind !== 'activate-factor')
        return showStep(deps, continuations, call, at)
      return showStep(deps, continuations, call, await goBack(deps, call.caller, { ...at, step }))
    }),
    step(STEP_PATHS.changePassword, 'Change a password that has expired or ends soon', async (call, place, token) => {
      const at = await expectStep(deps, call.caller, place, token, 'change-password')
      const change = await changePassword(deps, call.caller, at, readNewPassword(call.body), { revokeSessions: false })
      return change.kind === 'refused'
        ? showStep(deps, continuations, call, at, { error: change.fault })
        : showStep(deps, continuations, call, change.situation)
    }),
    step(STEP_PATHS.answer, 'Answer the recovery question', async (call, place, token) => {
      const at = await expectStep(deps, call.caller, place, token, 'answer-question')
      return showStep(deps, continuations, call, ...(await answered(call, at)))
    }),
    step(STEP_PATHS.choosePassword, 'Choose a password by a link', async (call, place, token) => {
      const at = await expectStep(deps, call.caller, place, token, 'choose-password')
      const change = await choosePassword(deps, call.caller, at, readNewPassword(call.body))
      return change.kind === 'refused'
        ? showStep(deps, continuations, call, at, { error: change.fault })
        : showStep(deps, continuations, call, change.situation)
    }),
    step(STEP_PATHS.skip, 'Pass over a step that may be passed over', async (call, place, token) => {
      const at = await expectStep(deps, call.caller, place, token, 'change-password', 'enroll-factor')
      return showStep(deps, continuations, call, await skip(deps, call.caller, at))
    }),
    step(STEP_PATHS.cancel, 'Begin the sign-in anew', async (call, place, token) => {
      const situation = await look(deps, call.caller, place, token)
      await abandon(deps, call.caller, situation)
      const { continuation } = situation.kept
      const facts = await continuations[continuation.kind].describe(call, continuation)
      return showSignIn(deps, call, continuation, facts, { isAnew: true })
    }),
  ]
}
