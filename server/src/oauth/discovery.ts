// The two discovery documents (OpenID Connect Discovery 1.0, RFC 8414; spec: 4.2). They list only what works here.
import type { Issuer } from './issuer.ts'

export const RESPONSE_MODES = ['query', 'fragment', 'form_post', 'okta_post_message'] as const
export const RESPONSE_TYPES = ['code'] as const
export const GRANT_TYPES = ['authorization_code', 'refresh_token', 'client_credentials'] as const
export type GrantType = (typeof GRANT_TYPES)[number]
const CLIENT_AUTHENTICATIONS = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'none',
]
const ORG_SCOPES = ['openid', 'email', 'profile', 'address', 'phone', 'offline_access']
/** What Okta seeds and this server does not do. */
const UNSERVED_SCOPES = ['device_sso']
const ID_TOKEN_CLAIMS = [
  ...['iss', 'ver', 'sub', 'aud', 'iat', 'exp', 'jti', 'auth_time', 'amr', 'idp', 'nonce', 'at_hash'],
  ...['name', 'nickname', 'preferred_username', 'given_name', 'middle_name', 'family_name', 'email', 'email_verified'],
  ...['profile', 'zoneinfo', 'locale', 'address', 'phone_number', 'updated_at'],
]
const ACCESS_TOKEN_CLAIMS = ['ver', 'jti', 'iss', 'aud', 'iat', 'exp', 'cid', 'uid', 'scp', 'sub']

export function openidConfiguration(issuer: Issuer): object {
  return {
    ...common(issuer),
    userinfo_endpoint: `${issuer.endpoints}/userinfo`,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ID_TOKEN_CLAIMS,
    claims_parameter_supported: false,
  }
}

export function oauthAuthorizationServer(issuer: Issuer): object {
  return { ...common(issuer), subject_types_supported: ['public'], claims_supported: ACCESS_TOKEN_CLAIMS }
}

/** Names, in a request that is sent from the canonical host, the host under which the client knows the server. */
export const ISSUER_HOST = 'issuer_host'

/**
 * Browsers reach the canonical host alone, and the answer has to name the issuer that the client was told here (RFC 9207). A query of
 * the endpoint's address is kept by clients (RFC 6749 §3.1).
 */
function authorizationEndpoint({ origin, endpoints, pages }: Issuer): string {
  if (pages === endpoints) return `${pages}/authorize`
  return `${pages}/authorize?${new URLSearchParams({ [ISSUER_HOST]: new URL(origin).host })}`
}

function common(issuer: Issuer): object {
  const { url, endpoints, pages, server } = issuer
  const published = server?.scopes
    .filter((scope) => scope.metadataPublish === 'ALL_CLIENTS' && !UNSERVED_SCOPES.includes(scope.name))
    .map((scope) => scope.name)
  return {
    issuer: url,
    authorization_endpoint: authorizationEndpoint(issuer),
    token_endpoint: `${endpoints}/token`,
    jwks_uri: `${endpoints}/keys`,
    introspection_endpoint: `${endpoints}/introspect`,
    revocation_endpoint: `${endpoints}/revoke`,
    end_session_endpoint: `${pages}/logout`,
    response_types_supported: RESPONSE_TYPES,
    response_modes_supported: RESPONSE_MODES,
    grant_types_supported: GRANT_TYPES,
    scopes_supported: published ?? ORG_SCOPES,
    token_endpoint_auth_methods_supported: CLIENT_AUTHENTICATIONS,
    introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATIONS,
    revocation_endpoint_auth_methods_supported: CLIENT_AUTHENTICATIONS,
    code_challenge_methods_supported: ['S256'],
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    // RFC 9207: the issuer stands in every authorization response, against mix-up.
    authorization_response_iss_parameter_supported: true,
  }
}
