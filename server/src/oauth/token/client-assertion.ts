// Client assertions (RFC 7523; `client_secret_jwt` and `private_key_jwt`). The algorithm follows from the kind of key that the app has,
// never from the token, and an assertion's `jti` is good for one use.
import { compactVerify, createLocalJWKSet, decodeJwt, errors, type JSONWebKeySet, type JWTPayload } from 'jose'
import type { App } from '#apps/app.ts'
import { openClientSecret } from '#apps/client-secret.ts'
import { HOUR, type Instant, instant } from '#kernel/instant.ts'
import { tokenHash } from '#kernel/secret.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { OAuthError } from '../error.ts'
import { authenticationFailed } from './client-authentication.ts'

/** An assertion with a `jti`: to be used once, and remembered until it ends. */
export interface AssertionUse {
  readonly jtiHash: string
  readonly expires: Instant
}

const SKEW_MILLISECONDS = 60_000
const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512']
const KEY_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']

const refuse = (description: string, cause?: unknown): OAuthError =>
  new OAuthError('invalid_client', description, cause === undefined ? {} : { cause })

/** The client that an assertion says it is from, before anything about it is proved. @throws {OAuthError} invalid_client */
export function clientOfAssertion(assertion: string): string {
  const { iss, sub } = decoded(assertion)
  if (typeof iss !== 'string' || iss === '')
    throw refuse('The issuer claim for client_assertion is not a valid client_id.')
  if (sub !== iss) throw refuse('The subject claim for client_assertion is not a valid client_id.')
  return iss
}

function decoded(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion)
  } catch (error) {
    throw refuse('The parsing of the client_assertion failed.', error)
  }
}

/** @returns the use that has to be recorded, if any. @throws {OAuthError} invalid_client for whatever is wrong with it */
export async function checkAssertion(
  config: OrgConfig,
  app: App,
  assertion: string,
  audiences: readonly string[],
  now: Instant,
): Promise<AssertionUse | undefined> {
  await verifySignature(config, app, assertion)
  const { aud, exp, iat, nbf, jti } = decoded(assertion)
  // What the claim really is, whatever its type says: nobody has checked.
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!audiences.some((audience) => named.includes(audience)))
    throw refuse('The audience claim for client_assertion must be the endpoint invoked for the request.')
  if (typeof exp !== 'number') throw refuse("The client_assertion must contain the 'exp' claim as seconds since epoch.")
  // RFC 7519 §2: a NumericDate may have a fraction.
  const expires = instant(Math.ceil(exp * 1_000))
  if (expires <= now) throw refuse('The client_assertion token is expired.')
  if (expires > now + HOUR) throw refuse('The client_assertion token has an expiration too far into the future.')
  if ([iat, nbf].some((second) => typeof second === 'number' && second * 1_000 > now + SKEW_MILLISECONDS))
    throw refuse('The client_assertion token must be issued before the current time.')
  return typeof jti === 'string' ? { jtiHash: tokenHash(jti), expires } : undefined
}

/** Times are no matter of the signature: they are checked in Okta's words. */
async function verifySignature(config: OrgConfig, app: App, assertion: string): Promise<void> {
  switch (app.clientAuthentication) {
    case 'private_key_jwt':
      return verifyWithKeys(app, assertion)
    case 'client_secret_jwt':
      return verifyWithSecrets(config, app, assertion)
    default:
      throw authenticationFailed()
  }
}

async function verifyWithSecrets(config: OrgConfig, app: App, assertion: string): Promise<void> {
  for (const secret of app.secrets) {
    if (secret.status !== 'ACTIVE') continue
    const key = new TextEncoder().encode(openClientSecret(config.org, secret))
    const verified = await compactVerify(assertion, key, { algorithms: SECRET_ALGORITHMS }).then(
      () => true,
      () => false,
    )
    if (verified) return
  }
  throw refuse('The client_assertion signature is invalid.')
}

async function verifyWithKeys({ jwks }: App, assertion: string): Promise<void> {
  if (jwks.length === 0)
    throw refuse('The client does not have a JWKSet configured, but the client_assertion requires one.')
  const keySet = createLocalJWKSet({ keys: jwks } as unknown as JSONWebKeySet)
  try {
    await compactVerify(assertion, keySet, { algorithms: KEY_ALGORITHMS })
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) throw refuse('The client_assertion JWT kid is invalid.', error)
    throw refuse('The client_assertion signature is invalid.', error)
  }
}
