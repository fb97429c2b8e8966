// What each type of app may do, in one table: the ways it proves itself, its grants, and what it gets when nothing is said.
import type { ApplicationType, ClientAuthentication, RotationType } from './app.ts'

const OAUTH = 'urn:ietf:params:oauth:grant-type:'
const DEVICE_CODE = `${OAUTH}device_code`
const JWT_BEARER = `${OAUTH}jwt-bearer`
const SAML2_BEARER = `${OAUTH}saml2-bearer`
const TOKEN_EXCHANGE = `${OAUTH}token-exchange`
export const CIBA = 'urn:openid:params:grant-type:ciba'

const DIRECT_AUTHENTICATION = [
  'urn:okta:params:oauth:grant-type:otp',
  'urn:okta:params:oauth:grant-type:oob',
  'http://auth0.com/oauth/grant-type/mfa-otp',
  'http://auth0.com/oauth/grant-type/mfa-oob',
]

const WITH_CREDENTIALS = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'] as const

export interface TypeRules {
  readonly authentications: readonly ClientAuthentication[]
  readonly defaultAuthentication: ClientAuthentication
  readonly pkceByDefault: boolean
  readonly grants: readonly string[]
  /** At least one of these must be among the app's grants; any grant will do where there is no list. */
  readonly needsOneOf?: readonly string[]
  readonly responseTypes: readonly string[]
  readonly rotation: RotationType
}

export const TYPE_RULES: Readonly<Record<ApplicationType, TypeRules>> = {
  web: {
    authentications: WITH_CREDENTIALS,
    defaultAuthentication: 'client_secret_basic',
    pkceByDefault: false,
    grants: [
      'authorization_code',
      'implicit',
      'refresh_token',
      'client_credentials',
      'interaction_code',
      SAML2_BEARER,
      JWT_BEARER,
      TOKEN_EXCHANGE,
      CIBA,
      ...DIRECT_AUTHENTICATION,
    ],
    responseTypes: ['code', 'token', 'id_token'],
    rotation: 'STATIC',
  },
  browser: {
    authentications: ['none'],
    defaultAuthentication: 'none',
    pkceByDefault: true,
    grants: [
      'authorization_code',
      'implicit',
      'refresh_token',
      'interaction_code',
      SAML2_BEARER,
      TOKEN_EXCHANGE,
      ...DIRECT_AUTHENTICATION,
    ],
    needsOneOf: ['authorization_code', 'implicit', 'interaction_code'],
    responseTypes: ['code', 'token', 'id_token'],
    rotation: 'ROTATE',
  },
  native: {
    authentications: ['none', ...WITH_CREDENTIALS],
    // Okta's console preselects `none`; its API means a secret when nothing is said.
    defaultAuthentication: 'client_secret_basic',
    pkceByDefault: true,
    grants: [
      'authorization_code',
      'implicit',
      'password',
      'refresh_token',
      'interaction_code',
      DEVICE_CODE,
      SAML2_BEARER,
      TOKEN_EXCHANGE,
      ...DIRECT_AUTHENTICATION,
    ],
    responseTypes: ['code', 'token', 'id_token'],
    rotation: 'STATIC',
  },
  service: {
    authentications: WITH_CREDENTIALS,
    defaultAuthentication: 'client_secret_basic',
    pkceByDefault: false,
    grants: ['client_credentials', SAML2_BEARER, TOKEN_EXCHANGE, JWT_BEARER],
    needsOneOf: ['client_credentials'],
    responseTypes: ['token'],
    rotation: 'STATIC',
  },
}
