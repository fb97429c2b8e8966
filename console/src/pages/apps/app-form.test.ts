import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { App } from '../../api/types.ts'
import {
  type AppFormValues,
  appFormProblems,
  createRequest,
  newAppForm,
  openedToEveryone,
  toForm,
  toRequest,
} from './app-form.ts'

const SPA = newAppForm('browser', true)
const CALLBACK = 'http://localhost:8080/login/callback'

const stored: App = {
  id: '0oa1',
  name: 'oidc_client',
  label: 'Shop',
  status: 'ACTIVE',
  created: '2026-01-01T00:00:00.000Z',
  lastUpdated: '2026-01-01T00:00:00.000Z',
  visibility: { hide: { iOS: true, web: true } },
  credentials: {
    userNameTemplate: { template: '$' + '{source.login}', type: 'BUILT_IN' },
    oauthClient: { client_id: '0oa1', token_endpoint_auth_method: 'none', pkce_required: true },
  },
  settings: {
    implicitAssignment: false,
    oauthClient: {
      application_type: 'browser',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code', 'id_token'],
      redirect_uris: [CALLBACK],
      wildcard_redirect: 'DISABLED',
      consent_method: 'TRUSTED',
      issuer_mode: 'DYNAMIC',
      refresh_token: { rotation_type: 'ROTATE', leeway: 15 },
      idp_initiated_login: { mode: 'DISABLED', default_scope: [] },
    },
  },
  _links: { logo: [] },
}

describe('the form of a new app', () => {
  test('a single-page app begins with code and refresh token, rotation and thirty seconds of grace', () => {
    assert.deepEqual(SPA.grantTypes, ['authorization_code', 'refresh_token'])
    assert.deepEqual([SPA.label, SPA.rotation, SPA.leeway], ['My SPA', 'ROTATE', 30])
  })

  test('without Refresh Token Rotation it is not offered the refresh token', () => {
    assert.deepEqual(newAppForm('browser', false).grantTypes, ['authorization_code'])
    assert.deepEqual(newAppForm('native', false).grantTypes, ['authorization_code', 'refresh_token'])
  })

  test('becomes the request that the API takes', () => {
    const body = createRequest('browser', { ...SPA, label: ' Shop ', redirectUris: [CALLBACK, ' '], signOutUris: [] })
    assert.equal(body.label, 'Shop')
    assert.equal(body.credentials?.oauthClient?.token_endpoint_auth_method, 'none')
    const settings = body.settings?.oauthClient
    assert.deepEqual(settings?.redirect_uris, [CALLBACK])
    assert.deepEqual(settings?.response_types, ['code'])
    assert.deepEqual(settings?.refresh_token, { rotation_type: 'ROTATE', leeway: 30 })
    assert.equal(settings?.initiate_login_uri, null)
  })

  test('opened to everyone, it says so; otherwise it leaves that to the API', () => {
    assert.equal(createRequest('browser', SPA, true).settings?.implicitAssignment, true)
    assert.equal('implicitAssignment' in (createRequest('browser', SPA).settings ?? {}), false)
  })

  test('a service app has no redirects and answers with tokens alone', () => {
    const settings = createRequest('service', newAppForm('service', true)).settings?.oauthClient
    assert.deepEqual([settings?.redirect_uris, settings?.response_types], [[], ['token']])
  })
})

describe('the form of an app that is there', () => {
  test('shows what is stored and, sent back unchanged, changes nothing', () => {
    const { _links, ...rest } = stored
    const body = toRequest(stored, toForm(stored))
    const { oauthClient, ...settings } = rest.settings
    assert.deepEqual(body, {
      ...rest,
      settings: {
        ...settings,
        oauthClient: {
          ...oauthClient,
          post_logout_redirect_uris: [],
          initiate_login_uri: null,
          tos_uri: null,
          policy_uri: null,
        },
      },
    })
  })

  test('an app that people may begin at the dashboard is shown there', () => {
    const body = toRequest(stored, {
      ...toForm(stored),
      loginMode: 'SPEC',
      initiateLoginUri: 'http://localhost:8080/login',
    })
    assert.deepEqual(body.visibility?.hide, { iOS: false, web: false })
    assert.equal(body.settings?.oauthClient?.idp_initiated_login?.mode, 'SPEC')
  })
})

describe("what is wrong with a form, in the server's words", () => {
  const CASES: readonly (readonly [what: string, change: Partial<AppFormValues>, field: string, sentence: string])[] = [
    ['no name', { label: ' ' }, 'label', 'The field cannot be left blank'],
    ['a long name', { label: 'x'.repeat(101) }, 'label', 'The field must have at most 100 characters'],
    ['no grant', { grantTypes: [] }, 'grantTypes', 'The field cannot be left blank'],
    ['no redirect URI', { redirectUris: [''] }, 'redirectUris', 'The field cannot be left blank'],
    ['61 seconds', { leeway: 61 }, 'leeway', "'leeway' must be a whole number of seconds from 0 to 60."],
    ['half a second', { leeway: 0.5 }, 'leeway', "'leeway' must be a whole number of seconds from 0 to 60."],
    ['no number', { leeway: '' }, 'leeway', "'leeway' must be a whole number of seconds from 0 to 60."],
    [
      'the guide’s own typo',
      { initiateLoginUri: 'https://example:0000.com/login' },
      'initiateLoginUri',
      "'example:0000.com' is not a host with a port: after the colon stands '0000.com', and a port is a number from 1 to 65535.",
    ],
    [
      'a dashboard login without its address',
      { loginMode: 'SPEC' },
      'initiateLoginUri',
      "'initiate_login_uri' is required for the login mode 'SPEC'.",
    ],
  ]
  for (const [what, change, field, sentence] of CASES)
    test(what, () => assert.equal(appFormProblems('browser', { ...SPA, ...change })[field], sentence))

  test('0 and 60 seconds are right, and nothing is wrong with the form as it begins', () => {
    for (const leeway of [0, 60]) assert.deepEqual(appFormProblems('browser', { ...SPA, leeway }), {})
    assert.deepEqual(appFormProblems('browser', SPA), {})
  })
})

describe('an app that is opened to everyone, or closed again', () => {
  test('keeps the rest of its settings', () => {
    const { settings, ...rest } = toRequest(stored, toForm(stored))
    for (const isOpen of [true, false])
      assert.deepEqual(openedToEveryone(stored, isOpen), {
        ...rest,
        settings: { ...settings, implicitAssignment: isOpen },
      })
  })
})
