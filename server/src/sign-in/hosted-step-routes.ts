// The answers to the pages of a sign-in that is under way. Each names the step that it answers: the engine takes none out of its order.
import type { Answer } from '#http/answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import type { Continuations } from './continuation.ts'
import { knownDevice } from './device-cookie.ts'
import { abandon, expectStep, look, type Place } from './engine-service.ts'
import { browserOfOwnForm, showSignIn } from './hosted-page.ts'
import { refusedBy, STEP_PATHS, showStep } from './hosted-step.ts'
import { changePassword } from './password-steps.ts'
import { expiredPage, refusalPage } from './problem-page.ts'
import { skip } from './steps.ts'

type Form = Call<URLSearchParams>

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
        const place = { face: 'hosted', browser, device: knownDevice(call) } as const
        return (await work(form, place, form.body.get('stateToken') ?? '')) ?? expiredPage(deps, call)
      },
    })
  return [
    step(STEP_PATHS.changePassword, 'Change a password that has expired or ends soon', async (call, place, token) => {
      const at = await expectStep(deps, call.caller, place, token, 'change-password')
      const chosen = {
        password: call.body.get('credentials.passcode') ?? '',
        repeated: call.body.get('confirmPassword') ?? '',
      }
      const change = await changePassword(deps, call.caller, at, chosen, { revokeSessions: false })
      return change.kind === 'refused'
        ? showStep(deps, continuations, call, at, change.fault)
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
      return showSignIn(deps, call, continuation, facts)
    }),
  ]
}
