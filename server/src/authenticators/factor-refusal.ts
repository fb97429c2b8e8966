// What a face that speaks Okta's errors says of a proof that is none (spec of sign-in: 1.6). Five tries in five minutes are a limit, not a
// lock: the person stays who they are, so the answer is 429 and not "User Locked".
import { Refusal } from '#kernel/refusal.ts'
import type { Failure } from './proof.ts'

export function failureRefusal(failure: Failure): Refusal {
  switch (failure.kind) {
    case 'wrong':
      return new Refusal('passcode_invalid', {
        causes: [`Your ${WORDS[failure.of]} doesn't match our records. Please try again.`],
      })
    case 'replayed':
      return new Refusal('passcode_replayed')
    case 'out-of-window':
      return new Refusal('passcode_out_of_window')
    case 'exhausted':
      return new Refusal('rate_limited')
    default:
      return new Refusal('passcode_invalid', {
        causes: [`Your passcode doesn't match our records. Please try again.`],
      })
  }
}

const WORDS = { totp: 'passcode', email: 'passcode', question: 'answer', webauthn: 'security key' } as const
