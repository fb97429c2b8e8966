import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '#apps/app.ts'
import type { AuthorizationServer } from '#authorization-servers/authorization-server.ts'
import { enabledFeatures } from '#features/registry.ts'
import type { Issuer } from '../issuer.ts'
import { type AuthorizeContext, readRequest, responseModeOf } from './request.ts'
import { firstRefusal } from './steps.ts'

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const GOOD = {
  response_type: 'code',
  state: 's',
  scope: 'openid profile',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
}
const app = {
  pkceRequired: true,
  clientAuthentication: 'none',
  grantTypes: ['authorization_code', 'refresh_token'],
} as unknown as App
const server = {
  scopes: ['openid', 'profile', 'email', 'offline_access', 'things'].map((name) => ({
    name,
    isDefault: name === 'things',
  })),
} as unknown as AuthorizationServer

const config = { features: enabledFeatures(new Map()) }

interface Case {
  readonly parameters?: Readonly<Record<string, string | undefined>>
  readonly app?: Partial<App>
  readonly org?: true
  readonly redirectUri?: string
}

function contextOf({
  parameters = {},
  app: change = {},
  org,
  redirectUri = 'https://app.example/cb',
}: Case): AuthorizeContext {
  const all: Record<string, string | undefined> = { ...GOOD, ...parameters }
  const sent = Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
  const issuer = { server: org ? undefined : server } as Issuer
  const context = { config, issuer, app: { ...app, ...change }, redirectUri, parameters: new Map(sent) }
  return context as unknown as AuthorizeContext
}

const refusalOf = (one: Case): string | undefined => firstRefusal(readRequest(contextOf(one)))?.code

test('a good request has no refusal', () => {
  assert.equal(refusalOf({}), undefined)
  assert.equal(refusalOf({ org: true }), undefined)
  assert.equal(refusalOf({ parameters: { scope: undefined } }), undefined)
})

test('each thing that is wrong has its code', () => {
  const rows: readonly [Case, string][] = [
    [{ parameters: { request: 'x' } }, 'request_not_supported'],
    [{ parameters: { request_uri: 'x' } }, 'request_uri_not_supported'],
    [{ parameters: { claims: '{}' } }, 'invalid_request'],
    [{ parameters: { response_type: undefined } }, 'invalid_request'],
    [{ parameters: { response_type: 'none' } }, 'unsupported_response_type'],
    [{ parameters: { response_type: 'code token' } }, 'unsupported_response_type'],
    [{ parameters: { response_mode: 'x' } }, 'unsupported_response_mode'],
    [{ parameters: { response_mode: 'okta_post_message' }, redirectUri: 'com.app:/cb' }, 'unsupported_response_mode'],
    [{ parameters: { state: undefined } }, 'invalid_request'],
    [{ parameters: { state: 'ä' } }, 'invalid_request'],
    [{ parameters: { state: 'x'.repeat(2_049) } }, 'invalid_request'],
    [{ parameters: { nonce: 'x'.repeat(1_025) } }, 'invalid_request'],
    [{ parameters: { code_challenge: undefined, code_challenge_method: undefined } }, 'invalid_request'],
    [{ parameters: { code_challenge_method: 'plain' } }, 'invalid_request'],
    [{ parameters: { prompt: 'none consent' } }, 'invalid_request'],
    [{ parameters: { prompt: 'login login' } }, 'invalid_request'],
    [{ parameters: { max_age: '-1' } }, 'invalid_request'],
    [{ parameters: { max_age: '2147483648' } }, 'invalid_request'],
    [{ parameters: { max_age: '0x10' } }, 'invalid_request'],
    [{ parameters: { scope: 'openid "' } }, 'invalid_scope'],
    [{ parameters: { scope: 'openid nothing' } }, 'invalid_scope'],
    [{ parameters: { scope: 'profile' } }, 'invalid_scope'],
    [{ parameters: { scope: undefined }, org: true }, 'invalid_scope'],
    [{ parameters: { scope: 'openid things' }, org: true }, 'invalid_scope'],
    [{ app: { grantTypes: ['client_credentials'] } }, 'unauthorized_client'],
    [{ parameters: { scope: 'openid offline_access' }, app: { grantTypes: ['authorization_code'] } }, 'invalid_scope'],
    [{ parameters: { acr_values: 'phr' } }, 'access_denied'],
  ]
  for (const [one, code] of rows) assert.equal(refusalOf(one), code, JSON.stringify(one))
})

test('what may be asked for passes', () => {
  const rows: readonly Case[] = [
    { parameters: { prompt: 'none' } },
    { parameters: { prompt: 'consent login' } },
    { parameters: { prompt: 'login  consent' } },
    { parameters: { max_age: '0' } },
    { parameters: { max_age: '2147483647' } },
    { parameters: { response_mode: 'okta_post_message' } },
    { parameters: { scope: 'things' } },
    { parameters: { scope: 'offline_access things' } },
    { parameters: { acr_values: 'phr urn:okta:loa:1fa:any' } },
    { parameters: { acr_values: 'gold' } },
    {
      parameters: { code_challenge: undefined, code_challenge_method: undefined },
      app: { pkceRequired: false, clientAuthentication: 'client_secret_basic' },
    },
  ]
  for (const one of rows) assert.equal(refusalOf(one), undefined, JSON.stringify(one))
})

test('a public client needs PKCE whatever its setting says', () => {
  const without = { code_challenge: undefined, code_challenge_method: undefined }
  assert.equal(refusalOf({ parameters: without, app: { pkceRequired: false } }), 'invalid_request')
})

test('of several faults the first of the processing order is told', () => {
  const faults: readonly [Readonly<Record<string, string | undefined>>, string][] = [
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_mode: 'x' }, 'unsupported_response_mode'],
    [{ state: undefined }, 'invalid_request'],
    [{ scope: 'nothing' }, 'invalid_scope'],
    [{ acr_values: 'phr' }, 'access_denied'],
  ]
  for (let first = 0; first < faults.length; first++) {
    const parameters = Object.assign({}, ...faults.slice(first).map(([fault]) => fault))
    assert.equal(refusalOf({ parameters }), faults[first]?.[1])
  }
})

test('an error travels the way that was asked for, else by the default of the response type', () => {
  const rows: readonly [Case, string][] = [
    [{}, 'query'],
    [{ parameters: { response_mode: 'fragment' } }, 'fragment'],
    [{ parameters: { response_mode: 'form_post' } }, 'form_post'],
    [{ parameters: { response_mode: 'okta_post_message' } }, 'okta_post_message'],
    [{ parameters: { response_mode: 'okta_post_message' }, redirectUri: 'com.app:/cb' }, 'query'],
    [{ parameters: { response_mode: 'x' } }, 'query'],
    [{ parameters: { response_type: 'id_token token' } }, 'fragment'],
    [{ parameters: { response_type: 'code id_token', response_mode: 'x' } }, 'fragment'],
    [{ parameters: { response_type: undefined } }, 'query'],
  ]
  for (const [one, mode] of rows) assert.equal(responseModeOf(contextOf(one)), mode, JSON.stringify(one))
})
