// Endpoint → file, one line each, with its CORS zone; all of them for the org's own server and for custom ones.
import { type Answer, json } from '#http/answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { refusalPage } from '#sign-in/problem-page.ts'
import { publicKeysOf } from '#signing-keys/service.ts'
import type { Deps } from '../deps.ts'
import { authorizeEndpoint, consentEndpoint } from './authorize/endpoint.ts'
import { CONSENT_PATH } from './authorize/show-consent.ts'
import { oauthAuthorizationServer, openidConfiguration } from './discovery.ts'
import { renderErrorPage } from './error-page.ts'
import { initiateLoginEndpoint } from './initiate-login/endpoint.ts'
import { introspectEndpoint } from './introspect.ts'
import { discoveredIssuer, type Issuer, issuerOf } from './issuer.ts'
import { logoutEndpoint } from './logout.ts'
import { renderOAuthError } from './render-error.ts'
import { revokeEndpoint } from './revoke.ts'
import { provesClient } from './token/authenticate-client.ts'
import { tokenEndpoint } from './token/endpoint.ts'
import { TokenPreviewAnswer, TokenPreviewBody, tokenPreviewEndpoint } from './token-preview.ts'
import { userinfoEndpoint } from './userinfo.ts'

/** Caches know apart what different hosts are told; not where a proxy tells us of the host in a header of its own. */
const DISCOVERY_HEADERS = { 'cache-control': 'max-age=86400, must-revalidate', vary: 'X-Forwarded-Host' } as const
/** Shorter than any key is published before it signs. */
const KEYS_CACHEABLE = { 'cache-control': 'max-age=3600, must-revalidate' } as const

export function oauthRoutes(deps: Deps): readonly Route[] {
  const refuse = (error: unknown, call: Call) => renderOAuthError(deps, error, call)
  const refusePage = (error: unknown, call: Call) =>
    renderErrorPage(deps, error, call) ?? refusalPage(deps, error, call)
  const form = (handler: (deps: Deps, call: Call<URLSearchParams>) => Promise<Answer>) => (call: Call) =>
    handler(deps, call as Call<URLSearchParams>)
  const page = { zone: 'none', bucket: 'authorize', refuse: refusePage } as const
  const isProven = (call: Call) => provesClient(deps, call)
  const bearer = { zone: 'bearer', bucket: 'oauth', refuse, alias: true } as const

  const endpoints = ['/oauth2/v1', '/oauth2/:server/v1'].flatMap((base) => [
    route({
      ...page,
      method: 'GET',
      url: `${base}/authorize`,
      summary: 'Authorization endpoint',
      handler: (call) => authorizeEndpoint(deps, call),
    }),
    route({
      ...page,
      method: 'POST',
      url: `${base}/authorize`,
      form: true,
      summary: 'Authorization endpoint',
      handler: (call) => authorizeEndpoint(deps, call),
    }),
    route({
      zone: 'token',
      alias: true,
      bucket: 'token',
      isProven,
      refuse,
      method: 'POST',
      url: `${base}/token`,
      form: true,
      summary: 'Token endpoint',
      handler: form(tokenEndpoint),
    }),
    route({
      zone: 'public',
      alias: true,
      bucket: 'unmetered',
      method: 'GET',
      url: `${base}/keys`,
      summary: 'Public signing keys',
      handler: (call) => keys(deps, call),
    }),
    route({
      ...bearer,
      method: 'GET',
      url: `${base}/userinfo`,
      summary: 'Claims about the person',
      handler: (call) => userinfoEndpoint(deps, call),
    }),
    route({
      ...bearer,
      method: 'POST',
      url: `${base}/userinfo`,
      summary: 'Claims about the person',
      handler: (call) => userinfoEndpoint(deps, call),
    }),
    route({
      ...bearer,
      isProven,
      method: 'POST',
      url: `${base}/introspect`,
      form: true,
      summary: 'State of a token',
      handler: form(introspectEndpoint),
    }),
    route({
      ...bearer,
      isProven,
      method: 'POST',
      url: `${base}/revoke`,
      form: true,
      summary: 'End a token',
      handler: form(revokeEndpoint),
    }),
    route({
      ...page,
      method: 'GET',
      url: `${base}/logout`,
      summary: 'End the session',
      handler: (call) => logoutEndpoint(deps, call),
    }),
    route({
      ...page,
      method: 'POST',
      url: `${base}/logout`,
      form: true,
      summary: 'End the session',
      handler: (call) => logoutEndpoint(deps, call),
    }),
  ])
  return [
    ...endpoints,
    route({
      method: 'POST',
      url: '/api/v1/keystead/authorization-servers/:serverId/token-preview',
      zone: 'none',
      bucket: 'api',
      permission: 'okta.authorizationServers.read',
      body: TokenPreviewBody,
      answer: TokenPreviewAnswer,
      summary: 'Preview the tokens of an app and a person',
      handler: (call) => tokenPreviewEndpoint(deps, call),
    }),
    route({
      ...page,
      method: 'GET',
      url: '/home/oidc_client/:app/:link',
      summary: 'Begin a sign-in to an app from outside of it',
      handler: (call) => initiateLoginEndpoint(deps, call),
    }),
    ...discovery(deps, openidConfiguration, [
      '/.well-known/openid-configuration',
      '/oauth2/:server/.well-known/openid-configuration',
    ]),
    ...discovery(deps, oauthAuthorizationServer, [
      '/.well-known/oauth-authorization-server',
      '/oauth2/:server/.well-known/oauth-authorization-server',
      // RFC 8414 §3.1 puts the issuer's path behind the well-known one.
      '/.well-known/oauth-authorization-server/oauth2/:server',
    ]),
    route({
      ...page,
      method: 'POST',
      url: CONSENT_PATH,
      form: true,
      hidden: true,
      summary: 'The answer to the consent page',
      handler: form(consentEndpoint),
    }),
  ]
}

function discovery(deps: Deps, document: (issuer: Issuer) => object, urls: readonly string[]): readonly Route[] {
  return urls.map((url) =>
    route({
      zone: 'public',
      alias: true,
      bucket: 'unmetered',
      method: 'GET',
      url,
      summary: 'Metadata of the authorization server',
      handler: async (call) => {
        return { ...json(200, document(await discoveredIssuer(deps, call))), headers: DISCOVERY_HEADERS }
      },
    }),
  )
}

async function keys(deps: Deps, call: Call): Promise<Answer> {
  const { config, issuer } = await issuerOf(deps, call)
  return { ...json(200, { keys: publicKeysOf(config, issuer.id, deps.now()) }), headers: KEYS_CACHEABLE }
}
