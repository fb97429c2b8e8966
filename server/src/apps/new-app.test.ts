import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { later } from '#kernel/instant.ts'
import type { App } from './app.ts'
import { replacedApp } from './new-app.ts'
import { appFromWire } from './schema.ts'
import { type AppParts, builtApp, EC_KEY, NOW, refusalOf, SERVICE, sentApp, WEB } from './test-app.ts'

const LATER = later(NOW, 60_000)

const replaced = (current: App, parts: AppParts): App => {
  const draft = appFromWire(sentApp(parts) as Parameters<typeof appFromWire>[0])
  return replacedApp(current, draft, { now: LATER, keyIds: draft.keys.map((_, at) => `pksnew${at}`) })
}

describe('what is not said depends on the type', () => {
  const DEFAULTS: readonly [type: string | undefined, method: string, pkce: boolean, rotation: string][] = [
    ['web', 'client_secret_basic', false, 'STATIC'],
    ['browser', 'none', true, 'ROTATE'],
    ['native', 'client_secret_basic', true, 'STATIC'],
    ['service', 'client_secret_basic', false, 'STATIC'],
    [undefined, 'client_secret_basic', false, 'STATIC'],
  ]
  for (const [type, method, pkce, rotation] of DEFAULTS)
    test(`${type ?? 'no type'}: ${method}, PKCE ${pkce ? 'required' : 'optional'}, refresh tokens ${rotation}`, () => {
      const app = builtApp({ oauthClient: { application_type: type } })
      assert.equal(app.applicationType, type ?? 'web')
      assert.equal(app.clientAuthentication, method)
      assert.equal(app.pkceRequired, pkce)
      assert.deepEqual(app.refreshToken, { rotationType: rotation, leewaySeconds: 30 })
    })

  test('the client id is the id', () => {
    const app = builtApp()
    assert.equal(app.clientId, app.id)
    assert.equal(builtApp({ credentials: { client_id: 'my-own-client' } }).clientId, 'my-own-client')
  })

  test('nothing is open that was not opened', () => {
    const app = builtApp()
    assert.equal(app.implicitAssignment, false)
    assert.equal(app.wildcardRedirect, 'DISABLED')
    assert.deepEqual(app.idpInitiatedLogin, { mode: 'DISABLED', defaultScope: [] })
    assert.equal(app.consentMethod, 'TRUSTED')
    assert.deepEqual([app.jwks, app.secrets, app.postLogoutRedirectUris], [[], [], []])
  })

  test('30 seconds of grace where only the rotation is said', () => {
    const app = builtApp({ oauthClient: { refresh_token: { rotation_type: 'ROTATE' } } })
    assert.deepEqual(app.refreshToken, { rotationType: 'ROTATE', leewaySeconds: 30 })
  })
})

describe('words that are none', () => {
  const WORDS: readonly [field: string, parts: AppParts, values: string][] = [
    ['application_type', { oauthClient: { application_type: 'spa' } }, 'web, browser, native, service'],
    [
      'token_endpoint_auth_method',
      { oauthClient: WEB, credentials: { token_endpoint_auth_method: 'none' } },
      'client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt',
    ],
    ['token_endpoint_auth_method', { credentials: { token_endpoint_auth_method: 'client_secret_basic' } }, 'none'],
    [
      'token_endpoint_auth_method',
      { oauthClient: SERVICE, credentials: { token_endpoint_auth_method: 'none' } },
      'client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt',
    ],
    ['wildcard_redirect', { oauthClient: { wildcard_redirect: 'ALL' } }, 'DISABLED, SUBDOMAIN'],
    ['consent_method', { oauthClient: { consent_method: 'MAYBE' } }, 'TRUSTED, REQUIRED'],
    ['rotation_type', { oauthClient: { refresh_token: { rotation_type: 'rotate' } } }, 'ROTATE, STATIC'],
    ['mode', { oauthClient: { idp_initiated_login: { mode: 'ON' } } }, 'DISABLED, SPEC, OKTA'],
  ]
  for (const [field, parts, values] of WORDS)
    test(`${field} names the words that it knows: ${values}`, () => {
      const sentence = `${field} | ${field}: '${field}' is invalid. Valid values: [${values}].`
      assert.equal(
        refusalOf(() => builtApp(parts)),
        sentence,
      )
    })

  test('a refresh token block without its rotation is refused', () => {
    const parts = { oauthClient: { refresh_token: { leeway: 10 } } }
    assert.equal(
      refusalOf(() => builtApp(parts)),
      'rotation_type | rotation_type: The field cannot be left blank',
    )
  })

  test('another kind of app is refused', () => {
    assert.match(
      refusalOf(() => builtApp({ app: { signOnMode: 'BOOKMARK' } })),
      /^signOnMode \|/,
    )
    assert.match(
      refusalOf(() => builtApp({ app: { signOnMode: undefined } })),
      /^signOnMode \|/,
    )
    assert.match(
      refusalOf(() => builtApp({ app: { name: 'bookmark' } })),
      /^name \|/,
    )
  })

  test('a protection that is not there is not promised', () => {
    const UNSERVED = [
      { dpop_bound_access_tokens: true },
      { id_token_encrypted_response_alg: 'RSA-OAEP-256' },
      { network: { connection: 'ZONE', include: ['ALL_ZONES'] } },
      { subject_type: 'pairwise' },
    ]
    for (const oauthClient of UNSERVED) {
      const [field = ''] = Object.keys(oauthClient)
      assert.ok(refusalOf(() => builtApp({ oauthClient })).startsWith(`${field} | ${field}: `), field)
    }
    assert.doesNotThrow(() =>
      builtApp({ oauthClient: { dpop_bound_access_tokens: false, network: { connection: 'ANYWHERE' } } }),
    )
  })
})

describe('a replacement', () => {
  const current = builtApp()

  test('resets what it does not say', () => {
    const full = builtApp({
      credentials: { client_id: 'shop-client', pkce_required: true },
      oauthClient: {
        ...WEB,
        post_logout_redirect_uris: ['https://example.com'],
        client_uri: 'https://example.com',
        consent_method: 'REQUIRED',
        idp_initiated_login: { mode: 'SPEC' },
        initiate_login_uri: 'https://example.com/login',
        jwks: { keys: [EC_KEY] },
      },
      app: { profile: { team: 'red' } },
    })
    const next = replaced(full, { oauthClient: WEB })
    assert.deepEqual(
      [
        next.postLogoutRedirectUris,
        next.clientUri,
        next.consentMethod,
        next.initiateLoginUri,
        next.clientKeys,
        next.jwks,
      ],
      [[], undefined, 'TRUSTED', undefined, [], []],
    )
    assert.equal(next.pkceRequired, false)
    assert.equal(next.idpInitiatedLogin.mode, 'DISABLED')
    assert.equal('profile' in next.extra, false)
  })

  test('keeps id, client id, status, creation, secrets and the refresh token settings', () => {
    const secret = { id: 'ocs1', status: 'ACTIVE', created: NOW, lastUpdated: NOW, mac: 'm', sealed: 's' } as const
    const full: App = {
      ...builtApp({
        credentials: { client_id: 'shop-client' },
        oauthClient: { ...WEB, refresh_token: { rotation_type: 'ROTATE', leeway: 7 } },
      }),
      status: 'INACTIVE',
      secrets: [secret],
    }
    const next = replaced(full, { oauthClient: WEB })
    const { id, clientId, status, created, secrets, refreshToken, lastUpdated } = next
    assert.deepEqual(
      { id, clientId, status, created, secrets, refreshToken, lastUpdated },
      {
        id: full.id,
        clientId: 'shop-client',
        status: 'INACTIVE',
        created: NOW,
        secrets: [secret],
        refreshToken: { rotationType: 'ROTATE', leewaySeconds: 7 },
        lastUpdated: LATER,
      },
    )
  })

  test('cannot make another type of app or give another client id', () => {
    assert.equal(
      refusalOf(() => replaced(current, { oauthClient: WEB })),
      "application_type | application_type: 'application_type' cannot be changed.",
    )
    const other = { credentials: { client_id: 'another' } }
    assert.equal(
      refusalOf(() => replaced(current, other)),
      "client_id | client_id: 'client_id' cannot be changed.",
    )
    assert.equal(replaced(current, { credentials: { client_id: current.clientId } }).clientId, current.clientId)
    assert.equal(replaced(current, { oauthClient: { application_type: undefined } }).applicationType, 'browser')
  })

  test('knows the keys that it had: an inactive one stays inactive until that is said', () => {
    const key = { ...EC_KEY, kid: 'one', status: 'INACTIVE' }
    const before = builtApp({ oauthClient: { ...WEB, jwks: { keys: [key] } } })
    const same = replaced(before, { oauthClient: { ...WEB, jwks: { keys: [{ ...EC_KEY, kid: 'one' }] } } })
    assert.deepEqual(same.clientKeys, before.clientKeys)
    assert.deepEqual(same.jwks, [])
    const active = replaced(before, { oauthClient: { ...WEB, jwks: { keys: [{ ...key, status: 'ACTIVE' }] } } })
    assert.equal(active.clientKeys[0]?.id, before.clientKeys[0]?.id)
    assert.equal(active.jwks.length, 1)
    const renamed = replaced(before, { oauthClient: { ...WEB, jwks: { keys: [{ ...key, kid: 'two' }] } } })
    assert.equal(renamed.clientKeys[0]?.id, 'pksnew0')
  })
})
