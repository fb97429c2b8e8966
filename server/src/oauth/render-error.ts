// The two-key form of OAuth's errors (RFC 6749 §5.2). Refusals that are no protocol matter keep their Okta form, but for a full queue.
import { type Answer, json } from '#http/answer.ts'
import { Refusal } from '#kernel/refusal.ts'
import { OAuthError } from './error.ts'

export const NO_STORE = { 'cache-control': 'no-cache, no-store', pragma: 'no-cache', expires: '0' } as const

export function renderOAuthError(error: unknown): Answer | undefined {
  if (error instanceof OAuthError) return renderOne(error)
  if (!(error instanceof Refusal)) return undefined
  if (error.code === 'malformed_body' || error.code === 'unsupported_media_type' || error.code === 'validation_failed')
    return renderOne(new OAuthError('invalid_request', 'The request body must be application/x-www-form-urlencoded.'))
  return undefined
}

function renderOne(error: OAuthError): Answer {
  // RFC 6749 §5.2: a 401 names the scheme that would have worked.
  const challenge = error.status === 401 ? { 'www-authenticate': 'Basic realm="Keystead"' } : {}
  return {
    ...json(error.status, { error: error.code, error_description: error.message }),
    headers: { ...NO_STORE, ...(error.code === 'invalid_client' ? challenge : {}) },
    ...(error.withholdCors ? { withholdCors: true } : {}),
  }
}
