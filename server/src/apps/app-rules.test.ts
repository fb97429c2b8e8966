import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkApp } from './app-rules.ts'
import { type AppParts, builtApp, EC_KEY, refusalOf, SERVICE, WEB } from './test-app.ts'

const judge = (parts: AppParts): string => refusalOf(() => checkApp(builtApp(parts)))

const ACCEPTED: readonly [name: string, parts: AppParts][] = [
  ['a single-page app with PKCE', {}],
  ['a single-page app with refresh tokens', { oauthClient: { grant_types: ['authorization_code', 'refresh_token'] } }],
  ['a web app', { oauthClient: WEB }],
  [
    'a web app that acts for itself alone, without a redirect URI',
    { oauthClient: { ...WEB, grant_types: ['client_credentials'], response_types: ['token'], redirect_uris: [] } },
  ],
  [
    'a web app that acts for itself and for people',
    { oauthClient: { ...WEB, grant_types: ['authorization_code', 'client_credentials'] } },
  ],
  [
    'a hybrid web app',
    { oauthClient: { ...WEB, grant_types: ['authorization_code', 'implicit'], response_types: ['code', 'id_token'] } },
  ],
  [
    'a native app with a scheme of its own',
    { oauthClient: { application_type: 'native', redirect_uris: ['com.example.app:/callback'] } },
  ],
  [
    'a native app that asks for passwords',
    {
      oauthClient: {
        application_type: 'native',
        grant_types: ['password', 'refresh_token'],
        response_types: [],
        redirect_uris: [],
      },
    },
  ],
  ['a service', { oauthClient: SERVICE }],
  ['a service without response types', { oauthClient: { ...SERVICE, response_types: [] } }],
  [
    'a service that signs',
    {
      credentials: { token_endpoint_auth_method: 'private_key_jwt' },
      oauthClient: { ...SERVICE, jwks: { keys: [EC_KEY] } },
    },
  ],
  [
    'a service whose keys are fetched',
    {
      credentials: { token_endpoint_auth_method: 'private_key_jwt' },
      oauthClient: { ...SERVICE, jwks_uri: 'https://example.com/keys' },
    },
  ],
  ['a label of 100 characters', { app: { label: 'x'.repeat(100) } }],
  ['a label with markup', { app: { label: '<b>Shop</b> & "Co"' } }],
  ['the shortest client id', { credentials: { client_id: "a$-_.'" } }],
  ['the longest client id', { credentials: { client_id: 'x'.repeat(100) } }],
  ['no grace period', { oauthClient: { refresh_token: { rotation_type: 'ROTATE', leeway: 0 } } }],
  ['a minute of grace', { oauthClient: { refresh_token: { rotation_type: 'ROTATE', leeway: 60 } } }],
  [
    'a wildcard where it is switched on',
    { oauthClient: { wildcard_redirect: 'SUBDOMAIN', redirect_uris: ['https://pr-*.example.com/cb'] } },
  ],
  ['sign-out URIs', { oauthClient: { post_logout_redirect_uris: ['http://localhost:8080'] } }],
  [
    'login begun by Okta',
    { oauthClient: { initiate_login_uri: 'https://app.example.com/login', idp_initiated_login: { mode: 'SPEC' } } },
  ],
  [
    'links to the terms',
    { oauthClient: { tos_uri: 'https://example.com/terms#here', policy_uri: 'http://example.com/' } },
  ],
]

const REFUSED: readonly [name: string, parts: AppParts, refusal: string][] = [
  ['no label', { app: { label: undefined } }, 'label | label: The field cannot be left blank'],
  ['a blank label', { app: { label: ' \t' } }, 'label | label: The field cannot be left blank'],
  [
    'a label of 101 characters',
    { app: { label: 'x'.repeat(101) } },
    'label | label: The field must have at most 100 characters',
  ],
  ['a label with NUL', { app: { label: 'a\0b' } }, 'label | label: The field must not contain control characters'],
  [
    'a client id of five characters',
    { credentials: { client_id: 'abcde' } },
    "client_id | client_id: 'client_id' must have 6 to 100 characters: letters, digits and $-_.+!*'(),",
  ],
  [
    'a client id with a colon',
    { credentials: { client_id: 'abc:def' } },
    "client_id | client_id: 'client_id' must have 6 to 100 characters: letters, digits and $-_.+!*'(),",
  ],
  [
    'the reserved client id',
    { credentials: { client_id: 'ALL_CLIENTS' } },
    "client_id | client_id: 'ALL_CLIENTS' is reserved.",
  ],
  ['no grant', { oauthClient: { grant_types: [] } }, 'grant_types | grant_types: The field cannot be left blank'],
  [
    'a grant twice',
    { oauthClient: { grant_types: ['authorization_code', 'authorization_code'] } },
    "grant_types | grant_types: 'grant_types' names a value twice.",
  ],
  [
    'a refresh token alone',
    { oauthClient: { ...WEB, grant_types: ['refresh_token', 'client_credentials'], response_types: [] } },
    "grant_types | grant_types: 'refresh_token' needs another grant that gives refresh tokens, such as 'authorization_code'.",
  ],
  [
    'a single-page app without people',
    { oauthClient: { grant_types: ['urn:okta:params:oauth:grant-type:otp'] } },
    "grant_types | grant_types: An app of type 'browser' needs at least one of [authorization_code, implicit, interaction_code].",
  ],
  [
    'a service without client credentials',
    { oauthClient: { ...SERVICE, grant_types: ['urn:ietf:params:oauth:grant-type:jwt-bearer'] } },
    "grant_types | grant_types: An app of type 'service' needs at least one of [client_credentials].",
  ],
  [
    'codes without the response type',
    { oauthClient: { response_types: [] } },
    "response_types | response_types: The grant 'authorization_code' needs 'code'.",
  ],
  [
    'the response type without codes',
    { oauthClient: { ...WEB, grant_types: ['client_credentials'], response_types: ['code'] } },
    "response_types | response_types: 'code' needs the grant 'authorization_code'.",
  ],
  [
    'implicit without a direct response',
    { oauthClient: { grant_types: ['authorization_code', 'implicit'] } },
    "response_types | response_types: The grant 'implicit' needs 'token' or 'id_token'.",
  ],
  [
    'a direct response without implicit',
    { oauthClient: { response_types: ['code', 'token'] } },
    "response_types | response_types: 'token' and 'id_token' need the grant 'implicit'.",
  ],
  [
    'an unknown response type',
    { oauthClient: { response_types: ['code', 'none'] } },
    "response_types | response_types: 'response_types' is invalid. Valid values: [code, token, id_token].",
  ],
  [
    'a service that would show tokens in a URL',
    { oauthClient: { ...SERVICE, response_types: ['id_token'] } },
    "response_types | response_types: 'response_types' is invalid. Valid values: [token].",
  ],
  [
    'a public app without PKCE',
    { credentials: { pkce_required: false } },
    "pkce_required | pkce_required: 'pkce_required' must be true when 'token_endpoint_auth_method' is 'none'.",
  ],
  [
    'no redirect URI',
    { oauthClient: { redirect_uris: [] } },
    'redirect_uris | redirect_uris: The field cannot be left blank',
  ],
  [
    'a redirect URI with a fragment',
    { oauthClient: { redirect_uris: ['https://example.com/#cb'] } },
    "redirect_uris | redirect_uris: 'https://example.com/#cb': The URI must not have a fragment ('#').",
  ],
  [
    'a script for a redirect URI',
    { oauthClient: { redirect_uris: ['JaVaScRiPt:alert(1)'] } },
    "redirect_uris | redirect_uris: 'JaVaScRiPt:alert(1)': The scheme 'javascript:' is not allowed.",
  ],
  [
    'a custom scheme in a single-page app',
    { oauthClient: { redirect_uris: ['myapp://cb'] } },
    "redirect_uris | redirect_uris: 'myapp://cb': A single-page app needs a URI with http or https.",
  ],
  [
    'a redirect URI of a service',
    { oauthClient: { ...SERVICE, redirect_uris: ['https://example.com/cb'] } },
    "redirect_uris | redirect_uris: 'https://example.com/cb': A service app signs nobody in and has no redirect URIs.",
  ],
  [
    'a sign-out URI that runs code',
    { oauthClient: { post_logout_redirect_uris: ['data:text/html,x'] } },
    "post_logout_redirect_uris | post_logout_redirect_uris: 'data:text/html,x': The scheme 'data:' is not allowed.",
  ],
  [
    "the guide's impossible login URI",
    { oauthClient: { initiate_login_uri: 'https://example:0000.com/login' } },
    "initiate_login_uri | initiate_login_uri: 'https://example:0000.com/login': 'example:0000.com' is not a host with a port: after the colon stands '0000.com', and a port is a number from 1 to 65535.",
  ],
  [
    'login begun by Okta without a login URI',
    { oauthClient: { idp_initiated_login: { mode: 'OKTA' } } },
    "initiate_login_uri | initiate_login_uri: 'initiate_login_uri' is required for the login mode 'OKTA'.",
  ],
  [
    '61 seconds of grace',
    { oauthClient: { refresh_token: { rotation_type: 'ROTATE', leeway: 61 } } },
    "leeway | leeway: 'leeway' must be a whole number of seconds from 0 to 60.",
  ],
  [
    'negative grace',
    { oauthClient: { refresh_token: { rotation_type: 'STATIC', leeway: -1 } } },
    "leeway | leeway: 'leeway' must be a whole number of seconds from 0 to 60.",
  ],
  [
    'a link that runs code',
    { oauthClient: { tos_uri: 'javascript:alert(1)' } },
    'tos_uri | tos_uri: The URL must be absolute, with http or https.',
  ],
  [
    'a link with a user name',
    { oauthClient: { client_uri: 'https://me@example.com' } },
    'client_uri | client_uri: The URL must be absolute, with http or https.',
  ],
  [
    'a logo of no host',
    { oauthClient: { logo_uri: '/logo.png' } },
    'logo_uri | logo_uri: The URL must be absolute, with http or https.',
  ],
  [
    'keys in two places',
    { oauthClient: { ...SERVICE, jwks: { keys: [EC_KEY] }, jwks_uri: 'https://example.com' } },
    "jwks | jwks: Only one of 'jwks' and 'jwks_uri' can be set.",
  ],
  [
    'signatures without a key',
    { credentials: { token_endpoint_auth_method: 'private_key_jwt' }, oauthClient: SERVICE },
    "jwks | jwks: 'private_key_jwt' needs a signing key in 'jwks', or 'jwks_uri'.",
  ],
  [
    'signatures with an inactive key',
    {
      credentials: { token_endpoint_auth_method: 'private_key_jwt' },
      oauthClient: { ...SERVICE, jwks: { keys: [{ ...EC_KEY, status: 'INACTIVE' }] } },
    },
    "jwks | jwks: 'private_key_jwt' needs a signing key in 'jwks', or 'jwks_uri'.",
  ],
]

describe('the rules of an app accept', () => {
  for (const [name, parts] of ACCEPTED) test(name, () => assert.equal(judge(parts), 'accepted'))
})

describe('the rules of an app refuse', () => {
  for (const [name, parts, refusal] of REFUSED) test(name, () => assert.equal(judge(parts), refusal))
})

describe('what a type may do', () => {
  const GRANTS: readonly [type: string, grant: string][] = [
    ['web', 'password'],
    ['web', 'urn:ietf:params:oauth:grant-type:device_code'],
    ['browser', 'client_credentials'],
    ['browser', 'password'],
    ['native', 'client_credentials'],
    ['service', 'authorization_code'],
    ['service', 'refresh_token'],
    ['service', 'password'],
    ['web', 'magic'],
  ]
  for (const [type, grant] of GRANTS)
    test(`${type} has no grant ${grant}`, () => {
      const base = type === 'service' ? SERVICE : { application_type: type }
      const grants = type === 'service' ? ['client_credentials', grant] : ['authorization_code', grant]
      assert.match(
        judge({ oauthClient: { ...base, grant_types: grants } }),
        /^grant_types \| grant_types: 'grant_types' is invalid\. Valid values: \[/,
      )
    })
})
