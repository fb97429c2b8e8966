// Moving on without a proof: passing over what may be passed over, and going back to the choice of a factor.
import type { Caller } from '#kernel/caller.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { type At, advance, type Open } from './engine-service.ts'
import type { SkippableStep } from './next-step.ts'

/** @throws {Refusal} wrong_state for a step that has to be taken */
export async function skip(deps: Deps, caller: Caller, at: At<SkippableStep>): Promise<Open> {
  const { standing } = at.kept
  if (at.step.kind === 'enroll-factor') {
    if (!at.step.maySkip) throw new Refusal('wrong_state')
    return advance(deps, caller, at, { ...standing, skipped: [...standing.skipped, 'enrolment'] })
  }
  if (at.step.why === 'expired') throw new Refusal('wrong_state')
  return advance(deps, caller, at, { ...standing, skipped: [...standing.skipped, 'password-warning'] })
}

/** Back from one factor to the choice among them. */
export const goBack = (deps: Deps, caller: Caller, at: At<'answer-challenge' | 'activate-factor'>): Promise<Open> =>
  advance(deps, caller, at, { ...at.kept.standing, current: undefined })
