// Proof Key for Code Exchange (RFC 7636), method S256 only. A challenge given at the authorization endpoint must be answered at the
// token endpoint, and an answer without a challenge is refused too: leaving either out must never weaken the other.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { App } from '#apps/app.ts'
import { OAuthError } from './error.ts'

export type PkceDecision =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: 'invalid_request' | 'invalid_grant'; readonly description: string }

const refuse = (error: 'invalid_request' | 'invalid_grant', description: string): PkceDecision => ({
  ok: false,
  error,
  description,
})

/** 43 to 128 characters of base64url. */
export const validChallenge = (text: string): boolean => /^[A-Za-z0-9_-]{43,128}$/.test(text)

/** RFC 7636 §4.1: 43 to 128 unreserved characters. */
export const validVerifier = (text: string): boolean => /^[A-Za-z0-9._~-]{43,128}$/.test(text)

/** Whether the challenge is the SHA-256 of the verifier; takes the same time wherever they differ. */
export function verifyS256(verifier: string, challenge: string): boolean {
  const expected = Buffer.from(createHash('sha256').update(verifier).digest('base64url'))
  const given = Buffer.from(challenge)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** At the authorization endpoint: may this request go on with the challenge it has, or without one? */
export function decideChallenge(request: {
  readonly challenge: string | undefined
  readonly method: string | undefined
  readonly required: boolean
}): PkceDecision {
  const { challenge, method, required } = request
  if (challenge === undefined && method === undefined) {
    return required ? refuse('invalid_request', 'PKCE code challenge is required by the application.') : { ok: true }
  }
  // RFC 7636 §4.3: without a method the challenge would be the verifier itself ("plain"), which is no proof.
  if (method !== 'S256') {
    return refuse('invalid_request', 'PKCE code challenge method is not supported. Valid values: [S256]')
  }
  if (challenge === undefined) return refuse('invalid_request', 'PKCE code challenge is required by the application.')
  return validChallenge(challenge)
    ? { ok: true }
    : refuse('invalid_request', 'PKCE code challenge contains illegal characters.')
}

/**
 * At the token endpoint: does the verifier answer the challenge that came with the code? `required` is the app's setting of today,
 * which may be stricter than on the day of the code.
 */
export function decidePkce(request: {
  readonly challenge: string | undefined
  readonly verifier: string | undefined
  readonly required: boolean
}): PkceDecision {
  const { challenge, verifier, required } = request
  if (challenge === undefined && verifier === undefined && !required) return { ok: true }
  if (verifier === undefined) return refuse('invalid_request', 'PKCE code verifier is required by the application.')
  if (challenge === undefined) {
    return refuse(
      'invalid_request',
      'PKCE code challenge should be specified in the authorize request for code verification.',
    )
  }
  return validVerifier(verifier) && verifyS256(verifier, challenge)
    ? { ok: true }
    : refuse('invalid_grant', 'PKCE verification failed.')
}

/** The refusal of a decision; what could not be proved at all, or by no method of ours, is a developer's to mend. */
export function pkceRefusal(
  { error, description }: Extract<PkceDecision, { readonly ok: false }>,
  { clientId }: Pick<App, 'clientId'>,
  name: 'code_challenge' | 'code_challenge_method' | 'code_verifier',
  method?: string,
): OAuthError {
  if (error === 'invalid_grant') return new OAuthError(error, description)
  return new OAuthError(error, description, {
    refused: { reason: 'pkce-missing', clientId, sent: { name, value: method ?? '' } },
  })
}
