// The first answer to the page behind a link is the answer to its step: nobody has to type it twice.
import type { Caller } from '#kernel/caller.ts'
import type { Open, Situation } from '#sign-in/engine-service.ts'
import { answerQuestion, choosePassword } from '#sign-in/recovery-steps-service.ts'
import { readNewPassword } from '#sign-in/step-forms.ts'
import type { Deps } from '../deps.ts'

export interface FirstAnswer {
  readonly situation: Situation
  /** Said above the form, where the answer was refused. */
  readonly error?: string
}

export async function chooseAtOnce(
  deps: Deps,
  caller: Caller,
  begun: Situation,
  form: URLSearchParams,
): Promise<FirstAnswer> {
  const { token, step } = begun
  if (token === undefined) return { situation: begun }
  const open: Open = { ...begun, token }
  if (step.kind === 'choose-password') {
    const change = await choosePassword(deps, caller, { ...open, step }, readNewPassword(form))
    return change.kind === 'changed' ? { situation: change.situation } : { situation: open, error: change.fault }
  }
  if (step.kind === 'answer-question') {
    const outcome = await answerQuestion(deps, caller, { ...open, step }, form.get('credentials.answer') ?? '')
    if (outcome.kind === 'right') return { situation: outcome.situation }
    return { situation: open, error: outcome.kind === 'wrong' ? 'This answer is not right.' : EXHAUSTED }
  }
  return { situation: open }
}

const EXHAUSTED = 'Too many answers were tried. Try again in an hour.'
