// The two-key form of OAuth's errors (RFC 6749 §5.2). What is no matter of the protocol (a limit, an unknown server) keeps Okta's form.
import { type Answer, json, RETRY_SOON } from '#http/answer.ts'
import { explained } from '#http/explained.ts'
import type { Call } from '#http/route.ts'
import { Refusal, type RefusalCode } from '#kernel/refusal.ts'
import { hintFor } from '#refused-requests/service.ts'
import type { Deps } from '../deps.ts'
import { OAuthError } from './error.ts'

export const NO_STORE = { 'cache-control': 'no-cache, no-store', pragma: 'no-cache', expires: '0' } as const

const NO_FORM = 'The request body must be application/x-www-form-urlencoded.'

/** What the edge refused, in OAuth's words. */
const REFUSED: Partial<Record<RefusalCode, OAuthError>> = {
  malformed_body: new OAuthError('invalid_request', NO_FORM),
  unsupported_media_type: new OAuthError('invalid_request', NO_FORM),
  validation_failed: new OAuthError('invalid_request', NO_FORM),
  payload_too_large: new OAuthError('invalid_request', 'The request body is too large.', { status: 413 }),
  overloaded: new OAuthError('temporarily_unavailable', 'The server is busy. Please try again soon.'),
}

/** In development a refusal that somebody can mend says how, beside the documented members. */
export async function renderOAuthError(deps: Deps, error: unknown, call: Call): Promise<Answer | undefined> {
  if (error instanceof OAuthError) {
    const answer = renderOne(error, call.headers.authorization !== undefined)
    const { caller } = call
    return error.refused ? explained(answer, await hintFor(deps, caller, caller.client.path, error.refused)) : answer
  }
  const refused = error instanceof Refusal ? REFUSED[error.code] : undefined
  return refused && renderOne(refused, false)
}

// RFC 6749 §5.2: the scheme is named to a client that tried the header. To others the challenge would hide the sentence: client
// libraries stop at it.
function renderOne(error: OAuthError, challenged: boolean): Answer {
  const challenge = challenged && error.status === 401 ? { 'www-authenticate': 'Basic realm="Keystead"' } : {}
  return {
    ...json(error.status, { error: error.code, error_description: error.message }),
    headers: {
      ...NO_STORE,
      ...(error.code === 'invalid_client' ? challenge : {}),
      ...(error.status === 503 ? RETRY_SOON : {}),
    },
    ...(error.withholdCors ? { withholdCors: true } : {}),
  }
}
