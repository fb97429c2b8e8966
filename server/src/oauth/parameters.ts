// A request's parameters: each at most once (RFC 6749 §3.1), empty ones as if left out, unknown ones ignored.
import { OAuthError, refusals } from './error.ts'

export type Parameters = ReadonlyMap<string, string>

const VALUE_MAX = 8_192

/** @throws {OAuthError} invalid_request for a repeated or oversized parameter */
export function readParameters(source: URLSearchParams): Parameters {
  const parameters = new Map<string, string>()
  const seen = new Set<string>()
  for (const [name, value] of source) {
    if (seen.has(name)) throw refusals.repeated()
    seen.add(name)
    if (value.length > VALUE_MAX)
      throw new OAuthError('invalid_request', `The parameter '${name.slice(0, 50)}' is too long.`)
    if (value !== '') parameters.set(name, value)
  }
  return parameters
}
