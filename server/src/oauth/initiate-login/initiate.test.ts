import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '#apps/app.ts'
import { PageError } from '../error.ts'
import { decideInitiation } from './initiate.ts'

const REDIRECT = 'https://app.example.com/callback'
const PAGE = 'https://app.example.com/login'

const appWith = (given: Partial<App>): App =>
  ({
    id: '0oaApp',
    redirectUris: [REDIRECT, 'https://other.example.com/callback'],
    initiateLoginUri: PAGE,
    idpInitiatedLogin: { mode: 'SPEC', defaultScope: [] },
    ...given,
  }) as App

const decide = (given: Partial<App>, target?: string) =>
  decideInitiation(appWith(given), { issuer: 'https://org.example', loginHint: 'ada@example.com', target })

const mode = (name: App['idpInitiatedLogin']['mode'], defaultScope: readonly string[] = []) => ({
  idpInitiatedLogin: { mode: name, defaultScope },
})

test('each error of the embed link has its own code', () => {
  const { initiateLoginUri: _, ...withoutPage } = appWith({})
  const rows: readonly [string, () => unknown, string][] = [
    ['switched off', () => decide(mode('DISABLED')), 'idp_initated_flow_disabled'],
    ['no redirect URI for the ID token', () => decide({ ...mode('OKTA'), redirectUris: [] }), 'missing_redirect_uri'],
    [
      'no page that begins the request',
      () => decideInitiation(withoutPage as App, { issuer: 'x', loginHint: 'y', target: undefined }),
      'missing_initiate_login_uri',
    ],
    ['a target elsewhere', () => decide({}, 'https://evil.example/'), 'invalid_request'],
  ]
  for (const [what, decision, code] of rows)
    assert.throws(decision, (error) => error instanceof PageError && error.code === code, what)
})

test('the app’s page is told who asks, for whom and where to', () => {
  const decided = decide({ initiateLoginUri: `${PAGE}?from=%7Eorg` }, 'https://app.example.com/a?b=c')
  assert.deepEqual(decided, {
    kind: 'redirect',
    location: `${PAGE}?from=%7Eorg&iss=https%3A%2F%2Forg.example&login_hint=ada%40example.com&target_link_uri=https%3A%2F%2Fapp.example.com%2Fa%3Fb%3Dc`,
  })
})

test('the app’s page is told each of it once, whatever was registered', () => {
  const told = 'iss=https%3A%2F%2Forg.example&login_hint=ada%40example.com'
  for (const [registered, location] of [
    ['?iss=https://evil.example&login_hint=x', `?${told}`],
    ['?a=1&%69ss=x&b=2', `?a=1&b=2&${told}`],
    ['?issuer=x&', `?issuer=x&${told}`],
    ['?target_link_uri=y', `?${told}`],
  ] as const)
    assert.deepEqual(decide({ initiateLoginUri: PAGE + registered }), { kind: 'redirect', location: PAGE + location })
})

test('an ID token goes to the first redirect URI, with openid among its scopes once', () => {
  const toFirst = { kind: 'id-token', redirectUri: REDIRECT }
  assert.deepEqual(decide(mode('OKTA')), { ...toFirst, scopes: ['openid'] })
  assert.deepEqual(decide(mode('OKTA', ['email', 'openid', 'email'])), { ...toFirst, scopes: ['openid', 'email'] })
})
