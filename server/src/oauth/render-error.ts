// The two-key form of OAuth's errors (RFC 6749 §5.2). Refusals that are no protocol matter keep their Okta form, but for a full queue.
import { type Answer, json } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import { Refusal } from '#kernel/refusal.ts'
import { OAuthError } from './error.ts'

export const NO_STORE = { 'cache-control': 'no-cache, no-store', pragma: 'no-cache', expires: '0' } as const

export function renderOAuthError(error: unknown, call: Call): Answer | undefined {
  const challenged = call.headers['authorization'] !== undefined
  if (error instanceof OAuthError) return renderOne(error, challenged)
  if (!(error instanceof Refusal)) return undefined
  if (error.code === 'malformed_body' || error.code === 'unsupported_media_type' || error.code === 'validation_failed')
    return renderOne(
      new OAuthError('invalid_request', 'The request body must be application/x-www-form-urlencoded.'),
      false,
    )
  return undefined
}

// RFC 6749 §5.2: the scheme is named to a client that tried the header. To others the challenge would hide the sentence: client
// libraries stop at it.
function renderOne(error: OAuthError, challenged: boolean): Answer {
  const challenge = challenged && error.status === 401 ? { 'www-authenticate': 'Basic realm="Keystead"' } : {}
  return {
    ...json(error.status, { error: error.code, error_description: error.message }),
    headers: { ...NO_STORE, ...(error.code === 'invalid_client' ? challenge : {}) },
    ...(error.withholdCors ? { withholdCors: true } : {}),
  }
}
