import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { endApiTokensOfUser, seedApiToken } from '#api-tokens/service.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { newPerson } from '#test/oauth-client.ts'
import { sentApp, WEB } from './test-app.ts'
import { appCalls, causeOf, PATH } from './test-calls.ts'

onEachDatabase('apps', (dialect) => {
  let fixture: Fixture

  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const { post, create, ids } = appCalls(() => fixture)

  test('a created single-page app answers 200 in the shape that Okta gives, without a secret', async () => {
    const { status, json: app } = await post({
      app: { label: 'My SPA', id: '0oaMINE', status: 'INACTIVE', nonsense: {} },
    })
    assert.equal(status, 200)
    assert.match(app.id, /^0oa[0-9A-Za-z]{17}$/)
    const self = `${fixture.org.url}${PATH}/${app.id}`
    const { _links: links, ...rest } = app
    assert.match(links.logo[0].href, /^data:image\/svg\+xml,/)
    assert.deepEqual(
      { ...links, logo: undefined },
      {
        self: { href: self },
        appLinks: [
          {
            name: 'oidc_client_link',
            href: `${fixture.org.url}/home/oidc_client/${app.id}/alnOidcClientLink001`,
            type: 'text/html',
          },
        ],
        uploadLogo: { href: `${self}/logo`, hints: { allow: ['POST'] } },
        policies: { href: `${self}/policies`, hints: { allow: ['PUT'] } },
        profileEnrollment: links.profileEnrollment,
        accessPolicy: links.accessPolicy,
        groups: { href: `${self}/groups` },
        logo: undefined,
        clientCredentials: [],
        users: { href: `${self}/users` },
        deactivate: { href: `${self}/lifecycle/deactivate` },
      },
    )
    assert.deepEqual(rest, {
      id: app.id,
      orn: `orn:okta:idp:${fixture.org.id}:apps:oidc_client:${app.id}`,
      name: 'oidc_client',
      label: 'My SPA',
      status: 'ACTIVE',
      lastUpdated: app.created,
      created: app.created,
      accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
      visibility: {
        autoLaunch: false,
        autoSubmitToolbar: false,
        hide: { iOS: true, web: true },
        appLinks: { oidc_client_link: true },
      },
      features: [],
      signOnMode: 'OPENID_CONNECT',
      credentials: {
        userNameTemplate: { template: `\${source.login}`, type: 'BUILT_IN' },
        signing: { kid: app.credentials.signing.kid },
        oauthClient: {
          autoKeyRotation: true,
          client_id: app.id,
          token_endpoint_auth_method: 'none',
          pkce_required: true,
        },
      },
      universalLogout: {
        status: 'DISABLED',
        supportType: 'FULL',
        identityStack: 'NOT_SHARED',
        protocol: 'GLOBAL_TOKEN_REVOCATION',
      },
      settings: {
        app: {},
        notifications: { vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null } },
        manualProvisioning: false,
        implicitAssignment: false,
        emOptInStatus: 'NONE',
        notes: { admin: null, enduser: null },
        oauthClient: {
          client_uri: null,
          logo_uri: null,
          redirect_uris: ['http://localhost:8080/login/callback'],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          application_type: 'browser',
          consent_method: 'TRUSTED',
          issuer_mode: 'DYNAMIC',
          idp_initiated_login: { mode: 'DISABLED', default_scope: [] },
          wildcard_redirect: 'DISABLED',
          dpop_bound_access_tokens: false,
          participate_slo: false,
        },
      },
    })
    assert.deepEqual((await fixture.request('GET', `${PATH}/${app.id}`)).json, app)
  })

  test('the signing key that it names is the one of the org', async () => {
    const app = await create()
    const { json: keys } = await fixture.request('GET', '/oauth2/v1/keys', { token: null })
    assert.equal(app.credentials.signing.kid, keys.keys[0].kid)
  })

  test('the policies that it names are there, and are its own when they are given to it', async () => {
    const app = await create()
    for (const [name, type] of [
      ['accessPolicy', 'ACCESS_POLICY'],
      ['profileEnrollment', 'PROFILE_ENROLLMENT'],
    ] as const) {
      const path = app._links[name].href.replace(fixture.org.url, '')
      const { json: policy } = await fixture.request('GET', path)
      assert.equal(policy.type, type)
      const given = await fixture.request('PUT', `${PATH}/${app.id}/policies/${policy.id}`)
      assert.deepEqual([given.status, given.text], [204, ''])
    }
    const other = await fixture.request('PUT', `${PATH}/${app.id}/policies/rstnothing`)
    assert.deepEqual(
      [other.status, other.json.errorSummary],
      [404, 'Not found: Resource not found: rstnothing (Policy)'],
    )
  })

  test('a web app gets a secret, which only the creation and a replacement show', async () => {
    const app = await create({ oauthClient: WEB })
    const { client_secret: secret } = app.credentials.oauthClient
    assert.match(secret, /^[A-Za-z0-9_-]{64}$/)
    assert.deepEqual(app._links.clientCredentials[0].name, 'secrets')
    for (const path of [`${PATH}/${app.id}`, `${PATH}?limit=200`, `${PATH}?q=test`])
      assert.equal((await fixture.request('GET', path)).text.includes(secret), false, path)
    const put = await fixture.request('PUT', `${PATH}/${app.id}`, { json: { ...app, label: `${app.label} again` } })
    assert.equal(put.json.credentials.oauthClient.client_secret, secret)
  })

  test('refresh token settings are shown with their grant: a grace period with rotation alone', async () => {
    const shown = async (oauthClient: object) => {
      const grants = { grant_types: ['authorization_code', 'refresh_token'] }
      return (await create({ oauthClient: { ...grants, ...oauthClient } })).settings.oauthClient.refresh_token
    }
    assert.deepEqual(await shown({}), { rotation_type: 'ROTATE', leeway: 30 })
    assert.deepEqual(await shown(WEB), { rotation_type: 'STATIC' })
    assert.deepEqual(await shown({ refresh_token: { rotation_type: 'ROTATE', leeway: 0 } }), {
      rotation_type: 'ROTATE',
      leeway: 0,
    })
    assert.equal((await create()).settings.oauthClient.refresh_token, undefined)
  })

  test('a caller chooses client id and secret', async () => {
    const credentials = { client_id: `my-client-${dialect}`, client_secret: 'a secret of my own' }
    const app = await create({ oauthClient: WEB, credentials })
    assert.partialDeepStrictEqual(app.credentials.oauthClient, credentials)
    const again = await post({ oauthClient: WEB, credentials })
    assert.equal(again.status, 400)
    assert.equal(causeOf(again), "client_id: 'client_id' is used by another app.")
  })

  test('an app is made inactive when that is asked for', async () => {
    const answer = await fixture.request('POST', `${PATH}?activate=false`, { json: sentApp() })
    assert.equal(answer.json.status, 'INACTIVE')
    assert.ok(answer.json._links.activate)
    assert.equal(answer.json._links.deactivate, undefined)
  })

  test('text is kept as it was sent, markup and SQL included', async () => {
    const label = `<img src=x onerror=alert(1)> '; DROP TABLE app; -- ${dialect}`
    const app = await create({ app: { label, profile: { '<b>': ['$1', '\0'] } } })
    const { json } = await fixture.request('GET', `${PATH}/${app.id}`)
    assert.equal(json.label, label)
    assert.deepEqual(json.profile, { '<b>': ['$1', '\0'] })
    assert.deepEqual(await ids(`q=${encodeURIComponent('<img src=x')}`), [app.id])
  })

  test('a label belongs to one app, however it is written', async () => {
    const taken = await create({ app: { label: `Café ${dialect}` } })
    const other = await create()
    for (const label of [taken.label, taken.label.toUpperCase(), `Cafe\u0301 ${dialect}`]) {
      const created = await post({ app: { label } })
      const replaced = await fixture.request('PUT', `${PATH}/${other.id}`, { json: { ...other, label } })
      for (const answer of [created, replaced]) {
        assert.equal(answer.status, 400)
        assert.equal(answer.json.errorCode, 'E0000040')
        assert.equal(
          answer.json.errorSummary,
          'Application label must not be the same as an existing application label.',
        )
      }
    }
    assert.deepEqual((await fixture.request('GET', `${PATH}/${other.id}`)).json, other)
  })

  test('of two simultaneous creations with one label one wins', async () => {
    const app = { label: `Raced ${dialect}` }
    const statuses = (await Promise.all([post({ app }), post({ app }), post({ app })])).map(({ status }) => status)
    assert.deepEqual(statuses.toSorted(), [200, 400, 400])
  })

  const WRONG: readonly [why: string, json: unknown, subject: string][] = [
    ['a list for the body', [], 'body'],
    ['a number for a label', sentApp({ app: { label: 7 } }), 'label'],
    ['a word for a flag', sentApp({ credentials: { pkce_required: 'true' } }), 'pkce_required'],
    ['a word for a list', sentApp({ oauthClient: { grant_types: 'authorization_code' } }), 'grant_types'],
    ['a number in a list', sentApp({ oauthClient: { redirect_uris: [7] } }), 'redirect_uris'],
    [
      'text for a number',
      sentApp({ oauthClient: { refresh_token: { rotation_type: 'ROTATE', leeway: '30' } } }),
      'leeway',
    ],
    [
      'null for a number',
      sentApp({ oauthClient: { refresh_token: { rotation_type: 'ROTATE', leeway: null } } }),
      'leeway',
    ],
    ['half a second', sentApp({ oauthClient: { refresh_token: { rotation_type: 'ROTATE', leeway: 0.5 } } }), 'leeway'],
    ['text for settings', sentApp({ app: { settings: 'all' } }), 'settings'],
    ['an unknown issuer mode', sentApp({ oauthClient: { issuer_mode: 'ANY' } }), 'issuer_mode'],
    ['a key that is no object', sentApp({ oauthClient: { jwks: { keys: ['key'] } } }), 'keys'],
    ['a broken rule', sentApp({ oauthClient: { redirect_uris: ['/callback'] } }), 'redirect_uris'],
  ]
  for (const [why, json, subject] of WRONG)
    test(`${why} is refused and nothing is created`, async () => {
      const before = await ids('limit=200')
      const answer = await fixture.request('POST', PATH, { json })
      assert.equal(answer.status, 400)
      assert.deepEqual(
        [answer.json.errorCode, answer.json.errorSummary],
        ['E0000001', `Api validation failed: ${subject}`],
      )
      assert.deepEqual(await ids('limit=200'), before)
    })

  test('a body that is no JSON, or too big, is refused', async () => {
    const headers = { 'content-type': 'application/json' }
    const broken = await fixture.request('POST', PATH, { raw: '{"label":', headers })
    assert.deepEqual([broken.status, broken.json.errorCode], [400, 'E0000003'])
    const big = await fixture.request('POST', PATH, { raw: `{"label":"${'x'.repeat(1_000_001)}"}`, headers })
    assert.equal(big.status, 413)
    assert.equal((await fixture.request('POST', PATH)).status, 400)
  })

  test("another org's app is not there, and its label and client id are free", async () => {
    const other = await fixture.newOrg(`other-${dialect}`)
    const parts = { app: { label: 'In both' }, credentials: { client_id: 'client-of-both' }, oauthClient: WEB }
    const app = await create(parts)
    for (const [method, path] of [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/lifecycle/activate'],
      ['POST', '/lifecycle/deactivate'],
    ] as const) {
      const answer = await fixture.request(method, `${PATH}/${app.id}${path}`, {
        org: other,
        ...(method === 'PUT' ? { json: sentApp({ oauthClient: WEB }) } : {}),
      })
      assert.deepEqual([answer.status, answer.json.errorCode], [404, 'E0000007'], `${method} ${path}`)
    }
    assert.deepEqual((await fixture.request('GET', PATH, { org: other })).json, [])
    assert.equal((await fixture.request('POST', PATH, { org: other, json: sentApp(parts) })).status, 200)
    assert.equal((await fixture.request('GET', `${PATH}/${app.id}`)).json.status, 'ACTIVE')
  })

  test('an id that no app can have is not found', async () => {
    for (const id of ['0oa', '%00', "'", '0oa0V8N98zQfYdbUlwZJ%00', '../users'])
      assert.equal(
        (await fixture.request('GET', `${PATH}/${encodeURIComponent(decodeURIComponent(id))}`)).status,
        404,
        id,
      )
  })

  test('who brings no credential, a bad one, or no role, is refused', async () => {
    const app = await create()
    const calls = [
      ['GET', PATH],
      ['POST', PATH],
      ['GET', `${PATH}/${app.id}`],
      ['PUT', `${PATH}/${app.id}`],
      ['DELETE', `${PATH}/${app.id}`],
      ['POST', `${PATH}/${app.id}/lifecycle/deactivate`],
    ] as const
    const person = await newPerson(fixture)
    const { deps, org, clock } = fixture
    const tx = deps.db.for(org.id)
    const token = `token-of-nobody-${dialect}`
    await deps.db.write(() =>
      seedApiToken(tx, { org, now: clock.now(), random: deps.random }, { userId: person.id, token }),
    )
    for (const [method, path] of calls) {
      const json = method === 'POST' || method === 'PUT' ? { json: sentApp() } : {}
      const none = await fixture.request(method, path, { token: null, ...json })
      assert.partialDeepStrictEqual(none, { status: 403, json: { errorCode: 'E0000005' } })
      const bad = await fixture.request(method, path, { token: 'nonsense', ...json })
      assert.partialDeepStrictEqual(bad, { status: 401, json: { errorCode: 'E0000011' } })
      const roleless = await fixture.request(method, path, { token, ...json })
      assert.partialDeepStrictEqual(roleless, { status: 403, json: { errorCode: 'E0000006' } })
    }
    await deps.db.write(() => endApiTokensOfUser(tx, person.id))
    assert.equal((await fixture.request('GET', `${PATH}/${app.id}`)).json.status, 'ACTIVE')
  })
})
