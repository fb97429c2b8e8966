// Client assertions (RFC 7523; `client_secret_jwt` and `private_key_jwt`). The algorithm follows from the kind of key that the app has,
// never from the token, and an assertion's `jti` is good for one use.
import { createLocalJWKSet, decodeJwt, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose'
import type { App } from '#apps/app.ts'
import { openClientSecret } from '#apps/client-secret.ts'
import { HOUR, type Instant, instant } from '#kernel/instant.ts'
import { tokenHash } from '#kernel/secret.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { OAuthError } from '../error.ts'
import { authenticationFailed } from './client-authentication.ts'

export interface CheckedAssertion {
  /** To be used once, until then; undefined for an assertion without `jti`. */
  readonly use: { readonly jtiHash: string; readonly expires: Instant } | undefined
}

const SKEW_SECONDS = 60
const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512']
const KEY_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']

/** The client that an assertion says it is from, before anything about it is proved. @throws {OAuthError} invalid_client */
export function clientOfAssertion(assertion: string): string {
  const { iss, sub } = decoded(assertion)
  if (typeof iss !== 'string' || iss === '')
    throw new OAuthError('invalid_client', 'The issuer claim for client_assertion is not a valid client_id.')
  if (sub !== iss)
    throw new OAuthError('invalid_client', 'The subject claim for client_assertion is not a valid client_id.')
  return iss
}

function decoded(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion)
  } catch (error) {
    throw new OAuthError('invalid_client', 'The parsing of the client_assertion failed.', { cause: error })
  }
}

/** @throws {OAuthError} invalid_client for whatever is wrong with it */
export async function checkAssertion(
  config: OrgConfig,
  app: App,
  assertion: string,
  audiences: readonly string[],
  now: Instant,
): Promise<CheckedAssertion> {
  const payload = await verified(config, app, assertion)
  const { aud, exp, iat, nbf, jti } = payload
  const named = typeof aud === 'string' ? [aud] : (aud ?? [])
  if (!named.some((audience) => audiences.includes(audience)))
    throw new OAuthError(
      'invalid_client',
      'The audience claim for client_assertion must be the endpoint invoked for the request.',
    )
  if (typeof exp !== 'number')
    throw new OAuthError('invalid_client', "The client_assertion must contain the 'exp' claim as seconds since epoch.")
  const expires = instant(exp * 1_000)
  if (expires <= now) throw new OAuthError('invalid_client', 'The client_assertion token is expired.')
  if (expires > now + HOUR)
    throw new OAuthError('invalid_client', 'The client_assertion token has an expiration too far into the future.')
  if ([iat, nbf].some((second) => typeof second === 'number' && second * 1_000 > now + SKEW_SECONDS * 1_000))
    throw new OAuthError('invalid_client', 'The client_assertion token must be issued before the current time.')
  return { use: typeof jti === 'string' ? { jtiHash: tokenHash(jti), expires } : undefined }
}

async function verified(config: OrgConfig, app: App, assertion: string): Promise<JWTPayload> {
  // Times are checked above, in Okta's words: the library sees a moment at which the token is valid.
  const { exp } = decoded(assertion)
  const currentDate = new Date(typeof exp === 'number' ? (exp - 1) * 1_000 : 0)
  if (app.clientAuthentication === 'private_key_jwt') return withKeys(app, assertion, currentDate)
  if (app.clientAuthentication !== 'client_secret_jwt') throw authenticationFailed()
  for (const secret of app.secrets) {
    if (secret.status !== 'ACTIVE') continue
    const key = new TextEncoder().encode(openClientSecret(config.org, secret))
    const payload = await jwtVerify(assertion, key, {
      algorithms: SECRET_ALGORITHMS,
      currentDate,
      clockTolerance: '100y',
    }).then(
      (result) => result.payload,
      () => undefined,
    )
    if (payload) return payload
  }
  throw new OAuthError('invalid_client', 'The client_assertion signature is invalid.')
}

async function withKeys(app: App, assertion: string, currentDate: Date): Promise<JWTPayload> {
  if (app.jwks.length === 0)
    throw new OAuthError(
      'invalid_client',
      'The client does not have a JWKSet configured, but the client_assertion requires one.',
    )
  const keySet = createLocalJWKSet({ keys: app.jwks } as unknown as JSONWebKeySet)
  try {
    return (await jwtVerify(assertion, keySet, { algorithms: KEY_ALGORITHMS, currentDate, clockTolerance: '100y' }))
      .payload
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey)
      throw new OAuthError('invalid_client', 'The client_assertion JWT kid is invalid.', { cause: error })
    throw new OAuthError('invalid_client', 'The client_assertion signature is invalid.', { cause: error })
  }
}
