// Why a proof is none, in words for people.
import type { Failure } from './proof.ts'

export function failureSentence(failure: Failure | { readonly kind: 'too-soon' }): string {
  switch (failure.kind) {
    case 'wrong':
      return WRONG[failure.of]
    case 'replayed':
      return 'This code was used already. Wait for the next one.'
    case 'out-of-window':
      return 'This code is too old. Type the one that the app shows now.'
    case 'exhausted':
      return 'Too many tries. Wait five minutes and try again.'
    case 'no-challenge':
    case 'expired':
      return 'This took too long. Begin again.'
    case 'too-soon':
      return 'A code was sent a moment ago. Wait a few seconds before you ask for another.'
  }
}

const WRONG = {
  totp: 'This code is not right. Type the one that the app shows now.',
  email: 'This code is not right.',
  question: 'This answer is not right.',
  webauthn: 'This passkey is not one of yours.',
} as const
