// An error as JSON with a member of ours beside those of its tongue, for the developer who made the call: OAuth (RFC 6749 §5.2) and Okta's
// clients pass over members that they don't know.
import type { Answer } from './answer.ts'

export interface Explanation {
  readonly sentence: string
  readonly fix: string | null
}

/** The answer with the explanation, where there is one and the answer is an error in JSON. */
export function explained(answer: Answer, explanation: Explanation | undefined): Answer {
  const { status, json } = answer
  if (!explanation || status < 400 || typeof json !== 'object' || json === null) return answer
  return { ...answer, json: { ...json, keystead_explanation: explanation } }
}
