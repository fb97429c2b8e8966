import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { endApiTokensOfUser, seedApiToken } from '#api-tokens/service.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import { newPair, newPerson, refresh, signInForTokens } from '#test/oauth-client.ts'
import { type AppParts, SERVICE, sentApp, WEB } from './test-app.ts'

const PATH = '/api/v1/apps'

onEachDatabase('apps', (dialect) => {
  let fixture: Fixture

  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const post = (parts: AppParts = {}) => fixture.request('POST', PATH, { json: sentApp(parts) })
  const create = async (parts: AppParts = {}) => {
    const answer = await post(parts)
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }
  const lifecycle = (id: string, verb: string) => fixture.request('POST', `${PATH}/${id}/lifecycle/${verb}`)
  const ids = async (query: string) => {
    const answer = await fixture.request('GET', `${PATH}?${query}`)
    assert.equal(answer.status, 200, answer.text)
    return answer.json.map(({ id }: { id: string }) => id)
  }
  const filtered = (filter: string) => ids(`limit=200&filter=${encodeURIComponent(filter)}`)
  const causeOf = (answer: TestAnswer) => answer.json.errorCauses[0]?.errorSummary

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

  test('a replacement that is refused changes nothing', async () => {
    const app = await create()
    const changes = [
      { settings: { oauthClient: { ...app.settings.oauthClient, redirect_uris: [] } } },
      { settings: { oauthClient: { ...app.settings.oauthClient, application_type: 'web' } } },
      { credentials: { oauthClient: { client_id: 'another-client' } } },
      { credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } } },
      { label: '' },
    ]
    for (const change of changes) {
      const answer = await fixture.request('PUT', `${PATH}/${app.id}`, { json: { ...app, ...change } })
      assert.deepEqual([answer.status, answer.json.errorCode], [400, 'E0000001'], JSON.stringify(change))
    }
    assert.deepEqual((await fixture.request('GET', `${PATH}/${app.id}`)).json, app)
  })

  test('an object that is sent back whole changes nothing but the time', async () => {
    const app = await create({
      app: { profile: { a: 1 } },
      oauthClient: { ...WEB, grant_types: ['authorization_code', 'refresh_token'], tos_uri: 'https://example.com/tos' },
    })
    fixture.clock.advance(1_000)
    const { json } = await fixture.request('PUT', `${PATH}/${app.id}`, { json: app })
    assert.notEqual(json.lastUpdated, app.lastUpdated)
    assert.deepEqual({ ...json, lastUpdated: '' }, { ...app, lastUpdated: '' })
  })

  test('a replacement resets what is unsaid, but for secret, ids and refresh token settings', async () => {
    const app = await create({
      app: { profile: { a: 1 } },
      credentials: { client_id: `kept-client-${dialect}`, client_secret: 'kept secret of mine' },
      oauthClient: {
        ...WEB,
        grant_types: ['authorization_code', 'refresh_token'],
        refresh_token: { rotation_type: 'ROTATE', leeway: 5 },
        post_logout_redirect_uris: ['http://localhost:8080'],
        client_uri: 'https://example.com',
      },
    })
    const { json } = await fixture.request('PUT', `${PATH}/${app.id}`, {
      json: sentApp({
        app: { label: app.label },
        oauthClient: { ...WEB, grant_types: ['authorization_code', 'refresh_token'] },
      }),
    })
    assert.deepEqual(json.credentials, app.credentials)
    assert.deepEqual(json.settings.oauthClient.refresh_token, { rotation_type: 'ROTATE', leeway: 5 })
    assert.deepEqual([json.id, json.created, json.status], [app.id, app.created, app.status])
    assert.equal(json.settings.oauthClient.post_logout_redirect_uris, undefined)
    assert.equal(json.settings.oauthClient.client_uri, null)
    assert.equal(json.profile, undefined)
  })

  test('a secret that is sent with a replacement takes the place of the old one', async () => {
    const app = await create({ oauthClient: WEB })
    const json = {
      ...app,
      credentials: { oauthClient: { ...app.credentials.oauthClient, client_secret: 'another secret' } },
    }
    const put = await fixture.request('PUT', `${PATH}/${app.id}`, { json })
    assert.equal(put.json.credentials.oauthClient.client_secret, 'another secret')
    const { json: secrets } = await fixture.request('GET', `${PATH}/${app.id}/credentials/secrets`)
    assert.deepEqual(
      secrets.map((secret: { client_secret: string }) => secret.client_secret),
      ['another secret'],
    )
  })

  test('a short secret does not follow into signing with it', async () => {
    const app = await create({ oauthClient: WEB, credentials: { client_secret: 'fourteen chars' } })
    const json = { ...app, credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_jwt' } } }
    const put = await fixture.request('PUT', `${PATH}/${app.id}`, { json })
    assert.deepEqual([put.status, put.json.errorSummary], [400, 'Api validation failed: client_secret'])
  })

  test('the life of an app: it is deleted only when it is inactive', async () => {
    const { id } = await create({ oauthClient: WEB })
    const refused = await fixture.request('DELETE', `${PATH}/${id}`)
    assert.equal(refused.status, 403)
    assert.equal(refused.json.errorCode, 'E0000056')
    assert.equal(causeOf(refused), 'The application must be deactivated before deletion.')
    for (const [verb, status] of [
      ['deactivate', 'INACTIVE'],
      ['deactivate', 'INACTIVE'],
      ['activate', 'ACTIVE'],
      ['activate', 'ACTIVE'],
      ['deactivate', 'INACTIVE'],
    ] as const) {
      const answer = await lifecycle(id, verb)
      assert.deepEqual([answer.status, answer.json], [200, {}])
      assert.equal((await fixture.request('GET', `${PATH}/${id}`)).json.status, status)
    }
    const deleted = await fixture.request('DELETE', `${PATH}/${id}`)
    assert.deepEqual([deleted.status, deleted.text], [204, ''])
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/lifecycle/activate'],
      ['POST', '/lifecycle/deactivate'],
      ['GET', '/credentials/secrets'],
    ] as const) {
      const answer = await fixture.request(method, `${PATH}/${id}${path}`)
      assert.deepEqual(
        [answer.status, answer.json.errorSummary],
        [404, `Not found: Resource not found: ${id} (AppInstance)`],
      )
    }
  })

  for (const end of ['deactivate', 'delete'] as const)
    test(`to ${end} an app ends the tokens of its people`, async () => {
      const { app, person } = await newPair(fixture)
      const tokens = await signInForTokens(fixture, app, person)
      await lifecycle(app.id, 'deactivate')
      if (end === 'delete') assert.equal((await fixture.request('DELETE', `${PATH}/${app.id}`)).status, 204)
      else await lifecycle(app.id, 'activate')
      const answer = await refresh(fixture, app, tokens.refresh_token)
      assert.equal(answer.json.error, end === 'delete' ? 'invalid_client' : 'invalid_grant')
    })

  test('the list pages in the order of creation, in absolute links', async () => {
    const mine: string[] = []
    for (const name of ['one', 'two', 'three']) {
      fixture.clock.advance(1)
      mine.push((await create({ app: { label: `Zebra ${name} ${dialect}` } })).id)
    }
    assert.deepEqual(await ids('q=zEBRA'), mine)
    const page = await fixture.request('GET', `${PATH}?q=zebra&limit=2`)
    const [self, next] = [page.headers.link].flat()
    assert.equal(self, `<${fixture.org.url}${PATH}?q=zebra&limit=2>; rel="self"`)
    const path = /<(.*)>; rel="next"/.exec(String(next))?.[1]?.replace(fixture.org.url, '') ?? ''
    const rest = await fixture.request('GET', path)
    assert.deepEqual(
      [...page.json, ...rest.json].map(({ id }) => id),
      mine,
    )
    assert.equal([rest.headers.link].flat().length, 1)
  })

  test('the list is filtered by one condition, together with q as on Okta', async () => {
    const app = await create({ app: { label: `Yak ${dialect}` } })
    const other = await create({ oauthClient: SERVICE })
    await lifecycle(app.id, 'deactivate')
    assert.deepEqual(await filtered(`id eq "${app.id}"`), [app.id])
    assert.equal((await filtered('status eq "INACTIVE"')).includes(app.id), true)
    assert.equal((await filtered('status eq "ACTIVE"')).includes(app.id), false)
    assert.equal((await filtered('name eq "oidc_client"')).includes(other.id), true)
    assert.deepEqual(await filtered('name eq "bookmark"'), [])
    assert.equal((await filtered(`credentials.signing.kid eq "${app.credentials.signing.kid}"`)).includes(app.id), true)
    assert.deepEqual(await filtered('credentials.signing.kid eq "other"'), [])
    assert.deepEqual(await ids(`q=yak&filter=${encodeURIComponent('status eq "ACTIVE"')}`), [])
    assert.deepEqual(await ids(`q=yak&filter=${encodeURIComponent('status eq "INACTIVE"')}`), [app.id])
  })

  for (const query of ['filter=label%20eq%20"x"', 'filter=status', 'limit=ten', 'after=!', 'expand=user/id,group/id'])
    test(`a list with ${query} is refused`, async () => {
      assert.equal((await fixture.request('GET', `${PATH}?${query}`)).status, 400)
    })

  test('the apps of a person are listed with their assignment', async () => {
    const { app, person } = await newPair(fixture)
    const stranger = await newPerson(fixture)
    assert.deepEqual(await filtered(`user.id eq "${person.id}"`), [app.id])
    assert.deepEqual(await filtered(`user.id eq "${stranger.id}"`), [])
    const filter = encodeURIComponent(`user.id eq "${person.id}"`)
    const list = await fixture.request('GET', `${PATH}?filter=${filter}&expand=user/${person.id}`)
    const one = await fixture.request('GET', `${PATH}/${app.id}?expand=user/${person.id}`)
    for (const shown of [list.json[0], one.json])
      assert.partialDeepStrictEqual(shown._embedded.user, {
        id: person.id,
        scope: 'USER',
        credentials: { userName: person.login },
      })
    assert.equal((await fixture.request('GET', `${PATH}/${app.id}?expand=user/${stranger.id}`)).status, 404)
  })

  test('each change is in the System Log, and no secret is', async () => {
    const secret = 'a secret for no log'
    const { id } = await create({ oauthClient: WEB, credentials: { client_secret: secret } })
    await fixture.request('PUT', `${PATH}/${id}`, { json: sentApp({ oauthClient: WEB }) })
    await lifecycle(id, 'deactivate')
    await lifecycle(id, 'activate')
    await lifecycle(id, 'deactivate')
    await fixture.request('DELETE', `${PATH}/${id}`)
    const filter = encodeURIComponent(`target.id eq "${id}"`)
    const range = 'since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&limit=1000'
    const logs = await fixture.request('GET', `/api/v1/logs?${range}&filter=${filter}`)
    const steps = ['create', 'update', 'deactivate', 'activate', 'deactivate', 'delete']
    assert.deepEqual(
      logs.json.map(({ eventType }: { eventType: string }) => eventType),
      steps.flatMap((step) => [`application.lifecycle.${step}`, `app.oauth2.client.lifecycle.${step}`]),
    )
    assert.equal(logs.text.includes(secret), false)
  })

  test('the snapshot of the org knows a change as soon as the answer is there', async () => {
    const app = await create()
    const known = async () => (await fixture.deps.config.get(fixture.org.id)).appsByClientId.get(app.id)
    assert.equal((await known())?.status, 'ACTIVE')
    await lifecycle(app.id, 'deactivate')
    assert.equal((await known())?.status, 'INACTIVE')
    await fixture.request('DELETE', `${PATH}/${app.id}`)
    assert.equal(await known(), undefined)
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
