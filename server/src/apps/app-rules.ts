// What an app must fulfil, whoever made it so: a creation and a replacement are judged by the same rules, in this order.
import { hasControlCharacters } from '#kernel/control-characters.ts'
import { originOf } from '#kernel/origin.ts'
import { parseRedirectUri } from '#kernel/redirect-uri.ts'
import { invalid, type Refusal } from '#kernel/refusal.ts'
import type { App } from './app.ts'
import { TYPE_RULES } from './application-types.ts'
import { checkClientKeys } from './client-key.ts'

const LABEL_MAX = 100
const CLIENT_ID = /^[A-Za-z0-9$\-_.+!*'(),]{6,100}$/
const RESERVED_CLIENT_ID = 'ALL_CLIENTS'
const LEEWAY_MAX = 60
const URL_MAX = 1_024
/** As JSON, without keys, which are counted. */
const SETTINGS_MAX = 100_000
const CODE_GRANTS = ['authorization_code', 'interaction_code']
/** Grants for which nobody is ever sent to a redirect URI. */
const REDIRECTLESS_GRANTS = ['password', 'client_credentials']
/** Grants that end without a person, or (implicit) without a request of the app's own: no refresh token comes of them. */
const BARREN_GRANTS = ['refresh_token', 'client_credentials', 'implicit']

/** @throws {Refusal} validation_failed for the first rule that is broken */
export function checkApp(app: App): void {
  checkLabel(app.label)
  checkClientId(app.clientId)
  checkGrants(app)
  checkResponseTypes(app)
  checkAuthentication(app)
  checkRedirects(app)
  checkLogin(app)
  checkRefresh(app)
  checkWebUrls(app)
  checkKeys(app)
  checkSize(app)
}

// Every node keeps all apps of the org in memory, whoever's org it is.
function checkSize({ clientKeys: _, jwks: __, secrets: ___, ...said }: App): void {
  if (JSON.stringify(said).length > SETTINGS_MAX)
    throw fault('settings', `All settings of an app together must have at most ${SETTINGS_MAX} characters.`)
}

function checkLabel(label: string): void {
  if (label.trim() === '') throw blank('label')
  if (label.length > LABEL_MAX) throw fault('label', `The field must have at most ${LABEL_MAX} characters`)
  if (hasControlCharacters(label) || !label.isWellFormed())
    throw fault('label', 'The field must not contain control characters')
}

function checkClientId(clientId: string): void {
  if (clientId === RESERVED_CLIENT_ID) throw fault('client_id', `'${RESERVED_CLIENT_ID}' is reserved.`)
  if (!CLIENT_ID.test(clientId))
    throw fault('client_id', "'client_id' must have 6 to 100 characters: letters, digits and $-_.+!*'(),")
}

function checkGrants({ grantTypes, applicationType }: App): void {
  const { grants, needsOneOf } = TYPE_RULES[applicationType]
  if (grantTypes.length === 0) throw blank('grant_types')
  checkWords('grant_types', grantTypes, grants)
  if (needsOneOf && !needsOneOf.some((grant) => grantTypes.includes(grant)))
    throw fault('grant_types', `An app of type '${applicationType}' needs at least one of [${needsOneOf.join(', ')}].`)
  if (grantTypes.includes('refresh_token') && grantTypes.every((grant) => BARREN_GRANTS.includes(grant)))
    throw fault(
      'grant_types',
      "'refresh_token' needs another grant that gives refresh tokens, such as 'authorization_code'.",
    )
}

function checkResponseTypes({ grantTypes, responseTypes, applicationType }: App): void {
  checkWords('response_types', responseTypes, TYPE_RULES[applicationType].responseTypes)
  const code = grantTypes.some((grant) => CODE_GRANTS.includes(grant))
  const implicit = grantTypes.includes('implicit')
  const direct = responseTypes.filter((type) => type !== 'code')
  if (code && !responseTypes.includes('code'))
    throw fault('response_types', "The grant 'authorization_code' needs 'code'.")
  if (!code && responseTypes.includes('code'))
    throw fault('response_types', "'code' needs the grant 'authorization_code'.")
  if (implicit && direct.length === 0)
    throw fault('response_types', "The grant 'implicit' needs 'token' or 'id_token'.")
  // Okta's SDKs send `token` with the grants that answer at the token endpoint alone; no redirect is ever answered by it.
  const idle = redirectless(grantTypes) || applicationType === 'service'
  if (!implicit && direct.some((type) => type === 'id_token' || !idle))
    throw fault('response_types', "'token' and 'id_token' need the grant 'implicit'.")
  if (responseTypes.length === 0 && !redirectless(grantTypes)) throw blank('response_types')
}

function checkAuthentication({ clientAuthentication, pkceRequired }: App): void {
  if (clientAuthentication === 'none' && !pkceRequired)
    throw fault('pkce_required', "'pkce_required' must be true when 'token_endpoint_auth_method' is 'none'.")
}

function checkRedirects({
  applicationType,
  wildcardRedirect,
  redirectUris,
  postLogoutRedirectUris,
  grantTypes,
}: App): void {
  for (const uri of redirectUris) checkUri('redirect_uris', uri, { applicationType, wildcard: wildcardRedirect })
  for (const uri of postLogoutRedirectUris) checkUri('post_logout_redirect_uris', uri, { applicationType })
  if (redirectUris.length === 0 && applicationType !== 'service' && !redirectless(grantTypes))
    throw blank('redirect_uris')
}

function checkLogin({ applicationType, initiateLoginUri, idpInitiatedLogin, grantTypes }: App): void {
  if (initiateLoginUri !== undefined) checkUri('initiate_login_uri', initiateLoginUri, { applicationType })
  if (idpInitiatedLogin.mode === 'DISABLED') return
  if (initiateLoginUri === undefined)
    throw fault(
      'initiate_login_uri',
      `'initiate_login_uri' is required for the login mode '${idpInitiatedLogin.mode}'.`,
    )
  const interactive = [...CODE_GRANTS, 'implicit'].some((grant) => grantTypes.includes(grant))
  if (!interactive) throw fault('idp_initiated_login', 'The app needs a grant by which people sign in.')
}

function checkRefresh({ refreshToken: { leewaySeconds } }: App): void {
  if (!Number.isInteger(leewaySeconds) || leewaySeconds < 0 || leewaySeconds > LEEWAY_MAX)
    throw fault('leeway', `'leeway' must be a whole number of seconds from 0 to ${LEEWAY_MAX}.`)
}

// They are shown to people as links, so nothing but http and https may pass.
function checkWebUrls({ clientUri, logoUri, tosUri, policyUri, jwksUri }: App): void {
  const urls = { client_uri: clientUri, logo_uri: logoUri, tos_uri: tosUri, policy_uri: policyUri, jwks_uri: jwksUri }
  for (const [field, url] of Object.entries(urls)) {
    if (url === undefined) continue
    if (url.length > URL_MAX) throw fault(field, `The URL must have at most ${URL_MAX} characters.`)
    if (originOf(url) === undefined || /\s/.test(url))
      throw fault(field, 'The URL must be absolute, with http or https.')
  }
}

function checkKeys({ clientKeys, jwks, jwksUri, clientAuthentication }: App): void {
  checkClientKeys(clientKeys)
  if (clientKeys.length > 0 && jwksUri !== undefined)
    throw fault('jwks', "Only one of 'jwks' and 'jwks_uri' can be set.")
  if (clientAuthentication === 'private_key_jwt' && jwks.length === 0 && jwksUri === undefined)
    throw fault('jwks', "'private_key_jwt' needs a signing key in 'jwks', or 'jwks_uri'.")
}

const redirectless = (grants: readonly string[]): boolean => grants.some((grant) => REDIRECTLESS_GRANTS.includes(grant))

function checkUri(field: string, uri: string, rules: Parameters<typeof parseRedirectUri>[1]): void {
  const parsed = parseRedirectUri(uri, rules)
  if (!parsed.ok) throw fault(field, `'${uri}': ${parsed.sentence}`)
}

function checkWords(field: string, sent: readonly string[], offered: readonly string[]): void {
  if (sent.some((word) => !offered.includes(word)))
    throw fault(field, `'${field}' is invalid. Valid values: [${offered.join(', ')}].`)
  if (new Set(sent).size < sent.length) throw fault(field, `'${field}' names a value twice.`)
}

const blank = (field: string): Refusal => fault(field, 'The field cannot be left blank')
const fault = (field: string, sentence: string): Refusal => invalid(field, `${field}: ${sentence}`)
